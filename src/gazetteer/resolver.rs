//! Which place is meant by a given name.
//!
//! The nearest reading of the name that somebody bears wins: as it stands, with its kind word, without clitics, with
//! its holder; then the same in looser spelling; then one slip of the pen; names in Latin letters by their sound.
//! Among the bearers the best known wins if nothing else comes near it. A town, its district and its governorate of
//! one name are no rivals.

use serde::Serialize;

use super::decide::{distance_m, place_distance_m};
use super::latin::{alike, latin_words, spelled};
use super::names::{is_arabic, standing, words};
use super::reading::{Reading, readings};
use super::words::kind_words;
use super::{Gazetteer, PlaceIx};
use crate::model::{NameUse, Place, PlaceKind};
use crate::text::name_key;

/// What is known beside the name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Only places in this country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Prefer places near this (lon, lat), WGS84.
    pub near: Option<(f64, f64)>,
    /// Only places of these kinds, where there are any.
    pub kinds: Vec<PlaceKind>,
    /// Only places that lie in one place of each of these lists.
    pub within: Vec<Vec<PlaceIx>>,
}

impl Query {
    /// Whether it says where the place lies.
    fn says_where(&self) -> bool {
        self.country.is_some() || self.near.is_some() || !self.within.is_empty()
    }
}

/// What a name was found to mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resolution {
    /// The name as it was given.
    pub name: String,
    /// The place meant; none where two fit alike, or none fits.
    pub resolved: Option<Candidate>,
    /// The places it could be, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// Why this place, or why none.
    pub reason: String,
}

/// A place that a name could mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The place's id.
    pub place_id: String,
    /// Its usual Arabic name.
    pub name_ar: String,
    /// Its usual English name.
    pub name_en: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Latitude, WGS84 degrees.
    pub lat: f64,
    /// Longitude, WGS84 degrees.
    pub lon: f64,
    /// Radius of the circle that holds it, metres.
    pub radius_m: u32,
    /// ISO 3166-1 alpha-2; empty at sea.
    pub country: String,
    /// First-level unit in English.
    pub admin1: String,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// What speaks for and against it.
    pub reasons: Vec<String>,
}

/// What half a rank costs.
const HALF_RANK: f64 = 0.035;
/// What a place at the other end of the world costs, where nearness is asked for.
const FAR: f64 = 0.4;
/// Distance at which most of that is lost, metres.
const FAR_M: f64 = 150_000.0;
/// What it costs to be a village or a quarter, where a town or a unit bears the name too.
const SMALL: f64 = 0.035;
/// What it costs to stand in an import, of which nobody has looked at the names.
const IMPORTED: f64 = 0.12;
/// What another spelling costs.
const LOOSE: f64 = 0.15;
const SPELLED_OTHERWISE: &str = "spelled otherwise";
/// What another sound costs.
const SOUNDS: f64 = 0.2;
const SOUNDS_ALIKE: &str = "sounds alike";
/// What a bearer of the wrong kind costs.
const WRONG_KIND: f64 = 0.25;

/// Fewest letters of a name for which an imported one that differs by one letter is taken; a judgement.
const SURE_LETTERS: usize = 8;
/// The same among the curated places, which are few.
const SURE_LETTERS_CURATED: usize = 6;
/// Most places of the index that a name after a comma can mean: of more, the best known.
const MOST_HOLDERS: usize = 20;

/// A bearer under judgement.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) ix: PlaceIx,
    pub(super) score: f64,
    pub(super) reasons: Vec<String>,
}

/// What the search for bearers came to.
enum Found {
    /// Places that bear the name; and whether the name says what kind of place it is.
    Bearers(Vec<Scored>, bool),
    /// Places whose longer names hold it.
    PartOf(Vec<Scored>),
    /// Places of several names that differ from it by one letter.
    Several(Vec<Scored>),
    /// Places that it may mean as little as it may mean something else, and why.
    Unsure(Vec<Scored>, &'static str),
    /// None.
    Nothing,
}

impl Gazetteer {
    /// The place that `name` means.
    pub fn resolve_name(&self, name: &str, query: &Query) -> Resolution {
        let scored = if name.chars().any(is_arabic) { self.arabic(name, query) } else { self.latin(name, query) };
        match scored {
            Found::Bearers(scored, kinds_said) => self.decide(name, scored, kinds_said),
            Found::PartOf(scored) => {
                let reason = format!("{} is no place by itself; {}", name.trim(), self.parts_said(&scored));
                self.unresolved(name, &scored, reason)
            }
            Found::Several(scored) => {
                self.unresolved(name, &scored, "no such name; several differ from it by one letter".to_owned())
            }
            Found::Unsure(scored, reason) => self.unresolved(name, &scored, reason.to_owned()),
            Found::Nothing => self.unresolved(name, &[], self.why_nothing(name, query)),
        }
    }

