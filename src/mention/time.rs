//! Times: `[part of day] [يوم] WEEKDAY [الماضي] [DATE]`, `[مطلع] [DAY] MONTH[/MONTH] [YEAR]`, `D/M/Y`, `أمس`, `قبل N أيام`.
//!
//! «مساء أمس الاثنين» the evening before publication · «ليل الجمعة - السبت» a night over two days ·
//! «17 من تشرين الأول الماضي» the last 17 October before the month of publication · «في اليوم نفسه» the day told before.
//! Misses: «الأسبوع قبل الماضي», times with seconds, time zones.

use jiff::civil::Date;

use super::calendar::{self, Anchor};
use super::number::digits;
use super::words::{Hit, Words};
use crate::lexicon::class::{Class, Cue, DAYPARTS, Numeral, Particle, TimeWord};
use crate::model::{DatePrecision, TimeOfDay, When};

/// What a time is to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeRole {
    /// When it happened.
    At,
    /// Counted from then.
    Since,
    /// Counted until then.
    Until,
    /// Still to come.
    Future,
}

/// How a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// By a calendar date, to the day, month or year.
    Calendar,
    /// By a weekday.
    Weekday,
    /// From the publication date: أمس.
    Relative,
    /// From a bare اليوم, which syndicated copies get wrong.
    Today,
    /// The day told before, moved by so many days.
    Told(i8),
    /// Only a part of the day.
    Daypart,
}

/// A time in the text; `start..end` are word indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeMention {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// The days, where they can be reckoned.
    pub when: Option<When>,
    /// The part of the day.
    pub time_of_day: Option<TimeOfDay>,
    /// How it is told.
    pub kind: TimeKind,
    /// What it is to its clause.
    pub role: TimeRole,
    /// The weekday told, Monday 1 to Sunday 7.
    pub weekday: Option<i8>,
}

/// The pieces of a time expression as they are met.
#[derive(Debug, Default, Clone)]
pub(super) struct Parts {
    pub time_of_day: Option<TimeOfDay>,
    pub early: bool,
    pub weekdays: Vec<i8>,
    pub relative: Option<i8>,
    pub told: Option<i8>,
    pub days: Vec<u32>,
    pub month: Option<(u8, bool)>,
    pub year: Option<i16>,
    pub numeric: Option<Date>,
    pub third: Option<i8>,
    pub last: Option<i8>,
    pub unit: Option<i8>,
    pub ago: Option<(u32, i8)>,
    pub night: bool,
}

/// All times of a sentence.
pub fn times(words: &Words<'_>, start: usize, end: usize, anchor: &Anchor) -> Vec<TimeMention> {
    let mut out: Vec<TimeMention> = Vec::new();
    let mut at = start;
    while at < end {
        let found = words.opens_time(at).then(|| time_at(words, at, start, end, anchor)).flatten();
        let Some(time) = found else {
            out.extend(day_of_it(words, at, (start, end), &out));
            at += 1;
            continue;
        };
        at = time.end.max(at + 1);
        if let (Some(previous), TimeRole::Until) = (out.last_mut(), time.role) {
            open_span(words, previous);
        }
        out.push(time);
    }
    out
}

/// «في 17 كانون الثاني … وفي 24 منه»: a day of the month told last in the sentence.
fn day_of_it(words: &Words<'_>, at: usize, (floor, end): (usize, usize), told: &[TimeMention]) -> Option<TimeMention> {
    let of_it = at + 1 < end && words.words[at + 1].gap.open() && words.at(at + 1).iter().any(|h| h.is_cue(Cue::OfIt));
    if !of_it {
        return None;
    }
    let ordinal = || words.at(at).iter().find_map(|h| if let Class::Ordinal(day) = h.class { Some(day) } else { None });
    let day = if words.words[at].digits { words.form(at).parse().ok()? } else { i8::try_from(ordinal()?).ok()? };
    let month = told.iter().rev().filter_map(|t| t.when).find(|w| w.precision <= DatePrecision::Month)?;
    let day = month.start.with().day(day).build().ok()?;
    let when = When { start: day, end: day, precision: DatePrecision::Day, time_of_day: None };
    let role = role(words, at, floor, &Parts::default());
    let kind = TimeKind::Calendar;
    Some(TimeMention { start: at, end: at + 2, when: Some(when), time_of_day: None, kind, role, weekday: None })
}

/// «من 17 أكتوبر إلى 11 يناير»: the first date of the two opens the span.
fn open_span(words: &Words<'_>, time: &mut TimeMention) {
    if time.start > 0 && particle(words, time.start - 1, Particle::From) {
        time.role = TimeRole::Since;
    }
}

