//! A sentence into clauses, the stretches in which a place and a time belong to one event.
//!
//! Boundaries: `، و` + verb or count («، وأصيب», «، وستة في»), «فيما / بينما / كما», and words that lead to another
//! event («رداً على», «عقب»), whose clause is marked. «عندما / إثر / جراء» join, they do not part.
//! Misses: two events in one clause without any of these.

use crate::lexicon::class::{Class, Cue, Form, Number, Particle, Sense, TimeWord, Victim};
use crate::mention::casualty::rises;
use crate::mention::number::count_at;
use crate::mention::words::{Hit, Line, Words};

/// A verb follows a place or day that opens a clause within so many words; a judgement.
const VERB_WORDS: usize = 6;
/// A place struck next has its day within so many words; a judgement.
const NEXT_WORDS: usize = 8;

/// A range of words of one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Index of the sentence.
    pub line: usize,
    /// Whether it leads to another event: «رداً على …».
    pub response: bool,
}

/// The clauses of a sentence, in order.
pub fn clauses(words: &Words<'_>, line: usize) -> Vec<Clause> {
    let Line { start, end, .. } = words.lines[line];
    let mut out = Vec::new();
    let mut open = Clause { start, end, line, response: false };
    let mut at = start;
    while at < end {
        let begins = words.opens_clause(at).then(|| boundary(words, at, open.start, end)).flatten();
        let next = || next_place(words, at, end) || another_such(words, at);
        let begins = begins.or_else(|| next().then_some(open.response));
        let begins =
            begins.or_else(|| (open.response && (came_of_it(words, at) || answers(words, &open, at))).then_some(false));
        if let Some(response) = begins {
            if at > open.start {
                out.push(Clause { end: at, ..open });
            }
            open = Clause { start: at, end, line, response };
        }
        at += 1;
    }
    if open.start < end {
        out.push(open);
    }
    out
}

/// Whether a clause begins at a word, and whether it leads to another event.
fn boundary(words: &Words<'_>, at: usize, open: usize, end: usize) -> Option<bool> {
    let comma = words.words[at].gap.comma || words.words[at].gap.stop;
    for hit in words.at(at) {
        match hit.class {
            Class::Cue(Cue::Soon) if at > open => return Some(false),
            Class::Cue(Cue::Then) if at > open && deed_follows(words, hit, open, end) => return Some(false),
            Class::Cue(Cue::Response) if hit.prep.is_none() && !hit.article => return Some(true),
            Class::Cue(Cue::Rise) if comma && rises(words, hit, end) && words.any(open, at, killed) => {
                return Some(false);
            }
            Class::Cue(Cue::After)
                if hit.prep.is_none()
                    && !hit.article
                    && attack_follows(words, hit, end)
                    && !only_toll(words, open, at) =>
            {
                return Some(true);
            }
            Class::Cue(Cue::After) if comma && hit.prep.is_none() && dated_apart(words, hit, open, end) => {
                return Some(true);
            }
            Class::Cue(Cue::While)
                if (comma || hit.conj.is_some() || at == open) && !lists(words, hit) && !aside(words, open, at) =>
            {
                return Some(false);
            }
            Class::Cue(Cue::While) if struck_too(words, hit, end) && words.any(open, at, verbal) => return Some(false),
            _ if comma && (hit.conj.is_some() && verbal(hit) || participle(words, hit)) => return Some(false),
            _ => {}
        }
    }
    if next_toll(words, open, at, end) {
        return Some(false);
    }
    if comma && (meanwhile(words, open, at) || says_more(words, open, at, end)) {
        return Some(false);
    }
    if comma && (starts_anew(words, at, end) || part_told(words, at)) {
        return Some(false);
    }
    let joined = words.words[at].clitic == Some('و') || words.form(at).starts_with('و');
    (comma && joined && elliptic(words, at, end)).then_some(false)
}

