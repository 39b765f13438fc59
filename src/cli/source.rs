//! Where incidents are asked for: the store of a map, through its own index on disk, or a GeoJSON file.

use std::path::Path;

use crate::export::geojson;
use crate::index::window::{self, Window};
use crate::model::{Brief, Incident};
use crate::store::{self, Reader};
use crate::{Error, Result};

/// Incidents that can be asked for.
#[derive(Debug)]
pub(super) enum Source {
    /// A map's store.
    Store(Reader),
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
            return Ok(Source::Store(Reader::open(input)?));
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
            (Source::Store(reader), Some(boxes)) => reader.each_in(boxes, |brief| {
                take(brief);
                Ok(())
            }),
            (Source::Store(reader), None) => reader.each(|brief| {
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

    /// All briefs that `keeps` keeps, read by as many threads as there are processors: in the boxes and perhaps close beside,
    /// or anywhere.
    pub(super) fn all(&self, boxes: Option<&[Window]>, keeps: impl Fn(&Brief) -> bool + Sync) -> Result<Vec<Brief>> {
        if let Source::Store(reader) = self {
            return reader.all(boxes, keeps);
        }
        let mut all = Vec::new();
        self.each(boxes, |brief| all.extend(Some(brief).filter(&keeps)))?;
        Ok(all)
    }

    /// The whole incident of a brief.
    pub(super) fn whole(&self, brief: &Brief) -> Result<Option<Incident>> {
        match self {
            Source::Store(reader) => reader.incident(brief.row),
            Source::List(incidents) => Ok(usize::try_from(brief.row).ok().and_then(|at| incidents.get(at)).cloned()),
        }
    }
}
