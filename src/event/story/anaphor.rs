//! Places told by pointing back: «القاعدة نفسها», «المدينة», «هناك».

use super::event::Told;
use super::{RECALL_PLACES, Story};
use crate::event::agent::{actors, possessed};
use crate::event::facts::{has_object, is_verb, sense};
use crate::event::site::{Site, fineness};
use crate::lexicon::class::{Class, Cue, Form, Particle, Sense};
use crate::mention::place::{Link, PlaceMention};
use crate::mention::place_role::PlaceRole;
use crate::mention::time::TimeKind;
use crate::mention::words::{Hit, Words};
use crate::model::{GeoPrecision, PlaceKind};
use crate::text::document::SentenceKind;

/// A report's attack is taken for told so many sentences after its first; a judgement.
const OPENING_LINES: usize = 2;
/// The fineness of a settlement.
const SETTLEMENT: u8 = 2;
/// A governorate at a line's head is still a place for what the line tells.
const HEAD_FINENESS: u8 = 4;

impl Story<'_, '_> {
    /// The clause's sites, or the place that a definite kind word or هناك stands for.
    pub(super) fn sites(&self, told: &Told) -> Vec<Site> {
        if !told.facts.sites.is_empty() {
            return self.located(told).iter().map(|site| self.in_town(told, site)).collect();
        }
        let implied = || told.typed.is_some() && told.facts.implied(self.reading).is_some();
        if told.facts.strong().is_none() && !implied() {
            let head = || self.line_head(told, true).into_iter().collect();
            return if self.item_toll(told) { head() } else { Vec::new() };
        }
        let back = || self.anaphor(told).or_else(|| self.line_head(told, false));
        let before =
            || self.said_before(told).or_else(|| self.struck_again(told)).or_else(|| self.struck_on_days(told));
        back().or_else(before).or_else(|| self.struck_it(told)).into_iter().collect()
    }

    /// «لم تقصف طائراتنا تعز، وقال إن قذائف سقطت على مستشفى الثورة»: a building that no table holds lies in the town that the
    /// sentence named before.
    fn in_town(&self, told: &Told, site: &Site) -> Site {
        let places = self.reading.places;
        let built = |k: &PlaceKind| matches!(k, PlaceKind::Building | PlaceKind::Road);
        if self.place_of(site).is_some() || !places[site.head].kinds.iter().any(built) {
            return site.clone();
        }
        let line = self.reading.words.lines[told.facts.clause.line];
        let from = places.partition_point(|m| m.start < line.start);
        let town = |i: &usize| {
            let m = &places[*i];
            // «أعلنت العاصمة الليبية الحداد على ضحايا هجوم استهدف مقر الوزارة في طريق X»
            let capital = m.role == PlaceRole::Metonym && !m.kinds.is_empty();
            let holds = m.role.may_hold() || capital;
            holds && m.place.is_some() && fineness(m, self.reading.gazetteer) == SETTLEMENT
        };
        let Some(head) = (from..site.head).rev().find(town) else { return site.clone() };
        Site { head, chain: [&[head], site.chain.as_slice()].concat(), listed: site.listed }
    }

    /// «قصف مدرستي X وY شرقي المدينة»: the clause's sites; where no table holds any of them, the place that it points back to holds
    /// them.
    fn located(&self, told: &Told) -> Vec<Site> {
        let mut sites = told.facts.sites.clone();
        let building = |site: &Site| self.reading.places[site.head].kinds.contains(&PlaceKind::Building);
        if sites.iter().all(|site| building(site) && self.place_of(site).is_none())
            && let Some(about) = self.anaphor(told).filter(|a| self.place_of(a).is_some())
        {
            for site in &mut sites {
                site.chain.extend(&about.chain);
            }
        }
        sites
    }

