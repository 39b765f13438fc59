//! JSON lines, CSV and feeds: many reports in a file.

use super::{Folder, date, ids, one, stdin};
use mawqi::reports;
use std::io::{self, Read};

#[test]
fn json_lines() {
    let lines = concat!(
        "{\"id\": \"n-7\", \"text\": \"قصف على أربيل\", \"title\": \"قصف\", \"publisher\": \"واع\", ",
        "\"url\": \"https://a.example\", \"published\": \"2024-01-24T05:00:00+03:00\", \"tags\": [1]}\n",
        "\n",
        "{\"id\": 12, \"body\": \"هجوم في كركوك\", \"text\": \"\", \"published\": null}\r\n",
        "{\"body\": \"انفجار\\nفي بغداد\", \"published\": \"\"}",
    );
    let reading = Folder::new(&[("feed.jsonl", lines.as_bytes())]).read();
    assert_eq!(reading.skipped, []);
    assert_eq!(ids(&reading), ["n-7", "12", "feed-4"]);
    let [first, second, third] = &reading.reports[..] else { unreachable!() };
    assert_eq!((first.body_text(), first.title.as_deref()), ("قصف على أربيل", Some("قصف")));
    assert_eq!((first.publisher.as_deref(), first.url.as_deref()), (Some("واع"), Some("https://a.example")));
    assert_eq!((first.published, second.published, third.published), (date("2024-01-24"), None, None));
    assert_eq!((second.body_text(), third.body_text()), ("هجوم في كركوك", "انفجار\nفي بغداد"));
}

#[test]
fn a_bad_line_is_named_and_the_rest_goes_on() {
    let lines = b"{\"text\": \"a\"}\n{\"text\": 5}\n{\"text\": \n{\"title\": \"x\"}\n[]\n{\"text\": \"\xff\"}\n\
        {\"text\": \"b\", \"published\": \"May 1\"}\n{\"id\": \"j-1\", \"text\": \"c\"}\n{\"text\": \"d\"}\n";
    let folder = Folder::new(&[("j.jsonl", lines)]);
    let json = "expected a report as a JSON object:";
    assert_eq!(
        folder.faults(),
        [
            format!("j.jsonl:2: line: found \"{{\\\"text\\\": 5}}\", {json} invalid type: integer `5`, expected a string at column 10"),
            format!("j.jsonl:3: line: found \"{{\\\"text\\\":\", {json} EOF while parsing a value at column 8"),
            "j.jsonl:4: text: found \"\", expected the text of a report".to_owned(),
            "j.jsonl:5: line: found \"[]\", expected a report as a JSON object".to_owned(),
            "j.jsonl:6: line: found \"{\\\"text\\\": \\\"\u{fffd}\\\"}\\n\", expected UTF-8 (byte 10 of the line is not)".to_owned(),
            "j.jsonl:7: published: found \"May 1\", expected a date such as 2024-01-24".to_owned(),
            "j.jsonl:8: id: found \"j-1\", expected an id that no earlier report has".to_owned(),
        ]
    );
    assert_eq!(ids(&folder.read()), ["j-1", "j-9"]);
}

#[test]
fn csv_with_any_delimiter() {
    for sign in [",", ";", "\t"] {
        let rows =
            ["ID,published,Text,title", "7,2024-01-24,\"قصف على\nأربيل\",قصف", ",,هجوم في كركوك,", "9,,انفجار,x"];
        let csv = format!("\u{feff}{}\r\n", rows.join("\r\n").replace(',', sign));
        let reading = Folder::new(&[("t.csv", csv.as_bytes())]).read();
        assert_eq!(reading.skipped, []);
        assert_eq!(ids(&reading), ["7", "t-4", "9"]);
        assert_eq!(reading.reports[0].body_text(), "قصف على\nأربيل");
        assert_eq!(reading.reports[0].published, date("2024-01-24"));
        assert_eq!((reading.reports[0].title.as_deref(), reading.reports[1].title.as_deref()), (Some("قصف"), None));
    }
}

#[test]
fn bad_rows_are_named_and_the_rest_goes_on() {
    let csv = b"body,published\na,2024-01-24\nb\n,2024-01-24\nc,1.2.2024\n\xff,\nd,\n\"e,\nf,\n";
    let folder = Folder::new(&[("t.csv", csv)]);
    assert_eq!(
        folder.faults(),
        [
            "t.csv:3: row: found \"1 cells\", expected 2 cells, as many as in the header",
            "t.csv:4: text: found \"\", expected the text of a report",
            "t.csv:5: published: found \"1.2.2024\", expected a date such as 2024-01-24",
            "t.csv:6: row: found \"\u{fffd}\", expected UTF-8",
            "t.csv:8: row: found \"1 cells\", expected 2 cells, as many as in the header",
        ]
    );
    assert_eq!(ids(&folder.read()), ["t-2", "t-7"]);
    let open = Folder::new(&[("t.csv", b"title,text\nx,a\ny,\"b\nz,c\n")]);
    assert_eq!(open.faults(), ["t.csv:3: row: found \"b\\nz,c\\n\", expected a closing quote before the end"]);
    let header = Folder::new(&[("t.csv", b"name,lat\nx,1\n")]);
    assert_eq!(header.faults(), ["t.csv:1: text: found \"name,lat\", expected a column named text or body"]);
}