    fn arabic(&self, name: &str, query: &Query) -> Found {
        let readings = readings(self, name);
        match self.arabic_bearers(&readings, query) {
            Some(Found::Bearers(scored, false)) if self.is_word(name, &scored, query) => {
                return Found::Unsure(
                    scored,
                    "also an ordinary word or a person's name, and only an imported place bears it",
                );
            }
            Some(found) => return found,
            None => {}
        }
        let part_of = self.containing(&name_key(name), query);
        if !part_of.is_empty() {
            return Found::PartOf(part_of);
        }
        self.one_slip(&readings, query)
    }

    /// The bearers of the name exactly, else in looser spelling; those of the index behind as rivals, or where there are
    /// no others.
    fn arabic_bearers(&self, readings: &[Reading], query: &Query) -> Option<Found> {
        let exact = |reading: &Reading| {
            let own = self.names.exact(reading.words.iter().map(String::as_str));
            self.joined(own, query, || self.bearers_behind(&reading.name()).to_vec())
        };
        let loose = |reading: &Reading| self.fallback().loose(&reading.name());
        let found = self.first_borne(readings, query, 0.0, "", exact);
        if self.world.is_none() {
            let found = found.or_else(|| self.first_borne(readings, query, LOOSE, SPELLED_OTHERWISE, loose));
            return found.map(|(found, _)| found);
        }
        let exact_behind = |reading: &Reading| self.short_list(self.bearers_behind(&reading.name()), query);
        let loose_behind = |reading: &Reading| self.short_list(&self.loose_behind(&reading.name()), query);
        let mut tried = vec![found];
        if tried.iter().flatten().all(|(_, fits)| !fits) {
            let own = if tried.iter().any(Option::is_some) { None } else { Some(loose) };
            tried.push(own.and_then(|own| self.first_borne(readings, query, LOOSE, SPELLED_OTHERWISE, own)));
            tried.push(self.first_borne(readings, query, 0.0, "", exact_behind));
        }
        if tried.iter().all(Option::is_none) {
            tried.push(self.first_borne(readings, query, LOOSE, SPELLED_OTHERWISE, loose_behind));
        }
        self.pooled(tried)
    }

    /// The tables' bearers of a name and, where there are any, their rivals in the index behind.
    fn joined(&self, own: &[PlaceIx], query: &Query, behind: impl FnOnce() -> Vec<PlaceIx>) -> Vec<PlaceIx> {
        let mut all = own.to_vec();
        if !own.is_empty() && self.world.is_some() {
            all.extend(self.rivals_behind(own, &behind(), query));
        }
        all
    }

    fn loose_behind(&self, name: &str) -> Vec<PlaceIx> {
        let found = self.world.iter().flat_map(|world| world.loose(name));
        found.flat_map(|named| named.places.iter().copied()).collect()
    }

    /// What several searches found, as one: those of the right kind if any are, each place once.
    fn pooled(&self, tried: Vec<Option<(Found, bool)>>) -> Option<Found> {
        let mut tried: Vec<(Found, bool)> = tried.into_iter().flatten().collect();
        if tried.iter().any(|(_, fits)| *fits) {
            tried.retain(|(_, fits)| *fits);
        } else {
            tried.truncate(1);
        }
        tried.into_iter().map(|(found, _)| found).reduce(|first, second| match (first, second) {
            (Found::Bearers(mut all, kinds), Found::Bearers(more, too)) => {
                let same = |a: &Scored, b: &Scored| a.ix == b.ix || self.is_twin_behind(a.ix, b.ix);
                let new: Vec<Scored> = more.into_iter().filter(|s| !all.iter().any(|known| same(known, s))).collect();
                all.extend(new);
                Found::Bearers(all, kinds || too)
            }
            (first, _) => first,
        })
    }