    /// «تسلل عشرات المستوطنين إلى بلدة قصرة، وأضرموا النار»: the clause before, which tells of no attack, tells who came where.
    pub(super) fn came_there(&mut self, told: &mut Told) {
        let Some(came) = self.idle.take().filter(|c| c.line == told.facts.clause.line) else { return };
        let words = self.reading.words;
        let joined = words.at(told.facts.clause.start).iter().any(|h| h.conj.is_some());
        let does = told.facts.strong().is_some_and(is_verb);
        if !joined || !does || !told.facts.sites.is_empty() || told.facts.definite() {
            return;
        }
        let places = self.reading.places_in(came.start, came.end);
        let carried = words.any(came.start, came.end, |h| h.is_particle(Particle::Carry) || h.is_cue(Cue::Report));
        let holds = |m: &PlaceMention| {
            let fine = m.place.is_some() && fineness(m, self.reading.gazetteer) < HEAD_FINENESS;
            let located = m.role == PlaceRole::Destination || m.role.may_hold();
            fine && located && m.link != Link::Inside
        };
        let Some(found) = places.iter().position(holds).filter(|_| !carried) else { return };
        let head = self.reading.places.partition_point(|m| m.start < came.start) + found;
        told.facts.sites = vec![Site { head, chain: vec![head], listed: false }];
        if told.agents.doers().next().is_none() {
            told.agents.actor = actors(words, came.start, came.end).find(|n| n.1.prep.is_none());
        }
    }

    /// «بات مطار صنعاء خارج الخدمة عقب قصف نفّذته مقاتلات»: the report opens with the place, and tells the attack after it.
    fn said_before(&self, told: &Told) -> Option<Site> {
        if !self.events.is_empty() {
            return None;
        }
        let line = self.reading.words.lines[self.opening(told).unwrap_or(told.facts.clause.line)];
        let from = self.reading.places.partition_point(|m| m.start < line.start);
        let to = self.reading.places.partition_point(|m| m.start < told.facts.clause.start);
        let fits = |i: &usize| {
            let m = &self.reading.places[*i];
            m.role.may_hold() && m.place.is_some() && fineness(m, self.reading.gazetteer) < HEAD_FINENESS
        };
        (from..to).rev().find(fits).map(|head| Site { head, chain: vec![head], listed: false })
    }

    /// «انتهت العملية في مدينة الكرك. وأوقع هجومهم عشرة قتلى»: the sentence that opens the report, where the clause takes its attack for
    /// told.
    fn opening(&self, told: &Told) -> Option<usize> {
        let words = self.reading.words;
        let known = |t: &Hit| t.article || possessed(words, t);
        let nouns = told.facts.triggers.iter().filter(|t| !is_verb(t));
        let first = words.lines.iter().position(|l| l.kind == SentenceKind::Body)?;
        let soon = told.facts.clause.line <= first + OPENING_LINES;
        (soon && nouns.clone().next().is_some() && nouns.clone().all(known)).then_some(first)
    }

    /// «الديوانية: عبوة ناسفة انفجرت برتل»: the place at the head of the line, where the line names no other; in a list of tolls,
    /// «* المسيّب: استشهاد شرطيين من فوج بابل», whatever else it names.
    fn line_head(&self, told: &Told, listed: bool) -> Option<Site> {
        let line = self.reading.words.lines[told.facts.clause.line];
        let from = self.reading.places.partition_point(|m| m.start < line.start);
        let mut here = self.reading.places.get(from..)?.iter().take_while(|m| m.start < line.end);
        let fine = |m: &PlaceMention| m.place.is_some() && fineness(m, self.reading.gazetteer) <= HEAD_FINENESS;
        let first = here.next().filter(|m| m.role == PlaceRole::Office && heads(m, line.start) && fine(m))?;
        let alone = listed || here.all(|m| !m.role.may_hold() || m.start >= told.facts.clause.end);
        let colon = self.reading.words.words.get(first.end).is_some_and(|w| w.gap.stop);
        (colon && alone).then(|| Site { head: from, chain: vec![from], listed: false })
    }

    /// «وسبق أن قصفتها الولايات المتحدة في 24 كانون الثاني»: the place told last, on another day.
    fn struck_again(&self, told: &Told) -> Option<Site> {
        let words = self.reading.words;
        let object = |t: &Hit| {
            let hits = matches!(
                sense(t),
                Some(Sense::Bombard | Sense::Target | Sense::HitVerb | Sense::Reach | Sense::Attack)
            );
            hits && has_object(words, t)
        };
        let current = &self.events[*self.current.first()?];
        let when = told.facts.time.and_then(|t| t.when)?;
        let other_day = current.when.is_some_and(|w| !w.overlaps(when));
        (other_day && told.facts.triggers.iter().any(object)).then(|| current.site.clone()).flatten()
    }

