//! Folded text to tokens: words, numbers, signs, and the clitics that stand before quotes and digits.
//!
//! ```text
//! token := Clitic | Word | Number | one run of a sign        white space stands between tokens only
//! ```
//! - `و"عين الأسد"` → Clitic و, glued Quote, Word عين, Word الاسد, Quote (and "Ain al-Asad");
//! - بـ50 → Clitic ب, glued Number 50 (with 50); في24 → Word في, glued Number 24 (on 24, the space lost);
//! - 3.5, 22:00, 1,200 are one Number; 2024-01-24 is Number Dash Number Dash Number, all glued;
//! - T4, C-RAM, AC-130, أ.ف.ب are one Word each.
//!
//! Known misses: و with a space before its word is a Clitic whose next token is not glued; the dots of a
//! web address are stops; a list of numbers written without spaces (2,3) is one Number.

use std::ops::Range;

use super::clitic::{LONGEST_PROCLITIC, is_proclitic};
use super::fold::Folded;
use super::heads::hash;
use super::letters::{is_arabic, plain_letters};
use crate::model::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, Arabic or other; other letters may hold digits and hyphens.
    Word,
    /// Letters written onto the front of the quote, number or bracket that follows, or standing alone: بـ, و, ال.
    Clitic,
    /// Digits, with inner `.`, `,` and `:`.
    Number,
    /// A run of quotes.
    Quote,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// A run of `.`, `!`, `?`, `…`.
    Stop,
    /// A run of dashes.
    Dash,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `/` or `\`.
    Slash,
    /// `%`
    Percent,
    /// Any other sign.
    Other,
}

/// A token of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the original text.
    pub span: Span,
    /// Where it stands in the folded text.
    pub range: Range<u32>,
    /// The number of its folded form, which all tables that know first words ask for.
    pub hash: u32,
    /// What it is.
    pub kind: TokenKind,
    /// Whether no white space stands before it.
    pub glued: bool,
}

impl Token {
    /// Where it stands in the folded text, as an index.
    pub fn folded(&self) -> Range<usize> {
        self.range.start as usize..self.range.end as usize
    }

    /// Whether it is a word or a number.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }
}

/// The tokens of a text, and the tokens at which its lines start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// The tokens in order.
    pub list: Vec<Token>,
    /// For each line that holds a token, its first token.
    pub lines: Vec<usize>,
}

/// Cuts folded text into tokens.
pub fn tokenise(folded: &Folded) -> Tokens {
    let mut scanner = Scanner { text: &folded.text, at: 0 };
    let mut tokens = Tokens { list: Vec::with_capacity(folded.text.len() / 8 + 1), lines: Vec::new() };
    let mut spans = folded.spans();
    let (mut glued, mut fresh) = (false, true);
    while let Some(byte) = scanner.byte() {
        if byte == b' ' {
            glued = false;
            scanner.at += 1;
            continue;
        }
        let start = scanner.at;
        let letters = scanner.plain_letters();
        let kind = if letters > 0 {
            scanner.arabic(letters)
        } else {
            let Some(c) = scanner.peek() else { break };
            if c.is_whitespace() {
                fresh |= c == '\n';
                glued = false;
                scanner.at += c.len_utf8();
                continue;
            }
            scanner.token(c)
        };
        if fresh {
            tokens.lines.push(tokens.list.len());
        }
        let range = offset(start)..offset(scanner.at);
        let hash = hash(folded.form(start..scanner.at));
        tokens.list.push(Token { span: spans.span(start..scanner.at), range, hash, kind, glued });
        (glued, fresh) = (true, false);
    }
    tokens
}

/// Offsets beyond 4 GiB all stand at its end; no report is that long.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The two characters that stand next.
    fn peek_two(&self) -> (Option<char>, Option<char>) {
        let mut chars = self.rest().chars();
        (chars.next(), chars.next())
    }

    /// Moves on while `fits`.
    fn run(&mut self, fits: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !fits(c)).unwrap_or(rest.len());
    }

    /// Reads the token that starts with `c`.
    fn token(&mut self, c: char) -> TokenKind {
        if is_arabic(c) {
            return self.arabic(0);
        }
        if c.is_ascii_digit() {
            return self.number();
        }
        if is_latin(c) {
            return self.latin();
        }
        let kind = sign(c);
        match kind {
            TokenKind::Quote | TokenKind::Dash | TokenKind::Stop => self.run(|next| sign(next) == kind),
            _ => self.at += c.len_utf8(),
        }
        kind
    }

    /// How many bytes of plain letters stand next.
    fn plain_letters(&self) -> usize {
        plain_letters(self.text.as_bytes().get(self.at..).unwrap_or(&[]))
    }

    /// Reads an Arabic word, of which so many bytes are known to be plain letters.
    fn arabic(&mut self, letters: usize) -> TokenKind {
        let start = self.at;
        self.at += letters;
        if self.byte() == Some(b' ') && letters > LONGEST_PROCLITIC {
            // Most words by far.
            return TokenKind::Word;
        }
        if self.byte().is_some_and(|byte| !byte.is_ascii()) {
            self.run(is_arabic);
        }
        let form = self.text.get(start..self.at).unwrap_or("");
        if self.byte() == Some(b' ') {
            let alone = (form.ends_with("ال") || form.ends_with("لل") || one_letter(form)) && is_proclitic(form);
            return if alone { TokenKind::Clitic } else { TokenKind::Word };
        }
        let next = self.peek();
        match next {
            Some('.') if one_letter(form) => self.dotted(is_arabic),
            Some(c) if opens(c) && is_proclitic(form) => return TokenKind::Clitic,
            _ => {}
        }
        TokenKind::Word
    }

    /// Single letters with dots between them: أ.ف.ب, U.S
    fn dotted(&mut self, letter: impl Fn(char) -> bool) {
        loop {
            let mut chars = self.rest().chars();
            let (dot, next, after) = (chars.next(), chars.next(), chars.next());
            match (dot, next) {
                (Some('.'), Some(c)) if letter(c) && !after.is_some_and(&letter) => self.at += 1 + c.len_utf8(),
                _ => return,
            }
        }
    }

    fn latin(&mut self) -> TokenKind {
        let start = self.at;
        loop {
            self.run(|c| is_latin(c) || c.is_ascii_digit());
            match self.peek_two() {
                (Some('-'), Some(c)) if is_latin(c) || c.is_ascii_digit() => self.at += 1,
                _ => break,
            }
        }
        if self.peek() == Some('.') && self.text.get(start..self.at).is_some_and(one_letter) {
            self.dotted(is_latin);
        }
        TokenKind::Word
    }

    fn number(&mut self) -> TokenKind {
        self.run(|c| c.is_ascii_digit());
        match self.peek_two() {
            (Some(c), _) if is_latin(c) => return self.latin(),
            (Some('-'), Some(c)) if is_latin(c) => {
                self.at += 1;
                return self.latin();
            }
            _ => {}
        }
        while let (Some('.' | ',' | ':'), Some('0'..='9')) = self.peek_two() {
            self.at += 1;
            self.run(|c| c.is_ascii_digit());
        }
        TokenKind::Number
    }
}

/// Whether a clitic may be written onto a token that starts with `c`.
fn opens(c: char) -> bool {
    c.is_ascii_digit() || matches!(sign(c), TokenKind::Quote | TokenKind::Open) || is_latin(c)
}

fn one_letter(form: &str) -> bool {
    let mut chars = form.chars();
    chars.next().is_some() && chars.next().is_none()
}

/// A letter or digit of any other script.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && !is_arabic(c) && c.is_alphanumeric())
}

fn sign(c: char) -> TokenKind {
    match c {
        '"' => TokenKind::Quote,
        ',' => TokenKind::Comma,
        ';' => TokenKind::Semicolon,
        ':' => TokenKind::Colon,
        '.' | '!' | '?' | '…' => TokenKind::Stop,
        '-' => TokenKind::Dash,
        '(' | '[' | '{' => TokenKind::Open,
        ')' | ']' | '}' => TokenKind::Close,
        '/' | '\\' => TokenKind::Slash,
        '%' => TokenKind::Percent,
        _ => TokenKind::Other,
    }
}
