//! What a record of any container says of one report.

use std::path::Path;

use jiff::civil::Date;

use super::date;
use super::mojibake;
use crate::error::{Error, Result};
use crate::model::{Report, Span};

/// A report without its final id. `line` is that of a record in a file of many; an empty `id` asks for the default.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) report: Report,
    pub(super) line: Option<u64>,
}

/// What is known of a publication from outside the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<Date>,
}

impl Meta {
    /// Writes what is known here over what `report` says.
    pub(super) fn apply(self, report: &mut Report) {
        over(&mut report.title, self.title);
        over(&mut report.publisher, self.publisher);
        over(&mut report.url, self.url);
        over(&mut report.published, self.published);
    }

    /// Sets the text field `key`; false where there is no such field.
    pub(super) fn set(&mut self, key: &str, value: &str) -> bool {
        let field = match key {
            "title" => &mut self.title,
            "publisher" => &mut self.publisher,
            "url" => &mut self.url,
            _ => return false,
        };
        over(field, filled(value));
        true
    }
}

fn over<T>(field: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *field = value;
    }
}

/// The value without surrounding blanks; nothing where nothing is left.
pub(super) fn filled(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The publication date in a table's cell: blank is none, anything but an ISO date an error.
pub(super) fn published(path: &Path, line: u64, value: &str) -> Result<Option<Date>> {
    match value.trim() {
        "" => Ok(None),
        value => date::iso(value).map(Some).ok_or_else(|| Error::table(path, line, "published", value, date::EXPECTED)),
    }
}

/// The fields of one record of a table or JSON line.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) published: Option<String>,
    pub(super) meta: Meta,
}

impl Fields {
    /// The record as a draft; its text must not be blank and its date must be one.
    pub(super) fn draft(self, path: &Path, line: u64) -> Result<Draft> {
        if is_blank(&self.text) {
            return Err(Error::table(path, line, "text", &self.text, "the text of a report"));
        }
        let mut report = Report::new(self.id.unwrap_or_default(), mojibake::repair(&self.text).unwrap_or(self.text));
        report.published = published(path, line, self.published.as_deref().unwrap_or_default())?;
        self.meta.apply(&mut report);
        Ok(Draft { report, line: Some(line) })
    }
}

/// Whether nothing but blanks and byte-order marks is there.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{feff}')
}

/// A report whose body is all of its text.
pub(super) fn bare(text: String) -> Report {
    Report { body: Span::new(0, text.len()), text, ..Report::default() }
}