    /// «أنذر من في مطار صنعاء الدولي، ولم تمض ساعة حتى كانت الطائرات تقصفه»: the site that the sentence named last, and told
    /// nothing of yet.
    fn struck_it(&self, told: &Told) -> Option<Site> {
        let (words, places, clause) = (self.reading.words, self.reading.places, told.facts.clause);
        let pronoun = |t: &Hit| words.form(t.start).ends_with('ه') || has_object(words, t);
        let object = |t: &Hit| is_verb(t) && matches!(sense(t), Some(Sense::Bombard | Sense::Raid)) && pronoun(t);
        let part = || (clause.start..clause.end).find(|&w| on_its_part(words, w));
        let at = if told.facts.triggers.iter().any(object) { clause.start } else { part()? };
        let from = places.partition_point(|m| m.start < words.lines[clause.line].start);
        let head = places.partition_point(|m| m.start < at).checked_sub(1).filter(|h| *h >= from)?;
        let last = &places[head];
        let site = last.place.is_some() && fineness(last, self.reading.gazetteer) < SETTLEMENT;
        let here = |s: &Site| s.head == head || s.chain.contains(&head);
        let untold = !self.events[self.recalled()].iter().any(|e| e.site.as_ref().is_some_and(here));
        (site && untold).then(|| Site { head, chain: vec![head], listed: false })
    }

    /// «وهي الثالثة على مطار حلب بعد ضربتي 12 و14 تشرين الأول»: what it answers has its day, and the place just named.
    fn struck_on_days(&self, told: &Told) -> Option<Site> {
        let dated = told.facts.time.is_some_and(|t| t.kind == TimeKind::Calendar && t.when.is_some());
        let both = |t: &Hit| matches!(t.class, Class::Trigger { form: Form::Dual, .. });
        if !told.facts.clause.response || !dated || !told.facts.triggers.iter().any(both) {
            return None;
        }
        let line = self.reading.words.lines[told.facts.clause.line];
        let places = self.reading.places;
        let from = places.partition_point(|m| m.start < line.start);
        let to = places.partition_point(|m| m.start < told.facts.clause.start);
        let head = to.checked_sub(1).filter(|head| *head >= from)?;
        let last = &places[head];
        let holds = last.role.may_hold() || last.role == PlaceRole::Destination;
        let fine = last.place.is_some() && fineness(last, self.reading.gazetteer) < HEAD_FINENESS;
        (holds && fine).then(|| Site { head, chain: vec![head], listed: false })
    }

    /// «القاعدة نفسها», «المدينة», «هناك»: the last place of that kind.
    pub(super) fn anaphor(&self, told: &Told) -> Option<Site> {
        let words = self.reading.words;
        let clause = told.facts.clause;
        let lexicon = self.reading.lexicon;
        // «لاذ المهاجمون بالفرار نحو البساتين»
        let fled =
            |at: usize| words.any(clause.start.max(at.saturating_sub(4)), at, |h| h.is_particle(Particle::Carry));
        if let Some(site) = self.same_again(told) {
            return Some(site);
        }
        // «على السوق الشعبي وسط المدينة»: where the building points to nothing, the town may.
        let mut definite = words.within(clause.start, clause.end).iter().filter_map(|h| match h.class {
            Class::Kind(kind) if h.article && !lexicon.kinds[usize::from(kind)].several && !fled(h.start) => {
                Some((h.start, lexicon.kinds[usize::from(kind)].kinds.as_slice()))
            }
            _ => None,
        });
        let Some((at, kinds)) = definite.next() else {
            return told.facts.first(words, Cue::There).and_then(|at| self.pointed(at, &[]));
        };
        let mut next = || definite.next().filter(|_| kinds.contains(&PlaceKind::Building));
        self.pointed(at, kinds).or_else(|| next().and_then(|(at, kinds)| self.pointed(at, kinds)))
    }