fn time_at(words: &Words<'_>, at: usize, floor: usize, end: usize, anchor: &Anchor) -> Option<TimeMention> {
    let mut parts = Parts::default();
    let past = read(words, at, end, &mut parts);
    if past == at || !parts.stands(words, at) {
        return None;
    }
    let kind = parts.kind();
    let when = calendar::resolve(&parts, anchor);
    let role = role(words, at, floor, &parts);
    let weekday = parts.weekdays.last().copied();
    Some(TimeMention { start: at, end: past, when, time_of_day: parts.time_of_day, kind, role, weekday })
}

impl Parts {
    /// Whether the pieces make a time. A bare فجر may be a verb, a bare month a name, a bare number anything.
    fn stands(&self, words: &Words<'_>, at: usize) -> bool {
        let dated = self.month.is_some_and(|_| !self.days.is_empty() || self.year.is_some() || self.last.is_some())
            || self.numeric.is_some();
        let bare_month = self.month.is_some()
            && !dated
            && !words.at(at).iter().any(|h| h.article)
            && words.form(at).chars().count() > 3;
        let bare_unit = self.unit.is_some() && (self.last.is_some() || self.year.is_some() || !self.days.is_empty());
        let verb = words.at(at).iter().any(|h| matches!(h.class, Class::Trigger { .. }) && !h.article);
        let daypart = self.time_of_day.is_some() && !verb;
        dated
            || bare_month
            || bare_unit
            || daypart
            || !self.weekdays.is_empty()
            || self.relative.is_some()
            || self.told.is_some()
            || self.ago.is_some()
    }

    fn kind(&self) -> TimeKind {
        if let Some(days) = self.told {
            return TimeKind::Told(days);
        }
        if self.month.is_some() || self.numeric.is_some() || self.year.is_some() {
            return TimeKind::Calendar;
        }
        if !self.weekdays.is_empty() {
            return TimeKind::Weekday;
        }
        match self.relative {
            Some(0) if self.ago.is_none() => TimeKind::Today,
            _ if self.relative.is_some() || self.ago.is_some() || self.unit.is_some() => TimeKind::Relative,
            _ => TimeKind::Daypart,
        }
    }
}

/// Reads pieces from a word on; returns the word after the last piece.
fn read(words: &Words<'_>, at: usize, end: usize, parts: &mut Parts) -> usize {
    let (mut here, mut past) = (at, at);
    while here < end {
        if here > at && !joined(words, here, parts) {
            break;
        }
        match piece(words, here, end, parts) {
            Some(next) => (here, past) = (next, next),
            None if here > at && (filler(words, here) || parts.night_runs(words, here)) => here += 1,
            None => break,
        }
    }
    past
}

/// Whether a time may run on to this word across the gap before it.
fn joined(words: &Words<'_>, here: usize, parts: &Parts) -> bool {
    let Some(word) = words.words.get(here) else { return false };
    let gap = word.gap;
    if gap.stop {
        return false;
    }
    if gap.comma {
        return !parts.weekdays.is_empty() && parts.month.is_none() && (word.digits);
    }
    gap.open() || gap.dash || gap.slash || gap.bracket
}

impl Parts {
    /// «ليلة الخميس إلى الجمعة», «ليل الأحد على الاثنين»: the night between two days.
    fn night_runs(&self, words: &Words<'_>, at: usize) -> bool {
        let to = particle(words, at, Particle::To) || particle(words, at, Particle::On);
        let day = |h: &Hit| matches!(h.class, Class::Time(TimeWord::Weekday, _)) && h.conj.is_none();
        self.night && self.weekdays.len() == 1 && to && words.at(at + 1).iter().any(day)
    }
}

/// Words that may stand inside a time: من, في, يوم.
fn filler(words: &Words<'_>, at: usize) -> bool {
    words.at(at).iter().any(|h| {
        matches!(h.class, Class::Particle(Particle::From | Particle::In) | Class::Time(TimeWord::Unit, _))
            && h.conj.is_none()
    })
}

/// One piece at a word; returns the word after it.
fn piece(words: &Words<'_>, at: usize, end: usize, parts: &mut Parts) -> Option<usize> {
    if words.words.get(at)?.digits {
        return number_piece(words, at, end, parts);
    }
    for hit in words.at(at) {
        if hit.conj.is_some() && hit.start > 0 && parts.any() {
            return None;
        }
        let next = match hit.class {
            Class::Time(word, value) => time_piece(words, (hit.start, hit.end), (word, value), parts),
            Class::Month(month, hijri) => month_piece(hit.end, month, hijri, parts),
            Class::Ordinal(day) if parts.days.is_empty() && month_follows(words, hit.end) => {
                parts.days.push(u32::from(day));
                Some(hit.end)
            }
            Class::Numeral(Numeral::Unit, day, _) if day <= 31 && month_follows(words, hit.end) => {
                parts.days.push(day);
                Some(hit.end)
            }
            _ => None,
        };
        if next.is_some() {
            return next;
        }
    }
    ago(words, at, parts)
}

