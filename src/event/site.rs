//! Which of a clause's places its event is at: chains and lists of mentions into sites.
//!
//! «السكك في قضاء القائم بمحافظة الأنبار» one site · «قاعدتي حرير وعين الأسد» two ·
//! «معسكر الصقر بمنطقة الدورة جنوبي العاصمة» the camp.

use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::lexicon::class::{Class, Cue, Form, Number, Particle, Sense, Victim};
use crate::mention::place::{Evidence, Link, PlaceMention};
use crate::mention::place_role::PlaceRole;
use crate::mention::words::{Hit, Words};
use crate::model::{EventType, GeoPrecision, PlaceKind};

use super::clause::Clause;

/// The fineness of a sea.
pub const SEA: u8 = 6;

/// Of the radius of an area without borders, what lies within so much may lie in it; a judgement.
const LOOSE_SHARE: f64 = 1.5;

/// Where sirens sound is told within so many words of them; a judgement.
const SIREN_WORDS: usize = 4;

/// The fineness of a governorate; regions and countries are coarser.
const COARSE: u8 = 4;

/// A place where an event may be: mentions of one chain, the most specific first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The mention that names it.
    pub head: usize,
    /// All mentions of its chain, in the order of the text.
    pub chain: Vec<usize>,
    /// Whether it stands in a list with others.
    pub listed: bool,
}

impl Site {
    /// Whether it is known to a district, or a desert by its name.
    pub(super) fn known_finely(&self, places: &[PlaceMention], gazetteer: &Gazetteer) -> bool {
        let mention = &places[self.head];
        mention.place.is_some_and(|p| gazetteer.at(p).kind == PlaceKind::Desert)
            || fineness(mention, gazetteer) < COARSE
    }
}

/// A chain of mentions before it is judged.
#[derive(Debug)]
struct Chain {
    members: Vec<usize>,
    role: PlaceRole,
    sibling: bool,
}

/// The sites of a clause.
pub fn sites(words: &Words<'_>, mentions: &[PlaceMention], gazetteer: &Gazetteer, clause: &Clause) -> Vec<Site> {
    let mut out: Vec<Site> = Vec::new();
    let mut kept = false;
    let all = chains(words, mentions, clause);
    if !all.iter().any(|c| !c.sibling && accepts(words, (mentions, gazetteer), c, clause)) {
        return last_resort(words, mentions, gazetteer, (all, clause));
    }
    for chain in all {
        let accepted = if chain.sibling { kept } else { accepts(words, (mentions, gazetteer), &chain, clause) };
        kept = accepted;
        if accepted {
            place(words, (mentions, gazetteer), clause, chain, &mut out);
        }
    }
    out
}

/// «قرب المستشفى وسط البصرة», «اشتبكت مع المدمرة شمالي البحر الأحمر»: where nothing else tells the place, a direction does.
fn last_resort(
    words: &Words<'_>,
    mentions: &[PlaceMention],
    gazetteer: &Gazetteer,
    (chains, clause): (Vec<Chain>, &Clause),
) -> Vec<Site> {
    let directed = |h: &Hit| matches!(h.class, Class::Direction(_));
    let told = |m: &PlaceMention| {
        let sea = fineness(m, gazetteer) == SEA && words.at(m.start).iter().any(directed);
        // «مقرا شمالي محافظة بابل»
        let within = m.offset.is_some_and(|o| o.metres.is_none());
        let fits = m.evidence == Evidence::Direction && m.kinds.is_empty() || within;
        (fits && m.place.is_some()) || sea
    };
    let fits = |c: &Chain| {
        let first = &mentions[c.members[0]];
        (c.role == PlaceRole::Plain && told(first)) || alarmed(words, clause, first.lead)
    };
    let site = |chain: Chain| Site {
        head: head(words, mentions, gazetteer, &chain.members),
        chain: chain.members,
        listed: false,
    };
    chains.into_iter().find(fits).map(site).into_iter().collect()
}

