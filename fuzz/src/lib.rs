//! What must hold of any input; the targets in `fuzz_targets/` call these functions with what libFuzzer makes up.

use std::io::Cursor;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use mawqi::gazetteer::{Gazetteer, Query};
use mawqi::model::{Incident, Report};
use mawqi::pipeline::Mapper;
use mawqi::reports;

static MAPPER: LazyLock<Mapper> = LazyLock::new(Mapper::embedded);

/// A day on which every second report is published.
const PUBLISHED: Date = date(2024, 2, 7);

/// Any bytes are a report's text; all that is read from it can be found in it.
pub fn read(bytes: &[u8]) {
    let published = bytes.first().is_some_and(|byte| byte % 2 == 0).then_some(PUBLISHED);
    checked(&Report::new("fuzz", String::from_utf8_lossy(bytes)).published(published));
}

/// Any bytes are a file of reports: whatever its format and encoding, what comes out are reports and faults.
pub fn decode(bytes: &[u8]) {
    for report in reports::read_stream(Cursor::new(bytes.to_vec()), "fuzz", None).flatten() {
        let body = report.text.get(report.body.start..report.body.end);
        assert_eq!(body, Some(report.body_text()), "the body of {:?} lies within its text", report.id);
        assert!(!report.id.is_empty(), "a report has an id");
        checked(&report);
    }
}

/// Any text is a table of places: it is refused, or its places stand on the globe and can be asked for.
pub fn rows(text: &str) {
    let Ok(gazetteer) = Gazetteer::from_texts(&[("places.csv", text)]) else { return };
    for place in gazetteer.places() {
        assert!((-90.0..=90.0).contains(&place.lat) && (-180.0..=180.0).contains(&place.lon), "{place:?}");
        assert_eq!(gazetteer.place(&place.id).map(|found| &found.id), Some(&place.id));
        let answer = gazetteer.resolve_name(&place.name_ar, &Query::default());
        assert!(answer.resolved.is_none_or(|resolved| gazetteer.place(&resolved.place_id).is_some()));
    }
    gazetteer.check();
}

fn checked(report: &Report) {
    let extraction = MAPPER.read(report);
    let text = |start: usize, end: usize| report.text.get(start..end);
    for incident in extraction.incidents.iter().chain(&extraction.unlocated) {
        cited(incident, report);
    }
    for tally in &extraction.tallies {
        assert!(text(tally.start, tally.end).is_some_and(|words| tally.text.contains(words)), "{tally:?}");
    }
    for name in &extraction.unresolved {
        assert_eq!(text(name.start, name.end), Some(name.name.as_str()));
    }
    for note in &extraction.notes {
        assert!(text(note.span.start, note.span.end).is_some(), "{note:?}");
    }
}

/// The evidence of an incident is the report's text, and its marks lie within it.
fn cited(incident: &Incident, report: &Report) {
    let evidence = || incident.sources.iter().flat_map(|source| &source.evidence);
    assert!(evidence().next().is_some(), "{incident:?}");
    for piece in evidence() {
        assert_eq!(report.text.get(piece.start..piece.end), Some(piece.text.as_str()));
        for mark in &piece.marks {
            let inside = piece.start <= mark.start && mark.start < mark.end && mark.end <= piece.end;
            assert!(inside && report.text.get(mark.start..mark.end).is_some(), "{mark:?} of {piece:?}");
        }
    }
}
