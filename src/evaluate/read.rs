//! The gold file: JSON lines, `{"id", "incidents": [{"event_type", …}]}`, one object a report; further fields are passed
//! over. Whatever does not fit is an error that names line and field.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::gold::{DEFAULT_RADIUS_KM, GoldIncident, GoldReport, PlaceLevel};
use crate::error::{Error, Result, excerpt};
use crate::model::{EventType, GeoPrecision, UnknownValue};

/// Half the earth's circumference, rounded up: no radius needs to be larger; kilometres.
const WHOLE_EARTH_KM: f64 = 20_040.0;

/// The level of a gold incident that has no place.
const NOWHERE: &str = "none";

/// Reads a gold file.
pub fn read_gold(path: &Path) -> Result<Vec<GoldReport>> {
    parse_gold(path, &std::fs::read(path).map_err(|fault| Error::io(path, fault))?)
}

/// Reads the bytes of a gold file; `path` stands in errors.
pub fn parse_gold(path: &Path, bytes: &[u8]) -> Result<Vec<GoldReport>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut reports, mut ids) = (Vec::new(), BTreeSet::new());
    for (number, bytes) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let line = Line { path, number };
        let report = line.report(bytes)?;
        if !ids.insert(report.id.clone()) {
            return Err(line.fault("id", &report.id, "an id that no line before has"));
        }
        reports.push(report);
    }
    if reports.is_empty() {
        return Err(Error::file(path, "empty; expected the gold as JSON lines, an object a report"));
    }
    Ok(reports)
}

/// A line of the file, for messages.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    path: &'a Path,
    number: u64,
}

impl Line<'_> {
    fn fault(&self, field: &str, value: &str, expected: &str) -> Error {
        Error::table(self.path, self.number, field, &excerpt(value), expected)
    }

    fn report(&self, bytes: &[u8]) -> Result<GoldReport> {
        let text = String::from_utf8_lossy(bytes);
        let value: Value = serde_json::from_slice(bytes.trim_ascii()).map_err(|fault| {
            // The parser sees one line, and always calls it the first.
            let reason = fault.to_string().replace("at line 1 column", "at column");
            self.fault("line", text.trim(), &format!("a JSON object: {reason}"))
        })?;
        let Value::Object(object) = &value else { return Err(self.fault("line", text.trim(), "a JSON object")) };
        let fields = Fields { line: self, within: String::new(), object };
        let incidents = fields.list("incidents")?.ok_or_else(|| fields.wrong("incidents", "a list of incidents"))?;
        let incident = |(number, value): (usize, &Value)| {
            let within = format!("incidents[{number}]");
            let object =
                value.as_object().ok_or_else(|| self.fault(&within, &shown(value), "an incident as an object"))?;
            Fields { line: self, within: format!("{within}."), object }.incident()
        };
        Ok(GoldReport {
            id: fields.id()?,
            incidents: incidents.iter().enumerate().map(incident).collect::<Result<_>>()?,
        })
    }
}

/// The fields of one object. A field that is null counts as not there.
struct Fields<'a> {
    line: &'a Line<'a>,
    /// What stands before a field's name in messages.
    within: String,
    object: &'a Map<String, Value>,
}

