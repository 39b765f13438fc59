//! The dateline with which a wire report opens.
//!
//! ```text
//! dateline := part (separator part)* separator        part := up to 4 words, (agency)?, day?
//! separator := a dash or slash with a space by it | :
//! ```
//! - `بغداد – قُتل …` (Baghdad – …); `دمشق (رويترز) - قالت …` (Damascus (Reuters) - …);
//! - `أ.ف.ب – بغداد في24 يناير 2024 – قصف …` (AFP – Baghdad on 24 January 2024 – …);
//! - `بغداد:` (Baghdad:), of at most two words; `مقديشو - 14 مارس 2024:` (Mogadishu - 14 March 2024:).
//!
//! Known misses: it knows no names, so `الجيش العراقي - …` (the Iraqi army - …) passes too; the reader of places decides.
//! A dateline on a line of its own counts as a heading.

use super::sentence::Line;
use super::token::TokenKind;

/// Most parts that a dateline has.
const PARTS: usize = 6;
/// Most tokens that an agency's brackets hold.
const AGENCY_TOKENS: usize = 8;

/// One part: its end, its words, and whether it holds a number or an agency in brackets.
struct Part {
    end: usize,
    words: usize,
    numbers: usize,
    agency: bool,
}

/// How many tokens at the head of the line are its dateline; 0 where there is none.
pub(super) fn length(line: &Line) -> usize {
    let mut length = 0;
    if line.kind(0) != Some(TokenKind::Word) {
        return length;
    }
    for _ in 0..PARTS {
        let part = part(line, length);
        if !fits(line, &part, length == 0) {
            break;
        }
        length = part.end + 1;
        if line.kind(part.end) == Some(TokenKind::Colon) {
            break;
        }
    }
    if length < line.tokens.len() { length } else { 0 }
}

fn fits(line: &Line, part: &Part, first: bool) -> bool {
    let detailed = part.agency || part.numbers > 0;
    let most = match (first, detailed) {
        (_, true) => 6,
        (true, false) => 4,
        (false, false) => 2,
    };
    let some = part.words > 0 || part.agency;
    some && part.words <= most
        && match line.kind(part.end) {
            Some(TokenKind::Dash) => is_spaced(line, part.end),
            Some(TokenKind::Slash) => is_spaced(line, part.end) && part.numbers == 0 && part.words <= 2,
            Some(TokenKind::Colon) => part.words <= 2 || part.agency || (part.numbers >= 2 && !first),
            _ => false,
        }
}

fn part(line: &Line, start: usize) -> Part {
    let mut part = Part { end: start, words: 0, numbers: 0, agency: false };
    loop {
        match line.kind(part.end) {
            Some(TokenKind::Word) => part.words += 1,
            Some(TokenKind::Number) => {
                part.words += 1;
                part.numbers += 1;
            }
            Some(TokenKind::Clitic | TokenKind::Comma) => {}
            Some(TokenKind::Dash | TokenKind::Slash) if !is_spaced(line, part.end) => {}
            Some(TokenKind::Open) => match closing(line, part.end) {
                Some(close) => {
                    part.agency = true;
                    part.end = close;
                }
                None => return part,
            },
            _ => return part,
        }
        part.end += 1;
        if part.words > 6 {
            return part;
        }
    }
}

fn closing(line: &Line, open: usize) -> Option<usize> {
    let mut inside = line.tokens.iter().enumerate().skip(open + 1).take(AGENCY_TOKENS);
    inside.find(|(_, token)| token.kind == TokenKind::Close).map(|(at, _)| at)
}

/// Whether white space stands on either side of the token.
fn is_spaced(line: &Line, at: usize) -> bool {
    !line.glued(at) || !line.glued(at + 1)
}
