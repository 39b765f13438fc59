//! Place mentions: `[KIND] NAME`, in lists (قاعدتي A وB) and chains (قرية A التابعة لقضاء B بمحافظة C).
//!
//! «وقاعدة "بلد"» the base Balad · «في بلد مجاور» nothing · «بالقائم» al-Qaim.
//! A name is taken by tier: salient names anywhere, towns after a preposition or cue, villages and names that are
//! ordinary words only after a kind word, a direction, in a list with an accepted name, or before a parent.
//! Misses: names broken over a bracket, villages that no table holds and no kind word introduces.

use rustc_hash::FxHashSet;

use super::passed::{Passed, Why};
use super::place_cue::{
    beside, country_beside, enough, heads_item, hidden, introduction, link, located, parent_follows, seat,
};
use super::place_name::{Found, lookup, may_stand};
use super::place_role::{self, PlaceRole};
use super::words::{Hit, Words};
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::lexicon::Lexicon;
use crate::lexicon::class::{Class, Particle};
use crate::model::{GeoPrecision, PlaceKind};
use crate::text::fold::{lexicon_key, name_form};

/// How a mention hangs on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It begins a chain.
    Start,
    /// It holds or locates the one before: «A في B».
    Inside,
    /// It stands beside it: «A وB».
    And,
}

/// A point reckoned from a place: so far, in that direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offset {
    /// Metres; none where only a direction is told.
    pub metres: Option<f64>,
    /// Degrees from north; none for a ring about the place.
    pub bearing: Option<f64>,
}

/// What speaks for a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Nothing but the name.
    Bare,
    /// A preposition before it.
    Preposition,
    /// A parent place after it.
    Parent,
    /// A list with an accepted place.
    List,
    /// A direction before it.
    Direction,
    /// A kind word before it.
    Kind,
}

/// A place name in the text; `start..end` are word indices of the name alone.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// First word of the name.
    pub start: usize,
    /// One past the last word of the name.
    pub end: usize,
    /// First word of what introduces it: kind word, direction, distance.
    pub lead: usize,
    /// The name without clitics, folded.
    pub name: String,
    /// The places it could be; empty for a name that no table holds.
    pub candidates: Vec<PlaceIx>,
    /// Kinds that its kind word allows; empty without one.
    pub kinds: Vec<PlaceKind>,
    /// Its kind word, by lexicon id.
    pub kind_word: Option<u16>,
    /// What speaks for it.
    pub evidence: Evidence,
    /// What it is to its clause.
    pub role: PlaceRole,
    /// How it hangs on the mention before.
    pub link: Link,
    /// Distance and direction told before it.
    pub offset: Option<Offset>,
    /// Country of a nationality adjective beside it.
    pub country: Option<u16>,
    /// The place it is, once settled.
    pub place: Option<PlaceIx>,
    /// The places that nothing tells apart, once settled.
    pub tied: Vec<PlaceIx>,
}

/// Where names are looked up.
#[derive(Clone, Copy)]
pub struct Tables<'t> {
    /// The gazetteer in use.
    pub gazetteer: &'t Gazetteer,
    /// The word tables.
    pub lexicon: &'t Lexicon,
}

/// The names that a report has shown to be places: «قاعدة حرير», and later «المتجهة إلى حرير».
pub type Shown = FxHashSet<String>;

/// Adds all place mentions of one sentence to `all`, by position, not yet settled; `passed` is told of the names that are none. Names in
/// `shown` need less of a cue; those that are sure here are added.
pub fn places(
    words: &Words<'_>,
    tables: Tables<'_>,
    (start, end): (usize, usize),
    shown: &mut Shown,
    passed: &mut dyn FnMut(Passed),
    all: &mut Vec<PlaceMention>,
) {
    let first = all.len();
    let (mut matches, mut found) = (Vec::new(), Vec::new());
    let mut at = start;
    while at < end {
        if !may_stand(words, at) {
            at += 1;
            continue;
        }
        lookup(words, tables, (at, end), &mut matches, &mut found);
        let before = all.get(first..).unwrap_or(&[]);
        match mention_at(words, tables, (at, found.drain(..)), (start, end), (before, shown), passed) {
            Some(mention) => {
                at = mention.end;
                let sure = mention.candidates.iter().any(|&c| tables.gazetteer.at(c).rank <= 2);
                if mention.evidence >= Evidence::List || sure {
                    shown.insert(mention.name.clone());
                }
                all.push(mention);
            }
            None => at += 1,
        }
    }
}

