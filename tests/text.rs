//! Folding, clitics, tokens, sentences, datelines and languages against tables of examples.

use mawqi::model::Report;
use mawqi::text::{
    Document, SentenceKind, TokenKind, fold, lexicon_key, loose_key, name_form, name_key, readings, tokenise,
};

fn rows_of(path: &str) -> Vec<Vec<String>> {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Runs `found` on the first column of a table and compares with the second; tells all rows that differ.
fn follows(table: &str, found: impl Fn(&str) -> String) {
    let mut faults = Vec::new();
    for row in rows_of(&format!("tests/corpus/{table}.csv")) {
        let [input, expected, _] = &row[..] else { panic!("three columns: {row:?}") };
        let found = found(&input.replace("\\n", "\n"));
        if &found != expected {
            faults.push(format!("{input}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(faults.is_empty(), "{table}:\n{}", faults.join("\n"));
}

#[test]
fn folding_follows_the_table() {
    for row in rows_of("tests/corpus/folding.csv") {
        let [function, input, expected, _] = &row[..] else { panic!("four columns: {row:?}") };
        let found = match function.as_str() {
            "fold" => fold(input, 0).text,
            "lexicon_key" => lexicon_key(input),
            "name_key" => name_key(input),
            "loose_key" => loose_key(input),
            other => panic!("unknown function {other}"),
        };
        assert_eq!(&found, expected, "{function} of {input:?}");
    }
}

#[test]
fn combining_hamza_is_composed() {
    assert_eq!(fold("ا\u{654}ربيل مسو\u{654}ول القاي\u{654}م", 0).text, "اربيل مسؤول القائم");
}

#[test]
fn names_are_compared_with_final_ya() {
    assert_eq!(name_form("ديالى"), "ديالي");
    assert_eq!(name_form("القنيطرة"), "القنيطرة");
}

#[test]
fn clitics_follow_the_table() {
    follows("clitics", |input| {
        let form = lexicon_key(input);
        let shown = readings(&form).map(|reading| {
            let front = [reading.conj, reading.prep].into_iter().flatten();
            front.map(|c| format!("{c}+")).chain([reading.stem.to_string()]).collect::<String>()
        });
        let shown: Vec<String> = shown.collect();
        shown.join(" ")
    });
}

#[test]
fn a_reading_knows_its_article() {
    let all = readings("وبالقائم");
    let last = all.last().unwrap();
    assert!(last.stripped() && last.article());
    assert_eq!(last.bare(), "القائم".trim_start_matches("ال"));
    let restored = readings("للقائم");
    let stems: Vec<(String, bool)> = restored.map(|reading| (reading.bare().to_owned(), reading.article())).collect();
    let expected = [("للقائم", false), ("قائم", true), ("لقائم", false)];
    assert_eq!(stems, expected.map(|(stem, article)| (stem.to_owned(), article)));
}

#[test]
fn tokens_follow_the_table() {
    follows("tokens", |input| {
        let folded = fold(input, 0);
        let shown = tokenise(&folded).list.into_iter().map(|token| {
            let glue = if token.glued { "+" } else { "" };
            let kind = match token.kind {
                TokenKind::Word => String::new(),
                kind => format!("/{kind:?}").to_lowercase(),
            };
            format!("{glue}{}{kind}", folded.form(token.folded()))
        });
        shown.collect::<Vec<_>>().join(" ")
    });
}

#[test]
fn sentences_follow_the_table() {
    follows("sentences", |input| {
        let report = Report::new("t", input);
        let document = Document::of(&report);
        let shown = document.sentences.iter().map(|sentence| {
            assert_eq!(sentence.span, document.span(sentence.tokens.clone()));
            let kind = format!("{:?}", sentence.kind).to_lowercase();
            format!("{kind}: {}", document.original(sentence.tokens.clone()))
        });
        shown.collect::<Vec<_>>().join(" | ")
    });
}

#[test]
fn datelines_follow_the_table() {
    follows("datelines", |input| {
        let report = Report::new("t", input);
        let document = Document::of(&report);
        document.dateline.clone().map_or(String::new(), |tokens| document.original(tokens).to_owned())
    });
}

#[test]
fn languages_follow_the_table() {
    follows("languages", |input| Document::of(&Report::new("t", input)).language.as_code().to_owned());
}

#[test]
fn a_span_takes_in_the_marks_of_its_last_letter_but_no_bidi_mark() {
    let original = "في بَغْدَادَ\u{200f} ٤٢ ﷲ";
    let folded = fold(original, 10);
    assert_eq!(folded.text, "في بغداد 42 الله");
    let of = |word: &str| {
        let start = folded.text.find(word).unwrap();
        let span = folded.span(start..start + word.len());
        original.get(span.start - 10..span.end - 10).unwrap()
    };
    assert_eq!(of("بغداد"), "بَغْدَادَ");
    assert_eq!(of("42"), "٤٢");
    assert_eq!(of("2"), "٢");
    assert_eq!(of("الله"), "ﷲ");
}

#[test]
fn only_the_body_is_read_and_spans_point_into_the_whole_text() {
    let mut report = Report::new("t", "---\ntitle: x\n---\nقصف على «القائم».");
    report.body.start = report.text.find("قصف").unwrap();
    let document = Document::of(&report);
    assert_eq!(document.form(3), "القائم");
    assert_eq!(document.original(0..1), "قصف");
    assert_eq!(document.original(2..5), "«القائم»");
    assert_eq!(document.sentences[0].span.end, report.text.len());
    assert_eq!(document.sentences[0].kind, SentenceKind::Body);
}

#[test]
fn every_row_of_the_word_tables_can_be_read() {
    let kinds: [(&str, &[&str]); 4] = [
        ("abbreviations", &["title", "unit", "letter"]),
        ("boilerplate", &["start", "anywhere", "list"]),
        ("fragments", &[]),
        ("persian", &[]),
    ];
    for (table, kinds) in kinds {
        let rows = rows_of(&format!("lexicon/{table}.csv"));
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            assert!(!lexicon_key(&row[0]).is_empty(), "{table}: {row:?}");
            assert!(kinds.is_empty() || kinds.contains(&row[1].as_str()), "{table}: {row:?}");
        }
    }
}
