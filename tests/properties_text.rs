//! What holds of any text at all.

use mawqi::model::Report;
use mawqi::text::{Document, fold, lexicon_key, name_key, readings};
use proptest::prelude::*;

/// Letters, marks, signs and breaks that folding treats each in its own way.
const LIVELY: &str = "[ابتجدرسلمنهويىةكفقعأإآؤئءپچگکیەۆڕ\u{64b}\u{64e}\u{651}\u{654}\u{670}\u{200f}\u{200c}ـ#_\
    ٠٤۲0-9a-zA-Zéﷲﻻﺋﺍ«»“\"'–()\\[\\]،؛؟.…!:/%* \u{a0}\t\r\n]{0,80}";

/// The same without what is folded by its context: stretching, tags, turned lam-alef.
const CONTEXT_FREE: &str =
    "[بتجدرسمنهويىةكفقعؤئپچگکیەۆڕ\u{64e}\u{651}\u{654}\u{200f}٠٤0-9a-zA-Zéﷲﺋ«»“'–()،؟.… \n]{0,60}";

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), LIVELY]
}

/// Whether a character of the original may lie outside all tokens.
fn may_lie_outside(c: char) -> bool {
    fold(&c.to_string(), 0).text.trim().is_empty() || matches!(c, '#' | '_' | 'ـ' | '.' | '-' | '*')
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_its_own_output_changes_nothing(text in text()) {
        let once = fold(&text, 0).text;
        prop_assert_eq!(&fold(&once, 0).text, &once);
        for key in [lexicon_key, name_key] {
            prop_assert_eq!(key(&key(&text)), key(&text));
        }
    }

    #[test]
    fn the_map_to_the_original_is_monotone(text in text(), base in 0_usize..100) {
        let folded = fold(&text, base);
        let mut last = base;
        for at in 0..=folded.text.len() {
            let span = folded.span(at..at + 1);
            prop_assert!(last <= span.start && span.start <= span.end && span.end <= base + text.len());
            last = span.start;
        }
    }

    #[test]
    fn the_original_of_a_span_folds_to_its_slice(text in CONTEXT_FREE) {
        let folded = fold(&text, 0);
        let cuts: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).chain([folded.text.len()]).collect();
        for (n, &start) in cuts.iter().enumerate() {
            for &end in cuts.iter().skip(n + 1).take(6) {
                let original = folded.span(start..end).of(&text);
                let slice = folded.text.get(start..end).unwrap();
                prop_assert!(fold(original, 0).text == slice || original.contains('ﷲ'), "{original:?} {slice:?}");
            }
        }
    }

    #[test]
    fn tokens_and_sentences_hold_the_whole_text_in_order(text in text()) {
        let report = Report::new("t", text.clone());
        let document = Document::of(&report);
        let mut at = 0;
        for (n, token) in document.tokens.iter().enumerate() {
            prop_assert!(at <= token.span.start && token.span.start < token.span.end);
            prop_assert!(text.get(at..token.span.start).unwrap().chars().all(may_lie_outside));
            prop_assert!(!document.form(n).is_empty());
            at = token.span.end;
        }
        prop_assert!(text.get(at..).unwrap().chars().all(may_lie_outside));
        let mut next = 0;
        for sentence in &document.sentences {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(!sentence.tokens.is_empty());
            next = sentence.tokens.end;
        }
        prop_assert_eq!(next, document.tokens.len());
    }

    #[test]
    fn a_reading_is_a_tail_of_its_word(word in "[وفبلكاغدقم]{1,8}") {
        for reading in readings(&word) {
            prop_assert!(word.ends_with(reading.stem.trim_start_matches("ال")) || !reading.article());
            prop_assert!(!reading.bare().is_empty());
        }
        prop_assert_eq!(&readings(&word).next().unwrap().stem, &word);
    }
}
