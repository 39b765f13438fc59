//! `map.html`: what the reports say stays data, whatever they say, and comes back as it was.

use base64::{Engine, engine::general_purpose::STANDARD};
use mawqi::export::columns::{COLUMNS, Cell};
use mawqi::export::{Format, Harvest, page};
use mawqi::model::{Evidence, Incident, Source, Tally};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::fixture::{at, bare, full};

/// What a report might say to get out of its place.
const HOSTILE: [&str; 6] = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "<img src=x onerror=alert(1)>",
    "]]>{{script}}{{incidents}}",
    "\u{202e}gnp.exe\u{202c}\u{2028}\u{0}\"\\",
    "</ScRiPt\t>",
];

fn html(harvest: &Harvest) -> String {
    let mut bytes = Vec::new();
    page::Page.write(harvest, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// An incident in which every text is hostile.
fn hostile(text: &str) -> Incident {
    let words = Some(text.to_owned());
    let evidence = vec![Evidence { start: 0, end: text.len(), text: text.to_owned(), marks: Vec::new() }];
    let source = Source {
        report: text.to_owned(),
        published: None,
        publisher: words.clone(),
        url: Some(format!("javascript:{text}")),
        says: mawqi::model::Statement::default(),
        evidence,
    };
    Incident {
        place: words.clone(),
        place_en: words.clone(),
        admin1: words.clone(),
        actor: words.clone(),
        target: words.clone(),
        damage: words,
        weapons: vec![text.to_owned()],
        summary_en: text.to_owned(),
        summary_ar: text.to_owned(),
        sources: vec![source],
        ..at(text, 44.0, 33.0)
    }
}

/// What stands in the block of data with an id.
fn block(html: &str, id: &str) -> Value {
    let open = format!("<script type=\"application/json\" id=\"{id}\">");
    let (_, rest) = html.split_once(&open).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// What a packet holds.
fn unpacked(packet: &Value) -> Value {
    let bytes = STANDARD.decode(packet.as_str().unwrap()).unwrap();
    serde_json::from_slice(&miniz_oxide::inflate::decompress_to_vec(&bytes).unwrap()).unwrap()
}

/// The texts of all incidents.
fn texts(html: &str) -> Vec<Value> {
    let packets = block(html, "texts");
    packets.as_array().unwrap().iter().flat_map(|packet| unpacked(packet).as_array().unwrap().clone()).collect()
}

/// The value of a column for one incident, as the page reads it.
fn held(columns: &Value, name: &str, row: usize) -> Value {
    match &columns[name] {
        Value::Array(values) => values[row].clone(),
        words => {
            words["at"][row].as_u64().map_or(Value::Null, |at| words["words"][usize::try_from(at).unwrap()].clone())
        }
    }
}

fn expected(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => text.into_owned().into(),
        Cell::Integer(number) => number.into(),
        Cell::Number(number) => serde_json::from_str(&number.to_string()).unwrap(),
        Cell::Date(date) => (date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24).into(),
        Cell::Boolean(truth) => truth.into(),
    }
}

fn assert_comes_back(incidents: &[Incident], html: &str) {
    let columns = unpacked(&block(html, "incidents"))["columns"].clone();
    let texts = texts(html);
    assert_eq!(texts.len(), incidents.len());
    for (row, incident) in incidents.iter().enumerate() {
        for column in COLUMNS.iter().filter(|column| !["damage", "summary_en", "summary_ar"].contains(&column.name)) {
            assert_eq!(held(&columns, column.name, row), expected((column.cell)(incident)), "{}", column.name);
        }
        assert_eq!(texts[row]["damage"], serde_json::json!(incident.damage));
        assert_eq!(texts[row]["summary_ar"], incident.summary_ar);
        assert_eq!(texts[row]["sources"], serde_json::to_value(&incident.sources).unwrap());
    }
}

#[test]
fn incidents_come_back_from_the_page() {
    let incidents: Vec<Incident> =
        (0..600).map(|n| if n % 3 == 0 { full() } else { at(&format!("n{n}"), 40.5, f64::from(n) / 10.0) }).collect();
    let harvest = Harvest { incidents: incidents.clone(), ..Harvest::default() };
    assert_comes_back(&incidents, &html(&harvest));
}

#[test]
fn an_incident_without_a_point_is_left_out() {
    let page = html(&Harvest { incidents: vec![bare("nowhere"), full()], ..Harvest::default() });
    assert_eq!(unpacked(&block(&page, "incidents"))["about"]["count"], 1);
    let empty = html(&Harvest::default());
    assert_eq!(unpacked(&block(&empty, "incidents"))["about"]["count"], 0);
    assert!(texts(&empty).is_empty());
}

#[test]
fn no_text_leaves_its_place() {
    let incidents: Vec<Incident> = HOSTILE.iter().map(|text| hostile(text)).collect();
    let tally = Tally {
        count_min: Some(1),
        count_max: None,
        what: HOSTILE[0].to_owned(),
        place: Some(HOSTILE[1].to_owned()),
        since: Some(HOSTILE[2].to_owned()),
        until: None,
        as_of: None,
        source: Some(HOSTILE[5].to_owned()),
        report: HOSTILE[0].to_owned(),
        start: 0,
        end: 1,
        text: HOSTILE[0].to_owned(),
    };
    let hostile = html(&Harvest { incidents: incidents.clone(), tallies: vec![tally.clone()], ..Harvest::default() });
    let calm = html(&Harvest::default());
    let tags = |html: &str, tag: &str| html.to_lowercase().matches(tag).count();
    for tag in ["<script", "</script", "<img", "<!--"] {
        assert_eq!(tags(&hostile, tag), tags(&calm, tag), "{tag}");
    }
    assert_comes_back(&incidents, &hostile);
    assert_eq!(block(&hostile, "tallies"), serde_json::json!([tally]));
}

#[test]
fn the_policy_names_what_the_page_runs() {
    let page = html(&Harvest::default());
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    let hash = |block: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(block.as_bytes())));
    let inline = |open: &str, close: &str| {
        let parts = page.split(open).skip(1).map(|part| part.split(close).next().unwrap().to_owned());
        parts.collect::<Vec<_>>()
    };
    let script = inline("<script type=\"module\">", "</script>");
    assert_eq!(script.len(), 1);
    for block in script.iter().chain(&inline("<style>", "</style>")) {
        assert!(policy.contains(&hash(block)), "{policy}");
    }
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    assert!(!policy.contains("connect-src"), "the page asks nobody for data");
}

