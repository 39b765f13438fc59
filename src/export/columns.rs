//! The one flat schema: every column's name, kind and value, in the order of all exports.
//!
//! GeoJSON and NDJSON hold `sources` whole; flat formats hold the columns [`SOURCES`] in its place.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Row;
use crate::model::{GeoPrecision, Incident, PlaceKind, Source, TimeOfDay};

/// Decimals of a degree that are written: a metre or so.
const DEGREE_SCALE: f64 = 1e5;

/// Decimals of a kilometre that are written: a metre.
const KM_SCALE: f64 = 1e3;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A day.
    Date,
    /// True or false.
    Boolean,
}

/// What one incident has in one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: the report does not say.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(u64),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// True or false.
    Boolean(bool),
}

/// One column of the flat schema.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name, the same in every format.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its value for an incident.
    pub cell: for<'a> fn(&'a Incident) -> Cell<'a>,
}

/// The columns of an incident itself.
pub const COLUMNS: &[Column] = &[
    Column::new("id", Kind::Text, |i| Cell::words(&i.id)),
    Column::new("event_type", Kind::Text, |i| Cell::words(i.event_type.as_str())),
    Column::new("date_start", Kind::Date, |i| Cell::date(i.date_start)),
    Column::new("date_end", Kind::Date, |i| Cell::date(i.date_end)),
    Column::new("date_precision", Kind::Text, |i| Cell::words(i.date_precision.as_str())),
    Column::new("time_of_day", Kind::Text, |i| Cell::text(i.time_of_day.map(TimeOfDay::as_str))),
    Column::new("place", Kind::Text, |i| Cell::text(i.place.as_deref())),
    Column::new("place_en", Kind::Text, |i| Cell::text(i.place_en.as_deref())),
    Column::new("place_id", Kind::Text, |i| Cell::text(i.place_id.as_deref())),
    Column::new("place_kind", Kind::Text, |i| Cell::text(i.place_kind.map(PlaceKind::as_str))),
    Column::new("geo_precision", Kind::Text, |i| Cell::text(i.geo_precision.map(GeoPrecision::as_str))),
    Column::new("uncertainty_m", Kind::Integer, |i| Cell::integer(i.uncertainty_m)),
    Column::new("lon", Kind::Number, |i| Cell::degrees(i.lon)),
    Column::new("lat", Kind::Number, |i| Cell::degrees(i.lat)),
    Column::new("admin2", Kind::Text, |i| Cell::text(i.admin2.as_deref())),
    Column::new("admin1", Kind::Text, |i| Cell::text(i.admin1.as_deref())),
    Column::new("country", Kind::Text, |i| Cell::text(i.country.as_deref())),
    Column::new("actor", Kind::Text, |i| Cell::text(i.actor.as_deref())),
    Column::new("claimed_by", Kind::Text, |i| Cell::text(i.claimed_by.as_deref())),
    Column::new("blamed_on", Kind::Text, |i| Cell::text(i.blamed_on.as_deref())),
    Column::new("target", Kind::Text, |i| Cell::text(i.target.as_deref())),
    Column::new("weapons", Kind::Text, |i| Cell::list(i.weapons.iter().map(|weapon| Some(weapon.into())))),
    Column::new("killed_min", Kind::Integer, |i| Cell::integer(i.killed_min)),
    Column::new("killed_max", Kind::Integer, |i| Cell::integer(i.killed_max)),
    Column::new("injured_min", Kind::Integer, |i| Cell::integer(i.injured_min)),
    Column::new("injured_max", Kind::Integer, |i| Cell::integer(i.injured_max)),
    Column::new("outcome", Kind::Text, |i| Cell::words(i.outcome.as_str())),
    Column::new("damage", Kind::Text, |i| Cell::text(i.damage.as_deref())),
    Column::new("background", Kind::Boolean, |i| Cell::Boolean(i.background)),
    Column::new("confidence", Kind::Number, |i| Cell::Number(i.confidence)),
    Column::new("summary_en", Kind::Text, |i| Cell::words(&i.summary_en)),
    Column::new("summary_ar", Kind::Text, |i| Cell::words(&i.summary_ar)),
    Column::new("source_count", Kind::Integer, |i| Cell::Integer(i.source_count as u64)),
];

/// The columns that stand for `sources` in flat formats; the n-th item of each belongs to the n-th report.
pub const SOURCES: &[Column] = &[
    Column::new("reports", Kind::Text, |i| Cell::sources(i, |source| Some((&source.report).into()))),
    Column::new("published", Kind::Text, |i| {
        Cell::sources(i, |source| source.published.map(|date| date.to_string().into()))
    }),
    Column::new("publishers", Kind::Text, |i| Cell::sources(i, |source| source.publisher.as_ref().map(Cow::from))),
    Column::new("urls", Kind::Text, |i| Cell::sources(i, |source| source.url.as_ref().map(Cow::from))),
    Column::new("evidence", Kind::Text, |i| Cell::evidence(i)),
];

