//! What a web page says of its own publication: title, site, canonical address, date.

use std::collections::BTreeSet;

use dom_smoothie::Readability;
use jiff::civil::Date;
use serde_json::Value;

use super::date;
use super::record::{Meta, filled};

/// Reads the page's metadata; must come before the page's main text is cut out.
pub(super) fn meta(page: &Readability) -> Meta {
    let linked = Linked::read(page);
    let general = page.get_article_metadata(None);
    let content = |selector: &str| attribute(page, selector, "content");
    Meta {
        title: filled(&general.title),
        publisher: content("meta[property='og:site_name']")
            .or(linked.publisher)
            .or_else(|| content("meta[name='application-name']")),
        url: attribute(page, "link[rel='canonical']", "href")
            .or_else(|| content("meta[property='og:url']"))
            .or(linked.url),
        published: published(page, linked.published),
    }
}

/// The date: the article's own time, JSON-LD, marked elements, `<time>`, then the many names of a meta date.
fn published(page: &Readability, linked: Option<Date>) -> Option<Date> {
    const ARTICLE: &str = "meta[property='article:published_time'], meta[name='article:published_time']";
    const MARKED: &str = "[itemprop='datePublished']";
    const NAMED: &str = "meta[name='date' i], meta[name='pubdate' i], meta[name='publishdate' i], \
        meta[name='publish-date' i], meta[name='publish_date' i], meta[name='publication_date' i], \
        meta[name='dc.date' i], meta[name='dc.date.issued' i], meta[name='dcterms.date' i], \
        meta[name='dcterms.created' i], meta[name='parsely-pub-date' i], meta[name='sailthru.date' i], \
        meta[property='og:published_time']";
    first_date(page, ARTICLE)
        .or(linked)
        .or_else(|| first_date(page, MARKED))
        .or_else(|| time_element(page))
        .or_else(|| first_date(page, NAMED))
}

fn first_date(page: &Readability, selector: &str) -> Option<Date> {
    let elements = page.doc.select(selector);
    elements.iter().find_map(|element| {
        let value = element.attr("content").or_else(|| element.attr("datetime"));
        date::web(&value.unwrap_or_else(|| element.text()))
    })
}

/// The date of the first `<time>` in the article; outside one, only a date in which all `<time>`s agree: the others
/// may belong to other articles.
fn time_element(page: &Readability) -> Option<Date> {
    const WITHIN: &str = "article time[datetime], main time[datetime]";
    let all = page.doc.select("time[datetime]");
    let dates: BTreeSet<Date> = all.iter().filter_map(|time| date::web(&time.attr("datetime")?)).collect();
    first_date(page, WITHIN).or_else(|| dates.first().copied().filter(|_| dates.len() == 1))
}

fn attribute(page: &Readability, selector: &str, name: &str) -> Option<String> {
    page.doc.select(selector).iter().find_map(|element| filled(&element.attr(name)?))
}

/// What the page's JSON-LD says of its article.
#[derive(Debug, Default)]
struct Linked {
    publisher: Option<String>,
    url: Option<String>,
    published: Option<Date>,
}

impl Linked {
    fn read(page: &Readability) -> Self {
        let scripts = page.doc.select("script[type='application/ld+json']");
        let mut documents = scripts.iter().filter_map(|script| serde_json::from_str::<Value>(&script.text()).ok());
        documents.find_map(|document| article(&document).map(Linked::of)).unwrap_or_default()
    }

    fn of(article: &Value) -> Self {
        let text = |value: &Value| value.as_str().and_then(filled);
        let field = |name: &str| article.get(name).and_then(text);
        let publisher = article.get("publisher");
        Linked {
            publisher: publisher.and_then(|p| text(p).or_else(|| p.get("name").and_then(text))),
            url: field("url"),
            published: field("datePublished").and_then(|value| date::web(&value)),
        }
    }
}

/// The first article in a JSON-LD document: itself, in a list, or in `@graph`.
fn article(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(items) => items.iter().find_map(article),
        Value::Object(object) if is_article(object.get("@type")) => Some(value),
        Value::Object(object) => object.get("@graph").and_then(article),
        _ => None,
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(kind)) => ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end)),
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| is_article(Some(kind))),
        _ => false,
    }
}
