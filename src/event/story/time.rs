//! When a clause's event was: by its own words, its sentence's, or those of the event told before.

use jiff::civil::Date;

use super::event::{Time, Told};
use super::{HISTORY_DAYS, Story};
use crate::event::facts::Facts;
use crate::lexicon::class::{Class, Cue, TimeWord};
use crate::mention::time::{TimeKind, TimeMention, TimeRole, named};
use crate::model::{TimeOfDay, When};
use crate::text::document::SentenceKind;

impl Story<'_, '_> {
    /// The clause's time: its own, its sentence's, or that of the event told before.
    pub(super) fn when(&self, told: &Told) -> Option<Time> {
        let own = told.facts.time;
        if let Some(time) = own {
            match time.kind {
                TimeKind::Told(days) => return self.exact(told).or_else(|| self.moved(days, &time)),
                TimeKind::Daypart => {
                    let carried = self.line_time.and_then(|(_, t)| t.when).or(self.last_when);
                    let carried = carried.map(|w| self.next_morning(w, time.time_of_day));
                    return Some(Time { when: carried.map(|w| w.at(time.time_of_day)), own: None, told: false });
                }
                TimeKind::Weekday | TimeKind::Today if time.when.is_none() => {
                    return Some(Time { when: self.by_day_told(&time), own: Some(time), told: true });
                }
                _ => return Some(Time { when: self.same_unit(&time), own: Some(time), told: true }),
            }
        }
        if told.facts.clause.response {
            return None;
        }
        let ahead = || self.ahead(&told.facts).filter(|_| self.last_when.is_none());
        let denied = self.denied.filter(|(line, _)| *line == told.facts.clause.line);
        let of_line = self.line_time.or(denied).map(|(_, t)| t);
        of_line.or_else(ahead).map(|t| Time { when: t.when, own: Some(t), told: false })
    }

    /// «وقبل ذلك بأسبوع، في الثاني من آب»: the day that the clause tells beside.
    fn exact(&self, told: &Told) -> Option<Time> {
        let times = self.reading.times_in(told.facts.clause.start, told.facts.clause.end);
        let time = times.iter().find(|t| t.role == TimeRole::At && t.kind == TimeKind::Calendar && t.when.is_some())?;
        Some(Time { when: time.when, own: Some(*time), told: true })
    }

    /// «السبت 06-01-2024 … صباح اليوم», «الجمعة 13 آذار 2020 … مساء الأربعاء»: where no publication date is known, reckoned from
    /// the day that the report itself tells first.
    fn by_day_told(&self, time: &TimeMention) -> Option<When> {
        let full = |t: &&TimeMention| t.kind == TimeKind::Calendar && t.when.is_some_and(|w| w.start == w.end);
        let lead = self.reading.words.lines.iter().find(|l| l.kind == SentenceKind::Body)?;
        let first = self.reading.times_in(0, lead.end).iter().take_while(|t| t.start < time.start).find(full)?;
        let day = first.when?;
        let back = match time.weekday {
            Some(weekday) => (day.start.weekday().to_monday_one_offset() - weekday).rem_euclid(7),
            None => 0,
        };
        let start = day.start.checked_sub(jiff::Span::new().days(i64::from(back))).ok()?;
        Some(When::day(start).at(time.time_of_day))
    }

    /// «مساء الأحد … فجرا»: the morning after, where the report is about that day.
    fn next_morning(&self, carried: When, time: Option<TimeOfDay>) -> When {
        let late = matches!(carried.time_of_day, Some(TimeOfDay::Evening | TimeOfDay::Night));
        let early = matches!(time, Some(TimeOfDay::Dawn | TimeOfDay::Morning));
        let lead = self.events.iter().find_map(|e| e.when);
        match (carried.start.tomorrow(), lead) {
            (Ok(next), Some(lead)) if late && early && carried.start == carried.end && lead.start == next => {
                When { start: next, end: next, ..carried }
            }
            _ => carried,
        }
    }

