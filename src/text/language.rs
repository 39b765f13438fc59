//! Which language a text is in, as far as the Arabic script can mislead.
//!
//! - `وقال المتحدث` → Arabic; `وی گفت که این حمله در بغداد بود` → Persian (its letters, and its function words);
//! - `لە هەولێر` → Kurdish (in Erbil: ە ێ ۆ ڕ ڵ); English, Hebrew and empty text → Other.
//!
//! In Sorani one letter in five is one of those; one in twenty is asked for, lest a Kurdish name in an Arabic line count.
//!
//! Known misses: Urdu and Pashto count as Arabic; Kurdish in Latin letters is Other; a short line that is no more
//! than a Kurdish name is Kurdish.

use super::letters::Plain;
use super::tables::TABLES;
use super::token::{Token, TokenKind};

/// The language of a text; only Arabic is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Arabic.
    Arabic,
    /// Persian.
    Persian,
    /// Sorani Kurdish.
    Kurdish,
    /// Anything else, or nothing at all.
    #[default]
    Other,
}

impl Language {
    /// The ISO 639 code.
    pub const fn as_code(self) -> &'static str {
        match self {
            Language::Arabic => "ar",
            Language::Persian => "fa",
            Language::Kurdish => "ckb",
            Language::Other => "und",
        }
    }

    /// The language of a text of these letters, whose tokens have the folded forms that `form` gives.
    pub(super) fn of<'a>(letters: Letters, tokens: &[Token], form: impl Fn(&Token) -> &'a str) -> Language {
        if letters.arabic == 0 || letters.arabic < letters.other {
            Language::Other
        } else if letters.kurdish * 20 > letters.arabic {
            Language::Kurdish
        } else if letters.persian * 100 > letters.arabic * 3 && has_persian_words(tokens, form) {
            Language::Persian
        } else {
            Language::Arabic
        }
    }
}

/// How many letters of which language a text has before it is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters {
    arabic: usize,
    persian: usize,
    kurdish: usize,
    other: usize,
}

impl Letters {
    /// Adds a stretch that stands as it is; most letters by far.
    pub(super) fn add_plain(&mut self, stretch: Plain) {
        self.arabic += stretch.arabic;
        self.other += stretch.latin;
    }

    /// Adds any other character.
    pub(super) fn add(&mut self, c: char) {
        match c {
            'a'..='z' | 'A'..='Z' => self.other += 1,
            '\0'..='\u{bf}' | '\u{600}'..='\u{61f}' | '\u{640}' | '\u{64b}'..='\u{66d}' => {}
            '\u{620}'..='\u{6ff}' => self.add_arabic(c),
            '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => self.arabic += 1,
            _ => self.other += usize::from(c.is_alphabetic()),
        }
    }

    fn add_arabic(&mut self, c: char) {
        self.arabic += 1;
        match c {
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => self.persian += 1,
            'ە' | 'ۆ' | 'ێ' | 'ڕ' | 'ڵ' => self.kurdish += 1,
            _ => {}
        }
    }
}

/// Whether one word in fifty is a function word of Persian.
fn has_persian_words<'a>(tokens: &[Token], form: impl Fn(&Token) -> &'a str) -> bool {
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    let (mut all, mut persian) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        persian += usize::from(TABLES.persian.contains(form(word)));
    }
    persian * 50 > all
}