impl Fields<'_> {
    fn incident(&self) -> Result<GoldIncident> {
        let event_type = self.word("event_type")?;
        let place_level = self.place_level()?;
        let gold = GoldIncident {
            event_type: event_type.ok_or_else(|| self.wrong("event_type", &one_of::<EventType>("")))?,
            event_alt: self.words("event_alt")?,
            date_start: self.date("date_start")?,
            date_end: self.date("date_end")?,
            date_slack: self.count("date_slack")?.unwrap_or_default(),
            place: self.text("place")?,
            place_level,
            lon: self.number("lon", -180.0..=180.0, "degrees of longitude, -180 to 180")?,
            lat: self.number("lat", -90.0..=90.0, "degrees of latitude, -90 to 90")?,
            radius_km: self
                .number("radius_km", 0.0..=WHOLE_EARTH_KM, "kilometres, 0 to 20040")?
                .unwrap_or(DEFAULT_RADIUS_KM),
            country: self.country()?,
            actor: self.text("actor")?,
            claimed_by: self.text("claimed_by")?,
            target: self.text("target")?,
            weapons: self.texts("weapons")?,
            killed_min: self.count("killed_min")?,
            killed_max: self.count("killed_max")?,
            injured_min: self.count("injured_min")?,
            injured_max: self.count("injured_max")?,
            outcome: self.word("outcome")?,
            optional: self.flag("optional")?,
        };
        self.check(&gold)?;
        Ok(gold)
    }

    /// What no single field shows: an end before its beginning, a place without its point.
    fn check(&self, gold: &GoldIncident) -> Result<()> {
        if let Some(end) = gold.date_end
            && gold.date_start.is_none_or(|start| end < start)
        {
            return Err(self.wrong("date_end", "a day on or after date_start"));
        }
        for (name, least, most) in
            [("killed_max", gold.killed_min, gold.killed_max), ("injured_max", gold.injured_min, gold.injured_max)]
        {
            if most.is_some() && most < least {
                return Err(self.wrong(name, "a number not below the minimum"));
            }
        }
        let half = gold.lon.is_some() != gold.lat.is_some();
        for (name, degrees) in [("lat", gold.lat), ("lon", gold.lon)] {
            if degrees.is_none() && (half || !gold.is_by_country()) {
                return Err(self.wrong(name, "degrees (only country, sea and none as place_level need no point)"));
            }
        }
        Ok(())
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// The fault of a field whose value, or whose absence, is wrong.
    fn wrong(&self, name: &str, expected: &str) -> Error {
        self.wrong_value(name, self.object.get(name).unwrap_or(&Value::String(String::new())), expected)
    }

    fn wrong_value(&self, name: &str, value: &Value, expected: &str) -> Error {
        self.line.fault(&format!("{}{name}", self.within), &shown(value), expected)
    }

    /// A value as `read` takes it; what it does not take is a fault.
    fn field<T>(&self, name: &str, expected: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Option<T>> {
        self.get(name).map(|value| read(value).ok_or_else(|| self.wrong(name, expected))).transpose()
    }

    /// The report's id, a word or a whole number.
    fn id(&self) -> Result<String> {
        let id = self.get("id").and_then(|value| match value {
            Value::String(id) => Some(id.clone()).filter(|id| !id.is_empty()),
            Value::Number(id) => (id.is_u64() || id.is_i64()).then(|| id.to_string()),
            _ => None,
        });
        id.ok_or_else(|| self.wrong("id", "the report's id: the file's stem, or the record's own"))
    }

    fn list(&self, name: &str) -> Result<Option<Vec<Value>>> {
        self.field(name, "a list", |value| value.as_array().cloned())
    }

    /// Text; the empty text says nothing.
    fn text(&self, name: &str) -> Result<Option<String>> {
        let text = self.field(name, "text or null", |value| value.as_str().map(str::to_owned))?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    fn texts(&self, name: &str) -> Result<Vec<String>> {
        let text = |value: &Value| value.as_str().map(str::to_owned).ok_or(value.clone());
        let texts: std::result::Result<_, _> = self.list(name)?.unwrap_or_default().iter().map(text).collect();
        texts.map_err(|value| self.wrong_value(name, &value, "a list of text"))
    }

    fn flag(&self, name: &str) -> Result<bool> {
        Ok(self.field(name, "true or false", Value::as_bool)?.unwrap_or_default())
    }

    fn count(&self, name: &str) -> Result<Option<u32>> {
        self.field(name, "a whole number, 0 or more", |value| u32::try_from(value.as_u64()?).ok())
    }

    fn number(&self, name: &str, range: RangeInclusive<f64>, expected: &str) -> Result<Option<f64>> {
        self.field(name, expected, |value| value.as_f64().filter(|number| range.contains(number)))
    }

    fn date(&self, name: &str) -> Result<Option<Date>> {
        self.field(name, "a date such as 2024-01-31, or null", |value| iso(value.as_str()?))
    }

    fn country(&self) -> Result<Option<String>> {
        let is_code = |code: &&str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        self.field("country", "two capital letters such as IQ, or null", |value| {
            value.as_str().filter(is_code).map(str::to_owned)
        })
    }

    fn place_level(&self) -> Result<Option<PlaceLevel>> {
        if self.get("place_level").and_then(Value::as_str) == Some(NOWHERE) {
            return Ok(Some(PlaceLevel::Nowhere));
        }
        let level = self.get("place_level").map(word::<GeoPrecision>).transpose();
        let level = level.map_err(|known| self.wrong("place_level", &format!("{known}, {NOWHERE}")))?;
        Ok(level.map(PlaceLevel::Of))
    }

    /// A word of a closed vocabulary.
    fn word<T: FromStr<Err = UnknownValue>>(&self, name: &str) -> Result<Option<T>> {
        self.get(name).map(word).transpose().map_err(|known| self.wrong(name, &known))
    }

    fn words<T: FromStr<Err = UnknownValue>>(&self, name: &str) -> Result<Vec<T>> {
        let items = self.list(name)?.unwrap_or_default();
        items.iter().map(|value| word(value).map_err(|known| self.wrong_value(name, value, &known))).collect()
    }
}

/// The word of a closed vocabulary, or the words that would fit.
fn word<T: FromStr<Err = UnknownValue>>(value: &Value) -> std::result::Result<T, String> {
    let text = value.as_str().unwrap_or_default();
    text.parse().map_err(|_| one_of::<T>(text))
}

/// The words of a vocabulary, which a word that is not in it brings to light.
fn one_of<T: FromStr<Err = UnknownValue>>(unknown: &str) -> String {
    unknown.parse::<T>().err().map(|fault| format!("one of {}", fault.known)).unwrap_or_default()
}

/// An ISO date, or the date part of an ISO date-time.
fn iso(text: &str) -> Option<Date> {
    let (day, time) = text.split_at_checked("2024-01-31".len())?;
    let date = day.parse::<Date>().ok().filter(|date| date.to_string() == day)?;
    (time.is_empty() || time.starts_with(['T', ' '])).then_some(date)
}

/// A value as a message shows it: text without its quotes.
pub(crate) fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
