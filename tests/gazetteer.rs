//! The gazetteer's tables, its name index and its resolver.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mawqi::gazetteer::{Gazetteer, Level, Query};
use mawqi::model::{NameUse, PlaceKind, Report};
use mawqi::text::{Document, Token, name_form, name_key};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn resolved(name: &str) -> String {
    resolved_with(name, &Query::default())
}

fn resolved_with(name: &str, query: &Query) -> String {
    let resolution = Gazetteer::embedded().resolve_name(name, query);
    resolution.resolved.map_or_else(|| format!("none: {}", resolution.reason), |found| found.place_id)
}

/// A table as it should stand: sorted, fields quoted only where needed, no row twice.
fn canonical(path: &Path, sorted_by: &[usize]) -> String {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let mut rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for row in &mut rows {
        *row = row.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    }
    rows.sort_by_key(|row| {
        let first: Vec<String> = sorted_by.iter().map(|&at| row.get(at).unwrap_or("").to_owned()).collect();
        let rest: Vec<String> = row.iter().map(str::to_owned).collect();
        (first, rest)
    });
    rows.dedup();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for row in &rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn tables_are_canonical() {
    let tables: [(&str, &[usize]); 7] = [
        ("gazetteer/places.csv", &[0]),
        ("gazetteer/names.csv", &[0, 3, 2, 1]),
        ("gazetteer/homographs.csv", &[0]),
        ("gazetteer/countries.csv", &[0]),
        ("gazetteer/featurecodes.csv", &[0, 1]),
        ("lexicon/kinds.csv", &[0, 1, 3]),
        ("lexicon/nisba.csv", &[0]),
    ];
    for (name, sorted_by) in tables {
        let path = root().join(name);
        let wanted = canonical(&path, sorted_by);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &wanted).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap();
        let first = found.lines().zip(wanted.lines()).position(|(a, b)| a != b);
        assert!(found == wanted, "{name}:{first:?}: not canonical; BLESS=1 cargo test rewrites it");
    }
}

#[test]
fn embedded_tables_have_no_faults() {
    let faults = Gazetteer::embedded().check();
    let list = faults.iter().filter(|fault| fault.level == Level::Fault).fold(String::new(), |mut list, fault| {
        writeln!(list, "{fault}").unwrap();
        list
    });
    assert!(list.is_empty(), "\n{list}");
}

#[test]
fn governorates_are_complete() {
    let stats = Gazetteer::embedded().stats();
    for (country, count) in [("IQ", 19), ("SY", 14), ("YE", 22), ("LB", 9), ("JO", 12)] {
        let found = stats.iter().find(|(c, kind, _)| c == country && *kind == PlaceKind::Governorate);
        assert_eq!(found.map(|(.., n)| *n), Some(count), "{country}");
    }
}

