//! Files, folders and stdin give the reports that they hold, and name every fault.

#![allow(clippy::unwrap_used)]

mod encodings;
mod faults;
mod folders;
mod pages;
mod records;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use mawqi::model::Report;
use mawqi::reports::{self, Reading};
use tempfile::TempDir;

/// "Baghdad: two rockets fell on Tuesday near Ain al-Asad base in Anbar governorate, with no casualties."
const TEXT: &str = "بغداد - سقط صاروخان يوم الثلاثاء قرب قاعدة عين الأسد في محافظة الأنبار، من دون وقوع إصابات.\n";

/// A folder with files; paths may name subfolders.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Folder(TempDir::new().unwrap());
        for (name, bytes) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    /// Reads the whole folder.
    fn read(&self) -> Reading {
        gather(&[self.root().to_path_buf()])
    }

    /// What the errors of reading the folder say, without the folder's path.
    fn faults(&self) -> Vec<String> {
        let errors = reports::read(&[self.root().to_path_buf()], None).unwrap().filter_map(Result::err);
        errors.map(|error| error.to_string().replace(&format!("{}/", self.root().display()), "")).collect()
    }
}

fn gather(inputs: &[PathBuf]) -> Reading {
    reports::read(inputs, None).unwrap().gather()
}

/// The one report in one file.
fn one(name: &str, bytes: &[u8]) -> Report {
    let reading = Folder::new(&[(name, bytes)]).read();
    assert_eq!(reading.skipped, []);
    assert_eq!(reading.reports.len(), 1);
    reading.reports.into_iter().next().unwrap()
}

/// The one fault of one file.
fn fault(name: &str, bytes: &[u8]) -> String {
    let faults = Folder::new(&[(name, bytes)]).faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.into_iter().next().unwrap()
}

fn date(value: &str) -> Option<Date> {
    value.parse().ok()
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.reports.iter().map(|report| report.id.as_str()).collect()
}

/// Reads a stream as from stdin.
fn stdin(bytes: &'static [u8]) -> Reading {
    reports::read_stream(bytes, "stdin", None).gather()
}
