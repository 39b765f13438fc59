//! Where incidents are asked for: the store of a map, through its own index on disk, or a GeoJSON file.

use std::path::{Path, PathBuf};
use std::thread;

use crate::export::geojson;
use crate::index::window::{self, Window};
use crate::model::{Brief, Incident};
use crate::store::{self, Reader};
use crate::{Error, Result};

/// Incidents that can be asked for.
#[derive(Debug)]
pub(super) enum Source {
    /// A map's store, and its folder.
    Store(Reader, PathBuf),
    /// What a GeoJSON file holds.
    List(Vec<Incident>),
}

impl Source {
    /// A folder's store, or its GeoJSON where it has no store, or a GeoJSON file.
    pub(super) fn open(input: &Path) -> Result<Self> {
        if input.is_file() {
            return Ok(Source::List(geojson::read(input)?));
        }
        if input.join(store::FILE_NAME).exists() {
            return Ok(Source::Store(Reader::open(input)?, input.to_path_buf()));
        }
        let file = input.join(geojson::FILE_NAME);
        if file.exists() {
            return Ok(Source::List(geojson::read(&file)?));
        }
        Err(Error::file(input, format!("no map here; `mawqi map REPORTS -o {}` makes one", input.display())))
    }

    /// Hands on the briefs of what has a point: in the boxes and perhaps close beside, or anywhere.
    pub(super) fn each(&self, boxes: Option<&[Window]>, mut take: impl FnMut(Brief)) -> Result<()> {
        match (self, boxes) {
            (Source::Store(reader, _), Some(boxes)) => reader.each_in(boxes, |brief| {
                take(brief);
                Ok(())
            }),
            (Source::Store(reader, _), None) => reader.each(0, 1, |brief| {
                take(brief);
                Ok(())
            }),
            (Source::List(incidents), _) => {
                let briefs = incidents.iter().zip(0..).filter_map(|(incident, row)| Brief::of(incident, row));
                let is_in = |brief: &Brief| boxes.is_none_or(|boxes| window::holds(boxes, brief.lon, brief.lat));
                briefs.filter(is_in).for_each(take);
                Ok(())
            }
        }
    }

    /// All briefs that `keeps` keeps, read by as many threads as there are processors.
    pub(super) fn all(&self, keeps: impl Fn(&Brief) -> bool + Sync) -> Result<Vec<Brief>> {
        let Source::Store(_, folder) = self else {
            let mut all = Vec::new();
            self.each(None, |brief| all.extend(keeps(&brief).then_some(brief)))?;
            return Ok(all);
        };
        let count = thread::available_parallelism().map_or(1, usize::from);
        let keeps = &keeps;
        let part = move |number: usize| -> Result<Vec<Brief>> {
            let mut found = Vec::new();
            Reader::open(folder)?.each(number, count, |brief| {
                found.extend(keeps(&brief).then_some(brief));
                Ok(())
            })?;
            Ok(found)
        };
        let parts: Vec<Result<Vec<Brief>>> = thread::scope(|scope| {
            let threads: Vec<_> = (0..count).map(|number| scope.spawn(move || part(number))).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
                .collect()
        });
        Ok(parts.into_iter().collect::<Result<Vec<_>>>()?.concat())
    }

    /// The whole incident of a brief.
    pub(super) fn whole(&self, brief: &Brief) -> Result<Option<Incident>> {
        match self {
            Source::Store(reader, _) => reader.incident(brief.row),
            Source::List(incidents) => Ok(usize::try_from(brief.row).ok().and_then(|at| incidents.get(at)).cloned()),
        }
    }
}
