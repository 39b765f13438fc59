//! Which place a name means, by all names of the document together.
//!
//! «السليمانية» in a report of Aleppo is its quarter · «السكك في قضاء القائم» lies in al-Qaim, not near Haditha ·
//! «طرابلس» beside مصراتة is in Libya. What nothing tells apart stays open, with its candidates.

use rustc_hash::FxHashMap;

use super::place::{Link, PlaceMention, Tables};
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::model::{Place, PlaceKind};

/// Scores closer than this are not told apart.
const MARGIN: f64 = 0.75;
/// A place farther than this beyond both radii is not in the place said to hold it, kilometres; a judgement.
const FAR_KM: f64 = 60.0;
/// A city is just named where it stands within so many words; a judgement.
const BESIDE_WORDS: usize = 40;
/// What speaks against a unit that a settlement shares its name with: more than one rank, which its size gives it; a judgement.
const UNIT: f64 = 1.2;
/// The same for villages and quarters, of which one name has many, kilometres; a judgement.
const NEAR_KM: f64 = 25.0;
/// Places nearer than this are one for all that follows, kilometres.
const SAME_KM: f64 = 25.0;

/// What the document says of its geography.
#[derive(Debug, Default)]
struct Geography<'g> {
    countries: FxHashMap<&'g str, f64>,
    /// By country and name.
    admin1: FxHashMap<(&'g str, &'g str), f64>,
    votes: f64,
}

/// What speaks for one bearer of a name; the sum decides.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weight {
    /// Whether its kind is what the kind word says.
    pub kind: f64,
    /// How well known it is.
    pub rank: f64,
    /// Its neighbours in the chain or list.
    pub chain: f64,
    /// A nationality adjective beside the name.
    pub country: f64,
    /// The countries and governorates of the document's other names.
    pub geography: f64,
}

impl Weight {
    /// The same among the document's other names.
    fn in_geography(self, place: &Place, geography: &Geography<'_>) -> Weight {
        Weight { geography: by_geography(place, geography), ..self }
    }

    /// The score.
    pub fn total(self) -> f64 {
        self.kind + self.rank + self.chain + self.country + self.geography
    }
}

/// The bearers of a mention's name as they were weighed, for those who explain.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The bearers, best first.
    pub candidates: Vec<(PlaceIx, Weight)>,
    /// The place said to hold the one named, where all bearers lie too far from it.
    pub too_far_from: Option<PlaceIx>,
}

/// Settles every mention; `mentions` are all of a document's, in order. `weighed`, where it is asked for, gets one entry
/// a mention.
pub fn settle(mentions: &mut [PlaceMention], tables: Tables<'_>, mut weighed: Option<&mut Vec<Weighed>>) {
    let explained = weighed.is_some();
    let fits: Vec<Fits> = (0..mentions.len()).map(|at| fits(mentions, at, tables, explained)).collect();
    let mut geography = Geography::default();
    for pass in 0..2 {
        geography = survey(&fits, tables, pass, &geography);
    }
    for (at, fits) in fits.iter().enumerate() {
        let scored = scores(fits, tables, &geography);
        if let Some(weighed) = weighed.as_deref_mut() {
            let weigh = |&(ix, _): &(PlaceIx, f64)| {
                let weight = fits.iter().find(|f| f.0 == ix).map_or_else(Weight::default, |f| f.1);
                (ix, weight.in_geography(tables.gazetteer.at(ix), &geography))
            };
            weighed.push(Weighed { candidates: scored.iter().map(weigh).collect(), too_far_from: None });
        }
        let (place, tied) = choose(&scored, tables.gazetteer);
        mentions[at].place = place;
        mentions[at].tied = tied;
    }
    for mention in mentions.iter_mut() {
        let imports = mention.candidates.iter().all(|&c| tables.gazetteer.is_bulk(c));
        if mention.place.is_none() && imports {
            // One of many villages of an import is a name that no table holds: its unit is told beside it.
            (mention.candidates, mention.tied) = (Vec::new(), Vec::new());
        }
    }
    disown(mentions, tables, weighed.as_deref_mut());
    disown_quarters(mentions, tables, weighed);
}