    /// The bearers by the nearest reading that has any, and whether they are of the right kind.
    fn first_borne(
        &self,
        readings: &[Reading],
        query: &Query,
        cost: f64,
        why: &str,
        bearers: impl Fn(&Reading) -> Vec<PlaceIx>,
    ) -> Option<(Found, bool)> {
        let mut second_best = None;
        for reading in readings {
            let all = self.score(reading, &bearers(reading), query, cost, why);
            let kinds_said = !reading.kinds.is_empty() || !query.kinds.is_empty();
            if all.iter().any(|(_, fits)| *fits) {
                let fitting = all.into_iter().filter(|(_, fits)| *fits).map(|(scored, _)| scored);
                return Some((Found::Bearers(fitting.collect(), kinds_said), true));
            }
            if !all.is_empty() && second_best.is_none() {
                let unfit = all.into_iter().map(|(scored, _)| scored).collect();
                second_best = Some((Found::Bearers(unfit, false), false));
            }
        }
        second_best
    }

    /// The bearers in the right country and holder with their scores, and whether they are of the right kind.
    fn score(
        &self,
        reading: &Reading,
        bearers: &[PlaceIx],
        query: &Query,
        cost: f64,
        why: &str,
    ) -> Vec<(Scored, bool)> {
        let key = reading.name();
        let fits = |ix: PlaceIx| {
            let place = self.at(ix);
            query.country.as_deref().is_none_or(|country| place.country.eq_ignore_ascii_case(country))
                && reading.country.is_none_or(|country| place.country == country)
                && (reading.within.is_empty() || reading.within.iter().any(|&holder| self.lies_in(ix, holder)))
                && query.within.iter().all(|among| among.iter().any(|&holder| ix == holder || self.lies_in(ix, holder)))
        };
        let score = |ix: PlaceIx| {
            let place = self.at(ix);
            let right_kind = (reading.kinds.is_empty() || reading.kinds.contains(&place.kind))
                && (query.kinds.is_empty() || query.kinds.contains(&place.kind));
            let usage = self.usage(&key, ix).unwrap_or(NameUse::Official);
            let mut reasons = reading.reasons.clone();
            reasons.extend((!why.is_empty()).then(|| why.to_owned()));
            reasons.push(format!("rank {}", place.rank));
            reasons.extend((usage != NameUse::Official).then(|| format!("{usage} name")));
            reasons.extend((!right_kind).then(|| format!("a {}, not what was said", place.kind)));
            let wrong = if right_kind { 0.0 } else { WRONG_KIND };
            let behind = self.is_behind(ix);
            reasons.extend(behind.then(|| "imported".to_owned()));
            let rank = f64::from(self.standing_of(ix, usage).saturating_sub(2)) * HALF_RANK;
            let imported = if behind { IMPORTED } else { 0.0 };
            let small = if matches!(place.kind, PlaceKind::Village | PlaceKind::Quarter) { SMALL } else { 0.0 };
            let known = wrong + rank + small + imported + Self::far(place, query, &mut reasons);
            let score = 1.0 - cost - reading.cost - known;
            (Scored { ix, score, reasons }, right_kind)
        };
        bearers.iter().copied().filter(|&ix| fits(ix)).map(score).collect()
    }

    /// The order among bearers of one name, lower first.
    fn standing_of(&self, ix: PlaceIx, usage: NameUse) -> u8 {
        if !self.is_behind(ix) {
            return standing(&self.tables, ix, usage);
        }
        let by_use = match usage {
            NameUse::Official => 0,
            NameUse::Alias | NameUse::Romanised => 1,
            NameUse::Historic => 2,
        };
        self.at(ix).rank.saturating_mul(2).saturating_add(by_use)
    }

    fn far(place: &Place, query: &Query, reasons: &mut Vec<String>) -> f64 {
        let Some((lon, lat)) = query.near else { return 0.0 };
        let distance_m = distance_m((lon, lat), (place.lon, place.lat));
        reasons.push(format!("{:.0} km away", distance_m / 1000.0));
        FAR * (1.0 - (-distance_m / FAR_M).exp())
    }

