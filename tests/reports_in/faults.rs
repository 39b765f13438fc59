//! Inputs that cannot be read.

use super::{Folder, TEXT, gather, ids};
use mawqi::reports;

#[test]
fn no_inputs() {
    let error = reports::read(&[], None).unwrap_err();
    assert_eq!(error.to_string(), "REPORTS: found \"\", expected a file, a folder, or - for stdin");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = Folder::new(&[("a.txt", TEXT.as_bytes()), ("none/x.png", b"x"), ("b.txt", TEXT.as_bytes())]);
    let reading = gather(&["a.txt", "missing.txt", "none", "b.txt"].map(|name| folder.path(name)));
    assert_eq!(ids(&reading), ["a", "b"]);
    let faults: Vec<_> = reading.skipped.iter().map(|s| (s.path.clone(), s.line, s.reason.as_str())).collect();
    let endings = "no file ending in .txt, .html, .htm, .jsonl, .ndjson, .csv, .xml";
    assert_eq!(
        faults,
        [
            (folder.path("missing.txt"), None, "No such file or directory (os error 2)"),
            (folder.path("none"), None, endings),
        ]
    );
}