/// «في مدينة مأرب … على حي الروضة» is not the quarter of Sanaa: beside a city just named, a quarter of a city that the
/// report does not name is a name that no table holds.
fn disown_quarters(mentions: &mut [PlaceMention], tables: Tables<'_>, mut weighed: Option<&mut Vec<Weighed>>) {
    let gazetteer = tables.gazetteer;
    // «في الضاحية الجنوبية … على حارة حريك والليلكي»: a quarter that everybody knows names its city.
    let settlement = |p: &Place| {
        matches!(p.kind, PlaceKind::City | PlaceKind::Town) || (p.kind == PlaceKind::Quarter && p.rank <= 2)
    };
    let city = |m: &PlaceMention| m.place.filter(|&p| settlement(gazetteer.at(p)));
    let cities: Vec<(usize, PlaceIx)> = mentions.iter().filter_map(|m| city(m).map(|p| (m.start, p))).collect();
    for (index, mention) in mentions.iter_mut().enumerate() {
        let Some(place) = mention.place.filter(|&p| gazetteer.at(p).kind == PlaceKind::Quarter) else { continue };
        let near = |p: PlaceIx| {
            let (a, b) = (gazetteer.at(place), gazetteer.at(p));
            gazetteer.holds(p, place) || Gazetteer::nearer(a, b, SAME_KM)
        };
        let before = cities.partition_point(|c| c.0 < mention.start);
        let last = before.checked_sub(1).and_then(|i| cities.get(i));
        let beside = last.is_some_and(|(at, p)| mention.start - at <= BESIDE_WORDS && !near(*p));
        let window = cities.get(before.saturating_sub(20)..(before + 20).min(cities.len())).unwrap_or(&[]);
        if beside && gazetteer.at(place).rank > 2 && !window.iter().any(|(_, p)| near(*p)) {
            (mention.place, mention.candidates) = (None, Vec::new());
            if let Some(weighed) = weighed.as_deref_mut().and_then(|w| w.get_mut(index)) {
                weighed.too_far_from = last.map(|c| c.1);
            }
        }
    }
}

/// «حي الشعب بمدينة بعلبك» is not the quarter of Baghdad: a name whose only bearers lie far from the place said to hold
/// it is a name that no table holds.
fn disown(mentions: &mut [PlaceMention], tables: Tables<'_>, mut weighed: Option<&mut Vec<Weighed>>) {
    for at in 0..mentions.len().saturating_sub(1) {
        let (Some(inner), Some(outer)) = (mentions[at].place, mentions[at + 1].place) else { continue };
        if mentions[at + 1].link != Link::Inside || mentions[at].candidates.is_empty() {
            continue;
        }
        let (a, b) = (tables.gazetteer.at(inner), tables.gazetteer.at(outer));
        let slack = if a.rank > 3 { NEAR_KM } else { FAR_KM };
        let reach = (f64::from(a.radius_m) + f64::from(b.radius_m)) / 1000.0 * 1.3 + slack;
        let kin = tables.gazetteer.holds(outer, inner) || tables.gazetteer.holds(inner, outer);
        if !kin
            && a.rank > 2
            && Gazetteer::distance_km(a, b) > reach
            && mentions[at + 1].offset.is_none_or(|o| o.metres.is_none())
        {
            let mention = &mut mentions[at];
            (mention.place, mention.candidates) = (None, Vec::new());
            if let Some(weighed) = weighed.as_deref_mut().and_then(|w| w.get_mut(at)) {
                weighed.too_far_from = Some(outer);
            }
        }
    }
}

/// Counts what countries and governorates the names speak for; sure names speak louder.
fn survey<'g>(fits: &[Fits], tables: Tables<'g>, pass: usize, known: &Geography<'_>) -> Geography<'g> {
    let mut geography = Geography::default();
    for fits in fits {
        let Some((top, lead)) = front(fits, tables, known) else { continue };
        let sure = lead > MARGIN;
        if !sure && pass == 0 {
            continue;
        }
        let place = tables.gazetteer.at(top);
        let weight = f64::from(6 - place.rank.min(5)) / 5.0 * if sure { 1.0 } else { 0.3 };
        *geography.countries.entry(&place.country).or_default() += weight;
        *geography.admin1.entry((&place.country, &place.admin1)).or_default() += weight;
        geography.votes += weight;
    }
    geography
}

/// The candidates of a mention, each with what speaks for it beside the document's geography.
type Fits = Vec<(PlaceIx, Weight)>;

/// A sole bearer of a name needs no weighing, unless somebody asks for it.
fn fits(mentions: &[PlaceMention], at: usize, tables: Tables<'_>, explained: bool) -> Fits {
    let mention = &mentions[at];
    if let ([sole], false) = (&*mention.candidates, explained) {
        return vec![(*sole, Weight::default())];
    }
    mention.candidates.iter().map(|&ix| (ix, weight_of(mentions, at, ix, tables))).collect()
}

/// The best candidate of a mention, and by how much it leads.
fn front(fits: &Fits, tables: Tables<'_>, geography: &Geography<'_>) -> Option<(PlaceIx, f64)> {
    if let [(sole, _)] = &**fits {
        return Some((*sole, f64::INFINITY));
    }
    let mut best: Option<(PlaceIx, f64)> = None;
    let mut second = f64::NEG_INFINITY;
    for &(ix, weight) in fits {
        let score = weight.in_geography(tables.gazetteer.at(ix), geography).total();
        match best {
            Some((first, most)) if score < most || (score <= most && first < ix) => second = second.max(score),
            _ => {
                second = best.map_or(second, |(_, most)| most);
                best = Some((ix, score));
            }
        }
    }
    best.map(|(ix, most)| (ix, most - second))
}