    /// The place that a definite kind word, or هناك where it has no kinds, points back to.
    fn pointed(&self, at: usize, kinds: &[PlaceKind]) -> Option<Site> {
        let words = self.reading.words;
        let qualified = words.words.get(at + 1).is_some_and(|w| w.gap.open() && w.form.starts_with("ال"))
            && !words
                .at(at + 1)
                .iter()
                .any(|h| matches!(h.class, Class::Cue(_) | Class::Direction(_) | Class::Time(..)));
        let before = self.reading.places.partition_point(|m| m.end <= at);
        let near = (before.saturating_sub(RECALL_PLACES)..before).rev().filter(|&i| {
            let m = &self.reading.places[i];
            m.role.may_hold() || m.role == PlaceRole::Office
        });
        let mut fits = near.filter(|&i| {
            let place = self.reading.places[i].place.map(|p| self.reading.gazetteer.at(p));
            kinds.is_empty() || place.is_some_and(|p| kinds.contains(&p.kind))
        });
        let head = fits.next()?;
        // «في مديرية نهم شرق صنعاء … مواقع هناك»: where the event was, not what only locates it.
        if kinds.is_empty()
            && let Some(site) = self.current.first().and_then(|&i| self.events[i].site.as_ref())
            && site.chain.contains(&head)
        {
            return Some(site.clone());
        }
        let here = |site: &Site| site.head == head || site.chain.contains(&head);
        let told_here = self.events[self.recalled()].iter().any(|e| e.site.as_ref().is_some_and(here));
        (!qualified || told_here).then(|| Site { head, chain: vec![head], listed: false })
    }

    /// «المركز نفسه», «المدينة ذاتها»: the place of the event told last.
    pub(super) fn same_again(&self, told: &Told) -> Option<Site> {
        let words = self.reading.words;
        let (start, end) = (told.facts.clause.start, told.facts.clause.end);
        let timed = |at: usize| self.reading.times_in(0, at + 1).last().is_some_and(|t| at < t.end);
        let named = |at: usize| {
            words.form(at).contains("ال")
                && !timed(at)
                && !words.at(at).iter().any(|h| matches!(h.class, Class::Time(..) | Class::Actor(_)))
        };
        let same =
            words.within(start, end).iter().find(|h| h.is_cue(Cue::Same) && h.start > start && named(h.start - 1))?;
        let last = self.current.first().and_then(|&i| self.events[i].site.clone());
        self.site_of_kind(same.start - 1, last.as_ref()).or(last)
    }

    /// «سقطت صواريخ على القاعدة X، وسقط صاروخ في القصور …، كما تعرضت القاعدة نفسها»: where what is pointed at is a site, and the
    /// place told last is of another kind, the last of that kind.
    fn site_of_kind(&self, at: usize, last: Option<&Site>) -> Option<Site> {
        let lexicon = self.reading.lexicon;
        let kind = self.reading.words.at(at).iter().find_map(|h| match h.class {
            Class::Kind(kind) => Some(kind),
            _ => None,
        })?;
        let kinds = lexicon.kinds[usize::from(kind)].kinds.as_slice();
        let told = self.events[self.recalled()].iter().rev().filter_map(|e| e.site.as_ref());
        // «معسكر حرير … كما تعرض المطار نفسه»: what the report itself called so.
        let word = self.reading.words.form(at).trim_start_matches(['و', 'ف', 'ب', 'ك']).trim_start_matches("ال");
        let named = |site: &Site| {
            let mention = &self.reading.places[site.head];
            mention.kind_word == Some(kind) || mention.name.split(' ').next() == Some(word)
        };
        if last.is_some_and(named) {
            return None;
        }
        if let Some(site) = told.clone().find(|site| named(site)) {
            return Some(site.clone());
        }
        let of_kind = |site: &Site| {
            let called = self.reading.places[site.head].kinds.iter().any(|k| kinds.contains(k));
            let place = self.place_of(site).map(|p| self.reading.gazetteer.at(p));
            called || place.is_some_and(|p| kinds.contains(&p.kind))
        };
        let fine = kinds.iter().all(|k| k.precision() == GeoPrecision::Site);
        if !fine || last.is_some_and(of_kind) {
            return None;
        }
        told.into_iter().find(|site| of_kind(site)).cloned()
    }
}

/// «سقطت قذائف على مدرجه»: a preposition, and a part of what was named before.
fn on_its_part(words: &Words<'_>, at: usize) -> bool {
    let form = words.form(at);
    let own = form.ends_with('ه') || form.ends_with("ها");
    let on = |h: &Hit| h.end == at && h.is_particle(Particle::On);
    own && form.chars().count() > 4 && words.at(at).is_empty() && words.any(at.saturating_sub(1), at, on)
}

fn heads(mention: &PlaceMention, start: usize) -> bool {
    mention.lead <= start + 1
}
