//! One place among the bearers of a name, or the reason why none.

use geo::{Distance, Haversine, Point};

use super::names::{is_arabic, words};
use super::resolver::{Candidate, Query, Resolution, Scored};
use super::{Gazetteer, PlaceIx};
use crate::model::{Place, PlaceKind};
use crate::text::name_key;

/// Two unrelated bearers whose scores differ by less are not told apart: more than a rank has to lie between them.
const MARGIN: f64 = 0.1;
/// The same within one country, where the ranks are given with regard to each other: one rank is enough.
const MARGIN_AT_HOME: f64 = 0.06;
/// How much better known a unit has to be than the settlement of its name to be meant by the bare name.
const UNIT_LEAD: f64 = 0.15;
/// Most candidates listed.
const LISTED: usize = 10;
/// Two points this near are one neighbourhood, metres.
const NEIGHBOURS_M: f64 = 5_000.0;

impl Gazetteer {
    /// The best of the bearers, if nothing unrelated comes near it.
    pub(super) fn decide(&self, name: &str, mut scored: Vec<Scored>, kinds_said: bool) -> Resolution {
        scored.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| self.order(a.ix).cmp(&self.order(b.ix))).then(a.ix.cmp(&b.ix))
        });
        let Some(top) = scored.first().cloned() else { return self.unresolved(name, &scored, String::new()) };
        let seat = if kinds_said { None } else { self.seat_of(&top, &scored) };
        let chosen = seat.as_ref().unwrap_or(&top);
        if let Some(rival) = scored.iter().find(|s| self.rivals(s, chosen) && self.rivals(s, &top)) {
            let reason = format!(
                "ambiguous: {} and {}; say the country, the governorate or the kind of place",
                self.label(top.ix),
                self.label(rival.ix)
            );
            return self.unresolved(name, &scored, reason);
        }
        let reason = self.why(chosen, &top, scored.len());
        Resolution {
            name: name.to_owned(),
            resolved: Some(self.candidate(chosen)),
            candidates: self.listed(&scored),
            reason,
        }
    }

    /// Whether a bearer comes near another one and is not of one matter with it.
    fn rivals(&self, rival: &Scored, chosen: &Scored) -> bool {
        let at_home = self.at(rival.ix).country == self.at(chosen.ix).country;
        let margin = if at_home { MARGIN_AT_HOME } else { MARGIN };
        chosen.score - rival.score < margin && rival.ix != chosen.ix && !self.related(rival.ix, chosen.ix)
    }

    fn why(&self, chosen: &Scored, top: &Scored, bearers: usize) -> String {
        let mut why = if bearers == 1 { "the only bearer".to_owned() } else { format!("the likeliest of {bearers}") };
        if chosen.ix != top.ix {
            why = format!("the {}, not the {} of that name", self.at(chosen.ix).kind, self.at(top.ix).kind);
        }
        format!("{why}: {}", chosen.reasons.join("; "))
    }

    /// An answer without a place.
    pub(super) fn unresolved(&self, name: &str, scored: &[Scored], reason: String) -> Resolution {
        Resolution { name: name.to_owned(), resolved: None, candidates: self.listed(scored), reason }
    }

    fn listed(&self, scored: &[Scored]) -> Vec<Candidate> {
        scored.iter().take(LISTED).map(|s| self.candidate(s)).collect()
    }

    fn candidate(&self, scored: &Scored) -> Candidate {
        let place = self.at(scored.ix);
        Candidate {
            place_id: place.id.to_string(),
            name_ar: place.name_ar.to_string(),
            name_en: place.name_en.to_string(),
            kind: place.kind,
            lat: place.lat,
            lon: place.lon,
            radius_m: place.radius_m,
            country: place.country.to_string(),
            admin1: place.admin1.to_string(),
            score: (scored.score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0,
            reasons: scored.reasons.clone(),
        }
    }

    fn label(&self, ix: PlaceIx) -> String {
        let place = self.at(ix);
        let around: Vec<&str> =
            [place.admin1.as_ref(), place.country.as_ref()].into_iter().filter(|part| !part.is_empty()).collect();
        format!("{} ({}, {})", place.name_en, place.kind, around.join(", "))
    }

    /// The settlement of a unit's name: the bare name means it, unless the unit is much better known.
    fn seat_of(&self, top: &Scored, scored: &[Scored]) -> Option<Scored> {
        if !is_unit(self.at(top.ix).kind) {
            return None;
        }
        let seat = |s: &&Scored| {
            is_settlement(self.at(s.ix).kind) && self.related(s.ix, top.ix) && top.score - s.score < UNIT_LEAD
        };
        scored.iter().find(seat).cloned()
    }

    /// The order among bearers of one score.
    fn order(&self, ix: PlaceIx) -> u8 {
        match self.at(ix).kind {
            PlaceKind::Country => 0,
            kind if is_settlement(kind) => 1,
            kind if is_unit(kind) => 3,
            _ => 2,
        }
    }

    /// Whether two places are one matter: one holds the other, or they lie in each other's reach. A border is no bar to that where
    /// both are crossings: منفذ الوديعة has a Yemeni and a Saudi side.
    pub(super) fn related(&self, a: PlaceIx, b: PlaceIx) -> bool {
        let (first, second) = (self.at(a), self.at(b));
        let crossings = [first, second].iter().all(|place| place.kind == PlaceKind::Crossing);
        self.holds(a, b)
            || self.holds(b, a)
            || place_distance_m(first, second) <= f64::from(first.radius_m.max(second.radius_m)).max(NEIGHBOURS_M)
                && (first.country == second.country || crossings)
    }

    /// Why nobody bears the name.
    pub(super) fn why_nothing(&self, name: &str, query: &Query) -> String {
        let key = name_key(name);
        if words(&key).next().is_none() {
            return "no name".to_owned();
        }
        let elsewhere = self.names.exact(words(&key));
        match (&query.country, elsewhere.first()) {
            (Some(country), Some(&ix)) => format!("not in {country}; elsewhere: {}", self.label(ix)),
            _ if name.chars().any(is_arabic) => "no place of this name in the gazetteer".to_owned(),
            _ => "no place spelled or sounding like this in the gazetteer".to_owned(),
        }
    }
}

const fn is_unit(kind: PlaceKind) -> bool {
    use PlaceKind as K;
    matches!(kind, K::Region | K::Governorate | K::District | K::Subdistrict)
}

const fn is_settlement(kind: PlaceKind) -> bool {
    use PlaceKind as K;
    matches!(kind, K::City | K::Town | K::Village)
}

/// Great-circle distance of two (lon, lat), metres.
pub(super) fn distance_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    Haversine.distance(Point::new(a.0, a.1), Point::new(b.0, b.1))
}

/// Great-circle distance of two places' points, metres.
pub(super) fn place_distance_m(a: &Place, b: &Place) -> f64 {
    distance_m((a.lon, a.lat), (b.lon, b.lat))
}
