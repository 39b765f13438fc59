//! A report as it was published.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Span;

/// One report: its text, and what is known of its publication.
///
/// All spans in mawqi are byte ranges into `text`. For a `.txt` file in UTF-8 these are the file's own bytes:
/// front matter and byte-order mark are part of `text` and lie before `body`. For other encodings and containers
/// `text` is the decoded body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// The file's stem, or the record's own id.
    pub id: String,
    /// The whole decoded text.
    pub text: String,
    /// The part of `text` that is the report itself, after any front matter.
    pub body: Span,
    /// The headline, where it is known apart from the body.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The publication date, from metadata only: never guessed here.
    pub published: Option<Date>,
}

impl Report {
    /// A report of a bare text.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let body = Span::new(0, text.len());
        Report { id: id.into(), text, body, ..Report::default() }
    }

    /// The same report with a publication date.
    #[must_use]
    pub fn published(mut self, date: Option<Date>) -> Self {
        self.published = date;
        self
    }

    /// The text of the report itself, without front matter.
    pub fn body_text(&self) -> &str {
        self.body.of(&self.text)
    }
}