impl Parts {
    fn any(&self) -> bool {
        !self.weekdays.is_empty() || self.relative.is_some() || self.month.is_some() || !self.days.is_empty()
    }
}

fn month_piece(end: usize, month: u8, hijri: bool, parts: &mut Parts) -> Option<usize> {
    match parts.month {
        None => parts.month = Some((month, hijri)),
        Some((known, _)) if known == month || hijri => {}
        Some((_, true)) => {
            // «12 رجب 1445 الموافق 24 يناير 2024»: the Gregorian date is taken.
            parts.month = Some((month, hijri));
            parts.year = None;
            parts.days = parts.days.split_off(parts.days.len().saturating_sub(1));
        }
        Some(_) => return None,
    }
    Some(end)
}

/// «راكبيها الاثنين» are two, no Monday: the dual with a pronoun before it.
fn both(words: &Words<'_>, at: usize) -> bool {
    let dual = |w: usize| ["يها", "يه", "اها", "اه", "يهما", "يهم"].iter().any(|end| words.form(w).ends_with(end));
    let before = at.checked_sub(1).filter(|_| words.words[at].gap.open());
    before.is_some_and(|w| dual(w) && words.form(w).chars().count() > 4 && words.at(w).is_empty())
}

fn time_piece(
    words: &Words<'_>,
    (start, end): (usize, usize),
    (word, value): (TimeWord, i8),
    parts: &mut Parts,
) -> Option<usize> {
    match word {
        TimeWord::Weekday if both(words, start) => return None,
        TimeWord::Weekday if parts.weekdays.len() < 2 => parts.weekdays.push(value),
        TimeWord::Daypart => parts.daypart(value),
        TimeWord::Relative if parts.relative.is_none() && parts.told.is_none() => parts.relative = Some(value),
        TimeWord::Same | TimeWord::Next | TimeWord::Prev => parts.told = Some(value),
        TimeWord::Last if parts.any() || parts.unit.is_some() => parts.last = Some(value),
        TimeWord::Part if start + 1 < words.words.len() => parts.third = Some(value),
        TimeWord::Unit if unit_stands(words, end) => parts.unit = Some(value),
        _ => return None,
    }
    Some(end)
}

/// A unit counts as a piece where الماضي or a year follows: «الشهر الماضي», «عام 2003».
fn unit_stands(words: &Words<'_>, end: usize) -> bool {
    let year = words.words.get(end).is_some_and(|w| w.digits && year_of(w.form).is_some());
    says_which(words, end) || year
}

/// Whether a word right after a unit says which one: «الماضي», «نفسه».
fn says_which(words: &Words<'_>, at: usize) -> bool {
    words.at(at).iter().any(|h| matches!(h.class, Class::Time(TimeWord::Last, _) | Class::Cue(Cue::Same)))
}

impl Parts {
    fn daypart(&mut self, value: i8) {
        let name = usize::try_from(value).ok().and_then(|i| DAYPARTS.get(i)).copied().unwrap_or("");
        if name == "early" {
            self.early = true;
            return;
        }
        self.night |= name == "night";
        if self.time_of_day.is_none() || name != "night" {
            self.time_of_day = name.parse().ok();
        }
    }
}

/// A number in digits: a day before a month, a year after one, or a date in digits.
fn number_piece(words: &Words<'_>, at: usize, end: usize, parts: &mut Parts) -> Option<usize> {
    if let Some((date, past)) = numeric_date(words, at, end) {
        parts.numeric = Some(date);
        return Some(past);
    }
    let form = words.form(at);
    if let Some(year) = year_of(form).filter(|_| parts.month.is_some() || parts.unit.is_some()) {
        parts.year = Some(year);
        return Some(at + 1);
    }
    let day = digits(form).filter(|d| (1..=31).contains(d))?;
    let second = words.words.get(at + 1).filter(|w| w.digits && (w.gap.slash || w.gap.dash || w.clitic == Some('و')));
    if month_follows(words, at + 1) || second.is_some_and(|_| month_follows(words, at + 2)) {
        parts.days.push(day);
        return Some(at + 1);
    }
    None
}

fn year_of(form: &str) -> Option<i16> {
    form.parse().ok().filter(|y| (1300..=2100).contains(y))
}