/// «بسقوط ثلاثة قتلى في ياطر وجريحين في كفرا»: the toll of another place, joined by و to that of the first.
fn next_toll(words: &Words<'_>, open: usize, at: usize, end: usize) -> bool {
    let toll = |h: &Hit| matches!(h.class, Class::Victim(Victim::Killed | Victim::Injured | Victim::Person, _));
    let inside = |w: usize| w < end && words.at(w).iter().any(|p| p.is_particle(Particle::In));
    let placed = |h: &Hit| toll(h) && inside(h.end);
    let joined = words.words[at].clitic == Some('و') || words.at(at).iter().any(|h| h.conj == Some('و'));
    // «وأربعة في النصيرات وأصيب 11 في البريج»: the noun left out.
    let bare = |w: usize| count_at(words, w, end).is_some_and(|c| inside(c.end));
    let verb = |h: &Hit| matches!(h.class, Class::Victim(Victim::Kill | Victim::Injure, Number::Verb));
    let here = || {
        let noun = count_at(words, at, end).map_or(at, |c| c.end);
        let next = words.at(at).iter().find(|h| verb(h)).is_some_and(|h| bare(h.end));
        words.at(noun).iter().any(|h| placed(h) && h.end < end) || bare(at) || next
    };
    let before = || words.within(open, at).iter().any(placed) || (open..at).any(bare);
    joined && here() && before()
}

/// «أعلنت الوزارة أن مقاتلاتها قصفت X، وأن جنديا لقي حتفه»: the next thing that is said, with a verb of its own.
fn says_more(words: &Words<'_>, open: usize, at: usize, end: usize) -> bool {
    let that = |h: &Hit| h.conj.is_some() && h.is_particle(Particle::That);
    let deed = |h: &Hit| match h.class {
        Class::Trigger { form, sense, .. } => form == Form::Verb && !matches!(sense, Sense::Light | Sense::Result),
        Class::Victim(Victim::Kill, Number::Verb) => true,
        _ => false,
    };
    let verb = words.any(at + 1, end.min(at + 1 + VERB_WORDS), verbal);
    verb && words.at(at).iter().any(that) && words.any(open, at, deed)
}

/// «قصف مطار أربيل يوم الاثنين، ثم قاعدة بلد يوم السبت»: what was struck next, the attack left out.
fn next_place(words: &Words<'_>, at: usize, end: usize) -> bool {
    let next = words.words[at].gap.comma && words.at(at).iter().any(|h| h.is_cue(Cue::Then) && h.end == at + 1);
    let place = || words.at(at + 1).iter().any(|h| matches!(h.class, Class::Kind(_)) && !h.article);
    if !next || !place() {
        return false;
    }
    let joined = |w: usize| words.at(w).iter().any(|h| h.conj.is_some() && verbal(h));
    let stop = (at + 1..end).find(|&w| !words.words[w].gap.open() || joined(w)).unwrap_or(end).min(at + 1 + NEXT_WORDS);
    let day = |h: &Hit| matches!(h.class, Class::Time(TimeWord::Weekday, _) | Class::Month(..));
    // «استهدفوا موقع الراهب بالمدفعية، ثم ثكنة راميم بصاروخ بركان»
    let with = |h: &Hit| matches!(h.class, Class::Weapon { .. }) && h.prep == Some('ب');
    words.any(at + 2, stop, |h| day(h) || with(h)) && !words.any(at, stop, verbal)
}

/// «بعد تلك التي أصابت X، وتلك التي أودت بفلان في Y»: each of the attacks has a clause of its own.
fn another_such(words: &Words<'_>, at: usize) -> bool {
    let such = |h: &Hit| h.conj.is_some() && h.is_cue(Cue::This) && h.end == at + 1;
    let which = || words.at(at + 1).iter().any(|h| h.is_particle(Particle::Relative));
    words.words[at].gap.comma && words.at(at).iter().any(such) && which() && words.at(at + 2).iter().any(verbal)
}

/// «اندلع نزاع على خلفية خلاف على أرض، وأدى إلى سقوط قتيل»: what came of the deed, and not of what it answers.
fn came_of_it(words: &Words<'_>, at: usize) -> bool {
    words.words[at].gap.comma && words.at(at).iter().any(|h| h.conj.is_some() && h.is_cue(Cue::Because))
}