/// «دوّت صافرات الإنذار وسط إسرائيل إثر إطلاق صاروخ»: where they sound it was aimed at.
fn alarmed(words: &Words<'_>, clause: &Clause, lead: usize) -> bool {
    let sent = |h: &Hit| match h.class {
        Class::Trigger { sense, .. } => matches!(sense, Sense::Launch | Sense::Salvo | Sense::Down),
        _ => false,
    };
    let from = clause.start.max(lead.saturating_sub(SIREN_WORDS));
    words.any(from, lead, |h| h.is_cue(Cue::Siren))
        && words.any(clause.start, clause.end, |h| matches!(h.class, Class::Weapon { .. }))
        && words.any(clause.start, clause.end, sent)
}

fn chains(words: &Words<'_>, mentions: &[PlaceMention], clause: &Clause) -> Vec<Chain> {
    let mut out: Vec<Chain> = Vec::new();
    let from = mentions.partition_point(|m| m.start < clause.start);
    for (index, mention) in mentions.iter().enumerate().skip(from).take_while(|(_, m)| m.start < clause.end) {
        match (mention.link, out.last_mut()) {
            (Link::Inside, Some(chain)) => {
                // «قوات دفاع شبوة في مديرية المصينعة»: the second is where.
                if chain.role == PlaceRole::Plain && mention.role == PlaceRole::Target {
                    chain.role = PlaceRole::Target;
                }
                chain.members.push(index);
            }
            // «صواريخ على قاعدة العديد، والدوحة تؤكد»: a government that speaks, and no member of the list.
            (Link::And, _) if mention.role == PlaceRole::Metonym => {
                out.push(Chain { members: vec![index], role: mention.role, sibling: false });
            }
            // «على الطريق بين الحراك وناحتة»: one place between the two, told by the first.
            (Link::And, Some(chain)) if between(words, mentions, chain) => chain.members.push(index),
            (Link::And, Some(chain)) => {
                let role = chain.role;
                out.push(Chain { members: vec![index], role, sibling: true });
            }
            _ => out.push(Chain { members: vec![index], role: mention.role, sibling: false }),
        }
    }
    out
}

/// Whether «بين» stands right before a chain.
fn between(words: &Words<'_>, mentions: &[PlaceMention], chain: &Chain) -> bool {
    let lead = mentions[chain.members[0]].lead;
    let before = lead.saturating_sub(2)..lead;
    words.any(before.start, before.end, |h| h.is_particle(Particle::Between) && h.end == lead)
}

