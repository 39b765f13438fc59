//! Why a report was read as it was: every mention, clause and incident with its reason, and what was passed over.
//!
//! The stages decide and leave a trail ([`Mapper::read_and_show`]); here the trail becomes an [`Explanation`] in plain
//! words, and `terminal` and `html` show it. Nothing is decided here. As JSON it is the [`Explanation`] itself.

mod clauses;
mod context;
pub mod event;
mod explanation;
pub mod html;
mod incidents;
mod layout;
mod places;
mod rejected;
pub mod terminal;
mod times;
mod words;

pub use explanation::{
    Clause, Explanation, Field, Joint, Mention, MentionKind, PlaceReading, Quote, Rejected, RejectedKind, Rival,
    TimeReading, ToldIncident,
};

use crate::model::{Report, Tally};
use crate::pipeline::{Mapper, Seen};

use context::Context;

/// Reads a report and says why it was read so.
pub fn explain(mapper: &Mapper, report: &Report) -> Explanation {
    let mut out = Explanation::default();
    let extraction = mapper.read_and_show(report, |seen| tell(&mut out, seen));
    out.report = extraction.report;
    out.published = extraction.published;
    out.published_from = match (report.published, extraction.published) {
        (Some(_), _) => Some("given with the report"),
        (None, Some(_)) => Some("the report's own head"),
        (None, None) => None,
    };
    out.language = extraction.language;
    out.text.clone_from(&report.text);
    out.body = report.body;
    out.tallies = extraction.tallies;
    out.unresolved = extraction.unresolved;
    count_tallies(&mut out);
    out
}

/// A count that no incident takes may be that of a tally.
fn count_tallies(out: &mut Explanation) {
    for mention in out.mentions.iter_mut().filter(|m| m.kind == MentionKind::Number) {
        let counted = |t: &Tally| t.start < mention.words.end && mention.words.start < t.end;
        if let Some(tally) = out.tallies.iter().find(|t| counted(t)) {
            mention.reason = format!("a running count of {}: a tally, no incident", tally.what);
        }
    }
}

/// Puts what the stages saw into words.
fn tell(out: &mut Explanation, seen: &Seen<'_, '_>) {
    let context = Context::of(seen);
    out.clauses = clauses::clauses(&context);
    out.mentions = places::mentions(&context);
    out.mentions.extend(times::mentions(&context));
    out.mentions.extend(words::mentions(&context));
    out.mentions.extend(clauses::cues(&out.clauses));
    out.mentions.sort_by_key(|m| (m.words.start, std::cmp::Reverse(m.words.end), m.kind));
    out.mentions.dedup_by(|a, b| a.kind == b.kind && a.words == b.words);
    out.incidents = incidents::incidents(&context);
    out.rejected = rejected::rejected(&context);
}