impl Column {
    pub(super) const fn new(name: &'static str, kind: Kind, cell: for<'a> fn(&'a Incident) -> Cell<'a>) -> Self {
        Column { name, kind, cell }
    }

    /// Whether it is a part of the point.
    pub(super) fn is_degrees(&self) -> bool {
        matches!(self.name, "lon" | "lat")
    }
}

impl<'a> Cell<'a> {
    pub(super) fn words(text: &'a str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(text)) }
    }

    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Cell::Empty, Cell::words)
    }

    pub(super) fn date(date: Option<Date>) -> Self {
        date.map_or(Cell::Empty, Cell::Date)
    }

    pub(super) fn integer(number: Option<u32>) -> Self {
        number.map_or(Cell::Empty, |number| Cell::Integer(number.into()))
    }

    pub(super) fn degrees(degrees: Option<f64>) -> Self {
        degrees.map_or(Cell::Empty, |degrees| Cell::Number(round_degrees(degrees)))
    }

    /// Words made for the occasion.
    pub(super) fn made(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(text)) }
    }

    /// Items joined by `; `; nothing where no item is there, so that the n-th stays the n-th otherwise.
    fn list(mut items: impl Iterator<Item = Option<Cow<'a, str>>>) -> Self {
        let Some(first) = items.next() else { return Cell::Empty };
        let Some(second) = items.next() else { return first.map_or(Cell::Empty, Cell::Text) };
        let items: Vec<_> = [first, second].into_iter().chain(items).collect();
        if items.iter().all(Option::is_none) {
            return Cell::Empty;
        }
        Cell::Text(Cow::Owned(items.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join("; ")))
    }

    pub(super) fn sources(incident: &'a Incident, item: impl Fn(&'a Source) -> Option<Cow<'a, str>>) -> Self {
        Cell::list(incident.sources.iter().map(item))
    }

    /// Every sentence, on one line, joined by ` | `.
    fn evidence(incident: &'a Incident) -> Self {
        let sentences = incident.sources.iter().flat_map(|source| &source.evidence);
        let mut lines = sentences.map(|evidence| one_line(&evidence.text));
        let Some(first) = lines.next() else { return Cell::Empty };
        let Some(second) = lines.next() else { return Cell::Text(first) };
        Cell::Text(Cow::Owned([first, second].into_iter().chain(lines).collect::<Vec<_>>().join(" | ")))
    }
}

/// Text whose words are parted by one space each.
fn one_line(text: &str) -> Cow<'_, str> {
    if is_line(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether all that parts words is one space each; false of some text of which it is true.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are looked at in one step")]
fn is_line(bytes: &[u8]) -> bool {
    /// The first bytes of U+1680 and U+3000, and that of all blanks from U+2000 on.
    const BLANKS: [u8; 3] = [0xe1, 0xe2, 0xe3];
    let breaks =
        |byte: u8| (byte.wrapping_sub(b'\t') < 5) | BLANKS.iter().fold(false, |any, first| any | (byte == *first));
    // Two spaces, U+0085, U+00A0.
    let parts = |a: u8, b: u8| ((a == b' ') & (b == b' ')) | ((a == 0xc2) & ((b == 0x85) | (b == 0xa0)));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    !bytes.starts_with(b" ")
        && !bytes.ends_with(b" ")
        && !bytes.iter().fold(false, |any, byte| any | breaks(*byte))
        && !pairs.fold(false, |any, (a, b)| any | parts(*a, *b))
}

/// An incident as a JSON object: the columns in order, with `sources` whole, then the distance and what else is asked
/// for. Names are written one by one, since building a value of it all first takes three times as long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object<'a> {
    pub(super) row: &'a Row<'a>,
    /// Whether `lon` and `lat` are among them, and not in a geometry beside.
    pub(super) point: bool,
    /// Whether `area` stands at the end.
    pub(super) area: bool,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Row { incident, near } = self.row;
        let mut object = serializer.serialize_map(None)?;
        for Column { name, cell, .. } in COLUMNS.iter().filter(|column| self.point || !column.is_degrees()) {
            match *name {
                "weapons" => object.serialize_entry(name, &incident.weapons)?,
                "summary_en" => object.serialize_entry(name, &incident.summary_en)?,
                "summary_ar" => object.serialize_entry(name, &incident.summary_ar)?,
                _ => object.serialize_entry(name, &cell(incident))?,
            }
        }
        object.serialize_entry("sources", &incident.sources)?;
        if let Some(near) = near {
            object.serialize_entry("distance_km", &round_km(near.distance_km))?;
            object.serialize_entry("bearing", &near.bearing)?;
        }
        if self.area {
            object.serialize_entry("area", &incident.geo_precision.is_some_and(GeoPrecision::is_area))?;
        }
        object.end()
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Integer(number) => serializer.serialize_u64(*number),
            Cell::Number(number) => serializer.serialize_f64(*number),
            Cell::Date(date) => date.serialize(serializer),
            Cell::Boolean(truth) => serializer.serialize_bool(*truth),
        }
    }
}

/// Degrees with five decimals.
pub fn round_degrees(degrees: f64) -> f64 {
    (degrees * DEGREE_SCALE).round() / DEGREE_SCALE + 0.0
}

/// Kilometres with three decimals.
pub fn round_km(km: f64) -> f64 {
    (km * KM_SCALE).round() / KM_SCALE
}

#[cfg(test)]
mod tests {
    use super::{is_line, one_line};

    #[test]
    fn lines_are_as_their_words_parted_by_spaces() {
        let blanks: Vec<char> = ('\0'..='\u{ffff}').filter(|c| c.is_whitespace()).collect();
        assert!(blanks.len() > 20);
        let around = blanks
            .iter()
            .flat_map(|blank| ["", " ", "«", "ب"].map(|beside| format!("{beside}{blank}قصف{blank}{beside}")));
        let texts = around.chain(["", " ", "قصف", "«قصف» على عين الأسد"].map(str::to_owned));
        for text in texts {
            assert_eq!(one_line(&text), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
        }
        assert!(is_line("«قصف» على عين الأسد".as_bytes()), "what most text is takes no second look");
    }
}
