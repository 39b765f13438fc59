//! `mawqi explain`: every span leads back to its words, every decision has a reason, nothing hostile gets through.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use jiff::civil::date;
use mawqi::explain::{Explanation, MentionKind, Quote, RejectedKind, explain, html, terminal};
use mawqi::model::Report;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty, is_match};
use proptest::prelude::*;
use serde_json::Value;

use super::engine::{FRAGMENTS, MAPPER, text};

/// What begins a command to a terminal.
const ESCAPE: char = '\u{1b}';

/// The tags that a page consists of.
const TAGS: [&str; 25] = [
    "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "section", "div", "span", "sup", "a", "bdi",
    "article", "table", "tr", "th", "td", "p", "strong", "h1", "h2", "h3", "ul", "li",
];

fn of(text: &str) -> Explanation {
    explain(&MAPPER, &Report::new("t", text).published(Some(date(2024, 2, 7))))
}

fn examples() -> Vec<Report> {
    let reports = mawqi::reports::read(&[PathBuf::from("tests/reports")], None).unwrap();
    reports.collect::<Result<_, _>>().unwrap()
}

fn page(explanation: &Explanation) -> String {
    let mut out = Vec::new();
    html::open(&mut out).unwrap();
    html::write(&mut out, explanation, 1).unwrap();
    html::close(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn shown(explanation: &Explanation, coloured: bool) -> String {
    let mut out = Vec::new();
    terminal::write(&mut out, explanation, coloured).unwrap();
    String::from_utf8(out).unwrap()
}

/// Every object with `start`, `end` and `text`, however deep.
fn quotes(value: &Value, found: &mut Vec<(usize, usize, String)>) {
    if let (Some(start), Some(end), Some(text)) =
        (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
    {
        found.push((usize::try_from(start).unwrap(), usize::try_from(end).unwrap(), text.to_owned()));
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| quotes(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| quotes(value, found)),
        _ => {}
    }
}

fn spans_lead_back(explanation: &Explanation) -> Result<usize, TestCaseError> {
    let value = serde_json::to_value(explanation).unwrap();
    let mut found = Vec::new();
    for field in ["mentions", "clauses", "incidents", "rejected"] {
        quotes(&value[field], &mut found);
    }
    for (start, end, text) in &found {
        prop_assert_eq!(explanation.text.get(*start..*end), Some(text.as_str()));
    }
    for name in &explanation.unresolved {
        prop_assert_eq!(explanation.text.get(name.start..name.end), Some(name.name.as_str()));
    }
    Ok(found.len())
}

/// What stands between the tags, and the names of the tags.
fn tags(page: &str) -> Vec<String> {
    let names = page.split('<').skip(1).map(|rest| rest.trim_start_matches('/'));
    names.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '!').collect()).collect()
}

fn only_its_own_tags(page: &str) -> Result<(), TestCaseError> {
    for tag in tags(page) {
        prop_assert!(TAGS.contains(&tag.as_str()), "<{tag}");
    }
    Ok(())
}

fn rejected<'e>(explanation: &'e Explanation, name: &str) -> &'e str {
    let found = explanation.rejected.iter().find(|r| r.kind == RejectedKind::Name && r.words.text.ends_with(name));
    &found.unwrap_or_else(|| panic!("{name}: {:?}", explanation.rejected)).reason
}

fn place<'e>(explanation: &'e Explanation, name: &str) -> &'e mawqi::explain::Mention {
    let mut places = explanation.mentions.iter().filter(|m| m.kind == MentionKind::Place);
    places.find(|m| m.words.text.ends_with(name)).unwrap_or_else(|| panic!("{name}: {:?}", explanation.mentions))
}

fn mawqi(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.arg("explain").args(args);
    command
}

#[test]
fn the_examples_are_explained_as_they_are_read() {
    for report in examples() {
        let explanation = explain(&MAPPER, &report);
        assert!(spans_lead_back(&explanation).unwrap() > 0, "{}", report.id);
        let read = MAPPER.read(&report);
        let mut ids: Vec<&str> = read.incidents.iter().chain(&read.unlocated).map(|i| i.id.as_str()).collect();
        let mut told: Vec<&str> = explanation.incidents.iter().map(|i| i.id.as_str()).collect();
        ids.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, ids, "{}", report.id);
        assert_eq!((&explanation.tallies, &explanation.unresolved), (&read.tallies, &read.unresolved));
        assert!(explanation.incidents.iter().all(|i| !i.clauses.is_empty()), "{}", report.id);
        assert!(explanation.mentions.iter().all(|m| !m.reason.is_empty()), "{}", report.id);
    }
}