/// The candidates of a mention with their scores, best first.
fn scores(fits: &Fits, tables: Tables<'_>, geography: &Geography<'_>) -> Vec<(PlaceIx, f64)> {
    if let [(sole, weight)] = &**fits {
        return vec![(*sole, weight.total())];
    }
    let with =
        |&(ix, weight): &(PlaceIx, Weight)| (ix, weight.in_geography(tables.gazetteer.at(ix), geography).total());
    let mut out: Vec<(PlaceIx, f64)> = fits.iter().map(with).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// What speaks for a bearer beside the document's geography.
fn weight_of(mentions: &[PlaceMention], at: usize, ix: PlaceIx, tables: Tables<'_>) -> Weight {
    let (place, mention) = (tables.gazetteer.at(ix), &mentions[at]);
    Weight {
        kind: by_kind(place, mention),
        rank: 1.1 * f64::from(6 - place.rank.min(5)),
        chain: by_chain(mentions, at, ix, tables),
        country: by_country(place, mention, tables),
        geography: 0.0,
    }
}

/// A kind word decides; without one a settlement is likelier than the unit of its name.
fn by_kind(place: &Place, mention: &PlaceMention) -> f64 {
    if mention.kinds.contains(&place.kind) {
        return 4.0;
    }
    // «في قلعة الكرك», «مستشفى كركوك»: of no kind said, and in the town rather than in its governorate.
    let other = if mention.kinds.is_empty() { 0.0 } else { -2.0 };
    match place.kind {
        PlaceKind::Governorate | PlaceKind::District | PlaceKind::Subdistrict => other - UNIT,
        PlaceKind::Region if mention.kinds.is_empty() => -0.3,
        _ => other,
    }
}

/// Neighbours in a chain or list: one inside the other, or one governorate.
fn by_chain(mentions: &[PlaceMention], at: usize, ix: PlaceIx, tables: Tables<'_>) -> f64 {
    let mut score = 0.0;
    let mut next = at + 1;
    while mentions.get(next).is_some_and(|m| m.link != Link::Start) && next <= at + 3 {
        score += weight(mentions[next].link) * fit(ix, &mentions[next], tables);
        next += 1;
    }
    let mut back = at;
    while back > 0 && mentions[back].link != Link::Start && at - back < 3 {
        let weight = weight(mentions[back].link);
        back -= 1;
        score += weight * fit(ix, &mentions[back], tables);
    }
    score.min(6.0)
}

/// A place in a list need not be near the others.
fn weight(link: Link) -> f64 {
    if link == Link::And { 0.4 } else { 1.0 }
}

/// How well a place fits beside a mention: the best over the mention's candidates.
fn fit(ix: PlaceIx, other: &PlaceMention, tables: Tables<'_>) -> f64 {
    let gazetteer = tables.gazetteer;
    let place = gazetteer.at(ix);
    other
        .candidates
        .iter()
        .map(|&o| {
            let there = gazetteer.at(o);
            let kin = gazetteer.holds(o, ix) || gazetteer.holds(ix, o);
            if kin {
                4.0
            } else if !place.admin1.is_empty() && place.admin1 == there.admin1 && place.country == there.country {
                2.0
            } else if near(place, there) {
                1.5
            } else if place.country == there.country {
                0.5
            } else {
                0.0
            }
        })
        .fold(0.0, f64::max)
}

fn near(a: &Place, b: &Place) -> bool {
    Gazetteer::nearer(a, b, 60.0)
}

/// A nationality adjective beside the name.
fn by_country(place: &Place, mention: &PlaceMention, tables: Tables<'_>) -> f64 {
    let Some(code) = mention.country.and_then(|c| tables.lexicon.countries.get(usize::from(c))) else { return 0.0 };
    if *code == place.country { 4.0 } else { -3.0 }
}

/// The countries and governorates that the document's other names speak for.
fn by_geography(place: &Place, geography: &Geography<'_>) -> f64 {
    if geography.votes <= 0.0 {
        return 0.0;
    }
    let share = geography.countries.get(place.country.as_ref()).copied().unwrap_or(0.0) / geography.votes;
    let admin1 = geography.admin1.get(&(&*place.country, &*place.admin1)).copied().unwrap_or(0.0);
    3.0 * share + 1.5 * (admin1 / geography.votes)
}

/// The best candidate, or none with all that nothing tells apart from it.
fn choose(scored: &[(PlaceIx, f64)], gazetteer: &Gazetteer) -> (Option<PlaceIx>, Vec<PlaceIx>) {
    let Some(&(top, best)) = scored.first() else { return (None, Vec::new()) };
    let rivals: Vec<PlaceIx> = scored
        .iter()
        .skip(1)
        .filter(|(ix, score)| {
            best - score < MARGIN
                && !gazetteer.holds(*ix, top)
                && !gazetteer.holds(top, *ix)
                && Gazetteer::distance_km(gazetteer.at(*ix), gazetteer.at(top)) > SAME_KM
        })
        .map(|(ix, _)| *ix)
        .collect();
    if rivals.is_empty() {
        return (Some(top), Vec::new());
    }
    (None, std::iter::once(top).chain(rivals).collect())
}
