//! What the documents say is so: commands run, fields and files are named, the example comes out, links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use mawqi::evaluate::{Found, evaluate};
use mawqi::explain::Explanation;
use mawqi::export::columns::{COLUMNS, SOURCES};
use mawqi::export::{FORMATS, Row, geojson};
use mawqi::model::{DatePrecision, EventType, Extraction, GeoPrecision, Outcome, PlaceKind, Report, TimeOfDay};
use mawqi::pipeline::Mapper;
use serde_json::Value;
use tempfile::TempDir;

use super::fixture;

/// How the README starts the program from the project's own folder.
const CARGO_RUN: &str = "cargo run --release --";

/// The commands of the README that are not run: what they do is not the program's.
const OTHER_PROGRAMS: [&str; 2] = ["cargo test", "cargo install"];

/// Folders that hold no documents of the project.
const NOT_OURS: [&str; 2] = ["target", "node_modules"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// The fenced blocks of one language, without the blanks that indent them.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), None);
    for line in text.lines() {
        let bare = line.trim_start();
        match (&mut open, bare.strip_prefix("```")) {
            (None, Some(name)) => open = Some((name == language, line.len() - bare.len(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take().filter(|block| block.0).map(|block| block.2)),
            (Some((_, indent, block)), None) => {
                block.push_str(line.get(*indent..).unwrap_or_default());
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// The README's shell commands that can be run, a block each.
pub(crate) fn commands() -> Vec<String> {
    let is_ours = |line: &&str| !OTHER_PROGRAMS.iter().any(|program| line.starts_with(program));
    let blocks = blocks(&read("README.md"), "sh").into_iter();
    let ours = blocks.map(|block| block.lines().filter(is_ours).collect::<Vec<_>>().join("\n"));
    ours.filter(|block| !block.is_empty()).collect()
}

/// A folder with a copy of the example reports, to run the README's commands in.
pub(crate) fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/reports"), &folder.path().join("tests/reports"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { fs::copy(&from, &to).map(drop).unwrap() }
    }
}

/// Runs shell commands in `folder`, with the program that was just built on the path.
#[cfg(unix)]
pub(crate) fn run(commands: &str, folder: &Path) {
    let program = Path::new(env!("CARGO_BIN_EXE_mawqi"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(program.parent().unwrap().to_path_buf()).chain(std::env::split_paths(&path));
    Command::new("sh")
        .args(["-eux", "-c", &commands.replace(CARGO_RUN, "mawqi")])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(paths).unwrap())
        .assert()
        .code(0);
}

/// Every Markdown file of the project.
fn documents() -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root().to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && !name.starts_with('.') && !NOT_OURS.contains(&name.as_str()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text outside fenced blocks.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let mut keep = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    };
    text.lines().filter(|line| keep(line)).collect::<Vec<_>>().join("\n")
}

/// Where the links of a document lead.
fn links(text: &str) -> Vec<String> {
    let text = prose(text);
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(to, _)| to.to_owned()).collect()
}

/// The names under which a document's headings can be linked to: lower case, blanks as dashes, signs left out.
fn anchors(text: &str) -> BTreeSet<String> {
    let prose = prose(text);
    let headings = prose.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let title = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

fn fault_of_link(from: &Path, link: &str) -> Option<String> {
    if ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)) {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() { from.to_path_buf() } else { from.parent().unwrap().join(file) };
    let told = format!("{}: ({link})", from.strip_prefix(root()).unwrap().display());
    if !target.exists() {
        return Some(format!("{told} leads to no file"));
    }
    let known = anchor.is_empty() || anchors(&fs::read_to_string(&target).unwrap()).contains(anchor);
    (!known).then(|| format!("{told} leads to no heading"))
}

/// The names in backticks in the first cells of the tables.
fn rows_named(text: &str) -> BTreeSet<String> {
    let prose = prose(text);
    let cells = prose.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn keys(value: &Value) -> Vec<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

/// The part of a document from one heading to the next of its rank or above.
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let from = text.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading {heading:?}"));
    let rest = text.get(from + heading.len() + 2..).unwrap();
    let rank = heading.split(' ').next().unwrap();
    let end = (1..=rank.len()).filter_map(|n| rest.find(&format!("\n{} ", "#".repeat(n)))).min();
    rest.get(..end.unwrap_or(rest.len())).unwrap()
}

/// Whether everything in `part` stands in `whole`.
fn assert_within(part: &Value, whole: &Value, at: &str) {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            for (key, value) in part {
                assert_within(value, whole.get(key).unwrap_or_else(|| panic!("{at}.{key} is not there")), key);
            }
        }
        (Value::Array(part), Value::Array(whole)) => {
            assert_eq!(part.len(), whole.len(), "{at}");
            part.iter().zip(whole).for_each(|(part, whole)| assert_within(part, whole, at));
        }
        (part, whole) => assert_eq!(part, whole, "{at}"),
    }
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_run() {
    let folder = workspace();
    let commands = commands();
    assert!(commands.len() > 5, "{commands:?}");
    for block in &commands {
        run(block, folder.path());
    }
}

#[test]
fn the_example_of_the_readme_is_what_comes_out() {
    let readme = read("README.md");
    let sentence =
        readme.split("<div dir=\"rtl\">").nth(1).and_then(|rest| rest.split("</div>").next()).unwrap().trim();
    let expected: Value = serde_json::from_str(&blocks(&readme, "json")[0]).unwrap();
    let report = Report::new("example", sentence).published("2024-01-21".parse().ok());
    let mut found = Vec::new();
    geojson::write(&Row::plain(&Mapper::embedded().read(&report).incidents), &mut found).unwrap();
    let found: Value = serde_json::from_slice(&found).unwrap();
    assert_within(&expected, &found["features"][0], "feature");
    assert_eq!(found["features"].as_array().unwrap().len(), 1);
}

#[test]
fn the_readme_names_every_field() {
    let readme = read("README.md");
    let incident = serde_json::to_value(fixture::full()).unwrap();
    let fields = section(&readme, "## Fields");
    let own = rows_named(fields.split("\n###").next().unwrap());
    let near = ["area", "distance_km", "bearing"].map(str::to_owned);
    let columns = COLUMNS.iter().chain(SOURCES).map(|column| column.name.to_owned());
    let wanted: BTreeSet<String> = keys(&incident).into_iter().chain(columns).chain(near).collect();
    assert_eq!(own, wanted);
    let source = rows_named(section(&readme, "### Fields of a source"));
    let wanted = keys(&incident["sources"][0]).into_iter().chain(["marks".to_owned()]).collect();
    assert_eq!(source, wanted);
    let extraction = serde_json::to_value(Extraction::default()).unwrap();
    let stream = rows_named(section(&readme, "### Pass it on to other programs"));
    assert_eq!(stream, keys(&extraction).into_iter().chain(["notes".to_owned()]).collect());
    let explanation = serde_json::to_value(Explanation::default()).unwrap();
    let explained = rows_named(section(&readme, "### See why a report was read so"));
    assert_eq!(explained, keys(&explanation).into_iter().collect());
}

#[test]
fn the_readme_names_every_figure_and_field_of_an_evaluation() {
    let readme = read("README.md");
    let named = rows_named(section(&readme, "### Measure how good it is on your reports"));
    let figures = serde_json::to_value(evaluate(&[], &Found::default())).unwrap();
    for key in keys(&figures) {
        assert!(named.contains(&key), "README.md does not name {key}");
    }
    let example: Value = serde_json::from_str(&read("tests/reports/01-tower-22.expected.json")).unwrap();
    // What the example says beyond what is compared.
    let further = ["date_precision", "place_en", "admin1", "blamed_on", "background"].map(str::to_owned);
    for key in keys(&example["incidents"][0]).into_iter().filter(|key| !further.contains(key)) {
        assert!(named.contains(&key), "README.md does not name {key}");
    }
}

#[test]
fn the_readme_names_every_value() {
    let fields = read("README.md");
    let fields = section(&fields, "## Fields");
    let values = EventType::ALL.iter().map(|value| value.as_str());
    let values = values.chain(PlaceKind::ALL.iter().map(|value| value.as_str()));
    let values = values.chain(GeoPrecision::ALL.iter().map(|value| value.as_str()));
    let values = values.chain(DatePrecision::ALL.iter().map(|value| value.as_str()));
    let values = values.chain(TimeOfDay::ALL.iter().map(|value| value.as_str()));
    for value in values.chain(Outcome::ALL.iter().map(|value| value.as_str())) {
        assert!(fields.contains(&format!("`{value}`")), "README.md does not name {value}");
    }
}

#[test]
fn the_readmes_name_every_file_of_a_map() {
    for document in ["README.md", "output/README.md"] {
        let rows = rows_named(&read(document));
        for format in FORMATS {
            assert!(rows.contains(format.file_name()), "{document} does not name {}", format.file_name());
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let documents = documents();
    assert!(documents.len() > 5, "{documents:?}");
    let faults: Vec<String> = documents
        .iter()
        .flat_map(|from| {
            let links = links(&fs::read_to_string(from).unwrap());
            links.into_iter().filter_map(|link| fault_of_link(from, &link)).collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The part of ARCHITECTURE.md that opens with a module's name in bold names each of its files.
#[test]
fn the_architecture_names_every_file() {
    let map = read("ARCHITECTURE.md");
    for module in fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path()) {
        if !module.is_dir() {
            continue;
        }
        let name = module.file_name().unwrap().to_string_lossy().into_owned();
        let part = map.split(&format!("**`{name}/`**")).nth(1).unwrap_or_default();
        let part = part.split("\n#").next().unwrap().split("**`").next().unwrap();
        assert_named(&module, &name, part);
    }
}

/// The part names every file of a folder, and every folder inside it as `name/`.
fn assert_named(folder: &Path, name: &str, part: &str) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let file = entry.file_name().unwrap().to_string_lossy().into_owned();
        let shown = if entry.is_dir() { format!("`{file}/`") } else { format!("`{file}`") };
        assert!(file == "mod.rs" || part.contains(&shown), "ARCHITECTURE.md: {name}/{file} is missing");
        if entry.is_dir() {
            assert_named(&entry, &format!("{name}/{file}"), part);
        }
    }
}

#[test]
fn the_lexicon_names_every_table_with_its_columns() {
    let readme = read("lexicon/README.md");
    for path in fs::read_dir(root().join("lexicon")).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|extension| extension == "csv") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let table = fs::read_to_string(&path).unwrap();
            let row = format!("| `{name}` | `{}` |", table.lines().next().unwrap());
            assert!(readme.contains(&row), "lexicon/README.md does not say {row}");
        }
    }
}

#[test]
fn the_version_is_the_same_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("CITATION.cff").contains(&format!("\nversion: {version}\n")));
    assert!(read("CHANGELOG.md").contains(&format!("\n## {version}")));
}
