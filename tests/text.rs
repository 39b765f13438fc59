//! Folding, clitics, tokens and sentences against tables of examples.

use mawqi::text::{fold, lexicon_key, loose_key, name_key, readings};

fn rows(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn folding_follows_the_table() {
    for row in rows("folding.csv") {
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
fn clitics_follow_the_table() {
    for row in rows("clitics.csv") {
        let [input, expected, _] = &row[..] else { panic!("three columns: {row:?}") };
        let form = lexicon_key(input);
        let found: Vec<String> = readings(&form)
            .iter()
            .map(|reading| {
                let front: Vec<String> = [reading.conj, reading.prep].iter().flatten().map(char::to_string).collect();
                [front.join("+"), reading.stem.to_string()]
                    .iter()
                    .filter(|part| !part.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("+")
            })
            .collect();
        assert_eq!(&found.join(" "), expected, "readings of {input:?}");
    }
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