/// Whether an event may be at a chain: by its role, and without preposition only as an object or with a kind word.
fn accepts(
    words: &Words<'_>,
    (mentions, gazetteer): (&[PlaceMention], &Gazetteer),
    chain: &Chain,
    clause: &Clause,
) -> bool {
    let first = &mentions[chain.members[0]];
    match chain.role {
        PlaceRole::Target | PlaceRole::Aim => true,
        // «اعترضت صاروخا قبل وصوله إلى إيلات»: where it was bound for.
        PlaceRole::Destination => {
            let stopped = |h: &Hit| matches!(h.class, Class::Trigger { sense: Sense::Down | Sense::Destroy, .. });
            // «تسللت إلى قباطية واغتالت»: where they came to do it.
            let came = |h: &Hit| matches!(h.class, Class::Trigger { sense: Sense::Assassination | Sense::Raid, .. });
            let carried = |h: &Hit| h.is_particle(Particle::Carry);
            // Nobody fires a pistol at a town: «أطلق سائق شاحنة محملة بالمساعدات إلى غزة النار من مسدس».
            let afar = |h: &Hit| matches!(h.class, Class::Weapon { event, .. } if event != EventType::ArmedAttack);
            let armed = words.any(clause.start, clause.end, afar);
            // «أُطلقت صواريخ إلى تل أبيب»: aimed at it.
            let sent = |h: &Hit| matches!(h.class, Class::Trigger { sense: Sense::Launch | Sense::Salvo, .. });
            // «أطلقوا النار ثم انسحبوا باتجاه التلال»: where they went.
            let left = words
                .within(clause.start, first.lead)
                .iter()
                .rfind(|h| stopped(h) || sent(h))
                .is_some_and(|t| sent(t) && !stopped(t) && words.any(t.end, first.lead, carried));
            (words.any(clause.start, first.lead, |h| stopped(h) || sent(h)) && armed && !left)
                || (words.any(first.lead, clause.end, came) && !words.any(clause.start, first.lead, carried))
        }
        PlaceRole::Plain => {
            let from = first.lead.saturating_sub(5).max(clause.start);
            let object = words.any(
                from,
                first.lead,
                |h| matches!(h.class, Class::Trigger { sense, .. } if sense != Sense::Result),
            );
            // «شهدت تل أبيب انفجارا», «كانت المدينة قد شهدت»
            let around = first.lead.saturating_sub(2).max(clause.start)..clause.end.min(first.end + 2);
            let saw = words.any(around.start, around.end, |h| h.is_cue(Cue::Scene));
            let along = saw || between(words, mentions, chain) && fineness(first, gazetteer) < COARSE;
            let fine =
                along || first.place_kind_is_fine() || (first.evidence == Evidence::Kind && first.kinds.is_empty());
            object
                || fine
                || heads_item(words, first)
                || (first.lead == clause.start && chain.members.len() == 1 && !first.kinds.is_empty())
        }
        _ => false,
    }
}

/// «الثلاثاء 24 أيلول: الغبيري، مقتل ستة»: an item of a list that opens with its day, a colon and its place.
fn heads_item(words: &Words<'_>, first: &PlaceMention) -> bool {
    let Some(before) = first.lead.checked_sub(1) else { return false };
    let day = words.at(before).iter().any(|h| matches!(h.class, Class::Month(..) | Class::Time(..)));
    let closed = words.words.get(first.end).is_none_or(|w| !w.gap.open());
    words.words[first.lead].gap.stop && (day || words.words[before].digits) && closed
}

impl PlaceMention {
    fn place_kind_is_fine(&self) -> bool {
        !self.kinds.is_empty() && !self.kinds.iter().any(|k| matches!(k, PlaceKind::Country | PlaceKind::Governorate))
    }
}

/// Adds a chain as a site of its own, as a finer name of the last site, or not at all.
fn place(
    words: &Words<'_>,
    (mentions, gazetteer): (&[PlaceMention], &Gazetteer),
    clause: &Clause,
    chain: Chain,
    out: &mut Vec<Site>,
) {
    let head = head(words, mentions, gazetteer, &chain.members);
    let aimed = chain.role == PlaceRole::Aim;
    let site = Site { head, chain: chain.members, listed: chain.sibling };
    let Some(last) = out.last_mut() else {
        out.push(site);
        return;
    };
    if chain.sibling {
        last.listed = true;
        out.push(site);
        return;
    }
    let (from, to) = (mentions[last.head].end, mentions[site.chain[0]].lead);
    let nameless = mentions[site.head].candidates.is_empty() && mentions[site.head].place.is_none();
    let found = mentions[last.head].place.is_some() && fineness(&mentions[last.head], gazetteer) <= 2;
    // «تعرضت مدينة الأبيض لقصف أصاب ثلاثة من سكان حي طيبة»: a bearer of the name in another country is not meant.
    let foreign = || match (mentions[last.head].place, mentions[site.head].place) {
        (Some(a), Some(b)) => gazetteer.at(a).country != gazetteer.at(b).country,
        _ => false,
    };
    if (mentions[site.head].place.is_none() || foreign())
        && found
        && !last.listed
        && mentions[site.head].kinds.contains(&PlaceKind::Quarter)
    {
        // «في مخيم نور شمس قُصف منزل في حارة X»: a quarter not known for sure lies within the settlement just named.
        last.chain.extend(site.chain);
    } else if found && !last.listed && described(words, mentions, to, &site) {
        // «قرب كباجب …، على بعد نحو 50 كيلومتراً جنوب غربي دير الزور»: where the place lies.
        last.chain.extend(site.chain);
    } else if (nameless
        || holds(mentions, gazetteer, last.head, site.head)
        || frames(mentions, gazetteer, clause, (last.head, site.head)))
        && !last.listed
    {
        last.head = site.head;
        last.chain.extend(site.chain);
    } else if fineness(&mentions[last.head], gazetteer) == SEA
        && mentions[site.head].offset.is_some_and(|o| o.metres.is_some())
    {
        // «في خليج عدن على مسافة 50 ميلا جنوب غربي عدن»: reckoned from the town.
        *last = site;
    } else if mentions[last.head].place.is_none() && !last.listed && !parted(words, from, to) {
        // «قرية خضر جيجة بقضاء مخمور»: no table holds the village, or only others of its name; the district does.
        last.chain.extend(site.chain);
    } else if parted(words, from, to)
        || anew(words, from, to)
        || (found && !holds(mentions, gazetteer, site.head, last.head) && too(words, from, to))
    {
        out.push(site);
    } else if aimed && mentions[last.head].role == PlaceRole::Target && fineness(&mentions[last.head], gazetteer) >= 5 {
        // «أطلقت في البحر المتوسط صواريخ على قاعدة X»: the aim, not where it was launched.
        *last = site;
    }
}