#[test]
fn blank_lines_and_line_ends_do_not_shift_the_lines() {
    for end in ["\n", "\r\n"] {
        let csv = ["", "text,x", "a,1", "", "", "\"b", "c\",2", "d", "", "e,4"].join(end);
        let folder = Folder::new(&[("t.csv", csv.as_bytes())]);
        assert_eq!(ids(&folder.read()), ["t-3", "t-6", "t-10"]);
        assert_eq!(folder.faults(), ["t.csv:8: row: found \"1 cells\", expected 2 cells, as many as in the header"]);
    }
}

#[test]
fn rss_items() {
    let feed = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"x\"><channel>\n\
        <title>وكالة الأنباء</title><link>https://a.example</link>\n\
        <item><title><![CDATA[قصف على أربيل]]></title><link>https://a.example/1</link><guid>g1</guid>\n\
        <pubDate>Wed, 24 Jan 2024 01:30:00 +0300</pubDate>\n\
        <description>موجز</description><content:encoded><![CDATA[<p>سقط صاروخ&nbsp;واحد.</p><p>ولم يصب أحد.</p>]]></content:encoded></item>\n\
        <item><title>هجوم &amp; انفجار</title><description>&lt;b&gt;هجوم&lt;/b&gt; في كركوك</description></item>\n\
        <item><title>x</title><description>y</description><pubDate>soon</pubDate></item>\n\
        </channel></rss>";
    let folder = Folder::new(&[("f.xml", feed.as_bytes())]);
    assert_eq!(folder.faults(), ["f.xml:8: published: found \"soon\", expected a date such as 2024-01-24"]);
    let reading = folder.read();
    assert_eq!(ids(&reading), ["g1", "f-7"]);
    let [first, second] = &reading.reports[..] else { unreachable!() };
    assert_eq!(first.body_text(), "سقط صاروخ واحد.\nولم يصب أحد.");
    assert_eq!((first.title.as_deref(), first.url.as_deref()), (Some("قصف على أربيل"), Some("https://a.example/1")));
    assert_eq!((first.publisher.as_deref(), first.published), (Some("وكالة الأنباء"), date("2024-01-24")));
    assert_eq!((second.body_text(), second.title.as_deref()), ("هجوم في كركوك", Some("هجوم & انفجار")));
    assert_eq!(ids(&stdin(Box::leak(feed.to_owned().into_boxed_str()).as_bytes())), ["g1", "stdin-7"]);
}

#[test]
fn atom_entries() {
    let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>موقع</title>\n\
        <entry><id>e1</id><title type=\"html\">قصف</title><link rel=\"self\" href=\"no\"/><link href=\"https://a.example/?a=1&amp;b=2\"/>\
        <updated>2024-01-25T00:00:00Z</updated><published>2024-01-24T23:00:00Z</published>\
        <content type=\"xhtml\"><div><p>سقط <b>صاروخ</b>.</p><p>انتهى.</p></div></content></entry></feed>";
    let report = one("f.xml", feed.as_bytes());
    assert_eq!((report.id.as_str(), report.body_text().trim()), ("e1", "سقط صاروخ.\nانتهى."));
    assert_eq!((report.url.as_deref(), report.published), (Some("https://a.example/?a=1&b=2"), date("2024-01-24")));
    assert_eq!(report.publisher.as_deref(), Some("موقع"));
}

#[test]
fn other_xml_is_refused() {
    let faults = Folder::new(&[("f.xml", b"<kml><Placemark/></kml>")]).faults();
    assert_eq!(faults, ["f.xml: not an RSS or Atom feed"]);
}

#[test]
fn stdin_of_json_lines() {
    let reading = stdin("\n {\"text\": \"قصف\"}\n{\"text\": \"قصف\"}\nx\n".as_bytes());
    assert_eq!(ids(&reading), ["stdin-2", "stdin-3"]);
    assert_eq!((reading.skipped[0].line, reading.skipped[0].path.to_str()), (Some(4), Some("stdin")));
}

/// Gives a line again and again, and counts the bytes that were taken.
struct Endless {
    line: &'static [u8],
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.line[self.at % self.line.len()];
            self.at += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn an_endless_stream_is_read_as_it_comes() {
    let input = Endless { line: "{\"text\": \"قصف على أربيل\"}\n".as_bytes(), at: 0 };
    let reports = reports::read_stream(input, "stdin", date("2024-01-24"));
    let last = reports.take(50_000).map(Result::unwrap).last().unwrap();
    assert_eq!(
        (last.id.as_str(), last.body_text(), last.published),
        ("stdin-50000", "قصف على أربيل", date("2024-01-24"))
    );
}

#[test]
fn a_line_without_end_is_given_up() {
    let input = Endless { line: b"{ ", at: 0 };
    let reading = reports::read_stream(input, "stdin", None).gather();
    assert_eq!(reading.skipped[0].reason, "line: found \"\", expected a line of less than 64 MiB");
}
