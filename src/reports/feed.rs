//! RSS and Atom feeds: one report an item.
//!
//! The text is the item's full content where the feed carries it, else its description; the publisher is the feed's
//! title. Markup in the text becomes lines.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::record::{self, Draft, Fields, filled};
use super::{date, decode, html};
use crate::error::{Error, Result};

/// Reads all items of a feed.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Vec<Result<Draft>>> {
    let decoded = decode::whole(bytes, html::declared(bytes)).map_err(|reason| Error::file(path, reason))?;
    let text = decoded.text.trim_start_matches('\u{feff}').trim_start();
    let mut feed = Feed::new(path);
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Eof) => return feed.finish(),
            Ok(event) => feed.event(&event, text, at),
            Err(fault) => {
                let expected = format!("well-formed XML: {fault}");
                feed.drafts.push(Err(Error::table(path, line_at(text, at), "xml", "", &expected)));
                return feed.finish();
            }
        }
    }
}

fn line_at(text: &str, at: usize) -> u64 {
    let before = text.get(..at).unwrap_or(text);
    1 + before.bytes().filter(|&b| b == b'\n').count() as u64
}

/// A feed as far as it has been read.
struct Feed<'a> {
    path: &'a Path,
    /// Whether an element of a feed's kind stands at the root.
    has_root: bool,
    title: Option<String>,
    item: Option<Item>,
    /// Names of the open elements, without prefix.
    open: Vec<String>,
    /// The text of the element that is open.
    text: String,
    drafts: Vec<Result<Draft>>,
}

/// An item as far as it has been read.
#[derive(Default)]
struct Item {
    line: u64,
    fields: Fields,
    description: String,
    published: Option<String>,
    updated: Option<String>,
}

impl<'a> Feed<'a> {
    fn new(path: &'a Path) -> Self {
        Feed { path, has_root: false, title: None, item: None, open: vec![], text: String::new(), drafts: vec![] }
    }

    fn event(&mut self, event: &Event, source: &str, at: usize) {
        match event {
            Event::Start(start) => self.start(start, source, at),
            Event::Empty(start) => self.empty(start),
            Event::Text(text) => self.text.push_str(text),
            Event::CData(text) => self.text.push_str(text),
            Event::GeneralRef(reference) => self.text.push_str(&resolve(reference)),
            Event::End(_) => self.end(),
            _ => {}
        }
    }

    fn start(&mut self, start: &BytesStart, source: &str, at: usize) {
        let name = local_name(start);
        match name.as_str() {
            "rss" | "feed" | "RDF" => self.has_root = true,
            "item" | "entry" => self.item = Some(Item { line: line_at(source, at), ..Item::default() }),
            "link" => self.link(start),
            _ => {}
        }
        if !self.is_markup() {
            self.text.clear();
        }
        self.open.push(name);
    }

    fn empty(&mut self, start: &BytesStart) {
        match local_name(start).as_str() {
            "link" => self.link(start),
            "br" => self.text.push('\n'),
            _ => {}
        }
    }

    /// An Atom link: the address stands in an attribute.
    fn link(&mut self, start: &BytesStart) {
        let attribute = |name| start.try_get_attribute(name).ok().flatten();
        let is_alternate = attribute("rel").is_none_or(|rel| rel.value == "alternate");
        if let (Some(item), Some(href), true) = (&mut self.item, attribute("href"), is_alternate) {
            item.fields.meta.set("url", &href.value.replace("&amp;", "&"));
        }
    }

    /// Whether an element that holds text with markup is open (Atom's XHTML content).
    fn is_markup(&self) -> bool {
        self.open.iter().any(|name| matches!(name.as_str(), "content" | "summary" | "description" | "encoded"))
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.is_markup() {
            if matches!(name.as_str(), "p" | "div" | "li" | "h1" | "h2" | "h3") {
                self.text.push('\n');
            }
            return;
        }
        let text = std::mem::take(&mut self.text);
        match (name.as_str(), &mut self.item) {
            ("item" | "entry", Some(_)) => self.close_item(),
            (name, Some(item)) => item.set(name, &text),
            ("title", None) if self.title.is_none() => self.title = filled(&text),
            _ => {}
        }
    }

    fn close_item(&mut self) {
        let Some(item) = self.item.take() else { return };
        self.drafts.push(item.draft(self.path, self.title.clone()));
    }

    fn finish(self) -> Result<Vec<Result<Draft>>> {
        if !self.has_root && self.drafts.iter().all(Result::is_ok) {
            return Err(Error::file(self.path, "not an RSS or Atom feed"));
        }
        Ok(self.drafts)
    }
}

impl Item {
    fn set(&mut self, name: &str, text: &str) {
        match name {
            "title" => {
                self.fields.meta.set("title", &markup_free(text));
            }
            "link" => {
                self.fields.meta.set("url", text);
            }
            "guid" | "id" => self.fields.id = filled(text),
            "encoded" | "content" => self.fields.text = markup_free(text),
            "description" | "summary" => self.description = markup_free(text),
            "pubDate" | "published" | "date" => self.published = filled(text),
            "updated" => self.updated = filled(text),
            _ => {}
        }
    }

    fn draft(mut self, path: &Path, publisher: Option<String>) -> Result<Draft> {
        if record::is_blank(&self.fields.text) {
            self.fields.text = self.description;
        }
        self.fields.meta.publisher = publisher;
        let written = self.published.or(self.updated);
        let date = written.as_deref().map(|value| {
            date::web(value).ok_or_else(|| Error::table(path, self.line, "published", value, date::EXPECTED))
        });
        self.fields.meta.published = date.transpose()?;
        self.fields.draft(path, self.line)
    }
}

fn markup_free(text: &str) -> String {
    if text.contains(['<', '&']) { html::plain(text) } else { text.trim().to_owned() }
}

fn local_name(start: &BytesStart) -> String {
    start.local_name().as_ref().to_owned()
}

/// The character that an entity stands for; HTML's own are blanks here.
fn resolve(reference: &BytesRef) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(reference).unwrap_or(" ").to_owned()
}