/// «ردا على غارة شنّها الجيش على X، هاجم المقاتلون ثكنة»: the deed that answers, told after what it answers.
fn answers(words: &Words<'_>, open: &Clause, at: usize) -> bool {
    let deed = |h: &Hit| match h.class {
        Class::Trigger { form: Form::Verb, sense, .. } => !matches!(sense, Sense::Result) && h.conj.is_none(),
        _ => false,
    };
    let told = |h: &Hit| matches!(h.class, Class::Trigger { .. });
    // «ردا على الهجوم، فجر الأحد، على X»: a part of the day.
    let daypart = |h: &Hit| matches!(h.class, Class::Time(..));
    let here = words.at(at);
    words.words[at].gap.comma && here.iter().any(deed) && !here.iter().any(daypart) && words.any(open.start, at, told)
}

/// «قصفت القوات إدلب، قبل أن تشنّ مقاتلات غارات»: another attack, not what came of this one.
fn deed_follows(words: &Words<'_>, hit: &Hit, open: usize, end: usize) -> bool {
    let attack = |h: &Hit| match h.class {
        Class::Trigger { sense, form, .. } => {
            let verb = matches!(form, Form::Verb | Form::Present);
            let open = matches!(sense, Sense::Result | Sense::Explosion | Sense::Operation | Sense::Exposed);
            verb && !open
        }
        _ => false,
    };
    words.any(open, hit.start, attack) && words.any(hit.end, end.min(hit.end + 2), attack)
}

/// «وفيما كان السكان يستعدون للتشييع، هاجم انتحاريون»: what went on, and then the verb of what happened.
fn meanwhile(words: &Words<'_>, open: usize, at: usize) -> bool {
    let head = words.within(open, open + 3);
    let went_on = head.iter().any(|h| h.is_cue(Cue::While)) && head.iter().any(|h| h.is_cue(Cue::Perfect));
    let verb = |h: &Hit| matches!(h.class, Class::Trigger { form: Form::Verb, .. }) && h.conj.is_none();
    went_on && words.at(at).iter().any(verb)
}

/// «انتشلت الطواقم 17 قتيلا بعد قصف على مدرسة»: where nothing but a toll stands before, the attack is what is told.
fn only_toll(words: &Words<'_>, open: usize, at: usize) -> bool {
    let killed = |h: &Hit| matches!(h.class, Class::Victim(Victim::Killed | Victim::Injured, _));
    let attack = |h: &Hit| matches!(h.class, Class::Trigger { .. });
    let count = (open..at).any(|w| count_at(words, w, at).is_some());
    count && words.any(open, at, killed) && !words.any(open, at, attack)
}

/// «عقب غارة», «بعد هجوم»: a word for an attack right after, as a noun; not «عقب الهجوم», which was told.
fn attack_follows(words: &Words<'_>, hit: &Hit, end: usize) -> bool {
    let attack = |h: &Hit| match h.class {
        Class::Trigger { sense, form, .. } => {
            let noun = !matches!(form, Form::Verb | Form::Present) && !h.article && h.prep.is_none();
            noun && !matches!(sense, Sense::Operation | Sense::Launch | Sense::Light | Sense::Exposed | Sense::Down)
        }
        _ => false,
    };
    hit.end < end && words.words[hit.end].gap.open() && words.at(hit.end).iter().any(attack)
}

/// «القصف الذي تعرّض له الخميس بالتزامن مع قصف مطار دمشق»: what else was struck then.
fn struck_too(words: &Words<'_>, hit: &Hit, end: usize) -> bool {
    let with = words.at(hit.end).iter().any(|h| h.is_particle(Particle::With));
    let named = |h: &Hit| matches!(h.class, Class::Kind(_) | Class::Particle(Particle::On)) && !h.article;
    with && attack_follows(words, &Hit { end: hit.end + 1, ..*hit }, end) && words.any(hit.end + 2, hit.end + 3, named)
}

/// «وهو ثالث هجوم في أسبوعين، بعد الهجوم الذي قتل عمالا في 17 كانون الثاني»: an attack that its own date tells from this one.
fn dated_apart(words: &Words<'_>, hit: &Hit, open: usize, end: usize) -> bool {
    let attack =
        |h: &Hit| matches!(h.class, Class::Trigger { form, .. } if !matches!(form, Form::Verb | Form::Present));
    let which = words.any(hit.end + 1, hit.end + 2, |h| h.is_particle(Particle::Relative));
    let stop = (hit.end + 1..end).find(|&w| words.words[w].gap.comma || words.words[w].gap.stop).unwrap_or(end);
    let month = |h: &Hit| matches!(h.class, Class::Month(..));
    which
        && words.at(hit.end).iter().any(attack)
        && words.any(hit.end + 2, stop, month)
        && words.any(open, hit.start, attack)
        && !words.any(open, hit.start, month)
}