/// Whether a direction from another place, after a comma, says where the place just named lies.
fn described(words: &Words<'_>, mentions: &[PlaceMention], from: usize, site: &Site) -> bool {
    let directed = mentions[site.head].offset.is_some();
    directed && words.words[from].gap.comma && words.words[from].clitic.is_none() && !words.form(from).starts_with('و')
}

/// «، ومحيط مركز في حي X»: another thing struck, joined by و after a comma.
fn anew(words: &Words<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|w| {
        words.words[w].gap.comma
            && words.at(w).iter().any(|h| {
                h.conj.is_some()
                    && matches!(
                        h.class,
                        Class::Kind(_) | Class::Particle(Particle::Near | Particle::On) | Class::Target(_)
                    )
            })
    })
}

/// «على محطة حزيز ومحطة وقود في شارع الستين»: another thing struck, at another place.
fn too(words: &Words<'_>, from: usize, to: usize) -> bool {
    let thing = |h: &Hit| h.conj.is_some() && matches!(h.class, Class::Target(_));
    let within = |h: &Hit| h.end == to && h.is_particle(Particle::In);
    words.any(from, to, thing) && words.any(from, to, within)
}

/// Whether another event's words stand between.
fn parted(words: &Words<'_>, from: usize, to: usize) -> bool {
    words.any(from, to.max(from), |h| match h.class {
        Class::Trigger { sense, form, .. } => {
            !matches!(sense, Sense::Light | Sense::Result | Sense::Operation)
                && (matches!(form, Form::Verb | Form::Present) || !h.article)
        }
        Class::Victim(Victim::Kill | Victim::Injure, Number::Verb | Number::Masdar) => true,
        // «، واقتصرت الأضرار على الماديات في محطة Y»
        Class::Harm(harm) => harm.of_things() && h.conj.is_some() && words.words[h.start].gap.comma,
        _ => false,
    })
}

fn holds(mentions: &[PlaceMention], gazetteer: &Gazetteer, outer: usize, inner: usize) -> bool {
    match (mentions[outer].place, mentions[inner].place) {
        (Some(a), Some(b)) => gazetteer.covers(a, b),
        _ => false,
    }
}

