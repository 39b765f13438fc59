//! Every encoding in which Arabic news comes, and what is not text.

use super::{Folder, TEXT, fault, gather, one};
use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1252, WINDOWS_1256};
use proptest::prelude::*;

fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, failed) = encoding.encode(text);
    assert!(!failed);
    bytes.into_owned()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn utf16_with_and_without_mark() {
    for little in [true, false] {
        for text in [TEXT.to_owned(), format!("\u{feff}{TEXT}")] {
            let report = one("a.txt", &utf16(&text, little));
            assert_eq!((report.text.as_str(), report.body_text()), (TEXT, TEXT));
        }
    }
}

#[test]
fn windows_1256_and_iso_8859_6() {
    let short = "بغداد";
    let latin = "قال المتحدث باسم CENTCOM إن «القوات» أسقطت طائرة MQ-9، وفق Reuters.";
    for text in [TEXT, short, latin, "قصف على كركوك", "هجوم في ديرالزور أوقع قتيلين"]
    {
        assert_eq!(one("a.txt", &encode(WINDOWS_1256, text)).text, text);
    }
    for text in [TEXT, "استهدف القصف قاعدة عين الأسد", "هجوم على مطار أربيل"] {
        assert_eq!(one("a.txt", &encode(ISO_8859_6, text)).text, text);
    }
}

#[test]
fn front_matter_of_another_encoding_is_not_in_the_text() {
    let report = one("a.txt", &encode(WINDOWS_1256, &format!("---\ntitle: قصف\n---\n{TEXT}")));
    assert_eq!((report.text.as_str(), report.title.as_deref()), (TEXT, Some("قصف")));
}

#[test]
fn misread_utf8_is_repaired() {
    let windows: String = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes()).0.into_owned();
    let latin: String = TEXT.bytes().map(char::from).collect();
    for misread in [windows, latin] {
        assert!(!misread.contains('ا'));
        assert_eq!(one("a.txt", misread.as_bytes()).text, TEXT);
        let with_latin = format!("© Reuters – 2024\n{misread}");
        assert_eq!(one("a.txt", with_latin.as_bytes()).text, format!("© Reuters – 2024\n{TEXT}"));
    }
}

#[test]
fn what_is_arabic_already_is_not_repaired() {
    let text = format!("Ø§Ù„ {TEXT}");
    assert_eq!(one("a.txt", text.as_bytes()).text, text);
    let danish = "Øen er smuk. Ùlo.\n";
    assert_eq!(one("a.txt", danish.as_bytes()).text, danish);
}

#[test]
fn an_encoding_in_a_table() {
    let text = TEXT.trim_end();
    let csv = format!("text;title;published\n\"{text}\";قصف;2024-01-24\n");
    let report = one("a.csv", &encode(WINDOWS_1256, &csv));
    assert_eq!((report.text.as_str(), report.title.as_deref()), (text, Some("قصف")));
    assert_eq!(one("a.csv", &utf16(&format!("\u{feff}{csv}"), true)).text, text);
    let line = format!("{{\"text\": \"{text}\"}}\n");
    assert_eq!(one("a.jsonl", &utf16(&line, false)).text, text);
    assert_eq!(one("a.jsonl", &encode(ISO_8859_6, &line)).text, text);
}

#[test]
fn what_is_not_text_is_refused() {
    let mut damaged = TEXT.as_bytes().to_vec();
    damaged[20] = 0xff;
    assert_eq!(fault("a.txt", &damaged), "a.txt: not text: invalid UTF-8 at byte 20");
    let cut = TEXT.trim_end().as_bytes();
    let cut = &cut[..cut.len() - 2];
    assert_eq!(fault("a.txt", cut), format!("a.txt: not text: invalid UTF-8 at byte {}", cut.len() - 1));
    assert_eq!(fault("a.txt", b"abc\0def"), "a.txt: not text: a NUL byte at byte 3");
    assert_eq!(fault("a.txt", b"\x01\x02\x03abc"), "a.txt: not text: 3 of 6 bytes are control characters");
    assert_eq!(fault("a.txt", b"%PDF-1.7 \xe2\xe3"), "a.txt: not text: a PDF file");
    assert_eq!(fault("a.txt", b"PK\x03\x04"), "a.txt: not text: a zip, Word or Excel file");
    let german = "a.txt: not text: invalid UTF-8 at byte 2, and neither UTF-16, Windows-1256 nor ISO-8859-6";
    assert_eq!(fault("a.txt", b"gr\xf6\xdfer \xfcber Stra\xdfen"), german);
}

#[test]
fn nothing_is_empty() {
    for bytes in ["", "\u{feff}", " \r\n\t", "\u{feff}\n"] {
        assert_eq!(fault("a.txt", bytes.as_bytes()), "a.txt: empty");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), ending in "(txt|html|jsonl|csv|xml|x)") {
        let folder = Folder::new(&[(&format!("a.{ending}"), &bytes)]);
        let reading = gather(&[folder.path(&format!("a.{ending}"))]);
        for report in reading.reports {
            prop_assert!(!report.body_text().trim().is_empty());
            prop_assert!(!report.text.contains('\0'));
        }
    }

    #[test]
    fn high_bytes_never_become_text(bytes in prop::collection::vec(0x80_u8.., 100..300)) {
        let folder = Folder::new(&[("a.txt", &bytes)]);
        prop_assert_eq!(folder.read().reports.len(), 0);
    }

    #[test]
    fn markup_never_panics(
        parts in prop::collection::vec("<(html|body|div|p|article|time datetime|meta content|script|table|tr|td|svg|item|entry|rss|title|link|br)( [a-z]{2,4}='?[a-z0-9-]{0,9}'?)?/?>|</(div|p|rss|item|title|table|article|body|script)>|[ا-ي ]{0,80}|<!\\[CDATA\\[|\\]\\]>|&[a-z#0-9]{0,5};?|<!--|-->", 0..60),
        ending in "(html|xml)",
    ) {
        let name = format!("a.{ending}");
        let folder = Folder::new(&[(&name, parts.concat().as_bytes())]);
        let _ = folder.read();
    }
}
