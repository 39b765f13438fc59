//! Text files and their front matter.

use super::{TEXT, date, fault, one, stdin};
use mawqi::reports;

#[test]
fn a_text_is_its_file() {
    let report = one("hit.txt", TEXT.as_bytes());
    assert_eq!((report.id.as_str(), report.text.as_str(), report.body_text()), ("hit", TEXT, TEXT));
    assert_eq!((report.title, report.publisher, report.url, report.published), (None, None, None, None));
}

#[test]
fn the_mark_and_the_front_matter_lie_before_the_body() {
    let file = format!(
        "\u{feff}---\r\ntitle: \"قصف: عين الأسد\"\r\nauthor: x\r\nPublisher: وكالة\r\nurl: https://a.example/1?x=y:z\r\n\
         published: 2024-01-24T01:30:00+03:00\r\n---\r\n{TEXT}"
    );
    let report = one("a.txt", file.as_bytes());
    assert_eq!(report.text, file);
    assert_eq!(report.body_text(), TEXT);
    assert_eq!(report.title.as_deref(), Some("قصف: عين الأسد"));
    assert_eq!(report.publisher.as_deref(), Some("وكالة"));
    assert_eq!(report.url.as_deref(), Some("https://a.example/1?x=y:z"));
    assert_eq!(report.published, date("2024-01-24"));
}

#[test]
fn the_body_starts_after_a_bare_mark() {
    let report = one("a.txt", format!("\u{feff}{TEXT}").as_bytes());
    assert_eq!((report.body.start, report.body_text()), (3, TEXT));
}

#[test]
fn ruled_lines_without_keys_are_text() {
    for text in [format!("---\n{TEXT}---\nانتهى\n"), format!("---\n{TEXT}"), format!("{TEXT}---\ntitle: x\n---\n")]
    {
        let report = one("a.txt", text.as_bytes());
        assert_eq!((report.body_text(), report.title.as_deref()), (text.as_str(), None));
    }
}

#[test]
fn empty_front_matter_is_front_matter() {
    assert_eq!(one("a.txt", format!("---\n---\n{TEXT}").as_bytes()).body_text(), TEXT);
    let report = one("a.txt", format!("---\ntitle:\npublished:\n---\n{TEXT}").as_bytes());
    assert_eq!((report.title, report.published), (None, None));
}

#[test]
fn front_matter_that_is_wrong_is_named() {
    let expected = "a.txt: the front matter that begins on line 1 is not closed by a line of ---";
    assert_eq!(fault("a.txt", format!("---\ntitle: x\n{TEXT}").as_bytes()), expected);
    assert_eq!(fault("a.txt", b"---\ntitle: x\n---\n \n"), "a.txt: empty");
}

#[test]
fn dates_are_iso_in_their_own_offset() {
    let published = |value: &str| one("a.txt", format!("---\npublished: {value}\n---\n{TEXT}").as_bytes()).published;
    let day = date("2024-01-24");
    for value in [
        "2024-01-24",
        "'2024-01-24'",
        "2024-01-24T23:59:59Z",
        "2024-01-24 23:59",
        "2024-01-24T00:10:00+03:00",
        "2024-01-24T00:10:00.000+0300",
        "2024-01-24T00:10:00+03:00[Asia/Baghdad]",
    ] {
        assert_eq!(published(value), day, "{value}");
    }
}

#[test]
fn other_dates_are_faults() {
    for value in ["24/1/2024", "2024-13-01", "2023-02-29", "2024-1-4", "24 يناير 2024", "20240124", "2024-01-24Tx", "x"]
    {
        let file = format!("---\ntitle: x\npublished: {value}\n---\n{TEXT}");
        let expected = format!("a.txt:3: published: found {value:?}, expected a date such as 2024-01-24");
        assert_eq!(fault("a.txt", file.as_bytes()), expected);
    }
}

#[test]
fn stdin_is_one_text() {
    let reading = stdin("\nسقط صاروخان قرب عين الأسد {2}.\n".as_bytes());
    assert_eq!(reading.reports[0].id, "stdin");
    assert_eq!(reading.reports[0].body_text(), "\nسقط صاروخان قرب عين الأسد {2}.\n");
    assert_eq!(stdin(b"").skipped[0].reason, "empty");
}

#[test]
fn the_date_given_overrides_all_others() {
    let file = format!("---\npublished: 2020-01-01\n---\n{TEXT}");
    let input = std::io::Cursor::new(file);
    let reading = reports::read_stream(input, "stdin", date("2024-01-24")).gather();
    assert_eq!(reading.reports[0].published, date("2024-01-24"));
}