/// «وأعلنت المقاومة، من جهتها، أنها هاجمت»: set between the verb of saying and what is said.
fn aside(words: &Words<'_>, open: usize, at: usize) -> bool {
    let says = words.any(open, at, |h| h.is_cue(Cue::Report));
    let said = |h: &Hit| matches!(h.class, Class::Trigger { .. } | Class::Particle(Particle::That) | Class::Victim(..));
    says && !words.any(open, at, said)
}

/// «، وفي عامودا قُتل حارس», «، ويوم الاثنين نجا ناشطان»: a place or a day, and a verb of its own.
fn starts_anew(words: &Words<'_>, at: usize, end: usize) -> bool {
    let opens = words
        .at(at)
        .iter()
        .any(|h| h.conj.is_some() && matches!(h.class, Class::Particle(Particle::In) | Class::Time(..)));
    // «، وأواخر حزيران/يونيو أصيب»
    let month = |w: usize| words.at(w).iter().any(|h| matches!(h.class, Class::Month(..)));
    let second_name = |w: usize| month(w) && month(w - 1);
    let stop = (at + 1..end.min(at + 1 + VERB_WORDS))
        .find(|&w| !words.words[w].gap.open() && !second_name(w))
        .unwrap_or(at + 1 + VERB_WORDS);
    opens && words.any(at + 1, end.min(stop), verbal)
}

/// «، اثنان منها لم ينفجرا في منطقة X»: what became of a part of the salvo.
fn part_told(words: &Words<'_>, at: usize) -> bool {
    words.at(at).iter().any(|h| {
        h.is_cue(Cue::Part) && words.any(h.end, h.end + 2, |n| matches!(n.class, Class::Cue(Cue::Negation | Cue::Dud)))
    })
}

/// «وكذلك في منطقة القائم» goes on with a list.
fn lists(words: &Words<'_>, hit: &Hit) -> bool {
    let next = words.at(hit.end);
    hit.conj.is_some()
        && words.words.get(hit.end).is_some_and(|w| w.gap.open())
        && next.iter().any(|h| matches!(h.class, Class::Particle(Particle::In) | Class::Kind(_)))
        && !words
            .any(hit.end, hit.end + 6, |h| matches!(h.class, Class::Trigger { form: Form::Verb | Form::Present, .. }))
}

/// «، قائلا»: a participle of saying.
fn participle(words: &Words<'_>, hit: &Hit) -> bool {
    let form = words.form(hit.start);
    hit.is_cue(Cue::Report) && (form.ends_with('ا') || form.ends_with("ة")) && form.chars().count() >= 5
}

fn killed(hit: &Hit) -> bool {
    matches!(hit.class, Class::Victim(Victim::Kill | Victim::Killed | Victim::Injure | Victim::Injured, _))
}

fn verbal(hit: &Hit) -> bool {
    matches!(
        hit.class,
        Class::Trigger { form: Form::Verb | Form::Present, .. }
            | Class::Cue(
                Cue::Report
                    | Cue::Claim
                    | Cue::NoClaim
                    | Cue::Accuse
                    | Cue::Deny
                    | Cue::Threat
                    | Cue::Perfect
                    | Cue::Total
                    | Cue::Negation
                    | Cue::Heard
            )
            | Class::Victim(Victim::Kill | Victim::Injure, Number::Verb | Number::Masdar)
    )
}

/// «، وستة في بادية الميادين»: a count and a place, the verb left out.
pub fn elliptic(words: &Words<'_>, at: usize, end: usize) -> bool {
    let Some(count) = count_at(words, at, end) else { return false };
    words.any(count.end, (count.end + 4).min(end), |h| {
        matches!(h.class, Class::Particle(Particle::In | Particle::On | Particle::Toward)) || h.prep == Some('ب')
    })
}
