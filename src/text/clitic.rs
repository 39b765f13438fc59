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
use std::ops::Deref;

/// One way to read a word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading<'a> {
    /// The conjunction و or ف.
    pub conj: Option<char>,
    /// The preposition ب, ل or ك.
    pub prep: Option<char>,
    /// Whether the stem stands with the article.
    pub article: bool,
    /// What remains, with ال restored where the word had it.
    pub stem: Cow<'a, str>,
}

impl<'a> Reading<'a> {
    #[inline]
    fn new(conj: Option<char>, prep: Option<char>, stem: impl Into<Cow<'a, str>>) -> Self {
        let stem = stem.into();
        let article = stem.strip_prefix("ال").is_some_and(long_enough);
        Reading { conj, prep, article, stem }
    }

    /// The stem without its article.
    pub fn bare(&self) -> &str {
        if self.article { self.stem.strip_prefix("ال").unwrap_or(&self.stem) } else { &self.stem }
    }

    /// Whether anything was taken off the front.
    pub fn stripped(&self) -> bool {
        self.conj.is_some() || self.prep.is_some()
    }
}

/// The readings of one word, the whole word first; derefs to a slice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readings<'a> {
    list: [Reading<'a>; 4],
    len: usize,
}

impl<'a> Readings<'a> {
    #[inline]
    fn push(&mut self, reading: Reading<'a>) {
        if let Some(slot) = self.list.get_mut(self.len) {
            *slot = reading;
            self.len += 1;
        }
    }

    fn push_prep(&mut self, conj: Option<char>, word: &'a str) {
        let Some((prep, rest)) = split_front(word, &['ب', 'ل', 'ك']) else { return };
        if prep == 'ل'
            && let Some(noun) = rest.strip_prefix('ل').filter(|noun| long_enough(noun))
        {
            self.push(Reading::new(conj, Some(prep), ["ال", noun].concat()));
        }
        self.push(Reading::new(conj, Some(prep), rest));
    }
}

impl<'a> Deref for Readings<'a> {
    type Target = [Reading<'a>];
    fn deref(&self) -> &[Reading<'a>] {
        self.list.get(..self.len).unwrap_or(&[])
    }
}

impl<'s, 'a> IntoIterator for &'s Readings<'a> {
    type Item = &'s Reading<'a>;
    type IntoIter = std::slice::Iter<'s, Reading<'a>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for Readings<'a> {
    type Item = Reading<'a>;
    type IntoIter = std::iter::Take<std::array::IntoIter<Reading<'a>, 4>>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter().take(self.len)
    }
}

/// The ways to read a folded word: whole, without its conjunction, without its preposition, without both.
#[inline]
pub fn readings(form: &str) -> Readings<'_> {
    let mut found = Readings::default();
    found.push(Reading::new(None, None, form));
    if form.starts_with(is_front) {
        found.push_stripped(form);
    }
    found
}

impl<'a> Readings<'a> {
    /// The readings without what may be written onto the front.
    fn push_stripped(&mut self, form: &'a str) {
        if let Some((conj, rest)) = split_front(form, &['و', 'ف']) {
            self.push(Reading::new(Some(conj), None, rest));
            self.push_prep(Some(conj), rest);
        } else {
            self.push_prep(None, form);
        }
    }
}

/// Whether a letter may be written onto the front of a word.
const fn is_front(c: char) -> bool {
    matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك')
}

/// Whether the word is nothing but letters that are written onto the front of another: و, بال, لل.
pub fn is_proclitic(form: &str) -> bool {
    const LONGEST: usize = "وبال".len();
    if form.len() > LONGEST {
        return false;
    }
    let rest = form.strip_prefix(['و', 'ف']).unwrap_or(form);
    let rest = rest.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(rest);
    !form.is_empty() && (matches!(rest, "" | "ال") || (rest == "ل" && form.ends_with("لل")))
}

fn split_front<'a>(word: &'a str, letters: &[char]) -> Option<(char, &'a str)> {
    let first = word.chars().next().filter(|c| letters.contains(c))?;
    let rest = word.strip_prefix(first)?;
    (long_enough(rest) && rest != "ال").then_some((first, rest))
}

/// At least two characters.
fn long_enough(rest: &str) -> bool {
    rest.chars().nth(1).is_some()
}