    /// Whether a place lies in another: by its holders, or within its circle.
    fn lies_in(&self, inner: PlaceIx, holder: PlaceIx) -> bool {
        let (place, around) = (self.at(inner), self.at(holder));
        let same_country = place.country == around.country;
        inner != holder
            && (self.holds(holder, inner)
                || (same_country
                    && around.radius_m > place.radius_m
                    && place_distance_m(place, around) <= f64::from(around.radius_m)))
    }

    /// Of which names it is a part: `part of عين الأسد (iq-ain-al-asad), …`.
    fn parts_said(&self, scored: &[Scored]) -> String {
        let mut scored: Vec<&Scored> = scored.iter().collect();
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
        let one = |s: &&Scored| Some(format!("{} ({})", s.reasons.first()?, self.at(s.ix).id));
        scored.iter().filter_map(one).take(3).collect::<Vec<_>>().join(", ")
    }

    /// The places in whose names the words stand.
    fn containing(&self, key: &str, query: &Query) -> Vec<Scored> {
        let part: Vec<&str> = words(key).collect();
        let longest = part.iter().copied().max_by_key(|word| word.len()).unwrap_or("");
        let mut found: Vec<Scored> = Vec::new();
        let holding = self.fallback().holding(self, longest);
        for name in holding.iter().filter_map(|key| self.names.whole(words(key))) {
            let whole: Vec<&str> = words(name.key).collect();
            if whole.windows(part.len().max(1)).any(|window| window == part) {
                let said =
                    name.places.first().and_then(|&ix| self.spelling(ix, name.key)).unwrap_or(name.key.to_owned());
                let reading = Reading { cost: 0.5, reasons: vec![format!("part of {said}")], ..Reading::default() };
                found.extend(self.score(&reading, name.places, query, 0.0, "").into_iter().map(|(scored, _)| scored));
            }
        }
        found.sort_by(|a, b| a.ix.cmp(&b.ix).then(b.score.total_cmp(&a.score)));
        found.dedup_by_key(|scored| scored.ix);
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }

    /// The name with this key as the place's row writes it.
    fn spelling(&self, ix: PlaceIx, key: &str) -> Option<String> {
        self.names_of(ix).into_iter().map(|row| row.name).find(|name| name_key(name) == key)
    }

    fn one_slip(&self, readings: &[Reading], query: &Query) -> Found {
        for reading in readings {
            let mut near: Vec<(String, Vec<PlaceIx>)> =
                self.fallback().one_off(&reading.name()).into_iter().map(|(k, p)| (k.to_owned(), p.to_vec())).collect();
            let behind = self.world.iter().flat_map(|world| world.one_off(&reading.name()));
            near.extend(behind.map(|named| (named.key.clone(), self.short_list(&named.places, query))));
            let mut scored = Vec::new();
            let mut keys = 0;
            for (key, places) in near {
                let found = self.score(reading, &places, query, 0.3, &format!("one letter from {key}"));
                keys += usize::from(!found.is_empty());
                scored.extend(found.into_iter().map(|(scored, _)| scored));
            }
            scored.sort_by_key(|s| s.ix);
            scored.dedup_by_key(|s| s.ix);
            match keys {
                0 => {}
                1 if self.is_unsure(reading, &scored, query) => {
                    return Found::Unsure(scored, "no such name; one place's differs from it by one letter");
                }
                1 => return Found::Bearers(scored, false),
                _ if self.one_place(&scored) => return Found::Bearers(scored, false),
                _ => return Found::Several(scored),
            }
        }
        Found::Nothing
    }

    /// Whether one letter is too little to tell by: «لا أحد» is not الأحد, and thousands of imported names are one letter from
    /// any short word.
    fn is_unsure(&self, reading: &Reading, scored: &[Scored], query: &Query) -> bool {
        let told = query.says_where() || !reading.within.is_empty();
        let letters = reading.words.iter().map(|word| word.chars().count()).sum::<usize>();
        let imported = scored.iter().all(|s| self.is_behind(s.ix));
        !told && letters < if imported { SURE_LETTERS } else { SURE_LETTERS_CURATED }
    }

