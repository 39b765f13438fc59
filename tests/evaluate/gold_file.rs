//! What a gold file may hold, and which line and field an error names.

use std::path::Path;

use mawqi::Error;
use mawqi::evaluate::{GoldReport, PlaceLevel, parse_gold};
use mawqi::model::GeoPrecision;

fn parse(text: &str) -> Result<Vec<GoldReport>, Error> {
    parse_gold(Path::new("gold.jsonl"), text.as_bytes())
}

/// The error of a file whose second line is this.
fn fault(line: &str) -> String {
    parse(&format!("{{\"id\":\"first\",\"incidents\":[]}}\n{line}\n")).unwrap_err().to_string()
}

/// The error of an incident with these fields.
fn fault_of(fields: &str) -> String {
    fault(&format!("{{\"id\":\"r\",\"incidents\":[{{\"event_type\":\"other\",\"lat\":1,\"lon\":2}},{{{fields}}}]}}"))
}

#[test]
fn lines_that_are_no_report_are_named() {
    for (line, expected) in [
        ("{\"id\": \"r\", ", "gold.jsonl:2: line: found \"{\\\"id\\\": \\\"r\\\",\", expected a JSON object: EOF"),
        ("[1]", "gold.jsonl:2: line: found \"[1]\", expected a JSON object"),
        ("{\"id\":\"r\"}", "gold.jsonl:2: incidents: found \"\", expected a list"),
        ("{\"id\":\"r\",\"incidents\":{}}", "gold.jsonl:2: incidents: found \"{}\", expected a list"),
        ("{\"id\":\"r\",\"incidents\":[7]}", "gold.jsonl:2: incidents[0]: found \"7\", expected an incident"),
        ("{\"incidents\":[]}", "gold.jsonl:2: id: found \"\", expected the report's id"),
        ("{\"id\":1.5,\"incidents\":[]}", "gold.jsonl:2: id: found \"1.5\", expected"),
        (
            "{\"id\":\"first\",\"incidents\":[]}",
            "gold.jsonl:2: id: found \"first\", expected an id that no line before",
        ),
    ] {
        assert!(fault(line).starts_with(expected), "{line}: {}", fault(line));
    }
}

#[test]
fn fields_that_do_not_fit_are_named() {
    for (fields, expected) in [
        ("", "event_type: found \"\", expected one of airstrike, "),
        (r#""event_type":"boom""#, "event_type: found \"boom\", expected one of airstrike, "),
        (r#""event_type":7"#, "event_type: found \"7\", expected one of airstrike, "),
        (r#""event_type":"other","event_alt":["raid","war"]"#, "event_alt: found \"war\", expected one of airstrike, "),
        (r#""event_type":"other","event_alt":"raid""#, "event_alt: found \"raid\", expected a list"),
        (r#""event_type":"other","lat":95,"lon":1"#, "lat: found \"95\", expected degrees of latitude, -90 to 90"),
        (r#""event_type":"other","lat":1,"lon":-181"#, "lon: found \"-181\", expected degrees of longitude"),
        (r#""event_type":"other","lat":"1","lon":1"#, "lat: found \"1\", expected degrees of latitude"),
        (r#""event_type":"other""#, "lat: found \"\", expected degrees"),
        (r#""event_type":"other","lat":1"#, "lon: found \"\", expected degrees"),
        (r#""event_type":"other","place_level":"country","lon":1"#, "lat: found \"\", expected degrees"),
        (r#""event_type":"other","place_level":"town""#, "place_level: found \"town\", expected one of site, "),
        (r#""event_type":"other","lat":1,"lon":1,"radius_km":-1"#, "radius_km: found \"-1\", expected kilometres"),
        (r#""event_type":"other","country":"Iraq""#, "country: found \"Iraq\", expected two capital letters"),
        (r#""event_type":"other","date_start":"20 January""#, "date_start: found \"20 January\", expected a date"),
        (r#""event_type":"other","date_start":"2024-1-2""#, "date_start: found \"2024-1-2\", expected a date"),
        (r#""event_type":"other","date_start":"2024-02-30""#, "date_start: found \"2024-02-30\", expected a date"),
        (r#""event_type":"other","date_start":2024"#, "date_start: found \"2024\", expected a date"),
        (
            r#""event_type":"other","place_level":"sea","date_start":"2024-02-02","date_end":"2024-02-01""#,
            "date_end: found \"2024-02-01\", expected a day on or after date_start",
        ),
        (r#""event_type":"other","date_slack":-1"#, "date_slack: found \"-1\", expected a whole number"),
        (r#""event_type":"other","killed_min":1.5"#, "killed_min: found \"1.5\", expected a whole number"),
        (
            r#""event_type":"other","place_level":"sea","injured_min":3,"injured_max":2"#,
            "injured_max: found \"2\", expected a number not below",
        ),
        (r#""event_type":"other","weapons":["drone",1]"#, "weapons: found \"1\", expected a list of text"),
        (r#""event_type":"other","actor":["Iran"]"#, "actor: found \"[\\\"Iran\\\"]\", expected text or null"),
        (r#""event_type":"other","outcome":"bad""#, "outcome: found \"bad\", expected one of hit, "),
        (r#""event_type":"other","optional":"yes""#, "optional: found \"yes\", expected true or false"),
    ] {
        let (fault, expected) = (fault_of(fields), format!("gold.jsonl:2: incidents[1].{expected}"));
        assert!(fault.starts_with(&expected), "{fields}: {fault}");
    }
}

#[test]
fn long_values_are_cut_in_messages() {
    let long = "ص".repeat(1_000);
    assert!(fault_of(&format!("\"event_type\":\"{long}\"")).contains(&format!("{}…", "ص".repeat(60))));
    assert!(fault(&long).len() < 400);
}

#[test]
fn an_empty_file_is_no_gold() {
    for empty in ["", "\n \n", "\u{feff}"] {
        assert!(parse(empty).unwrap_err().to_string().starts_with("gold.jsonl: empty"));
    }
}

#[test]
fn what_may_be_left_out_has_its_default() {
    let line =
        r#"{"id":"r","incidents":[{"event_type":"raid","lat":33,"lon":44,"date_start":"2024-01-20T05:00:00Z"}]}"#;
    let gold = parse(line).unwrap().remove(0).incidents.remove(0);
    assert_eq!((gold.radius_km, gold.date_slack, gold.optional), (15.0, 0, false));
    assert_eq!((gold.place_level, gold.outcome, gold.killed_min), (None, None, None));
    assert_eq!(gold.date_start.unwrap().to_string(), "2024-01-20");
    assert!(!gold.is_by_country());
}

#[test]
fn a_byte_order_mark_blank_lines_crlf_numbers_as_ids_and_further_fields_do_no_harm() {
    let text = "\u{feff}\n{\"id\":7,\"incidents\":[],\"notes\":\"x\"}\r\n\r\n{\"id\":\"b\",\"incidents\":[{\"event_type\":\"other\",\"place_level\":\"none\",\"mine\":1}]}\r\n";
    let gold = parse(text).unwrap();
    assert_eq!(gold.iter().map(|report| report.id.as_str()).collect::<Vec<_>>(), ["7", "b"]);
    assert_eq!(gold[1].incidents[0].place_level, Some(PlaceLevel::Nowhere));
    let sea = parse(r#"{"id":"s","incidents":[{"event_type":"other","place_level":"sea"}]}"#).unwrap();
    assert_eq!(sea[0].incidents[0].place_level, Some(PlaceLevel::Of(GeoPrecision::Sea)));
}
