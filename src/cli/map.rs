//! `mawqi map`: reads reports, adds them to the store, merges all that it holds, writes the map's files.

use std::path::{Path, PathBuf};

use super::args::{Map, Reading};
use super::summary::Summary;
use super::{Status, talk};
use crate::export::{FORMATS, Folder};
use crate::gazetteer::Gazetteer;
use crate::model::Harvest;
use crate::pipeline::Mapper;
use crate::store::{self, Store};
use crate::{Error, Result, reports};

/// The language that is read.
pub(super) const LANGUAGE: &str = "ar";

/// What came of reading the reports.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Reports read, in any language.
    pub(super) reports: usize,
    /// Reports passed over because they are not in Arabic.
    pub(super) foreign: usize,
    /// Folders without a report.
    pub(super) empty: usize,
    /// Files that could not be read.
    pub(super) failed: usize,
}

pub(super) fn run(args: &Map) -> anyhow::Result<Status> {
    let mapper = args.reading.tables.mapper()?;
    let folder = Folder::open(&args.output)?;
    let decisions = store::decisions(&args.output, mapper.gazetteer())?;
    let mut store = if args.fresh { Store::fresh(&args.output)? } else { Store::open(&args.output)? };
    store.decide(decisions);
    let read = read(&args.reading, &mapper, &mut store)?;
    if read.reports == read.foreign {
        store.leave();
        return Ok(nothing(&read, &args.reading.reports));
    }
    let (harvest, files) = settle(&mut store, &folder, mapper.gazetteer())?;
    Summary::new(&read, store.replaced()).show(&harvest, &files);
    let undecided = undecided(&harvest, folder.path());
    Ok(match (read.failed + undecided, args.strict && !harvest.unresolved.is_empty()) {
        (0, false) => Status::Done,
        (0, true) => Status::NotSo,
        _ => Status::Partly,
    })
}

/// Merges what the store holds and writes all files of the map; returns what they hold, and their names.
pub(super) fn settle(store: &mut Store, folder: &Folder, gazetteer: &Gazetteer) -> Result<(Harvest, Vec<PathBuf>)> {
    let (harvest, mut files) = store.settle(gazetteer, |harvest| folder.write(FORMATS, harvest))?;
    files.insert(0, folder.path().join(store::FILE_NAME));
    Ok((harvest, files))
}

/// Names the decisions that speak of no incident of the map, or of a report that is none of it; returns how many.
pub(super) fn undecided(harvest: &Harvest, folder: &Path) -> usize {
    let file = folder.join(store::DECISIONS);
    for (line, missing, id) in &harvest.undecided {
        let expected = match *missing {
            "report" => "a report of the incident",
            _ => "the id of an incident of this map or an earlier one",
        };
        talk::error(&Error::table(&file, *line, missing, id, expected).to_string());
    }
    harvest.undecided.len()
}

/// Reads every report into the store; one that cannot be read is named, and the others go on.
fn read(args: &Reading, mapper: &Mapper, store: &mut Store) -> Result<Read> {
    let mut read = Read::default();
    let progress = talk::progress("reports read");
    for report in reports::read(&args.reports, args.published)? {
        match report {
            Ok(report) => {
                read.reports += 1;
                let extraction = mapper.read(&report);
                if extraction.language == LANGUAGE {
                    store.put(report, extraction)?;
                } else {
                    read.foreign += 1;
                    progress.suspend(|| {
                        talk::note(&format!("{}; skipped", not_arabic(&extraction.report, &extraction.language)));
                    });
                }
            }
            Err(error) => {
                match error {
                    Error::NoReports { .. } => read.empty += 1,
                    _ => read.failed += 1,
                }
                progress.suspend(|| talk::error(&error.to_string()));
            }
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(read)
}

/// Nothing to map: says why, and leaves the files as they are.
fn nothing(read: &Read, inputs: &[PathBuf]) -> Status {
    match (read.failed, read.reports) {
        (0, 0) if read.empty > 0 => {}
        (0, 0) => talk::error(&no_reports(inputs)),
        (0, _) => talk::error("none of the reports is in Arabic; nothing was written"),
        // Its one error says it all.
        (1, 0) => {}
        _ => talk::error("no report could be read; nothing was written"),
    }
    if read.failed > 0 { Status::Partly } else { Status::NotSo }
}

pub(super) fn no_reports(inputs: &[PathBuf]) -> String {
    let names: Vec<String> = inputs.iter().map(|path| path.display().to_string()).collect();
    format!("no reports in {}", names.join(", "))
}

pub(super) fn not_arabic(report: &str, language: &str) -> String {
    format!("{report}: not in Arabic (language {language:?})")
}