    /// «في 9 أبريل من العام ذاته», «في 11 من الشهر نفسه»: the year or month of the event told before.
    fn same_unit(&self, time: &TimeMention) -> Option<When> {
        let words = self.reading.words;
        let from = time.end.saturating_sub(1);
        let unit = words.within(from, time.end + 3).iter().find_map(|h| match h.class {
            Class::Time(TimeWord::Unit, unit) if words.at(h.end).iter().any(|s| s.is_cue(Cue::Same)) => {
                Some(named(unit))
            }
            _ => None,
        });
        let told = self.year_named(time).or_else(|| self.events.last().and_then(|e| e.when)).map(|w| w.start);
        let (Some(unit), Some(told), Some(when)) = (unit, told, time.when) else { return time.when };
        let to = |day: Date| match unit {
            "month" => day.with().year(told.year()).month(told.month()).build().ok(),
            _ => day.with().year(told.year()).build().ok(),
        };
        match (to(when.start), to(when.end)) {
            (Some(start), Some(end)) => Some(When { start, end, ..when }),
            _ => time.when,
        }
    }

    /// «شهد في 26 مايو 2017 مقتل عشرين. وقبله، في 9 أبريل من العام ذاته»: the last day that the paragraph names before.
    fn year_named(&self, time: &TimeMention) -> Option<When> {
        let here = self.reading.words.words.get(time.start)?.sentence;
        let paragraph = self.reading.words.lines[here].paragraph;
        let mut before = self.reading.times_in(0, time.start).iter().rev();
        let last = before.find(|t| t.kind == TimeKind::Calendar && t.when.is_some())?;
        let line = self.reading.words.words[last.start].sentence;
        last.when.filter(|_| self.reading.words.lines[line].paragraph == paragraph)
    }

    /// A time later in the sentence serves a clause before it where nothing is dated yet.
    pub(super) fn ahead(&self, facts: &Facts) -> Option<TimeMention> {
        let line = self.reading.words.lines[facts.clause.line];
        let times = self.reading.times_in(facts.clause.end, line.end);
        times.iter().copied().find(|t| t.role == TimeRole::At && t.kind != TimeKind::Daypart)
    }

    /// Whether a day lies near the days told before: the report's own story, not history.
    pub(super) fn recent(&self, when: When) -> bool {
        self.last_when.is_none_or(|last| (last.start - when.start).get_days() <= HISTORY_DAYS)
    }

    /// «… في 12 أيار. وبعد يومين من ذلك»: the last day that the sentence before names, be it of an event or not.
    fn day_before(&self, time: &TimeMention) -> Option<When> {
        let here = self.reading.words.words.get(time.start)?.sentence;
        let line = here.checked_sub(1)?;
        // «… عرضة لهجوم مماثل في 25 تموز.», and in the next paragraph «في الليلة نفسها»: that of the story.
        let apart = self.reading.words.lines[line].paragraph != self.reading.words.lines[here].paragraph;
        if apart && time.kind == TimeKind::Told(0) && self.events.last().is_some_and(|e| e.background) {
            return None;
        }
        let from = self.reading.words.lines[line].start;
        let named = |t: &&TimeMention| t.role == TimeRole::At && t.kind == TimeKind::Calendar && t.when.is_some();
        self.reading.times_in(from, time.start).iter().rev().find(named).and_then(|t| t.when)
    }

    pub(super) fn moved(&self, days: i8, time: &TimeMention) -> Option<Time> {
        let of_line = self.line_time.and_then(|(_, t)| t.when);
        let told = of_line.or_else(|| self.day_before(time)).or(self.last_when);
        let Some(last) = told else { return self.moved_weekday(days, time) };
        let by = jiff::Span::new().days(i64::from(days));
        let (start, end) = (last.start.checked_add(by).ok()?, last.end.checked_add(by).ok()?);
        let when = When { start, end, precision: last.precision, time_of_day: time.time_of_day };
        Some(Time { when: Some(when), own: Some(*time), told: true })
    }

    /// «مساء الخميس … بعد يوم واحد من هجوم مماثل»: a Wednesday, where no publication date says which.
    fn moved_weekday(&self, days: i8, time: &TimeMention) -> Option<Time> {
        let of_line = self.line_time.and_then(|(_, t)| t.weekday);
        let last = of_line.or_else(|| self.events.iter().rev().find(|e| !e.background)?.weekday)?;
        let weekday = Some((last - 1 + days).rem_euclid(7) + 1);
        Some(Time { when: None, own: Some(TimeMention { weekday, ..*time }), told: true })
    }
}
