//! Ids that no two reports share.
//!
//! A file's id is its stem; where an earlier file has that stem, folders are put before it until it is free
//! (`week2/report`). A record without an id of its own gets `<stem>-<line>`. Only hashes are kept: 8 bytes a report.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Component, Path};

#[derive(Debug, Default)]
pub(super) struct Ids {
    reports: HashSet<u64>,
    containers: HashSet<u64>,
}

impl Ids {
    /// Takes `id` for a report; false where an earlier report has it.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        claim(&mut self.reports, id)
    }

    /// The id of a file that is one report.
    pub(super) fn file(&mut self, path: &Path) -> String {
        free_stem(&mut self.reports, path)
    }

    /// The first part of the ids in a file of many reports.
    pub(super) fn container(&mut self, path: &Path) -> String {
        free_stem(&mut self.containers, path)
    }

    /// The id of a record that has none of its own.
    pub(super) fn record(&mut self, stem: &str, line: u64) -> String {
        free(&mut self.reports, format!("{stem}-{line}"))
    }
}

fn claim(taken: &mut HashSet<u64>, id: &str) -> bool {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    taken.insert(hasher.finish())
}

fn free_stem(taken: &mut HashSet<u64>, path: &Path) -> String {
    let mut id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for folder in folders(path) {
        if claim(taken, &id) {
            return id;
        }
        id = format!("{folder}/{id}");
    }
    free(taken, id)
}

/// The names of the folders that hold `path`, innermost first.
fn folders(path: &Path) -> impl Iterator<Item = String> {
    let names = path.parent().into_iter().flat_map(Path::components).filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    names.collect::<Vec<_>>().into_iter().rev()
}

/// `id`, or the first of `id-2`, `id-3` … that is free.
fn free(taken: &mut HashSet<u64>, id: String) -> String {
    if claim(taken, &id) {
        return id;
    }
    (2..=u64::MAX).map(|n| format!("{id}-{n}")).find(|id| claim(taken, id)).unwrap_or(id)
}
