//! What the renderings share: labels of mentions, and the text with its mentions, one inside the other.

use super::explanation::{Explanation, Mention, Quote, Rejected};
use super::words::bounded;
use crate::model::{Span, Tally};

/// A stretch of text.
pub(super) enum Piece<'e> {
    /// Words that no mention takes, or the part of a mention outside those within it.
    Text(&'e str),
    /// A mention begins: its position.
    Open(usize),
    /// A mention ends.
    Close(usize),
}

/// The label of each mention: the letter of its kind and a number, `P1`.
pub(super) fn labels(mentions: &[Mention]) -> Vec<String> {
    let mut counts = std::collections::BTreeMap::new();
    let label = |mention: &Mention| {
        let count = counts.entry(mention.kind).or_insert(0_usize);
        *count += 1;
        format!("{}{count}", mention.kind.letter())
    };
    mentions.iter().map(label).collect()
}

/// The report's body as pieces, mentions nested; one that crosses another is left to the lists.
pub(super) fn pieces(explanation: &Explanation) -> Vec<Piece<'_>> {
    let (text, mentions) = (explanation.text.as_str(), &explanation.mentions);
    let mut out = Pieces { text, at: explanation.body.start, list: Vec::new(), open: Vec::new() };
    for (index, mention) in mentions.iter().enumerate() {
        let span = Span::new(mention.words.start, mention.words.end);
        out.close_before(span.start);
        let fits = out.open.last().is_none_or(|(_, end)| span.end <= *end);
        if fits && span.start < span.end && span.start >= out.at {
            out.text_to(span.start);
            out.list.push(Piece::Open(index));
            out.open.push((index, span.end));
        }
    }
    out.close_before(usize::MAX);
    out.text_to(explanation.body.end);
    out.list
}

/// Pieces as they are laid down, with the mentions that are open.
struct Pieces<'e> {
    text: &'e str,
    at: usize,
    list: Vec<Piece<'e>>,
    open: Vec<(usize, usize)>,
}

impl Pieces<'_> {
    fn text_to(&mut self, end: usize) {
        let words = Span::new(self.at, end).of(self.text);
        if !words.is_empty() {
            self.list.push(Piece::Text(words));
            self.at = end;
        }
    }

    /// Closes what ends at or before a byte.
    fn close_before(&mut self, start: usize) {
        while let Some((index, end)) = self.open.pop_if(|(_, end)| *end <= start) {
            self.text_to(end);
            self.list.push(Piece::Close(index));
        }
    }
}

/// A quote's words on one line, for a list.
pub(super) fn one_line(quote: &Quote) -> String {
    quote.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who bears a rejected name, for a list: at most a few.
pub(super) fn bearers(rejected: &Rejected) -> String {
    const SHOWN: usize = 3;
    match rejected.candidates.as_slice() {
        [] => String::new(),
        some => {
            let shown: Vec<&str> = some.iter().take(SHOWN).map(String::as_str).collect();
            let more = if some.len() > SHOWN { ", …" } else { "" };
            format!(" [{}{more}]", shown.join(", "))
        }
    }
}

/// A tally on one line.
pub(super) fn tally(tally: &Tally) -> String {
    let count = match (tally.count_min, tally.count_max) {
        (Some(least), most) => bounded((least, most)),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => "some".to_owned(),
    };
    let told = |what: &str, value: &Option<String>| value.as_ref().map(|v| format!(", {what} {v}")).unwrap_or_default();
    let parts = [
        told("in", &tally.place),
        told("since", &tally.since),
        told("until", &tally.until),
        told("counted by", &tally.source),
    ];
    format!("{count} {}{}: a running count, no incident", tally.what, parts.concat())
}