    /// Whether a name alone is also a word of the language, and a place in imports only: «الشهيد».
    fn is_word(&self, name: &str, scored: &[Scored], query: &Query) -> bool {
        !query.says_where() && self.homograph(&name_key(name)) && scored.iter().all(|s| self.is_behind(s.ix))
    }

    fn one_place(&self, scored: &[Scored]) -> bool {
        scored.iter().all(|a| scored.iter().all(|b| a.ix == b.ix || self.related(a.ix, b.ix)))
    }

    fn latin(&self, name: &str, query: &Query) -> Found {
        let mut parts = name.split(',');
        let mut head = latin_words(parts.next().unwrap_or(""));
        let mut within = Vec::new();
        for part in parts {
            within.extend_from_slice(self.fallback().spelled(&latin_words(part)));
            let behind = self.world.as_ref().and_then(|world| world.spelled(&latin_words(part)));
            within.extend(behind.map_or(&[][..], |named| named.places.as_slice()).iter().take(MOST_HOLDERS));
        }
        let whole = Reading { within: within.clone(), ..Reading::default() };
        let mut readings = vec![(head.clone(), whole.clone())];
        for count in [2, 1] {
            let at = head.len().saturating_sub(count);
            let tail = head.get(at..).unwrap_or(&[]).join(" ");
            if at > 0
                && let Some(word) = kind_words(&tail).first()
            {
                head.truncate(at);
                let reasons = vec![format!("before {tail}")];
                readings
                    .push((head.clone(), Reading { kinds: word.kinds.clone(), cost: 0.02, reasons, ..whole.clone() }));
                break;
            }
        }
        self.latin_bearers_of(&readings, query).unwrap_or(Found::Nothing)
    }

    /// The bearers of a name spelled so, else of those that sound so; those of the index behind as rivals, or where there
    /// are no others.
    fn latin_bearers_of(&self, readings: &[(Vec<String>, Reading)], query: &Query) -> Option<Found> {
        type Bearers<'b> = &'b dyn Fn(&[String]) -> Vec<PlaceIx>;
        let first = |bearers: Bearers, cost: f64, why: &str| {
            let one = |(words, reading): &(Vec<String>, Reading)| {
                self.first_borne(std::slice::from_ref(reading), query, cost, why, |_| bearers(words))
            };
            readings.iter().find_map(one)
        };
        let spelled_behind = |words: &[String]| {
            let named = self.world.as_ref().and_then(|world| world.spelled(words));
            named.map(|named| named.places.clone()).unwrap_or_default()
        };
        let spelled = |words: &[String]| self.joined(self.fallback().spelled(words), query, || spelled_behind(words));
        let found = first(&spelled, 0.0, "");
        if found.is_some() {
            return self.pooled(vec![found]);
        }
        let sounding = |words: &[String]| self.sounding_alike(words);
        let listed = |words: &[String]| self.short_list(&spelled_behind(words), query);
        let tried = vec![first(&sounding, SOUNDS, SOUNDS_ALIKE), first(&listed, 0.0, "")];
        if tried.iter().any(Option::is_some) {
            return self.pooled(tried);
        }
        let sounding_behind = |words: &[String]| {
            let found = self.world.iter().flat_map(|world| world.sounding(words));
            let places: Vec<PlaceIx> = found.flat_map(|named| named.places.iter().copied()).collect();
            self.short_list(&places, query)
        };
        self.pooled(vec![first(&sounding_behind, SOUNDS, SOUNDS_ALIKE)])
    }

    /// The bearers of names with the same consonants, those with the likeliest vowels if any are likely.
    fn sounding_alike(&self, words: &[String]) -> Vec<PlaceIx> {
        let given = spelled(words);
        let likeness = |ix: PlaceIx| {
            let rows = self.names_of(ix);
            let latin = rows.iter().filter(|row| !row.name.chars().any(is_arabic));
            latin.map(|row| alike(&given, &spelled(&latin_words(&row.name)))).fold(0.0, f64::max)
        };
        let sounding = self.fallback().sounding(words);
        let best = sounding.iter().map(|&ix| likeness(ix)).fold(0.0, f64::max);
        sounding.iter().copied().filter(|&ix| likeness(ix) >= (best - 0.1).max(0.5)).collect()
    }
}
