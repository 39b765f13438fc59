//! Incidents of the store by place, without reading the others: its own spatial index says which rows lie in a box.
//!
//! A row says what stands now, with what analysts changed. Where every value of it is understood, the brief is made of the
//! row alone; where one is not (a type that is none, ends of a range that have crossed), the record and its edits are
//! laid together as every export does.
//!
//! Known to be missed: an incident whose point an analyst has emptied is found again once `mawqi map` has run.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashSet;

use super::held::{self, REJECTED};
use super::{geometry, open, reader, rows};
use crate::model::{Brief, Incident};

/// The columns of a brief, in the order in which they are read; the record's id is not among them.
pub(super) const COLUMNS: &str = "i.fid, i.geom, i.review, i.event_type, i.date_start, i.date_end, i.place, \
                                  i.geo_precision, i.uncertainty_m, i.admin1, i.country, i.actor, i.claimed_by, \
                                  i.killed_min, i.killed_max, i.injured_min, i.injured_max, i.date_precision, \
                                  i.place_en, i.source_count";

/// Where an id is read behind them.
const ID: usize = 20;

/// What lies in a box. The tree holds numbers of 32 bits, rounded outwards.
const IN_BOX: &str = "rtree_incidents_geom t CROSS JOIN incidents i ON i.fid = t.id \
                      CROSS JOIN mawqi_records r ON r.fid = i.fid \
                      WHERE t.minx <= ?3 AND t.maxx >= ?1 AND t.miny <= ?4 AND t.maxy >= ?2";

/// What lies nowhere on Earth, so that the edit is not taken and the record's own point holds.
const ASTRAY: &str = "(SELECT id FROM rtree_incidents_geom WHERE maxx > 180 UNION SELECT id FROM rtree_incidents_geom \
                      WHERE minx < -180 UNION SELECT id FROM rtree_incidents_geom WHERE maxy > 90 UNION \
                      SELECT id FROM rtree_incidents_geom WHERE miny < -90) t CROSS JOIN incidents i ON i.fid = t.id \
                      CROSS JOIN mawqi_records r ON r.fid = i.fid";

/// All.
const ALL: &str = "incidents i CROSS JOIN mawqi_records r ON r.fid = i.fid";

/// Bytes of the file that are mapped as memory, so that reading here and there costs no copying: all of most stores.
const MAPPED_BYTES: i64 = 1 << 33;

/// A store open for questions.
#[derive(Debug)]
pub struct Reader {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
}

impl Reader {
    /// Opens the store in `folder`, which must be there.
    pub fn open(folder: &Path) -> crate::Result<Self> {
        let (path, connection) = reader(folder)?;
        Ok(Reader::new(path, connection))
    }

    fn new(path: PathBuf, connection: Connection) -> Self {
        open::map(&connection, MAPPED_BYTES);
        Reader { path, connection }
    }

    /// Hands on every incident whose point lies in one of the boxes (west, south, east, north, degrees) or close beside, each
    /// once, in no order.
    pub fn each_in(&self, boxes: &[[f64; 4]], mut take: impl FnMut(Brief) -> crate::Result<()>) -> crate::Result<()> {
        let mut seen = HashSet::new();
        let mut once = |brief: Brief| if seen.insert(brief.row) { take(brief) } else { Ok(()) };
        for sides in boxes {
            self.walk(IN_BOX, *sides, &mut once)?;
        }
        self.walk(ASTRAY, [], &mut once)
    }

    /// Hands on every incident that has a point, in no order.
    pub fn each(&self, take: impl FnMut(Brief) -> crate::Result<()>) -> crate::Result<()> {
        self.walk(ALL, [], take)
    }

    /// The whole incident of a brief's `row`, as every export has it; none where it is rejected or gone.
    pub fn incident(&self, row: i64) -> crate::Result<Option<Incident>> {
        self.whole(row).map_err(|e| open::error(&self.path, &e))
    }

    fn whole(&self, row: i64) -> rusqlite::Result<Option<Incident>> {
        let held = held::one(&self.connection, row)?.filter(|held| !held::is_rejected(&held.edits));
        Ok(held.map(|held| held::shown(&held.record, &held.edits).0))
    }

    fn walk(
        &self,
        from: &str,
        bounds: impl rusqlite::Params,
        mut take: impl FnMut(Brief) -> crate::Result<()>,
    ) -> crate::Result<()> {
        let fault = |e| open::error(&self.path, &e);
        let mut words = Words::default();
        let sql = format!("SELECT {COLUMNS}, r.id FROM {from}");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault)?;
        let mut rows = statement.query(bounds).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            self.told(words.brief(row, id(row)))?.map_or(Ok(()), &mut take)?;
        }
        Ok(())
    }

    /// The brief of a row, by its record and edits where the row alone does not say it.
    pub(super) fn told(&self, glance: Result<Brief, Unsaid>) -> crate::Result<Option<Brief>> {
        match glance {
            Ok(brief) => Ok(Some(brief)),
            Err(Unsaid::Rejected) => Ok(None),
            Err(Unsaid::Unclear(fid)) => {
                let whole = self.whole(fid).map_err(|e| open::error(&self.path, &e))?;
                Ok(whole.and_then(|whole| located(&whole, fid)))
            }
        }
    }
}