fn mention_at<'g>(
    words: &Words<'_>,
    tables: Tables<'g>,
    (at, names): (usize, impl Iterator<Item = Found<'g>>),
    (start, end): (usize, usize),
    (before, shown): (&[PlaceMention], &Shown),
    passed: &mut dyn FnMut(Passed),
) -> Option<PlaceMention> {
    let floor = before.last().map_or(start, |m| m.end);
    let mut best: Option<PlaceMention> = None;
    for found in names {
        match judge(words, tables, at, floor, found, (before, shown)) {
            Ok(mention) => {
                let longer = best.as_ref().is_none_or(|b| mention.end > b.end);
                best = if longer { Some(mention) } else { best };
            }
            Err(name) => passed(name),
        }
    }
    best.or_else(|| unknown(words, tables, at, (floor, end), before))
}

/// Of the bearers of one name the imported ones count only where there is no other.
fn outrank<'g>(tables: Tables<'_>, mut found: Found<'g>) -> Found<'g> {
    let own = found.candidates.iter().filter(|&&c| !tables.gazetteer.is_bulk(c)).count();
    if own > 0 && own < found.candidates.len() {
        found.candidates.to_mut().retain(|&c| !tables.gazetteer.is_bulk(c));
    }
    found
}

/// Whether a name stands in imports only.
fn imported(tables: Tables<'_>, found: &Found<'_>) -> bool {
    found.candidates.iter().all(|&c| tables.gazetteer.is_bulk(c))
}

/// Whether enough speaks for a name that stands in imports only, where any word may be a village: a kind word that fits it,
/// and words that the lexicon does not know.
fn vouched(
    words: &Words<'_>,
    tables: Tables<'_>,
    at: usize,
    found: &Found<'_>,
    (evidence, kinds): (Evidence, &[PlaceKind]),
) -> bool {
    let known = words.at(at).iter().any(|h| h.end >= found.end || matches!(h.class, Class::Kind(_)));
    let fits = |c: &PlaceIx| kinds.contains(&tables.gazetteer.at(*c).kind);
    let several = found.end - at >= 2;
    let listed = evidence == Evidence::List && !tables.gazetteer.homograph(found.name);
    !known
        && ((evidence >= Evidence::Kind && found.candidates.iter().any(fits))
            || (several && evidence >= Evidence::Direction)
            || listed)
}

/// Whether the report has shown the name, or the unit that holds it, to be a place.
fn told_again(words: &Words<'_>, tables: Tables<'_>, found: &Found<'_>, evidence: Evidence, shown: &Shown) -> bool {
    let whole = found.prep.is_none() && !found.conj && !tables.gazetteer.homograph(found.name);
    let preposed = evidence >= Evidence::Preposition;
    (shown.contains(found.name) && (preposed || whole)) || (preposed && held(words, tables, found, shown))
}

/// The bearers of a name that its kind word allows.
fn bearers(
    tables: Tables<'_>,
    found: Vec<PlaceIx>,
    name: &str,
    (kinds, kind_word): (&[PlaceKind], Option<u16>),
) -> Vec<PlaceIx> {
    let composed = kind_word.and_then(|word| compose(tables, word, name));
    let mut candidates = composed.unwrap_or(found);
    candidates.retain(|&c| !named_after(tables, kind_word, tables.gazetteer.at(c).kind));
    if kinds == [PlaceKind::Building] && tables.gazetteer.homograph(name) {
        // «مستشفى الجامعة» is a hospital of the university, not the quarter.
        candidates.retain(|&c| tables.gazetteer.at(c).kind == PlaceKind::Building);
    }
    candidates
}

/// «محاولة اغتيال في نوى،» in a report of Daraa: a name in a unit that the report has shown, with nothing after it that
/// agrees with the word.
fn held(words: &Words<'_>, tables: Tables<'_>, found: &Found<'_>, shown: &Shown) -> bool {
    let follows = |h: &Hit| match h.class {
        Class::Particle(particle) => particle == Particle::In,
        Class::Time(..) | Class::Direction(_) => true,
        _ => false,
    };
    let closed = words.words.get(found.end).is_none_or(|w| !w.gap.open()) || words.at(found.end).iter().any(follows);
    let inside = |name: &str| shown.contains(name_form(name).as_ref());
    closed
        && found.candidates.iter().flat_map(|&c| tables.gazetteer.ancestors_ix(Some(c)).take(2)).any(|holder| {
            let holder = tables.gazetteer.at(holder);
            holder.kind != PlaceKind::Country && inside(&lexicon_key(&holder.name_ar))
        })
}

