//! Files, folders and stdin → [`Report`]s, one at a time.
//!
//! A folder of 100,000 files or a JSON-lines file of many gigabytes needs no more memory than its largest report.
//! What cannot be read becomes an `Err` item that names file, line and reason; the rest goes on.
//!
//! | input | reports | metadata from |
//! |---|---|---|
//! | `.txt` | one; a UTF-8 file's text is the file, byte for byte | `reports.csv`, then front matter |
//! | `.html`, `.htm` | one: the main text of the page, a paragraph a line | `reports.csv`, then the page |
//! | `.jsonl`, `.ndjson`, `.csv` | one a record | the record |
//! | `.xml` | one an item of an RSS or Atom feed | the item |
//! | folder | its files of these kinds, by name, subfolders included, hidden files left out | |
//! | `-`, any other file | by its first byte: `{` JSON lines, `<` a page or feed, else one text | |

pub(crate) mod csv_rows;
mod date;
mod decode;
mod feed;
mod front;
mod html;
mod ids;
mod jsonl;
mod legacy;
mod mojibake;
mod page;
mod record;
mod rows_input;
mod sidecar;
mod source;
mod stream;
mod walk;

use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::model::Report;

use ids::Ids;
use record::Draft;
use source::Format;
use walk::{Step, Walk};

/// Reads `inputs` (files, folders, `-` for stdin) one report at a time, in the order given.
///
/// `published` overrides every other publication date. A file that is named twice is read once.
/// The error is for an empty list only; whatever else is wrong comes as an `Err` item among the reports.
pub fn read(inputs: &[PathBuf], published: Option<Date>) -> Result<Reports> {
    if inputs.is_empty() {
        return Err(Error::argument("REPORTS", "", "a file, a folder, or - for stdin"));
    }
    Ok(Reports { walk: Walk::new(inputs), open: None, ids: Ids::default(), published })
}

/// Reads reports from an open stream as from stdin; `name` stands for the path in ids and errors.
pub fn read_stream(input: impl Read + Send + 'static, name: &str, published: Option<Date>) -> Reports {
    let mut ids = Ids::default();
    let (walk, open) = match Open::new(Path::new(name), Format::Unknown, Box::new(input), &mut ids) {
        Ok(open) => (Walk::new(&[]), Some(open)),
        Err(error) => (Walk::fault(error), None),
    };
    Reports { walk, open, ids, published }
}

/// The reports of some inputs, read as they are asked for.
pub struct Reports {
    walk: Walk,
    open: Option<Open>,
    ids: Ids,
    published: Option<Date>,
}

impl Reports {
    /// Reads all that is left into memory, what was skipped beside it.
    pub fn gather(self) -> Reading {
        let mut reading = Reading::default();
        for item in self {
            match item {
                Ok(report) => reading.reports.push(report),
                Err(error) => reading.skipped.push(error.into()),
            }
        }
        reading
    }

    /// The next report of the input that is open; closes it at its end.
    fn next_of_open(&mut self) -> Option<Result<Report>> {
        let open = self.open.as_mut()?;
        let Some(draft) = open.drafts.next() else {
            self.open = None;
            return None;
        };
        let report = draft.and_then(|draft| open.finish(draft, &mut self.ids));
        Some(report.map(|report| match self.published {
            Some(date) => report.published(Some(date)),
            None => report,
        }))
    }

    fn open(&mut self, step: Step) -> Result<Open> {
        match step {
            Step::Stdin => Open::new(Path::new("stdin"), Format::Unknown, Box::new(std::io::stdin()), &mut self.ids),
            Step::File { path, meta } => {
                let input = stream::open(&path)?;
                let mut open = Open::new(&path, Format::of(&path), input, &mut self.ids)?;
                open.meta = meta;
                Ok(open)
            }
        }
    }
}

impl Iterator for Reports {
    type Item = Result<Report>;

    fn next(&mut self) -> Option<Result<Report>> {
        loop {
            if let Some(item) = self.next_of_open() {
                return Some(item);
            }
            match self.walk.next()?.and_then(|step| self.open(step)) {
                Ok(open) => self.open = Some(open),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl std::fmt::Debug for Reports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reports").field("published", &self.published).finish_non_exhaustive()
    }
}

/// An input that is being read.
struct Open {
    path: PathBuf,
    stem: String,
    meta: record::Meta,
    drafts: source::Drafts,
}

impl Open {
    fn new(path: &Path, format: Format, input: stream::Bytes, ids: &mut Ids) -> Result<Self> {
        let (many, drafts) = source::drafts(path, format, input)?;
        let stem = if many { ids.container(path) } else { ids.file(path) };
        Ok(Open { path: path.to_path_buf(), stem, meta: record::Meta::default(), drafts })
    }

    fn finish(&self, draft: Draft, ids: &mut Ids) -> Result<Report> {
        let Draft { mut report, line } = draft;
        self.meta.clone().apply(&mut report);
        match line {
            None => report.id.clone_from(&self.stem),
            Some(line) if report.id.is_empty() => report.id = ids.record(&self.stem, line),
            Some(line) => {
                if !ids.claim(&report.id) {
                    return Err(Error::table(&self.path, line, "id", &report.id, "an id that no earlier report has"));
                }
            }
        }
        Ok(report)
    }
}

/// All reports of some inputs, and what was skipped.
#[derive(Debug, Default)]
pub struct Reading {
    /// The reports, in the order of the inputs.
    pub reports: Vec<Report>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// A file, or a line of one, that gave no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1, where the fault is of one line.
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: String,
}

impl From<Error> for Skipped {
    fn from(error: Error) -> Self {
        match error {
            Error::Io { path, source } => Skipped { path, line: None, reason: source.to_string() },
            Error::File { path, reason } => Skipped { path, line: None, reason },
            Error::Table { path, line, column, value, expected } => {
                let reason = format!("{column}: found {value:?}, expected {expected}");
                Skipped { path, line: Some(line), reason }
            }
            Error::NoReports { path, endings } => {
                Skipped { path, line: None, reason: format!("no file ending in {endings}") }
            }
            other @ Error::Argument { .. } => Skipped { path: PathBuf::new(), line: None, reason: other.to_string() },
        }
    }
}
