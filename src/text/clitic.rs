//! The readings of a word with what may be written onto its front.
//!
//! ```text
//! word := conj? prep? (ال)? stem      conj := و | ف      prep := ب | ل | ك      ل + ال = لل
//! ```
//! - وبالقائم → و + ب + القائم (and in al-Qaim);
//! - للقائم → ل + القائم or ل + لقائم; للبنان → ل + البنان or ل + لبنان (for Lebanon): the gazetteer decides;
//! - والي → والي (governor), or و + الي: the whole word comes first and wins where it is known.
//!
//! No stemming: endings stay, for Arabic stemmers eat the letters of names (بغداد → غداد).
//!
//! Known misses: the question word أ, the future س, and possessive endings (ريفها) are not split off.

use std::borrow::Cow;

/// One way to read a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The conjunction و or ف.
    pub conj: Option<char>,
    /// The preposition ب, ل or ك.
    pub prep: Option<char>,
    /// What remains, with ال restored where the word had it.
    pub stem: Cow<'a, str>,
}

impl<'a> Reading<'a> {
    #[inline]
    fn new(conj: Option<char>, prep: Option<char>, stem: impl Into<Cow<'a, str>>) -> Self {
        Reading { conj, prep, stem: stem.into() }
    }

    /// The stem without its article.
    pub fn bare(&self) -> &str {
        self.stem.strip_prefix("ال").filter(|bare| long_enough(bare)).unwrap_or(&self.stem)
    }

    /// Whether the stem stands with the article.
    pub fn article(&self) -> bool {
        self.bare().len() < self.stem.len()
    }

    /// Whether anything was taken off the front.
    pub fn stripped(&self) -> bool {
        self.conj.is_some() || self.prep.is_some()
    }
}

/// The readings of one word, the whole word first, made as they are asked for.
#[derive(Debug, Clone)]
pub struct Readings<'a> {
    conj: Option<char>,
    /// The word without its conjunction.
    rest: &'a str,
    next: Next,
}

/// The reading that comes next.
#[derive(Debug, Clone, Copy)]
enum Next {
    Whole,
    Conj,
    /// لل as ل and ال.
    Lal,
    Prep,
    Done,
}

impl<'a> Readings<'a> {
    fn lal(&mut self) -> Option<Reading<'a>> {
        let noun = self.rest.strip_prefix("لل").filter(|noun| long_enough(noun))?;
        Some(Reading::new(self.conj, Some('ل'), ["ال", noun].concat()))
    }

    fn prep(&mut self) -> Option<Reading<'a>> {
        self.next = Next::Done;
        let (prep, rest) = split_front(self.rest, is_prep)?;
        Some(Reading::new(self.conj, Some(prep), rest))
    }
}

impl<'a> Iterator for Readings<'a> {
    type Item = Reading<'a>;

    #[inline]
    fn next(&mut self) -> Option<Reading<'a>> {
        match self.next {
            Next::Whole => {
                self.next = if self.rest.starts_with(is_front) { Next::Conj } else { Next::Done };
                Some(Reading::new(None, None, self.rest))
            }
            Next::Done => None,
            _ => self.stripped(),
        }
    }
}

impl<'a> Readings<'a> {
    /// The next reading with something taken off the front.
    fn stripped(&mut self) -> Option<Reading<'a>> {
        match self.next {
            Next::Conj => {
                self.next = Next::Lal;
                match split_front(self.rest, is_conj) {
                    Some((conj, rest)) => {
                        (self.conj, self.rest) = (Some(conj), rest);
                        Some(Reading::new(self.conj, None, rest))
                    }
                    None => self.stripped(),
                }
            }
            Next::Lal => {
                self.next = Next::Prep;
                self.lal().or_else(|| self.prep())
            }
            Next::Prep => self.prep(),
            Next::Whole | Next::Done => None,
        }
    }
}

/// The ways to read a folded word: whole, without its conjunction, without its preposition, without both.
#[inline]
pub fn readings(form: &str) -> Readings<'_> {
    Readings { conj: None, rest: form, next: Next::Whole }
}

/// Whether the stem of any reading but the whole word fits, asked without making the readings; what لل hides is taken to
/// fit.
#[inline]
pub fn any_stem(form: &str, fits: impl Fn(&str) -> bool) -> bool {
    if !form.starts_with(is_front) {
        return false;
    }
    let rest = split_front(form, is_conj).map_or(form, |(_, rest)| rest);
    (rest.len() < form.len() && fits(rest))
        || rest.starts_with("لل")
        || split_front(rest, is_prep).is_some_and(|(_, stem)| fits(stem))
}

/// Whether a letter may be written onto the front of a word.
const fn is_front(c: char) -> bool {
    is_conj(c) || is_prep(c)
}

const fn is_conj(c: char) -> bool {
    matches!(c, 'و' | 'ف')
}

const fn is_prep(c: char) -> bool {
    matches!(c, 'ب' | 'ل' | 'ك')
}

/// Bytes of the longest character.
const LONGEST_CHARACTER: usize = 4;

/// The longest that [`is_proclitic`], in bytes.
pub(super) const LONGEST_PROCLITIC: usize = "وبال".len();

/// Whether the word is nothing but letters that are written onto the front of another: و, بال, لل.
pub fn is_proclitic(form: &str) -> bool {
    if form.len() > LONGEST_PROCLITIC {
        return false;
    }
    let rest = form.strip_prefix(['و', 'ف']).unwrap_or(form);
    let rest = rest.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(rest);
    !form.is_empty() && (matches!(rest, "" | "ال") || (rest == "ل" && form.ends_with("لل")))
}

fn split_front(word: &str, splits: impl Fn(char) -> bool) -> Option<(char, &str)> {
    let mut chars = word.chars();
    let first = chars.next().filter(|&c| splits(c))?;
    let rest = chars.as_str();
    (long_enough(rest) && rest != "ال").then_some((first, rest))
}

/// At least two characters.
fn long_enough(rest: &str) -> bool {
    rest.len() > LONGEST_CHARACTER || rest.chars().nth(1).is_some()
}
