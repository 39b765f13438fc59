//! Tells Windows-1256 and ISO-8859-6 from each other and from all that is not Arabic.
//!
//! Windows-1256 gives a character to every byte, so decoding alone proves nothing: the text must look Arabic.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1256};

/// The Arabic one-byte encoding of `bytes`, if they are in one.
pub(super) fn arabic(bytes: &[u8]) -> Option<&'static Encoding> {
    let order = if reads_as_iso(bytes) { [ISO_8859_6, WINDOWS_1256] } else { [WINDOWS_1256, ISO_8859_6] };
    order.into_iter().find(|encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some_and(|text| looks_arabic(&text))
    })
}

/// The two differ from ط on: the lam of the article is 0xE1 in the one and 0xE4 in the other. Without any article
/// the detector decides; an Iraqi host is its hint for Arabic.
fn reads_as_iso(bytes: &[u8]) -> bool {
    let count = |pair: [u8; 2]| bytes.windows(2).filter(|window| *window == pair).count();
    let (windows, iso) = (count([0xc7, 0xe1]), count([0xc7, 0xe4]));
    if windows != iso {
        return iso > windows;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"iq"), Utf8Detection::Deny) == ISO_8859_6
}

/// Whether six in seven characters beyond ASCII are Arabic or common punctuation, with Arabic letters side by side,
/// and seldom beside Latin ones (as they stand where `größer` is read as Arabic).
pub(super) fn looks_arabic(text: &str) -> bool {
    let (mut beyond_ascii, mut likely, mut pairs, mut mixed) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut previous = ' ';
    for c in text.chars() {
        beyond_ascii += usize::from(!c.is_ascii());
        likely += usize::from(is_arabic(c) || is_punctuation(c));
        pairs += usize::from(is_plain_letter(c) && is_plain_letter(previous));
        let touch =
            (is_arabic(c) && previous.is_ascii_alphabetic()) || (c.is_ascii_alphabetic() && is_arabic(previous));
        mixed += usize::from(touch);
        previous = c;
    }
    pairs > 0 && likely * 7 >= beyond_ascii * 6 && mixed * 5 <= pairs
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06ff}' | '\u{200c}'..='\u{200f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The letters of Arabic proper.
fn is_plain_letter(c: char) -> bool {
    matches!(c, '\u{0621}'..='\u{063a}' | '\u{0641}'..='\u{064a}')
}

/// Whether `c` is an Arabic letter, in its plain or a presentation form.
pub(super) fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064a}' | '\u{0671}'..='\u{06d3}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2026}' | '\u{a0}' | '«' | '»' | '°' | '·' | '×' | '©' | '\u{ad}')
}
