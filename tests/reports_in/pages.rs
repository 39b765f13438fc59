//! Saved web pages: main text, metadata, encodings.

use super::{Folder, date, fault, one, stdin};
use encoding_rs::WINDOWS_1256;

const BODY: &str = "<body><nav><ul><li><a href=/>الرئيسية</a></li><li><a href=/s>رياضة</a></li></ul></nav>\
<article><h1>قصف يستهدف قاعدة عين الأسد</h1><p>قالت مصادر أمنية عراقية إن <b>صاروخين</b> سقطا فجر الثلاثاء قرب قاعدة عين \
الأسد في محافظة الأنبار غربي العراق، من دون وقوع إصابات، وفق ما نقلت وكالة الأنباء العراقية.</p>\
<h2>إدانة رسمية</h2><p>وأدانت الحكومة الهجوم، وقالت في بيان إن القوات الأمنية تلاحق المنفذين،<br>وإنها فتحت تحقيقا \
عاجلا في الحادث الذي وقع قرب القاعدة التي تستضيف قوات أميركية.</p></article>\
<footer><p>جميع الحقوق محفوظة © 2024</p></footer><script>var a = 'x';</script></body>";

fn page(head: &str) -> String {
    format!("<!DOCTYPE html><html lang=ar dir=rtl><head><meta charset=utf-8>{head}</head>{BODY}</html>")
}

#[test]
fn the_main_text_by_lines() {
    let report = one("a.html", page("<title>قصف يستهدف قاعدة عين الأسد - وكالة</title>").as_bytes());
    let lines: Vec<&str> = report.body_text().lines().collect();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[0].starts_with("قالت مصادر أمنية عراقية إن صاروخين سقطا") && lines[0].ends_with("العراقية."));
    assert_eq!(lines[1], "إدانة رسمية");
    assert!(lines[3].starts_with("وإنها فتحت"));
    assert_eq!(report.body.end, report.text.len());
}

#[test]
fn metadata_of_the_page() {
    let head = "<title>x</title><meta property=og:title content='قصف عين الأسد'>\
        <meta property=og:site_name content='وكالة الأنباء'><link rel=canonical href='https://a.example/1'>\
        <meta property='article:published_time' content='2024-01-24T00:30:00+03:00'>";
    let report = one("a.htm", page(head).as_bytes());
    assert_eq!(report.title.as_deref(), Some("قصف عين الأسد"));
    assert_eq!(report.publisher.as_deref(), Some("وكالة الأنباء"));
    assert_eq!(report.url.as_deref(), Some("https://a.example/1"));
    assert_eq!(report.published, date("2024-01-24"));
}

#[test]
fn the_date_from_wherever_it_stands() {
    let linked = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},
        {"@type": ["NewsArticle"], "datePublished": "2024-01-24T23:59:00+03:00", "publisher": {"name": "واع"}, "url": "https://a.example/2"}]}</script>"#;
    for head in [
        linked,
        "<meta name='DC.date.issued' content='2024-01-24'>",
        "<meta name=date content='Wed, 24 Jan 2024 23:00:00 +0300'>",
        "<meta itemprop=datePublished content='2024-01-24 10:00:00'>",
    ] {
        assert_eq!(one("a.html", page(head).as_bytes()).published, date("2024-01-24"), "{head}");
    }
    let report = one("a.html", page(linked).as_bytes());
    assert_eq!((report.publisher.as_deref(), report.url.as_deref()), (Some("واع"), Some("https://a.example/2")));

    let with_time = |times: &str| one("a.html", page("").replace("<article>", times).as_bytes()).published;
    let (own, other) = ("<time datetime='2024-01-24T01:00'>أمس</time>", "<time datetime=2019-05-05>قديم</time>");
    assert_eq!(with_time(&format!("{other}<article>{own}")), date("2024-01-24"));
    assert_eq!(with_time(&format!("{own}<article>")), date("2024-01-24"));
    assert_eq!(with_time(&format!("{own}{other}<article>")), None);
    assert_eq!(with_time("<time datetime='yesterday'>أمس</time><article>"), None);
}

#[test]
fn the_encoding_that_the_page_names() {
    let legacy = page("<title>قصف</title>").replace("utf-8", "windows-1256").replace('©', "");
    let (bytes, _, failed) = WINDOWS_1256.encode(&legacy);
    assert!(!failed);
    assert!(one("a.html", &bytes).body_text().starts_with("قالت مصادر"));
    let wrong = page("").replace("utf-8", "windows-1256");
    assert!(one("a.html", wrong.as_bytes()).body_text().starts_with("قالت مصادر"));
    let unnamed = legacy.replace("<meta charset=windows-1256>", "");
    assert!(one("a.html", &WINDOWS_1256.encode(&unnamed).0).body_text().starts_with("قالت مصادر"));
}

#[test]
fn short_and_odd_pages() {
    let text = |page: &str| one("a.html", page.as_bytes()).text;
    assert_eq!(text("<p>سقط صاروخ في كركوك.</p><p>ولا إصابات.</p>"), "سقط صاروخ في كركوك.\nولا إصابات.");
    assert_eq!(text("قصف على أربيل"), "قصف على أربيل");
    assert_eq!(fault("a.html", b"<html><script>x</script></html>"), "a.html: empty: the page holds no text");
    let deep = format!("{}قصف{}", "<div>".repeat(5000), "</div>".repeat(5000));
    assert_eq!(text(&deep), "قصف");
}

#[test]
fn a_page_on_stdin_and_beside_its_table() {
    let reading = stdin("  <html><body><p>سقط صاروخ في كركوك.</p></body></html>".as_bytes());
    assert_eq!((reading.reports[0].id.as_str(), reading.reports[0].text.as_str()), ("stdin", "سقط صاروخ في كركوك."));
    let page = page(
        "<meta property='article:published_time' content='2024-01-24'><title>قصف</title><meta property=og:title content=قصف>",
    );
    let folder = Folder::new(&[
        ("reports.csv", "file,published,publisher\na.html,2024-02-02,واع\n".as_bytes()),
        ("a.html", page.as_bytes()),
    ]);
    let report = &folder.read().reports[0];
    assert_eq!((report.published, report.publisher.as_deref()), (date("2024-02-02"), Some("واع")));
    assert_eq!(report.title.as_deref(), Some("قصف"));
}
