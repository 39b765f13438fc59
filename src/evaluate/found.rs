//! What was found in the reports that were read.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::GoldReport;
use crate::model::Incident;

/// The incidents found, by report.
#[derive(Debug, Default)]
pub struct Found {
    reports: BTreeMap<String, Vec<Incident>>,
}

impl Found {
    /// Adds what one report told; a second report of the same id adds to the first.
    pub fn add(&mut self, report: &str, incidents: Vec<Incident>) {
        self.reports.entry(report.to_owned()).or_default().extend(incidents);
    }

    /// Whether no report was read.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// What was found in a report; nothing where it was not read.
    pub(super) fn of(&self, report: &str) -> &[Incident] {
        self.reports.get(report).map(Vec::as_slice).unwrap_or_default()
    }

    /// Reports of the gold that were not read.
    pub fn unread<'a>(&self, gold: &'a [GoldReport]) -> Vec<&'a str> {
        let ids = gold.iter().map(|report| report.id.as_str());
        ids.filter(|id| !self.reports.contains_key(*id)).collect()
    }

    /// Reports that were read and are not in the gold.
    pub fn without_gold(&self, gold: &[GoldReport]) -> Vec<&str> {
        let known: BTreeSet<&str> = gold.iter().map(|report| report.id.as_str()).collect();
        self.reports.keys().map(String::as_str).filter(|id| !known.contains(id)).collect()
    }
}
