//! `output/` is what the README's command makes of the example reports, byte for byte.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::docs::{commands, root, run, workspace};

/// Whether the program under test writes the page that needs nothing beside it; the sample is that of a plain build.
const OTHER_PAGE: bool = cfg!(feature = "offline-page");

/// The one file of `output/` that is written by hand.
const BY_HAND: &str = "README.md";

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
    let named = entries.map(|entry| entry.unwrap().path()).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    });
    named.filter(|(name, _)| name != BY_HAND && !(OTHER_PAGE && name == "map.html")).collect()
}

/// The number of the first line in which two files differ.
fn first_difference(a: &[u8], b: &[u8]) -> usize {
    let lines = |bytes: &[u8]| bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (a, b) = (lines(a), lines(b));
    a.iter().zip(&b).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len())) + 1
}

#[test]
fn the_sample_is_what_the_command_writes() {
    let command = commands().into_iter().find(|block| block.contains("map tests/reports")).unwrap();
    assert!(fs::read_to_string(root().join("output").join(BY_HAND)).unwrap().contains(&command));
    let folder = workspace();
    run(&command, folder.path());
    let made = files(&folder.path().join("output"));
    if std::env::var_os("BLESS").is_some() {
        for name in files(&root().join("output")).keys().filter(|name| !made.contains_key(*name)) {
            fs::remove_file(root().join("output").join(name)).unwrap();
        }
        for (name, bytes) in &made {
            fs::write(root().join("output").join(name), bytes).unwrap();
        }
    }
    let kept = files(&root().join("output"));
    assert_eq!(kept.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>(), "BLESS=1 cargo test rewrites output/");
    for (name, bytes) in &made {
        let line = first_difference(&kept[name], bytes);
        assert!(kept[name] == *bytes, "output/{name}:{line}: not current; BLESS=1 cargo test rewrites it");
    }
}