/// The brief of a whole incident, with its point as it is written.
fn located(incident: &Incident, row: i64) -> Option<Brief> {
    let (lon, lat) = rows::point(incident)?;
    Some(Brief { lon, lat, ..Brief::of(incident, row)? })
}

/// A value that only the record and its edits together can tell.
struct Unclear;

/// What a column holds.
type Read<T> = Result<Option<T>, Unclear>;

/// Why a row gives no brief at first sight.
pub(super) enum Unsaid {
    Rejected,
    /// The row of this number does not say it all by itself.
    Unclear(i64),
}

/// Words that come again and again, each held once.
#[derive(Debug, Default)]
pub(super) struct Words(FxHashSet<Arc<str>>);

impl Words {
    /// What a row says at first sight, whose record has this id.
    pub(super) fn brief(&mut self, row: &Row, id: Option<&str>) -> Result<Brief, Unsaid> {
        let Ok(fid) = row.get::<_, i64>(0) else { return Err(Unsaid::Unclear(0)) };
        if matches!(text(row, 2), Ok(Some(review)) if review == REJECTED) {
            return Err(Unsaid::Rejected);
        }
        self.clear(row, fid, id).map_err(|Unclear| Unsaid::Unclear(fid))
    }

    /// The brief, where every value is understood.
    fn clear(&mut self, row: &Row, fid: i64, id: Option<&str>) -> Result<Brief, Unclear> {
        let blob = row.get_ref(1).ok().and_then(|value| value.as_blob().ok());
        let (lon, lat) = blob.and_then(geometry::read_point).ok_or(Unclear)?;
        if !(-180.0..=180.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
            return Err(Unclear);
        }
        let brief = Brief {
            row: fid,
            id: id.ok_or(Unclear)?.into(),
            lon,
            lat,
            event_type: parsed(row, 3)?.ok_or(Unclear)?,
            date_start: day(row, 4)?,
            date_end: day(row, 5)?,
            date_precision: parsed(row, 17)?.ok_or(Unclear)?,
            place: self.word(row, 6)?,
            place_en: self.word(row, 18)?,
            geo_precision: parsed(row, 7)?,
            uncertainty_m: count(row, 8)?,
            admin1: self.word(row, 9)?,
            country: self.word(row, 10)?,
            actor: self.word(row, 11)?,
            claimed_by: self.word(row, 12)?,
            killed_min: count(row, 13)?,
            killed_max: count(row, 14)?,
            injured_min: count(row, 15)?,
            injured_max: count(row, 16)?,
            source_count: count(row, 19)?.ok_or(Unclear)?,
        };
        if in_order(&brief) { Ok(brief) } else { Err(Unclear) }
    }

    fn word(&mut self, row: &Row, at: usize) -> Read<Arc<str>> {
        let Some(text) = text(row, at)? else { return Ok(None) };
        if let Some(known) = self.0.get(text) {
            return Ok(Some(Arc::clone(known)));
        }
        let word: Arc<str> = text.into();
        self.0.insert(Arc::clone(&word));
        Ok(Some(word))
    }
}

/// Whether no range has its ends crossed, so that nothing has to follow an edit.
fn in_order(brief: &Brief) -> bool {
    let ranges = [(brief.killed_min, brief.killed_max), (brief.injured_min, brief.injured_max)];
    let days = brief.date_start.is_none() || brief.date_end.is_some_and(|end| brief.date_start <= Some(end));
    days && ranges.iter().all(|(low, high)| low.zip(*high).is_none_or(|(low, high)| low <= high))
}

/// The id that stands behind the columns.
pub(super) fn id<'r>(row: &'r Row) -> Option<&'r str> {
    text(row, ID).ok().flatten()
}

/// A column's text.
fn text<'r>(row: &'r Row, at: usize) -> Read<&'r str> {
    match row.get_ref(at).map_err(|_| Unclear)? {
        ValueRef::Null => Ok(None),
        ValueRef::Text(bytes) => Ok(filled(std::str::from_utf8(bytes).map_err(|_| Unclear)?)),
        _ => Err(Unclear),
    }
}

/// Text without what is blank about it, where there is any.
pub(super) fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// A column's value of a closed kind.
fn parsed<V: FromStr>(row: &Row, at: usize) -> Read<V> {
    text(row, at)?.map(str::parse).transpose().map_err(|_| Unclear)
}

/// A column's day.
fn day(row: &Row, at: usize) -> Read<Date> {
    let Some(text) = text(row, at)? else { return Ok(None) };
    plain_day(text).map_or_else(|| text.parse(), Ok).map(Some).map_err(|_| Unclear)
}

/// A day as `2024-01-31`, which is how all of them are written; other spellings are left to the general reader, which takes
/// several times as long.
fn plain_day(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *<&[u8; 10]>::try_from(text.as_bytes()).ok()? else {
        return None;
    };
    let number = |digits: &[u8]| {
        let digit = |sum: i16, digit: &u8| digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0'));
        digits.iter().try_fold(0, digit)
    };
    let (month, day) = (i8::try_from(number(&[m1, m2])?).ok()?, i8::try_from(number(&[d1, d2])?).ok()?);
    Date::new(number(&[y1, y2, y3, y4])?, month, day).ok()
}

/// A column's count.
fn count(row: &Row, at: usize) -> Read<u32> {
    row.get(at).map_err(|_| Unclear)
}