/// «وفي البصرة أردى مسلحان محاميا في قضاء الزبير»: what opens the clause is the governorate or district that has the city's name.
fn frames(mentions: &[PlaceMention], gazetteer: &Gazetteer, clause: &Clause, (outer, inner): (usize, usize)) -> bool {
    let first = &mentions[outer];
    let Some(inner) = mentions[inner].place.filter(|_| first.lead <= clause.start + 1) else { return false };
    // «وفي حوض اليرموك استشهد أربعة بقصف على قرية كويا»: an area without borders, and a place within it.
    let about = |outer: PlaceIx| {
        let (a, b) = (gazetteer.at(outer), gazetteer.at(inner));
        let loose = matches!(a.kind, PlaceKind::Valley | PlaceKind::Mountain | PlaceKind::Region);
        loose && Gazetteer::distance_km(a, b) * 1000.0 <= LOOSE_SHARE * f64::from(a.radius_m)
    };
    let unit = |c: &PlaceIx| {
        matches!(gazetteer.at(*c).kind, PlaceKind::Governorate | PlaceKind::District) && gazetteer.covers(*c, inner)
    };
    let bare = first.kinds.is_empty() && first.role == PlaceRole::Target;
    first.place.is_some_and(about) || (bare && first.candidates.iter().any(unit))
}

/// The most specific member. What follows «جنوب» or «في» locates what stands before it, unless it lies inside that.
fn head(words: &Words<'_>, mentions: &[PlaceMention], gazetteer: &Gazetteer, members: &[usize]) -> usize {
    let mut head = members[0];
    for &member in members.iter().skip(1) {
        let region = mentions[member].place.is_some_and(|p| gazetteer.at(p).kind == PlaceKind::Region);
        let directed = mentions[member].offset.is_some() || region;
        let (Some(a), Some(b)) = (mentions[head].place, mentions[member].place) else { continue };
        let unit = fineness(&mentions[head], gazetteer) >= COARSE && gazetteer.at(a).kind != PlaceKind::Region;
        if describes(words, &mentions[member]) && !unit {
            continue;
        }
        let finer = fineness(&mentions[member], gazetteer) < fineness(&mentions[head], gazetteer);
        let whole = || gazetteer.covers(b, a) || encloses(gazetteer, b, a);
        if (gazetteer.covers(a, b) && !region) || (finer && !directed && !whole()) {
            head = member;
        }
    }
    head
}

/// «في جبل X المطلّ على مطار Y», «القريبة من قاعدة Y»: what only tells where the place named before lies.
fn describes(words: &Words<'_>, mention: &PlaceMention) -> bool {
    let adjective = |h: &Hit| {
        h.end == mention.lead
            && h.is_particle(Particle::Near)
            && words.words[h.start].gap.open()
            && words.form(h.start).starts_with("ال")
            && h.start > 0
    };
    words.within(mention.lead.saturating_sub(3), mention.lead).iter().any(adjective)
}

/// «مديرية معين بالعاصمة صنعاء»: whether a district lies within a city that is larger.
fn encloses(gazetteer: &Gazetteer, city: PlaceIx, district: PlaceIx) -> bool {
    let (a, b) = (gazetteer.at(city), gazetteer.at(district));
    a.radius_m > b.radius_m && Gazetteer::nearer(a, b, f64::from(a.radius_m) / 1000.0)
}

/// How fine a mention is: 0 a site, higher coarser. A direction with a distance away from a place is finer than the place.
pub fn fineness(mention: &PlaceMention, gazetteer: &Gazetteer) -> u8 {
    let Some(place) = mention.place else {
        return if mention.candidates.is_empty() { 1 } else { 3 };
    };
    match gazetteer.at(place).kind {
        PlaceKind::Quarter => 1,
        PlaceKind::Mountain | PlaceKind::Valley => 3,
        kind => match kind.precision() {
            GeoPrecision::Site => 0,
            GeoPrecision::Settlement | GeoPrecision::Offset => 2,
            GeoPrecision::District => 3,
            GeoPrecision::Region => 5,
            GeoPrecision::Governorate => 4,
            GeoPrecision::Sea => 6,
            GeoPrecision::Country => 7,
        },
    }
}
