//! `reports.csv` in a folder: `file,published,publisher,url,title` for the folder's `.txt` and `.html` files.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::csv_rows::{Table, column, joined};
use super::record::{self, Meta, filled};
use super::source::Format;
use super::stream;
use crate::error::{Error, Result, excerpt};

/// The file's name.
pub(super) const NAME: &str = "reports.csv";

/// Whether `path` is a table of metadata rather than of reports: its name says so, and it has no column of texts.
pub(super) fn is_sidecar(path: &Path) -> bool {
    let has = |header: &StringRecord, name| column(header, name).is_some();
    path.file_name().is_some_and(|name| name == NAME)
        && stream::open(path)
            .and_then(|input| Table::open(path, input))
            .is_ok_and(|(_, header)| has(&header, "file") || !(has(&header, "text") || has(&header, "body")))
}

/// The metadata of all folders seen.
#[derive(Debug, Default)]
pub(super) struct Sidecars {
    rows: HashMap<PathBuf, Meta>,
    folders: HashSet<PathBuf>,
}

/// A fault in a table, with the file that its row names.
pub(super) struct Fault {
    pub(super) file: Option<PathBuf>,
    pub(super) error: Error,
}

impl Sidecars {
    /// What is known of `file`.
    pub(super) fn take(&mut self, file: &Path) -> Meta {
        self.rows.remove(file).unwrap_or_default()
    }

    /// Reads the table of `folder`, once, if it has one; returns its faults.
    pub(super) fn load(&mut self, folder: &Path) -> Vec<Fault> {
        let path = folder.join(NAME);
        if !self.folders.insert(folder.to_path_buf()) || !path.is_file() || !is_sidecar(&path) {
            return Vec::new();
        }
        match stream::open(&path).and_then(|input| Table::open(&path, input)) {
            Ok((table, header)) => self.read_rows(folder, table, &Columns { path, header }),
            Err(error) => vec![Fault { file: None, error }],
        }
    }

    fn read_rows(&mut self, folder: &Path, table: Table, columns: &Columns) -> Vec<Fault> {
        if column(&columns.header, "file").is_none() {
            let header = excerpt(&joined(&columns.header));
            let error = Error::table(&columns.path, 1, "file", &header, "a column named file");
            return vec![Fault { file: None, error }];
        }
        let mut named = HashSet::new();
        let mut faults = Vec::new();
        for row in table {
            match row {
                Ok((line, row)) => {
                    let file = folder.join(columns.cell(&row, "file"));
                    let first = named.insert(file.clone());
                    let (meta, error) = columns.read(folder, line, &row, first);
                    if first {
                        self.rows.insert(file.clone(), meta);
                    }
                    faults.extend(error.map(|error| Fault { file: Some(file), error }));
                }
                Err(error) => faults.push(Fault { file: None, error }),
            }
        }
        faults
    }
}

struct Columns {
    path: PathBuf,
    header: StringRecord,
}

impl Columns {
    fn cell<'a>(&self, row: &'a StringRecord, name: &str) -> &'a str {
        column(&self.header, name).and_then(|at| row.get(at)).unwrap_or_default().trim()
    }

    /// What a row says, and its first fault.
    fn read(&self, folder: &Path, line: u64, row: &StringRecord, first: bool) -> (Meta, Option<Error>) {
        let file_fault = self.check_file(folder, line, self.cell(row, "file"), first).err();
        let published = record::published(&self.path, line, self.cell(row, "published"));
        let field = |name| filled(self.cell(row, name));
        let mut meta =
            Meta { title: field("title"), publisher: field("publisher"), url: field("url"), published: None };
        match published {
            Ok(date) => {
                meta.published = date;
                (meta, file_fault)
            }
            Err(error) => (meta, Some(file_fault.unwrap_or(error))),
        }
    }

    fn check_file(&self, folder: &Path, line: u64, file: &str, first: bool) -> Result<()> {
        let fault = |expected: &str| Err(Error::table(&self.path, line, "file", file, expected));
        let path = folder.join(file);
        if file.is_empty() || !path.is_file() {
            return fault("a file of this folder");
        }
        if !matches!(Format::of(&path), Format::Text | Format::Html) {
            return fault("a .txt or .html file");
        }
        if !first {
            return fault("each file once");
        }
        Ok(())
    }
}
