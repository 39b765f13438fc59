//! The one error of the library: what went wrong, in which file, on which line, with which value.

use std::path::{Path, PathBuf};

/// What can go wrong with files, tables and arguments. Text itself never errs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A table (CSV, JSON lines, front matter) holds a value that does not fit its column.
    #[error("{}:{line}: {column}: found {value:?}, expected {expected}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// The column or field.
        column: String,
        /// The value found there.
        value: String,
        /// What should have stood there.
        expected: String,
    },
    /// A file is not what its name or place says it is.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and what was expected.
        reason: String,
    },
    /// A folder holds nothing that could be a report.
    #[error("no reports in {} (files ending in {endings})", path.display())]
    NoReports {
        /// The folder.
        path: PathBuf,
        /// The endings that are read.
        endings: &'static str,
    },
    /// A value given on the command line does not fit.
    #[error("{name}: found {value:?}, expected {expected}")]
    Argument {
        /// The argument or option.
        name: String,
        /// What was given.
        value: String,
        /// What was expected.
        expected: String,
    },
}

/// A result with the library's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An I/O error at `path`.
    pub fn io(path: &Path, source: std::io::Error) -> Self {
        Error::Io { path: path.to_path_buf(), source }
    }

    /// A fault of the whole file at `path`.
    pub fn file(path: &Path, reason: impl Into<String>) -> Self {
        Error::File { path: path.to_path_buf(), reason: reason.into() }
    }

    /// A fault of one value in a table at `path`; `line` counts from 1.
    pub fn table(path: &Path, line: u64, column: &str, value: &str, expected: &str) -> Self {
        Error::Table {
            path: path.to_path_buf(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            expected: expected.to_owned(),
        }
    }

    /// A fault of a command-line value.
    pub fn argument(name: &str, value: &str, expected: &str) -> Self {
        Error::Argument { name: name.to_owned(), value: value.to_owned(), expected: expected.to_owned() }
    }
}

/// The first characters of a value, for an error message.
pub(crate) fn excerpt(value: &str) -> String {
    const SHOWN_CHARS: usize = 60;
    let mut chars = value.chars();
    let mut shown: String = chars.by_ref().take(SHOWN_CHARS).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}