#[test]
fn the_modules_stand_without_imports_and_name_nothing_twice() {
    let page = html(&Harvest::default());
    let script = page.split("<script type=\"module\">").nth(1).unwrap().split("</script>").next().unwrap();
    assert!(!script.lines().any(|line| line.starts_with("import ") || line.starts_with("export ")));
    let names = script.lines().filter_map(|line| {
        let rest =
            ["function ", "async function ", "const ", "let "].iter().find_map(|word| line.strip_prefix(word))?;
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$')).collect();
        (!name.is_empty()).then_some(name)
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(names.len() > 100 && twice.is_empty(), "{twice:?}");
    for unsafe_way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
        assert!(!script.contains(unsafe_way), "{unsafe_way}");
    }
}

/// Every actor, target and weapon of the lexicon has its Arabic name in the page.
#[test]
fn the_page_names_every_actor_target_and_weapon() {
    let names = include_str!("../web/src/names.js");
    for table in ["actors", "targets", "weapons"] {
        let path = format!("{}/lexicon/{table}.csv", env!("CARGO_MANIFEST_DIR"));
        let mut rows = csv::Reader::from_path(path).unwrap();
        for row in rows.records().map(Result::unwrap) {
            let (bare, quoted) = (format!("{}: \"", &row[0]), format!("\"{}\": \"", &row[0]));
            assert!(names.contains(&bare) || names.contains(&quoted), "web/src/names.js lacks {}", &row[0]);
        }
    }
}

#[test]
fn the_page_s_files_stay_small() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    for part in ["src", "test", "."] {
        let Ok(entries) = std::fs::read_dir(folder.join(part)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if ["js", "mjs", "css", "html"].iter().any(|ending| name.ends_with(ending)) {
                let lines = std::fs::read_to_string(&path).unwrap().lines().count();
                assert!(lines <= 500, "{}: {lines} lines", path.display());
            }
        }
    }
}
