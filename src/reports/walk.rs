//! Inputs → files, in order: folders recursively and by name, hidden files left out, nothing twice.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use super::record::Meta;
use super::sidecar::{self, Sidecars};
use super::source::{ENDINGS, Format};
use crate::error::{Error, Result};

/// What tells a folder of mawqi's own output: such a folder, found inside another, holds no reports.
const OWN_OUTPUT: [&str; 2] = ["incidents.gpkg", "incidents.geojson"];

/// The next thing to read.
#[derive(Debug)]
pub(super) enum Step {
    Stdin,
    File { path: PathBuf, meta: Meta },
}

#[derive(Debug)]
enum Entry {
    /// As the user named it.
    Input(PathBuf),
    /// As a folder holds it.
    Found(PathBuf),
    /// After a folder that the user named: the files counted before it.
    End(PathBuf, usize),
}

/// The files of the inputs. Keeps the paths of the open folders, and of all files seen.
#[derive(Debug)]
pub(super) struct Walk {
    stack: Vec<Entry>,
    sidecars: Sidecars,
    seen: HashSet<PathBuf>,
    files: usize,
    faults: VecDeque<Error>,
}

impl Walk {
    pub(super) fn new(inputs: &[PathBuf]) -> Self {
        Walk {
            stack: inputs.iter().rev().cloned().map(Entry::Input).collect(),
            sidecars: Sidecars::default(),
            seen: HashSet::new(),
            files: 0,
            faults: VecDeque::new(),
        }
    }

    /// Nothing but a fault.
    pub(super) fn fault(error: Error) -> Self {
        Walk { faults: VecDeque::from([error]), ..Walk::new(&[]) }
    }

    /// What an entry gives to read, if anything; a folder's content goes on the stack.
    fn visit(&mut self, entry: Entry) -> Result<Option<Step>> {
        match entry {
            Entry::Input(path) if path.as_os_str() == "-" => Ok(Some(Step::Stdin)),
            Entry::Input(path) => self.input(path),
            Entry::Found(path) => self.found(path),
            Entry::End(path, before) if before == self.files => Err(Error::NoReports { path, endings: ENDINGS }),
            Entry::End(..) => Ok(None),
        }
    }

    fn input(&mut self, path: PathBuf) -> Result<Option<Step>> {
        let kind = fs::metadata(&path).map_err(|e| Error::io(&path, e))?;
        if kind.is_dir() {
            self.stack.push(Entry::End(path.clone(), self.files));
            return self.folder(&path).map(|()| None);
        }
        if sidecar::is_sidecar(&path) {
            return Ok(None);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let faults = self.sidecars.load(folder).into_iter();
        let own = faults.filter(|fault| fault.file.as_ref().is_none_or(|file| *file == path));
        self.faults.extend(own.map(|fault| fault.error));
        Ok(self.file(path))
    }

    fn found(&mut self, path: PathBuf) -> Result<Option<Step>> {
        let kind = fs::metadata(&path).map_err(|e| Error::io(&path, e))?;
        if kind.is_file() {
            return Ok(self.file(path));
        }
        if kind.is_dir() && !OWN_OUTPUT.iter().any(|file| path.join(file).exists()) {
            self.folder(&path)?;
        }
        Ok(None)
    }

    fn file(&mut self, path: PathBuf) -> Option<Step> {
        self.files += 1;
        self.is_new(&path).then(|| Step::File { meta: self.sidecars.take(&path), path })
    }

    fn folder(&mut self, path: &Path) -> Result<()> {
        if !self.is_new(path) {
            return Ok(());
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
        let mut names: Vec<_> = entries.map_err(|e| Error::io(path, e))?.iter().map(fs::DirEntry::file_name).collect();
        names.sort_unstable();
        self.faults.extend(self.sidecars.load(path).into_iter().map(|fault| fault.error));
        let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
        let wanted =
            |path: &PathBuf| (Format::of(path) != Format::Unknown && !sidecar::is_sidecar(path)) || path.is_dir();
        let paths = names.iter().rev().filter(|name| !hidden(name)).map(|name| path.join(name)).filter(wanted);
        self.stack.extend(paths.map(Entry::Found));
        Ok(())
    }

    /// Whether a file or folder was not visited before, under whatever name. (A pipe has none of its own.)
    fn is_new(&mut self, path: &Path) -> bool {
        self.seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()))
    }
}

impl Iterator for Walk {
    type Item = Result<Step>;

    fn next(&mut self) -> Option<Result<Step>> {
        loop {
            if let Some(fault) = self.faults.pop_front() {
                return Some(Err(fault));
            }
            let entry = self.stack.pop()?;
            if let Some(step) = self.visit(entry).transpose() {
                return Some(step);
            }
        }
    }
}