/// `tests/corpus/places.csv`: names that have to lead to a place, and where it lies.
#[test]
fn known_places_resolve() {
    let gazetteer = Gazetteer::embedded();
    let mut faults = String::new();
    for row in csv::Reader::from_path(root().join("tests/corpus/places.csv")).unwrap().records() {
        let row = row.unwrap();
        let (name, id) = (row.get(0).unwrap(), row.get(1).unwrap());
        let [lat, lon, within_km] = [2, 3, 4].map(|at| row.get(at).unwrap().parse::<f64>().unwrap());
        let found = resolved(name);
        if found != id {
            writeln!(faults, "{name}: found {found}, expected {id}").unwrap();
        }
        let Some(place) = gazetteer.place(id) else { continue };
        let km = ((place.lat - lat).powi(2) + ((place.lon - lon) * lat.to_radians().cos()).powi(2)).sqrt() * 111.2;
        if km > within_km {
            writeln!(faults, "{name}: {id} lies {km:.1} km off").unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn names_resolve() {
    let wanted = [
        ("القائم", "iq-al-qaim"),
        ("قضاء القائم", "iq-al-qaim-district"),
        ("مدينة القائم", "iq-al-qaim"),
        ("وبالقائم", "iq-al-qaim"),
        ("للقائم", "iq-al-qaim"),
        ("القائم في الأنبار", "iq-al-qaim"),
        ("القائم بمحافظة الأنبار", "iq-al-qaim"),
        ("القايم", "iq-al-qaim"),
        ("القائم العراقية", "iq-al-qaim"),
        ("جرف الصخر", "iq-jurf-al-sakhar"),
        ("جرف النصر", "iq-jurf-al-sakhar"),
        ("ناحية جرف الصخر", "iq-jurf-al-sakhar"),
        ("جرف الصخر شمال بابل", "iq-jurf-al-sakhar"),
        ("عين الأسد", "iq-ain-al-asad"),
        ("«عين الأسد»", "iq-ain-al-asad"),
        ("عين الاسد", "iq-ain-al-asad"),
        ("قاعدة عين الأسد", "iq-ain-al-asad"),
        ("قاعدة عين الأسد الجوية", "iq-ain-al-asad"),
        ("قاعدة الأسد الجوية", "iq-ain-al-asad"),
        ("بقاعدة عين الأسد الجوية غربي الأنبار", "iq-ain-al-asad"),
        ("Ayn al-Asad", "iq-ain-al-asad"),
        ("Ain al Assad", "iq-ain-al-asad"),
        ("Ain al-Asad air base", "iq-ain-al-asad"),
        ("Al-Qa'im", "iq-al-qaim"),
        ("Al-Qa'im district", "iq-al-qaim-district"),
        ("Deir ez-Zor", "sy-deir-ez-zor-city"),
        ("Der Zor", "sy-deir-ez-zor-city"),
        ("ديرالزور", "sy-deir-ez-zor-city"),
        ("محافظة دير الزور", "sy-deir-ez-zor"),
        ("كركوك", "iq-kirkuk-city"),
        ("محافظة كركوك", "iq-kirkuk"),
        ("طرابلس اللبنانية", "lb-tripoli"),
        ("طرابلس في لبنان", "lb-tripoli"),
        ("السفارة الأميركية في بغداد", "iq-us-embassy-baghdad"),
        ("النتف", "sy-al-tanf"),
    ];
    let mut faults = String::new();
    for (name, id) in wanted {
        let found = resolved(name);
        if found != id {
            writeln!(faults, "{name}: found {found}, expected {id}").unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn two_bearers_alike_stay_unresolved() {
    let gazetteer = Gazetteer::embedded();
    let tripoli = gazetteer.resolve_name("طرابلس", &Query::default());
    assert!(tripoli.resolved.is_none());
    assert!(tripoli.reason.starts_with("ambiguous"), "{}", tripoli.reason);
    let countries: Vec<&str> = tripoli.candidates.iter().map(|c| c.country.as_str()).collect();
    assert!(countries.contains(&"LB") && countries.contains(&"LY"), "{countries:?}");
    let in_lebanon = Query { country: Some("LB".to_owned()), ..Query::default() };
    assert_eq!(resolved_with("طرابلس", &in_lebanon), "lb-tripoli");
    let near_beirut = Query { near: Some((35.5, 33.9)), ..Query::default() };
    assert_eq!(resolved_with("طرابلس", &near_beirut), "lb-tripoli");
}

#[test]
fn part_of_a_name_is_no_place() {
    let resolution = Gazetteer::embedded().resolve_name("الأسد", &Query::default());
    assert!(resolution.resolved.is_none());
    assert!(resolution.reason.contains("no place by itself") && resolution.reason.contains("عين الأسد"));
    assert!(resolution.candidates.iter().any(|c| c.place_id == "iq-ain-al-asad"));
}

#[test]
fn nothing_is_invented() {
    for name in ["", "   ", "،", "زقزقزق", "Xyzzyq", "في", "و"] {
        let resolution = Gazetteer::embedded().resolve_name(name, &Query::default());
        assert!(resolution.resolved.is_none(), "{name:?}: {:?}", resolution.resolved);
        assert!(!resolution.reason.is_empty());
    }
}

/// A brigade is not the one whose number differs by a figure; a letter may slip.
#[test]
fn a_figure_is_not_a_slip_of_the_pen() {
    let in_syria = Query { country: Some("SY".to_owned()), ..Query::default() };
    assert_eq!(resolved_with("اللواء 155", &in_syria), "sy-brigade-155-qutayfah");
    for name in ["اللواء 105", "اللواء 15", "الفرقة 10"] {
        let found = Gazetteer::embedded().resolve_name(name, &in_syria).resolved;
        assert!(found.is_none(), "{name}: {found:?}");
    }
}

#[test]
fn resolution_is_written_as_designed() {
    let json = serde_json::to_value(Gazetteer::embedded().resolve_name("القائم", &Query::default())).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), ["name", "resolved", "candidates", "reason"]);
    let fields = "place_id name_ar name_en kind lat lon radius_m country admin1 score reasons";
    assert_eq!(keys(&json["resolved"]).join(" "), fields);
}

#[test]
fn scan_gives_the_longest_name_first() {
    let gazetteer = Gazetteer::embedded();
    let words: Vec<String> = ["عين", "الأسد", "أمس"].iter().map(|word| name_key(word)).collect();
    let mut found = Vec::new();
    gazetteer.scan(|at| words.get(at).map(String::as_str), &mut found);
    assert_eq!(found.first().map(|m| (m.words, m.key)), Some((2, "عين الاسد")));
    let first = found.first().and_then(|m| m.places.first()).map(|&ix| gazetteer.at(ix).id.as_ref());
    assert_eq!(first, Some("iq-ain-al-asad"));
}

/// The tokens of running text and the words of a name have to be the same words.
#[test]
fn every_name_is_found_in_running_text() {
    let gazetteer = Gazetteer::embedded();
    let mut found = Vec::new();
    let mut faults = String::new();
    let of_script = |name: &str| name.chars().any(|c| ('\u{620}'..='\u{64a}').contains(&c));
    for row in gazetteer.places().iter().flat_map(|place| gazetteer.names_of(gazetteer.ix(&place.id).unwrap())) {
        if row.usage == NameUse::Romanised || !of_script(&row.name) {
            continue;
        }
        let report = Report::new("name", row.name.as_str());
        let document = Document::of(&report);
        let is_word = |at: &usize| document.tokens.get(*at).is_some_and(Token::is_word) || document.form(*at) == "ال";
        let words: Vec<_> = (0..document.tokens.len()).filter(is_word).map(|at| name_form(document.form(at))).collect();
        gazetteer.scan(|at| words.get(at).map(AsRef::as_ref), &mut found);
        let whole = found.first().filter(|m| m.words == words.len());
        if !whole.is_some_and(|m| m.places.iter().any(|&ix| gazetteer.at(ix).id == row.place_id)) {
            writeln!(faults, "{} {}: read as {words:?}", row.place_id, row.name).unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

const HEADER: &str = "id,name_ar,name_en,kind,lat,lon,radius_m,country,admin1,admin2,parent,rank,source\n";

fn faults_of(rows: &str) -> String {
    let gazetteer = Gazetteer::from_texts(&[("places.csv", &format!("{HEADER}{rows}"))]).unwrap();
    let faults = gazetteer.check();
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn check_finds_faults() {
    let sound = "iq,العراق,Iraq,country,33.1,43.2,400000,IQ,,,,1,mawqi\n";
    assert_eq!(faults_of(sound), "");
    let cases = [
        ("iq-a,ألف باء,A,town,15.3,44.2,3000,IQ,,,iq,3,mawqi\n", "places.csv:3: iq-a: 15.3, 44.2 lies outside IQ"),
        ("iq-a,ألف باء,A,town,33.3,44.2,3000,IQ,,,iq-none,3,mawqi\n", "parent \"iq-none\" is not"),
        ("iq-a,ألف باء,A,town,33.3,44.2,3000,IQ,,,iq-a,3,mawqi\n", "its own ancestor"),
        ("iq,ألف باء,A,town,33.3,44.2,3000,IQ,,,,3,mawqi\n", "id taken"),
        ("iq-a,ألف باء,A,town,33.3,44.2,3000,IQ,,,iq,9,mawqi\n", "rank: found 9"),
        ("iq-a,ألف باء,A,town,33.3,44.2,0,IQ,,,iq,3,mawqi\n", "radius_m: found 0"),
        ("iq-a,ألف باء,A,town,33.3,44.2,3000,IQ,,,iq,3,rumour\n", "source: found \"rumour\""),
        ("iq-a,ألف\u{200f} باء,A,town,33.3,44.2,3000,IQ,,,iq,3,mawqi\n", "bidi marks"),
        ("iq-a,ـــ,A,town,33.3,44.2,3000,IQ,,,iq,3,mawqi\n", "folds to nothing"),
        ("iq-a,ألف باء,A,town,33.3,44.2,3000,QQ,,,iq,3,mawqi\n", "country: found \"QQ\""),
        (
            "iq-a,ألف باء,A,town,33.3,44.2,3000,IQ,,,iq,3,mawqi\niq-b,ألف باء,B,town,36.3,43.1,3000,IQ,,,iq,3,mawqi\n",
            "is also iq-a",
        ),
        (
            "iq-a,ألف باء,A,district,33.3,44.2,9000,IQ,,,iq,3,mawqi\niq-b,جيم دال,B,town,36.3,43.1,3000,IQ,,,iq-a,3,mawqi\n",
            "from its parent iq-a",
        ),
        ("iq-a,شط,A,town,33.3,44.2,3000,IQ,,,iq,3,mawqi\n", "may be a word"),
        ("iq-a,قاعدة,A,town,33.3,44.2,3000,IQ,,,iq,3,mawqi\n", "a word of lexicon/kinds.csv"),
        ("iq-a,تموز,A,town,33.3,44.2,3000,IQ,,,iq,3,mawqi\n", "a word of lexicon/months.csv"),
        ("iq-a,غارة,A,town,33.3,44.2,3000,IQ,,,iq,2,mawqi\n", "a word of lexicon/triggers.csv"),
        (
            "iq-a,ألف باء,A,town,33.3,44.2,3000,IQ,,,iq,3,mawqi\niq-b,ألف باء,B,town,33.301,44.2,3000,IQ,,,iq,4,mawqi\n",
            "is also iq-a, of the same kind and point",
        ),
        (
            "iq-a,ألف باء,A,governorate,33.3,44.2,90000,IQ,A,,iq,3,mawqi\niq-b,جيم دال,B,town,33.3,44.2,3000,IQ,B,,iq-a,3,mawqi\n",
            "admin1 \"B\", but iq-a above it is \"A\"",
        ),
    ];
    for (rows, message) in cases {
        let found = faults_of(&format!("{sound}{rows}"));
        assert!(found.contains(message), "{rows}: found {found:?}, expected {message:?}");
    }
}

#[test]
fn broken_rows_are_named() {
    let cases = [
        ("name_ar,lat\nأ,1\n", "places.csv:1: header"),
        ("lat,lon\n1,2\n", "places.csv:1: header"),
        ("name_ar,lat,lon\nألف,ninety,2\n", "places.csv:2: lat: found \"ninety\", expected degrees"),
        ("name_ar,lat,lon\nألف,1,2\nباء,91,2\n", "places.csv:3: lat: found \"91\""),
        ("name_ar,lat,lon,kind\nألف,1,2,castle\n", "places.csv:2: kind: found \"castle\", expected a kind of place"),
        ("name_ar,lat,lon\n,1,2\n", "places.csv:2: name_ar"),
        ("place_id,name\nnone,ألف\n", "places.csv:2: place_id: found \"none\""),
        ("name_ar,lat,lon\nألف,1\n", "places.csv:2: row"),
    ];
    for (text, message) in cases {
        let error = Gazetteer::from_texts(&[("places.csv", text)]).unwrap_err().to_string();
        assert!(error.contains(message), "{text}: found {error:?}, expected {message:?}");
    }
}

#[test]
fn a_users_places_join_and_do_not_outrank() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    let rows = "name,lat,lon,aliases\nقرية الاختبار,33.5,43.5,كفر الاختبار;تل الاختبار\nالفلوجة,30.1,47.1,\n";
    std::fs::write(&path, rows).unwrap();
    let gazetteer = Gazetteer::load(std::slice::from_ref(&path)).unwrap();
    let id = |name: &str| gazetteer.resolve_name(name, &Query::default()).resolved.map(|found| found.place_id);
    assert_eq!(id("قرية الاختبار").as_deref(), Some("mine-2"));
    assert_eq!(id("تل الاختبار").as_deref(), Some("mine-2"));
    let fallujah = gazetteer.bearers(&name_key("الفلوجة"));
    assert_eq!(fallujah.first().map(|&ix| gazetteer.at(ix).country.as_ref()), Some("IQ"));
    assert!(Gazetteer::load(&[PathBuf::from("/no/such/file.csv")]).is_err());
}

#[test]
fn show_gives_all_names() {
    let gazetteer = Gazetteer::embedded();
    let by_name = gazetteer.show("جرف النصر");
    let by_id = gazetteer.show("iq-jurf-al-sakhar");
    assert_eq!(by_name, by_id);
    assert!(by_id.iter().any(|(_, names)| names.iter().any(|row| row.name == "جرف النصر")));
    assert!(gazetteer.homograph(&name_key("بلد")));
    let place = gazetteer.place("iq-al-qaim").unwrap();
    assert!(gazetteer.ancestors(place).any(|above| above.id == "iq"));
}

/// Each dated name is one of its place's, and its years are years.
#[test]
fn renamings_are_of_names_that_places_bear() {
    let mut rows = csv::Reader::from_path("gazetteer/renamings.csv").unwrap();
    let mut last = (String::new(), String::new());
    for row in rows.records().map(Result::unwrap) {
        let gazetteer = Gazetteer::embedded();
        let ix = gazetteer.ix(&row[0]).unwrap_or_else(|| panic!("{row:?}: no such place"));
        assert!(gazetteer.names_of(ix).iter().any(|name| name.name == row[1]), "{row:?}: no name of the place");
        let year = |cell: &str| cell.is_empty() || cell.parse::<i16>().is_ok_and(|year| (1500..2100).contains(&year));
        assert!(year(&row[2]) && year(&row[3]) && row[2] != row[3], "{row:?}");
        assert!(row[2].is_empty() || row[3].is_empty() || row[2] < row[3], "{row:?}");
        let key = (row[0].to_owned(), row[1].to_owned());
        assert!(last < key, "{row:?} is out of order");
        last = key;
    }
    assert_eq!(Gazetteer::years("iq-jurf-al-sakhar", "جرف النصر").unwrap().to_string(), "since 2014");
    assert!(Gazetteer::years("iq-jurf-al-sakhar", "الجرف").is_none());
}
