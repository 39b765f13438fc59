//! The stages in one readable function. A placeholder: it tells Arabic from other languages and reads nothing.

use std::path::PathBuf;

use crate::Result;
use crate::gazetteer::Gazetteer;
use crate::model::{Extraction, Report};

/// Reads reports with one gazetteer.
#[derive(Debug, Clone, Default)]
pub struct Mapper {
    gazetteer: Gazetteer,
}

impl Mapper {
    /// A mapper with the tables that the binary carries.
    pub fn embedded() -> Self {
        Mapper { gazetteer: Gazetteer::embedded() }
    }

    /// A mapper with the user's tables above those that the binary carries.
    pub fn with_gazetteer(files: &[PathBuf]) -> Result<Self> {
        match files.iter().find(|file| !file.exists()) {
            Some(file) => Err(crate::Error::io(file, std::io::ErrorKind::NotFound.into())),
            None => Ok(Mapper::embedded()),
        }
    }

    /// The places in use.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Everything that can be read from one report.
    pub fn read(&self, report: &Report) -> Extraction {
        let arabic = report.body_text().chars().filter(|c| ('\u{620}'..='\u{64a}').contains(c)).count();
        let language = if arabic > 0 { "ar" } else { "und" };
        Extraction {
            report: report.id.clone(),
            published: report.published,
            language: language.to_owned(),
            ..Extraction::default()
        }
    }
}
