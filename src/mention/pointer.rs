//! Words that point back to an actor: «الجماعة», «الحزب», «مقاتليه» become the actor they stand for.
//!
//! «وكان الحزب قد أعلن» after حزب الله · «مقاتلات التحالف» in a report of the Houthis, the Saudi-led coalition ·
//! «أعلن الجيش الأميركي … ثلاثة من جنوده» US soldiers. A word that points to nobody named stays nobody.
//! Misses: pronouns on other words, and a pointer before the name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::Words;
use crate::lexicon::class::{ActorKind, Class, Cue};
use crate::lexicon::{Lexicon, PointerRow, Stands};

/// The speaker of a sentence is named within so many words of the verb of saying; a judgement.
const SPEAKER_WORDS: usize = 4;

/// In a default, any country.
const ANYWHERE: &str = "*";

/// The actors named so far, so that a pointer is settled in a step and not by a walk back over the report.
#[derive(Default)]
struct Named {
    /// By actor, at which word it was named last.
    last: FxHashMap<u16, usize>,
    /// By kind of actor, who was named last.
    kinds: FxHashMap<ActorKind, u16>,
    /// The first and the last of the sentence.
    here: Option<((usize, u16), (usize, u16))>,
    /// The sentence.
    line: usize,
}

impl Named {
    fn note(&mut self, lexicon: &Lexicon, line: usize, at: usize, id: u16) {
        self.enter(line);
        self.last.insert(id, at);
        self.kinds.insert(lexicon.actors[usize::from(id)].kind, id);
        self.here = Some((self.here.map_or((at, id), |(first, _)| first), (at, id)));
    }

    fn enter(&mut self, line: usize) {
        if self.line != line {
            (self.line, self.here) = (line, None);
        }
    }
}

/// Gives every pointing word the actor it stands for.
pub(super) fn point_back(words: &mut Words<'_>, lexicon: &Lexicon) {
    let mut named = Named::default();
    let countries = countries(words, lexicon);
    for index in 0..words.hits.len() {
        let hit = words.hits[index];
        if !matches!(hit.class, Class::Actor(_) | Class::NisbaActor(_) | Class::Pointer(_)) {
            continue;
        }
        let line = words.words[hit.start].sentence;
        named.enter(line);
        let id = match hit.class {
            Class::Actor(id) => Some(id),
            Class::NisbaActor(id) if troops(words, hit.start) => Some(id),
            Class::Pointer(row) => {
                let row = &lexicon.pointers[usize::from(row)];
                let known =
                    row.default.iter().find(|(country, _)| country == ANYWHERE || countries.contains(country.as_str()));
                told_before(words, row, &named).or(known.map(|(_, id)| *id))
            }
            _ => None,
        };
        if let Some(id) = id {
            words.hits[index].class = Class::Actor(id);
            named.note(lexicon, line, hit.start, id);
        }
    }
}

/// «قوة إسرائيلية», «وحدة خاصة تركية»: a nationality beside a word for soldiers names whose they are.
fn troops(words: &Words<'_>, at: usize) -> bool {
    let from = at.saturating_sub(3);
    let open = |w: usize| (w + 1..=at).all(|n| words.words[n].gap.open());
    let bare = |w: usize| words.at(w).iter().all(|h| matches!(h.class, Class::Cue(Cue::Soldier)));
    words
        .within(from, at)
        .iter()
        .any(|h| h.is_cue(Cue::Soldier) && (h.end == at || (h.end + 1 == at && bare(h.end))) && open(h.start))
}

fn told_before(words: &Words<'_>, row: &PointerRow, named: &Named) -> Option<u16> {
    match &row.stands {
        Stands::Of(ids) => ids.iter().filter_map(|id| named.last.get(id).map(|at| (at, *id))).max().map(|(_, id)| id),
        Stands::Kind(kind) => named.kinds.get(kind).copied(),
        Stands::Speaker => named.here.map(|(first, last)| {
            let near = first.0.saturating_sub(SPEAKER_WORDS)..first.0 + SPEAKER_WORDS;
            let speaks = words.any(near.start, near.end, |h| h.is_cue(Cue::Report) || h.is_cue(Cue::Accuse));
            if speaks { first.1 } else { last.1 }
        }),
    }
}

/// The home countries of the actors that the report names: «التحالف» in company of the Houthis.
fn countries<'l>(words: &Words<'_>, lexicon: &'l Lexicon) -> FxHashSet<&'l str> {
    let actors = words.hits.iter().filter_map(|h| match h.class {
        Class::Actor(id) => Some(lexicon.actors[usize::from(id)].country.as_str()),
        Class::Nisba(id) => lexicon.countries.get(usize::from(id)).map(String::as_str),
        _ => None,
    });
    actors.collect()
}
