//! What kind of file an input is, and its drafts.

use std::path::Path;

use super::record::{self, Draft};
use super::stream::{self, Bytes};
use super::{csv_rows, decode, feed, front, html, jsonl};
use crate::error::{Error, Result};
use crate::model::{Report, Span};

/// The drafts of one input.
pub(super) type Drafts = Box<dyn Iterator<Item = Result<Draft>> + Send>;

/// The endings of the files that are taken from a folder.
pub(super) const ENDINGS: &str = ".txt, .html, .htm, .jsonl, .ndjson, .csv, .xml";

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Html,
    JsonLines,
    Csv,
    Feed,
    /// By its content.
    Unknown,
}

impl Format {
    /// The format that the ending of `path` tells.
    pub(super) fn of(path: &Path) -> Self {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match ending.as_str() {
            "txt" => Format::Text,
            "html" | "htm" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "csv" => Format::Csv,
            "xml" => Format::Feed,
            _ => Format::Unknown,
        }
    }

    /// The format that the first byte tells (the first that is not blank).
    fn of_content(head: &[u8]) -> Self {
        let text: Vec<u8> = head.iter().copied().filter(|&b| b != 0).take(1024).collect();
        let text = String::from_utf8_lossy(&text).to_lowercase();
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
        match text.chars().next() {
            Some('{') if !text.starts_with("{\\rtf") => Format::JsonLines,
            Some('<') if ["<rss", "<feed", "<rdf:rdf"].iter().any(|root| text.contains(root)) => Format::Feed,
            Some('<') => Format::Html,
            _ => Format::Text,
        }
    }
}

/// The drafts of an input, and whether it may hold many.
pub(super) fn drafts(path: &Path, format: Format, input: Bytes) -> Result<(bool, Drafts)> {
    match format {
        Format::Unknown => {
            let (head, input) = stream::head(path, input)?;
            drafts(path, Format::of_content(&head), input)
        }
        Format::Text => Ok(one(text(path, &stream::whole(path, input)?)?)),
        Format::Html => Ok(one(html::read(path, &stream::whole(path, input)?)?)),
        Format::Feed => Ok((true, Box::new(feed::read(path, &stream::whole(path, input)?)?.into_iter()))),
        Format::JsonLines => Ok((true, Box::new(jsonl::read(path, input)?))),
        Format::Csv => Ok((true, Box::new(csv_rows::read(path, input)?))),
    }
}

fn one(report: Report) -> (bool, Drafts) {
    (false, Box::new(std::iter::once(Ok(Draft { report, line: None }))))
}

/// A text file. In UTF-8 its text is the file byte for byte; from other encodings only the body is kept.
fn text(path: &Path, bytes: &[u8]) -> Result<Report> {
    let decoded = decode::whole(bytes, None).map_err(|reason| Error::file(path, reason))?;
    let front = front::read(path, &decoded.text)?;
    let body = Span::new(front.body_start, decoded.text.len());
    if record::is_blank(body.of(&decoded.text)) {
        return Err(Error::file(path, "empty"));
    }
    let mut report = if decoded.verbatim {
        Report { text: decoded.text, body, ..Report::default() }
    } else {
        record::bare(body.of(&decoded.text).to_owned())
    };
    front.meta.apply(&mut report);
    Ok(report)
}
