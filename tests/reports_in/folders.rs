//! Folders: order, ids, `reports.csv`, and what they leave out.

use super::{Folder, TEXT, date, gather, ids};
use mawqi::reports;
use std::path::PathBuf;

const T: &[u8] = TEXT.as_bytes();

#[test]
fn by_name_recursively_without_hidden_files() {
    let folder = Folder::new(&[
        ("b.txt", T),
        ("a.TXT", T),
        ("c/z.txt", T),
        ("c/.hidden.txt", T),
        (".git/x.txt", T),
        ("d.jsonl", b"{\"text\": \"x\"}"),
        ("notes.md", T),
        ("map.png", b"\x89PNG"),
        ("old/incidents.gpkg", b""),
        ("old/map.html", b"<p>x</p>"),
    ]);
    let reading = folder.read();
    assert_eq!(reading.skipped, []);
    assert_eq!(ids(&reading), ["a", "b", "z", "d-1"]);
}

#[test]
fn inputs_keep_their_order_and_are_read_once() {
    let folder = Folder::new(&[("a.txt", T), ("b.txt", T), ("c.md", T)]);
    let inputs = ["b.txt", "c.md", "", "b.txt"].map(|name| folder.path(name));
    assert_eq!(ids(&gather(&inputs)), ["b", "c", "a"]);
}

#[test]
fn one_stem_in_two_folders() {
    let names = ["a.html", "a.txt", "w/a.txt", "w/n.csv", "w/n.jsonl", "x/w/a.txt"];
    let folder = Folder::new(&names.map(|name| match name.rsplit('.').next() {
        Some("csv") => (name, b"text\nx\n".as_slice()),
        Some("jsonl") => (name, b"\n{\"text\": \"x\"}\n".as_slice()),
        Some("html") => (name, b"<p>x</p>".as_slice()),
        _ => (name, T),
    }));
    let root = folder.root().file_name().unwrap().to_str().unwrap();
    let reading = folder.read();
    assert_eq!(ids(&reading), ["a", &format!("{root}/a"), "w/a", "n-2", "w/n-2", "x/w/a"]);
}

#[test]
fn the_table_of_a_folder() {
    let csv = "file,published,publisher,url,title,note\na.txt,2024-01-24,واع,https://a.example,عنوان,x\nw/b.txt,2024-01-25,,,,\n";
    let front = format!("---\ntitle: آخر\npublished: 2020-01-01\nurl: u\n---\n{TEXT}");
    let folder = Folder::new(&[
        ("reports.csv", csv.as_bytes()),
        ("a.txt", front.as_bytes()),
        ("c.txt", front.as_bytes()),
        ("w/b.txt", front.as_bytes()),
    ]);
    let reading = folder.read();
    assert_eq!((reading.skipped.len(), ids(&reading)), (0, vec!["a", "c", "b"]));
    let [a, c, b] = &reading.reports[..] else { unreachable!() };
    assert_eq!((a.published, a.title.as_deref()), (date("2024-01-24"), Some("عنوان")));
    assert_eq!((a.publisher.as_deref(), a.url.as_deref()), (Some("واع"), Some("https://a.example")));
    assert_eq!((b.published, b.title.as_deref()), (date("2024-01-25"), Some("آخر")));
    assert_eq!((c.published, c.title.as_deref()), (date("2020-01-01"), Some("آخر")));

    let given = reports::read(&[folder.root().to_path_buf()], date("2024-03-03")).unwrap().gather();
    assert!(given.reports.iter().all(|report| report.published == date("2024-03-03")));

    let named = gather(&[folder.path("reports.csv"), folder.path("a.txt")]);
    assert_eq!((named.skipped.len(), named.reports.len()), (0, 1));
    assert_eq!(named.reports[0].published, date("2024-01-24"));
}

#[test]
fn a_table_of_texts_may_have_that_name() {
    let folder = Folder::new(&[("reports.csv", b"id,text\n7,x\n")]);
    assert_eq!(ids(&folder.read()), ["7"]);
}

#[test]
fn faults_of_the_table() {
    let csv =
        "file,published\nmissing.txt,2024-01-24\na.txt,24.1.2024\nb.jsonl,\n,\nc.txt,2024-01-24,x\nc.txt,\nc.txt,\n";
    let folder =
        Folder::new(&[("reports.csv", csv.as_bytes()), ("a.txt", T), ("b.jsonl", b"{\"text\": \"x\"}"), ("c.txt", T)]);
    assert_eq!(
        folder.faults(),
        [
            "reports.csv:2: file: found \"missing.txt\", expected a file of this folder",
            "reports.csv:3: published: found \"24.1.2024\", expected a date such as 2024-01-24",
            "reports.csv:4: file: found \"b.jsonl\", expected a .txt or .html file",
            "reports.csv:5: file: found \"\", expected a file of this folder",
            "reports.csv:6: row: found \"3 cells\", expected 2 cells, as many as in the header",
            "reports.csv:8: file: found \"c.txt\", expected each file once",
        ]
    );
    assert_eq!(ids(&folder.read()), ["a", "b-1", "c"]);
    let named = gather(&[folder.path("a.txt")]);
    let lines: Vec<_> = named.skipped.iter().map(|skipped| skipped.line).collect();
    assert_eq!((lines, named.reports.len()), (vec![Some(3), Some(6)], 1));

    let headless = Folder::new(&[("reports.csv", b"name,published\n"), ("a.txt", T)]);
    assert_eq!(headless.faults(), ["reports.csv:1: file: found \"name,published\", expected a column named file"]);
}

#[test]
fn many_files_come_one_by_one() {
    let names: Vec<String> = (0..2000).map(|n| format!("{n:04}.txt")).collect();
    let folder = Folder::new(&names.iter().map(|name| (name.as_str(), T)).collect::<Vec<_>>());
    let mut reports = reports::read(&[folder.root().to_path_buf()], None).unwrap();
    assert_eq!(reports.next().unwrap().unwrap().id, "0000");
    assert_eq!(reports.map(Result::unwrap).last().unwrap().id, "1999");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_folder_itself_is_no_loop() {
    let folder = Folder::new(&[("a.txt", T), ("w/b.txt", T)]);
    std::os::unix::fs::symlink(folder.root(), folder.path("w/up")).unwrap();
    std::os::unix::fs::symlink(folder.path("gone"), folder.path("gone.txt")).unwrap();
    let reading = folder.read();
    assert_eq!(ids(&reading), ["a", "b"]);
    assert_eq!(reading.skipped.len(), 1);
    assert_eq!(reading.skipped[0].path, folder.path("gone.txt"));
    assert_eq!(reading.skipped[0].reason, "No such file or directory (os error 2)");
}

#[test]
fn reading_can_move_to_another_thread() {
    let folder = Folder::new(&[("a.txt", T)]);
    let reports = reports::read(&[PathBuf::from(folder.root())], None).unwrap();
    assert_eq!(std::thread::spawn(|| reports.count()).join().unwrap(), 1);
}
