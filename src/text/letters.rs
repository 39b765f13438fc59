//! What becomes of each single character when text is folded.
//!
//! - أ إ آ ٱ → ا, Persian and Kurdish letters → their Arabic neighbours (ک → ك, گ → ك, پ → ب);
//! - ٤٢ → 42, « » “ ” → ", – — → -, ، ؛ ؟ → , ; ?;
//! - harakat (كَتَبَ), zero-width and bidi marks vanish.
//!
//! Known misses: Urdu and Pashto letters beyond the Kurdish and Persian ones stay as they are; full-width Latin too.

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands as this character.
    Keep(char),
    /// It is folded into one or more others by its Unicode decomposition.
    Expand,
    /// It vanishes and belongs to the letter before it.
    Mark,
    /// A hamza above: it makes ؤ and ئ of و and ي, and is a mark elsewhere.
    Hamza,
    /// It vanishes and belongs to no letter.
    Drop,
    /// The stretching stroke ـ, whose meaning hangs on what stands about it.
    Tatweel,
    /// The sign of a tag.
    Hash,
    /// An underscore, a space inside tags.
    Underscore,
}

/// What becomes of `c`.
pub(super) const fn fate(c: char) -> Fate {
    match c {
        '\0'..='\x7f' => ascii(c),
        '\u{600}'..='\u{6ff}' => arabic(c),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Keep('\n'),
        '\u{80}'..='\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Fate::Keep(' ')
        }
        '«' | '»' | '´' | '‘'..='‟' | '‹' | '›' | '′' | '″' | '‶' | '❛'..='❞' | '〝'..='〟' | '＂' => {
            Fate::Keep('"')
        }
        '‐'..='―' | '−' | '﹘' | '﹣' | '－' => Fate::Keep('-'),
        '\u{fd3e}' => Fate::Keep(')'),
        '\u{fd3f}' => Fate::Keep('('),
        '×' | '÷' => Fate::Keep(c),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Fate::Expand,
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => presentation(c),
        '\u{300}'..='\u{36f}' | '\u{8ca}'..='\u{8e1}' | '\u{8e3}'..='\u{8ff}' | '\u{fe00}'..='\u{fe0f}' => Fate::Mark,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}'
        | '\u{feff}' => Fate::Drop,
        _ => Fate::Keep(c),
    }
}

const fn ascii(c: char) -> Fate {
    match c {
        'A'..='Z' => Fate::Keep(c.to_ascii_lowercase()),
        '\'' | '`' => Fate::Keep('"'),
        '#' => Fate::Hash,
        '_' => Fate::Underscore,
        '\n' | '\r' => Fate::Keep('\n'),
        '\0'..='\x1f' | '\x7f' => Fate::Keep(' '),
        _ => Fate::Keep(c),
    }
}

const fn arabic(c: char) -> Fate {
    Fate::Keep(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => 'ا',
        'ـ' => return Fate::Tatweel,
        '\u{654}' => return Fate::Hamza,
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => return Fate::Mark,
        '\u{61c}' => return Fate::Drop,
        'ی' | 'ې' | 'ێ' | 'ے' => 'ي',
        'ۓ' => 'ئ',
        'ک' | 'ڪ' | 'گ' | 'ڭ' => 'ك',
        'ھ' | 'ہ' | 'ۀ' | 'ە' | 'ۂ' => 'ه',
        'ۃ' => 'ة',
        'پ' => 'ب',
        'چ' => 'ج',
        'ڤ' => 'ف',
        'ژ' => 'ز',
        'ڕ' => 'ر',
        'ڵ' => 'ل',
        'ۆ' => 'و',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '٫' | '۔' => '.',
        '٬' | '،' => ',',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        _ => c,
    })
}

const fn digit(c: char, zero: char) -> char {
    match char::from_digit(c as u32 - zero as u32, 10) {
        Some(digit) => digit,
        None => c,
    }
}

const fn presentation(c: char) -> Fate {
    match c {
        '\u{fdf2}' => Fate::Expand,
        '\u{fdf0}'..='\u{fdfd}' => Fate::Drop,
        '\u{fe70}'..='\u{fe7f}' => Fate::Mark,
        _ => Fate::Expand,
    }
}

/// Whether `c`, folded or not, is a letter of the Arabic script.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{66e}' | '\u{66f}' | '\u{671}'..='\u{6d3}'
        | '\u{6d5}' | '\u{6ee}' | '\u{6ef}' | '\u{6fa}'..='\u{6fc}' | '\u{6ff}' | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8c7}')
}

/// How many bytes at the head of `bytes` are letters of U+0600–067F that stand as they are.
#[inline]
pub(super) fn plain_letters(bytes: &[u8]) -> usize {
    let letter = |two: &&[u8]| matches!(two, [first @ (0xd8 | 0xd9), second] if LETTERS[pair(*first, *second)]);
    bytes.chunks_exact(2).take_while(letter).count() * 2
}

/// A stretch of Arabic letters and ASCII that stand as they are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plain {
    pub(super) bytes: usize,
    /// How many letters are Arabic.
    pub(super) arabic: usize,
    /// How many are Latin.
    pub(super) latin: usize,
}

/// The plain stretch at the head of `bytes`.
pub(super) fn plain(bytes: &[u8]) -> Plain {
    let (mut rest, mut arabic, mut latin) = (bytes, 0, 0);
    loop {
        let letters = plain_letters(rest);
        arabic += letters / 2;
        rest = rest.get(letters..).unwrap_or(&[]);
        let [first @ 0..=0x7f, after @ ..] = rest else { break };
        if !PLAIN[*first as usize] {
            break;
        }
        latin += usize::from(first.is_ascii_lowercase());
        rest = after;
    }
    Plain { bytes: bytes.len() - rest.len(), arabic, latin }
}

/// The place of U+0600–067F in [`PLAIN`], from the two bytes of its UTF-8.
const fn pair(first: u8, second: u8) -> usize {
    0x80 + (first as usize & 1) * 64 + (second as usize & 0x3f)
}

/// As [`PLAIN`], for letters of the Arabic script alone.
static LETTERS: [bool; 256] = {
    let mut letters = PLAIN;
    let mut at = 0;
    while at < 256 {
        // U+0620–063F and U+0641–064A, at 0x80 and above.
        letters[at] &= matches!(at, 0xa0..=0xbf | 0xc1..=0xca);
        at += 1;
    }
    letters
};

/// For U+0000–007F and, above them, U+0600–067F: whether the character stands as it is.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut at = 0;
    let mut code = 0;
    while at < 256 {
        if let Some(c) = char::from_u32(code) {
            plain[at] = matches!(fate(c), Fate::Keep(kept) if kept as u32 == code);
        }
        at += 1;
        code = if at == 0x80 { 0x600 } else { code + 1 };
    }
    plain
};