#[test]
fn every_field_of_an_incident_has_its_value_and_words() {
    for report in examples() {
        let explanation = explain(&MAPPER, &report);
        let read = MAPPER.read(&report);
        for incident in read.incidents.iter().chain(&read.unlocated) {
            let told = explanation.incidents.iter().find(|i| i.id == incident.id).unwrap();
            assert_eq!(told.located, incident.lat.is_some());
            let value = |name: &str| told.fields.iter().find(|f| f.field == name).unwrap();
            assert_eq!(value("event_type").value.as_deref(), Some(incident.event_type.as_str()));
            assert_eq!(value("place").value, incident.place);
            assert_eq!(value("actor").value, incident.actor);
            assert_eq!(value("killed").value.is_some(), incident.killed_min.is_some());
            let said = !value("actor").words.is_empty() || value("actor").reason.contains("goes on");
            assert!(said || incident.actor.is_none(), "{}", incident.id);
        }
    }
}

#[test]
fn a_name_that_was_not_taken_has_its_reason() {
    let text = "قصفت طائرات قاعدة عين الأسد أمس. وقال مسؤول في بلد مجاور لقناة الميادين إن اللقاء كان مثمراً.";
    let explanation = of(text);
    assert!(rejected(&explanation, "بلد").starts_with("also an ordinary word"));
    assert!(rejected(&explanation, "الميادين").contains("which is no place"));
    assert_eq!(place(&explanation, "عين الأسد").place.as_ref().unwrap().evidence, "kind");
}

#[test]
fn the_losers_have_their_reasons() {
    let explanation = of("قُتل شخصان بقصف على بلدة ذيبان بريف دير الزور الشرقي.");
    let reading = place(&explanation, "ذيبان").place.as_ref().unwrap();
    assert_eq!(reading.chosen.as_deref(), Some("sy-dhiban"));
    let taken = reading.candidates.iter().filter(|rival| rival.reason == "taken");
    assert_eq!(taken.map(|rival| rival.place_id.as_str()).collect::<Vec<_>>(), ["sy-dhiban"]);
    assert!(reading.candidates.len() > 1 && reading.candidates.iter().all(|rival| !rival.reason.is_empty()));
    let open = of("استهدف قصف بلدة الصالحية.");
    let tied = place(&open, "الصالحية").place.as_ref().unwrap();
    assert!(tied.chosen.is_none() && tied.candidates.iter().filter(|r| r.reason.starts_with("undecided")).count() > 1);
}

#[test]
fn a_time_says_how_it_was_reckoned() {
    let explanation = of("قُتل شخصان بقصف على بغداد السبت.");
    let time = explanation.mentions.iter().find(|m| m.kind == MentionKind::Time).unwrap();
    assert_eq!(time.means, "2024-02-03");
    assert!(time.reason.contains("nearest Saturday") && time.reason.contains("2024-02-07, a Wednesday"));
    let undated = explain(&MAPPER, &Report::new("t", "قُتل شخصان بقصف على بغداد السبت."));
    let time = undated.mentions.iter().find(|m| m.kind == MentionKind::Time).unwrap();
    assert!(time.reason.starts_with("There is no publication date"), "{}", time.reason);
}

#[test]
fn a_clause_says_which_word_decided() {
    for (text, status, cue) in [
        ("هدد الفصيل باستهداف قاعدة حرير.", "threatened", "هدد"),
        ("نفى الجيش تعرض قاعدة حرير لقصف.", "denied", "نفى"),
        ("نفذت القوات مناورة في قاعدة حرير شملت قصفاً مدفعياً.", "drill", "مناورة"),
    ] {
        let explanation = of(text);
        let clause = explanation.clauses.iter().find(|c| c.status == status);
        let clause = clause.unwrap_or_else(|| panic!("{text}: {:?}", explanation.clauses));
        assert_eq!(clause.cue.as_ref().map(|c: &Quote| c.text.as_str()), Some(cue));
    }
}

#[test]
fn a_hostile_report_puts_nothing_into_the_page() {
    let attack = "<script>alert(1)</script> \"' onmouseover=x <img src=x> &amp;";
    let text = format!("{attack} قصفت طائرات قاعدة {attack} عين الأسد أمس <b>في قرية <i>خربة</i> الفلانية، وقتل ثلاثة.");
    let report = Report::new(attack, text).published(Some(date(2024, 2, 7)));
    let explanation = explain(&MAPPER, &report);
    let page = page(&explanation);
    only_its_own_tags(&page).unwrap();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script") && !page.contains("<img"));
    let attributes = page.split("title=\"").skip(1).map(|rest| rest.split('"').nth(1).unwrap());
    assert!(attributes.into_iter().all(|after| after.starts_with('>')), "an attribute was left");
}

