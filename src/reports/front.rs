//! Front matter of a text file: `key: value` lines between two lines of `---`.
//!
//! ```text
//! ---
//! title: قصف يستهدف قاعدة عين الأسد
//! published: 2024-01-20
//! ---
//! بغداد …
//! ```
//! Known keys: title, publisher, url, published; others are ignored. Two lines of `---` with no `key:` line between
//! them are part of the report.

use std::path::Path;

use super::record::{self, Meta};
use crate::error::{Error, Result};

/// Front matter, and where the report begins after it.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) meta: Meta,
    pub(super) body_start: usize,
}

/// Reads the front matter of `text`; without any, the body starts after the byte-order mark.
pub(super) fn read(path: &Path, text: &str) -> Result<Front> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = Front { body_start: start, ..Front::default() };
    let mut lines = text.get(start..).unwrap_or_default().split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else { return Ok(none) };

    let mut front = Front { body_start: start + first.len(), ..Front::default() };
    let mut keys = 0_usize;
    for (line, number) in lines.zip(2..) {
        front.body_start += line.len();
        if is_fence(line) {
            return Ok(if keys > 0 || number == 2 { front } else { none });
        }
        keys += usize::from(read_line(path, number, line, &mut front.meta)?);
    }
    if opens_with_known_key(text) {
        return Err(Error::file(path, "the front matter that begins on line 1 is not closed by a line of ---"));
    }
    Ok(none)
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Reads one line into `meta`; false where it is no `key: value`.
fn read_line(path: &Path, number: u64, line: &str, meta: &mut Meta) -> Result<bool> {
    let Some((key, value)) = key_value(line) else { return Ok(false) };
    if key == "published" {
        meta.published = record::published(path, number, value)?;
    } else {
        meta.set(&key, value);
    }
    Ok(true)
}

fn key_value(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    is_key.then(|| (key.to_ascii_lowercase(), unquoted(value.trim())))
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

fn opens_with_known_key(text: &str) -> bool {
    let key = text.lines().nth(1).and_then(key_value);
    key.is_some_and(|(key, _)| matches!(key.as_str(), "title" | "publisher" | "url" | "published"))
}
