//! A saved web page: its main text, a paragraph or heading a line, and what it says of its publication.
//!
//! The main text is found by a port of the "reader view" of browsers; where that finds none, or the page is nested so
//! deep that it might not come to an end, all text of the page is taken.

use std::path::Path;

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::{decode, page, record};
use crate::error::{Error, Result};
use crate::model::Report;

/// Elements within elements, at most; real pages stay below 100, and the reader view works recursively.
const DEEPEST: usize = 400;

/// Reads a page.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Report> {
    let decoded = decode::whole(bytes, declared(bytes)).map_err(|reason| Error::file(path, reason))?;
    let mut page = parse(&decoded.text);
    let meta = page::meta(&page);
    let text = main_text(&mut page, meta.title.as_deref()).unwrap_or_else(|| plain(&decoded.text));
    if record::is_blank(&text) {
        return Err(Error::file(path, "empty: the page holds no text"));
    }
    let mut report = record::bare(text);
    meta.apply(&mut report);
    Ok(report)
}

/// All text of a page or a piece of one, a paragraph a line.
pub(super) fn plain(html: &str) -> String {
    let page = parse(html);
    page.doc.select("script, style, noscript, template").remove();
    lines(&page.doc.select("body").formatted_text())
}

fn parse(html: &str) -> Readability {
    let mut page = Readability::from(html);
    page.config = Config { disable_json_ld: true, text_mode: TextMode::Formatted, ..Config::default() };
    page
}

/// The reader view's text; one of nothing but the headline has missed the report.
fn main_text(page: &mut Readability, title: Option<&str>) -> Option<String> {
    if is_too_deep(page) {
        return None;
    }
    let main = lines(&page.parse().ok()?.text_content);
    (!main.is_empty() && Some(main.as_str()) != title).then_some(main)
}

/// One line a paragraph, without blank lines and surrounding blanks.
fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn is_too_deep(page: &Readability) -> bool {
    let mut open = vec![(page.doc.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

/// The encoding that the first 4 KiB of a page or feed name: `charset=…` or `encoding="…"`.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = |key: &str| {
        let (_, after) = head.split_once(key)?;
        let label = after.trim_start_matches(['"', '\'', ' ']);
        let label = label.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
        Encoding::for_label(label.as_bytes())
    };
    label("charset=").or_else(|| label("encoding="))
}