/// «في طريقها إلى القصر» after «قصر معاشيق» points back, and is no place named القصر.
fn points_back(words: &Words<'_>, at: usize, found: &Found<'_>, shown: &Shown) -> bool {
    let kind = words.at(at).iter().find(|h| matches!(h.class, Class::Kind(_)) && h.article && h.end == found.end);
    if kind.is_none() {
        return false;
    }
    let bare = words.form(at).trim_start_matches(['و', 'ف', 'ب', 'ل', 'ك']).trim_start_matches("ال");
    shown.iter().any(|name| name.split(' ').next() == Some(bare) && name.contains(' '))
}

/// A found name as a mention of some kind, or as a name passed over.
fn judge(
    words: &Words<'_>,
    tables: Tables<'_>,
    at: usize,
    floor: usize,
    found: Found<'_>,
    (before, shown): (&[PlaceMention], &Shown),
) -> Result<PlaceMention, Passed> {
    if measured_direction(words, at, &found) {
        return Err(found.passed(at, Why::Measured));
    }
    let found = outrank(tables, found);
    let lead = introduction(words, tables, at, floor, found.prep.is_some() || found.conj);
    let mut evidence = lead.evidence;
    let link = link(words, tables, before, &lead, found.conj);
    if link == Link::And && evidence < Evidence::List {
        evidence = Evidence::List;
    }
    if evidence < Evidence::Direction && beside(words, lead.start, floor) {
        evidence = Evidence::Direction;
    }
    if evidence < Evidence::Preposition && preposed_or_first(words, lead.start, floor, &found) {
        evidence = Evidence::Preposition;
    }
    if evidence == Evidence::Preposition && parent_follows(words, found.end) {
        evidence = Evidence::Direction;
    }
    if let Some(by) = hidden(words, (at, found.end), floor, evidence, spelled(words, tables, at, &found)) {
        return Err(found.passed(at, Why::Hidden(by)));
    }
    let strip_only = found.prep.is_some() || found.conj;
    if points_back(words, at, &found, shown) {
        return Err(found.passed(at, Why::PointsBack));
    }
    if imported(tables, &found) && !vouched(words, tables, at, &found, (evidence, &lead.kinds)) {
        return Err(found.passed(at, Why::Weak(evidence)));
    }
    let again = || told_again(words, tables, &found, evidence, shown);
    if !enough(tables, words, at, &found, evidence, strip_only) && !again() {
        return Err(found.passed(at, Why::Weak(evidence)));
    }
    if words.at(at).iter().any(|h| matches!(h.class, Class::Kind(_)) && h.end < found.end && !h.article) {
        evidence = Evidence::Kind;
    }
    let (mut kinds, mut kind_word) = (lead.kinds, lead.kind_word);
    if let (true, Link::And, Some(previous)) = (kinds.is_empty(), link, before.last()) {
        (kinds, kind_word) = (previous.kinds.clone(), previous.kind_word);
    }
    let candidates = bearers(tables, found.candidates.into_owned(), found.name, (&kinds, kind_word));
    let mut mention = PlaceMention {
        start: at,
        end: found.end,
        lead: lead.start,
        name: found.name.to_owned(),
        candidates,
        kinds,
        kind_word,
        evidence,
        role: PlaceRole::Plain,
        link,
        offset: None,
        country: country_beside(words, lead.start, found.end),
        place: None,
        tied: Vec::new(),
    };
    place_role::assign(words, &mut mention, floor, found.prep);
    Ok(mention)
}

/// Whether a preposition, the office of its governor or the head of a list's item speaks for a name.
fn preposed_or_first(words: &Words<'_>, lead: usize, floor: usize, found: &Found<'_>) -> bool {
    let preposed = found.prep == Some('ب') || located(words, lead, floor) || seat(words, lead, floor);
    preposed || heads_item(words, lead, found.end)
}

/// «على بعد 40 كم جنوب غرب كركوك»: reckoned from Kirkuk, not in a region named so.
fn measured_direction(words: &Words<'_>, at: usize, found: &Found<'_>) -> bool {
    let direction = words.at(at).iter().any(|h| matches!(h.class, Class::Direction(_)) && h.end < found.end);
    let unit = at.checked_sub(1).is_some_and(|w| words.at(w).iter().any(|h| matches!(h.class, Class::Length(_))))
        || at
            .checked_sub(2)
            .is_some_and(|w| words.at(w).iter().any(|h| matches!(h.class, Class::Length(_)) && h.end == at));
    direction && unit
}

