//! The rules of the house: modules look downward only, files stay small, and `ARCHITECTURE.md` names every module.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules by rank; a module may use its own insides and modules of lower rank.
const RANKS: [(&str, u8); 21] = [
    ("model", 0),
    ("error", 0),
    ("staging", 0),
    ("text", 1),
    ("reports", 1),
    ("gazetteer", 2),
    ("lexicon", 2),
    ("mention", 3),
    ("event", 4),
    ("resolve", 5),
    ("merge", 6),
    ("pipeline", 7),
    ("index", 7),
    ("evaluate", 7),
    ("store", 7),
    ("export", 8),
    ("explain", 8),
    ("serve", 9),
    ("cli", 10),
    ("lib", 11),
    ("main", 11),
];

/// Pairs of equal rank that may look at each other: the user, the used.
const NEIGHBOURS: [(&str, &str); 1] = [("model", "error")];

const LINES: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src/`, sorted.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The module of rank that a file belongs to: `src/text/fold.rs` → `text`.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn rank(module: &str) -> Option<u8> {
    RANKS.iter().find(|(name, _)| *name == module).map(|(_, rank)| *rank)
}

/// The modules that a line of code names behind `crate::`, also within braces.
fn named(code: &str) -> Vec<String> {
    let word = |s: &str| s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut modules = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => modules.extend(heads(list).iter().map(|item| word(item))),
            None => modules.push(word(rest)),
        }
    }
    modules
}

/// The items of a brace list at its own depth: `a::{b, c}, d}` → `a::{b, c}`, `d`.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut items) = (0_i32, vec![String::new()]);
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            c if depth == 0 => items.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    items
}

/// The `crate::` paths of a file with their lines; a `use` may run over several.
fn paths_of(source: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (n, line) in source.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        let (start, text) = match open.take() {
            Some((start, text)) => (start, text + code),
            None => (n + 1, code.to_owned()),
        };
        if text.contains("crate::{") && !text.contains(';') {
            open = Some((start, text));
        } else {
            paths.extend(named(&text).into_iter().map(|module| (start, module)));
        }
    }
    paths
}

fn may_use(module: &str, used: &str) -> bool {
    match (rank(module), rank(used)) {
        (Some(above), Some(below)) => module == used || above > below || NEIGHBOURS.contains(&(module, used)),
        // Names that are no module (`crate::Result`) are re-exports of `lib.rs`, all of rank 0.
        (_, None) => true,
        (None, _) => false,
    }
}

#[test]
fn every_module_has_a_rank() {
    for path in sources() {
        let module = module_of(&path);
        assert!(rank(&module).is_some(), "{}: module {module} has no rank in tests/tidy.rs", shown(&path));
    }
}

#[test]
fn modules_look_downward_only() {
    let mut faults = Vec::new();
    for path in sources() {
        let user = module_of(&path);
        for (line, used) in paths_of(&fs::read_to_string(&path).unwrap()) {
            if !may_use(&user, &used) {
                faults.push(format!("{}:{line}: {user} uses {used}", shown(&path)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn paths_are_found_in_every_form() {
    let source = "use crate::model::Span;\nuse crate::{\n    text::{fold, readings},\n    store,\n};\n// crate::cli\nlet x = crate::merge::of(crate::index::Tree);\n";
    let found = paths_of(source);
    let expected = [(1, "model"), (2, "text"), (2, "store"), (7, "merge"), (7, "index")];
    let found: Vec<(usize, &str)> =
        found.iter().map(|(line, module)| (*line, module.as_str())).filter(|(_, module)| !module.is_empty()).collect();
    assert_eq!(found, expected);
    assert!(may_use("mention", "text") && may_use("text", "text"));
    assert!(!may_use("text", "mention") && !may_use("text", "reports") && !may_use("reports", "text"));
}

#[test]
fn files_stay_small() {
    for path in sources() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LINES, "{}: {lines} lines, more than {LINES}", shown(&path));
    }
}

#[test]
fn the_architecture_names_every_module() {
    let path = root().join("ARCHITECTURE.md");
    let map = fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    for path in sources() {
        let module = module_of(&path);
        let names = [format!("{module}/"), format!("{module}.rs"), format!("`{module}`"), format!("`src/{module}`")];
        assert!(names.iter().any(|name| map.contains(name)), "ARCHITECTURE.md does not name {}", shown(&path));
    }
}