/// Whether a month name stands here, or after من.
fn month_follows(words: &Words<'_>, at: usize) -> bool {
    let month = |at: usize| words.at(at).iter().any(|h| matches!(h.class, Class::Month(..)) && h.conj.is_none());
    let unit = |at: usize| {
        words.at(at).iter().any(|h| matches!(h.class, Class::Time(TimeWord::Unit, _))) && says_which(words, at + 1)
    };
    month(at) || (particle(words, at, Particle::From) && (month(at + 1) || unit(at + 1))) || unit(at)
}

/// `24/1/2024`, `2024-01-24`, `24.10.2016`.
fn numeric_date(words: &Words<'_>, at: usize, end: usize) -> Option<(Date, usize)> {
    let field = |n: usize| words.words.get(at + n).filter(|w| w.digits && at + n < end).map(|w| w.form);
    let parted = |n: usize| words.words.get(at + n).is_some_and(|w| w.gap.slash || w.gap.dash);
    if parted(1) && parted(2) {
        let (a, b, c) = (field(0)?.parse().ok()?, field(1)?.parse().ok()?, field(2)?.parse().ok()?);
        return calendar::numeric(a, b, c).map(|date| (date, at + 3));
    }
    let mut dotted = field(0)?.split('.').map(str::parse::<i32>);
    let (a, b, c) = (dotted.next()?.ok()?, dotted.next()?.ok()?, dotted.next()?.ok()?);
    calendar::numeric(a, b, c).map(|date| (date, at + 1))
}

/// «قبل ثلاثة أيام».
fn ago(words: &Words<'_>, at: usize, parts: &mut Parts) -> Option<usize> {
    if !particle(words, at, Particle::Before) {
        return None;
    }
    let count = super::number::count_at(words, at + 1, at + 5).filter(|c| c.max == Some(c.min))?;
    let unit = words.at(count.end).iter().find_map(|h| match h.class {
        Class::Time(TimeWord::Unit, unit) => Some((unit, h.end)),
        _ => None,
    })?;
    parts.ago = Some((count.min, unit.0));
    Some(unit.1)
}

/// What the words before a time make of it.
fn role(words: &Words<'_>, at: usize, floor: usize, parts: &Parts) -> TimeRole {
    if parts.last.is_some_and(|l| named(l) == "next") {
        return TimeRole::Future;
    }
    let from = at.saturating_sub(2).max(floor);
    let before = |wanted: &dyn Fn(&Class) -> bool| words.any(from, at, |h| wanted(&h.class) && h.end <= at);
    let since = words.within(floor, at).iter().rfind(|h| h.is_cue(Cue::Since));
    let unbroken = since.is_some_and(|s| (s.end..=at).all(|w| !words.words[w].gap.comma) && at - s.end < 12);
    if unbroken || before(&|c| matches!(c, Class::Cue(Cue::Since))) {
        return TimeRole::Since;
    }
    let directly = |p: Particle| at > floor && particle(words, at - 1, p);
    if directly(Particle::To) || directly(Particle::Until) || before(&|c| matches!(c, Class::Particle(Particle::Until)))
    {
        return TimeRole::Until;
    }
    if directly(Particle::Between) && parts.month.is_some() {
        return TimeRole::Since;
    }
    TimeRole::At
}

/// «السبت: … الأحد: … الجمعة: …» in a Saturday's look back at the week: headings of days come in order, so that a first one
/// after the next is of the week before.
pub fn in_order(words: &Words<'_>, times: &mut [TimeMention]) {
    let mut next: Option<Date> = None;
    for time in times.iter_mut().rev().filter(|t| t.kind == TimeKind::Weekday) {
        let sentence = words.words[time.start].sentence;
        let opens = words.lines[sentence].start == time.start;
        let colon = words.words.get(time.end).is_some_and(|w| w.gap.stop && w.sentence == sentence);
        let Some(when) = time.when.as_mut().filter(|_| opens && colon) else { continue };
        let week = jiff::Span::new().days(7);
        if next.is_some_and(|next| when.start > next)
            && let (Ok(start), Ok(end)) = (when.start.checked_sub(week), when.end.checked_sub(week))
        {
            (when.start, when.end) = (start, end);
        }
        next = Some(when.start);
    }
}

fn particle(words: &Words<'_>, at: usize, wanted: Particle) -> bool {
    words.at(at).iter().any(|h| h.is_particle(wanted))
}

/// The name of a value of the table of times.
pub fn named(value: i8) -> &'static str {
    usize::try_from(value).ok().and_then(|i| DAYPARTS.get(i)).copied().unwrap_or("")
}