/// Whether the report spells a well-known place's name to the letter: إب, not آب.
fn spelled(words: &Words<'_>, tables: Tables<'_>, at: usize, found: &Found<'_>) -> bool {
    let original = words.original(at, found.end);
    found
        .candidates
        .iter()
        .map(|&c| tables.gazetteer.at(c))
        .any(|p| p.rank <= 3 && original.ends_with(p.name_ar.as_ref()))
}

/// «مطاري دمشق وحلب»: the places whose own names are the kind word's singular with the name.
fn compose(tables: Tables<'_>, word: u16, name: &str) -> Option<Vec<PlaceIx>> {
    let singular = tables.lexicon.kinds.get(usize::from(word))?.singular.as_deref()?;
    let bearers = tables.gazetteer.bearers(&[singular, " ", name].concat());
    (!bearers.is_empty()).then(|| bearers.to_vec())
}

/// «حي ليبيا» is a quarter named after a country, not the country; «مدن ليبيا» is the country's.
fn named_after(tables: Tables<'_>, kind_word: Option<u16>, kind: PlaceKind) -> bool {
    let settlement = |k: &PlaceKind| matches!(k, PlaceKind::Quarter | PlaceKind::Village | PlaceKind::Town);
    let Some(row) = kind_word.and_then(|word| tables.lexicon.kinds.get(usize::from(word))) else { return false };
    // «شارع الزاوية» in Tripoli is not the town.
    (row.street && kind.precision() != GeoPrecision::Site)
        || (kind == PlaceKind::Country && !row.several && row.kinds.iter().any(settlement))
}

/// A name that no table holds, after a kind word of a settlement: «قرية شلال المطر».
fn unknown(
    words: &Words<'_>,
    tables: Tables<'_>,
    at: usize,
    (floor, end): (usize, usize),
    before: &[PlaceMention],
) -> Option<PlaceMention> {
    // «معسكرا للمستنفرين»: for whom it is.
    if !words.introduced(at) || words.form(at).starts_with("لل") {
        return None;
    }
    let lead = introduction(words, tables, at, floor, false);
    // «في العاصمة خلال الصلاة»: a kind word that is definite by itself needs no name.
    let definite = lead.start < at && words.form(lead.start).trim_start_matches(['و', 'ف', 'ب', 'ك']).starts_with("ال");
    if lead.evidence != Evidence::Kind || definite {
        return None;
    }
    let settles = lead.kinds.iter().any(|k| {
        matches!(
            k,
            PlaceKind::Village
                | PlaceKind::Town
                | PlaceKind::City
                | PlaceKind::Subdistrict
                | PlaceKind::Quarter
                | PlaceKind::District
                | PlaceKind::RefugeeCamp
        )
    }) && !lead.kinds.contains(&PlaceKind::Building);
    let past = name_end(words, at, end);
    let loose = lead.kinds.contains(&PlaceKind::Region) && !words.form(at).starts_with("ال");
    if loose || !settles || past == at {
        return None;
    }
    let mut mention = PlaceMention {
        start: at,
        end: past,
        lead: lead.start,
        name: words.original(at, past).to_owned(),
        candidates: Vec::new(),
        evidence: Evidence::Kind,
        role: PlaceRole::Plain,
        link: link(words, tables, before, &lead, false),
        kinds: lead.kinds,
        kind_word: lead.kind_word,
        offset: None,
        country: country_beside(words, lead.start, past),
        place: None,
        tied: Vec::new(),
    };
    place_role::assign(words, &mut mention, floor, None);
    Some(mention)
}

/// «يستعمله»: a present verb with a pronoun or plural ending.
fn verb_like(form: &str) -> bool {
    (form.starts_with('ي') || form.starts_with('ت')) && ["ه", "ها", "هم", "ون"].iter().any(|e| form.ends_with(e))
}

/// Where an unknown name ends: before the first word that the lexicon knows, a gap, a و or an adjective; at most three words.
fn name_end(words: &Words<'_>, at: usize, end: usize) -> usize {
    let mut past = at;
    while past < end.min(at + 3) {
        let word = words.words[past];
        let known = !words.at(past).is_empty() || verb_like(word.form);
        let adjective =
            past == at && !word.form.starts_with("ال") && (word.form.ends_with("ية") || word.form.ends_with("ي"));
        let joined = past > at && (word.form.starts_with('و') || !word.gap.open());
        if known || adjective || joined || word.digits || word.form.chars().count() < 3 {
            break;
        }
        past += 1;
        if past > at + 1 && !word.form.starts_with("ال") {
            past -= 1;
            break;
        }
    }
    past
}