#[test]
fn a_page_holds_the_whole_text_and_leads_to_every_decision() {
    for report in examples() {
        let explanation = explain(&MAPPER, &report);
        let page = page(&explanation);
        only_its_own_tags(&page).unwrap();
        let (open, closed) = (page.matches("<span").count(), page.matches("</span>").count());
        assert_eq!(open, closed, "{}", report.id);
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{link}\"")), "{}: {link}", report.id);
        }
    }
}

#[test]
fn the_text_is_whole_in_the_terminal_too() {
    let text = "قصفت طائرات قاعدة عين الأسد أمس.\nوقتل ثلاثة جنود.";
    let plain = shown(&of(text), false);
    assert!(!plain.contains('\u{1b}') && plain.contains("[P1 قاعدة عين الأسد]"));
    let coloured = shown(&of(text), true);
    assert!(coloured.contains("\u{1b}[4m"), "{coloured:?}");
    let hostile = shown(&of(&format!("{text}\u{1b}[31m\u{7}\r")), false);
    assert!(!hostile.contains(['\u{1b}', '\u{7}', '\r']));
}

#[test]
fn each_report_is_explained_in_turn() {
    let lines = r#"{"id":"a","text":"قصفت طائرات قاعدة عين الأسد أمس."}
{"id":"b","text":"Two rockets were fired at the base on Saturday."}"#;
    let output = mawqi(&["-", "--format", "json", "--published", "2024-02-07"]).write_stdin(lines).assert();
    let output = output.code(0).stderr(is_match("mawqi: note: b: not in Arabic").unwrap());
    let out = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.iter().map(|r| r["report"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(records[0]["mentions"].as_array().unwrap().len() > 1 && records[1]["mentions"] == Value::Array(Vec::new()));
    let page = mawqi(&["-", "--format", "html"]).write_stdin(lines).assert().code(0);
    let page = String::from_utf8(page.get_output().stdout.clone()).unwrap();
    assert_eq!((page.matches("<section").count(), page.matches("</html>").count()), (2, 1));
}

#[test]
fn what_is_piped_has_no_colours() {
    mawqi(&["tests/reports/01-tower-22.txt"])
        .assert()
        .code(0)
        .stdout(contains("P place").and(contains("\u{1b}").not()))
        .stderr(is_empty());
}

#[test]
fn a_page_goes_to_its_file_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("why.html");
    let name = file.to_str().unwrap();
    mawqi(&["tests/reports/01-tower-22.txt", "--format", "html", "-o", name]).assert().code(0).stdout(is_empty());
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    mawqi(&["nope.txt", "--format", "html", "-o", name])
        .assert()
        .code(2)
        .stderr(is_match("^mawqi: error: [^\n]*nope.txt: [^\n]+\n$").unwrap());
    assert_eq!(fs::read_to_string(&file).unwrap(), page);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let missing = folder.path().join("none/why.html");
    mawqi(&["tests/reports/01-tower-22.txt", "-o", missing.to_str().unwrap()])
        .assert()
        .code(2)
        .stderr(is_match("^mawqi: error: [^\n]*why.html: [^\n]+\n$").unwrap());
}

#[test]
fn a_report_that_cannot_be_read_is_named_and_the_others_go_on() {
    mawqi(&["nope.txt", "tests/reports/01-tower-22.txt"])
        .assert()
        .code(2)
        .stdout(contains("== 01-tower-22"))
        .stderr(is_match("^mawqi: error: [^\n]*nope.txt: [^\n]+\n$").unwrap());
    mawqi(&[]).assert().code(2).stderr(contains("REPORTS"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_explained(text in text(FRAGMENTS.to_vec()), dated in any::<bool>()) {
        let report = Report::new("<t>", text).published(dated.then(|| date(2024, 2, 7)));
        let explanation = explain(&MAPPER, &report);
        spans_lead_back(&explanation)?;
        only_its_own_tags(&page(&explanation))?;
        let plain = shown(&explanation, false);
        prop_assert!(!plain.contains(ESCAPE), "{}", plain);
        let read = MAPPER.read(&report);
        prop_assert_eq!(explanation.incidents.len(), read.incidents.len() + read.unlocated.len());
        prop_assert!(explanation.incidents.iter().all(|i| !i.clauses.is_empty()), "{:?}", explanation.incidents);
    }
}
