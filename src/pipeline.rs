//! The stages in one readable function.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Result;
use crate::event;
use crate::event::Heard;
use crate::event::facts::Reading;
use crate::event::story::Event;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::mention::calendar::Anchor;
use crate::mention::known::Memory;
use crate::mention::passed::Passed;
use crate::mention::place::{PlaceMention, Shown, Tables, places};
use crate::mention::settle::{Weighed, settle};
use crate::mention::time::{TimeKind, TimeMention, in_order, times};
use crate::mention::words::Words;
use crate::merge;
use crate::model::{DatePrecision, Extraction, Incident, Report, Tally};
use crate::resolve;
use crate::resolve::keep::Dropped;
use crate::text::Language;
use crate::text::document::{Document, SentenceKind};

/// The gazetteer in use: the one compiled in, or one with the user's tables.
#[derive(Debug)]
enum Held {
    Embedded(&'static Gazetteer),
    Own(Box<Gazetteer>),
}

/// Reads reports with one gazetteer.
#[derive(Debug)]
pub struct Mapper {
    gazetteer: Held,
    lexicon: &'static Lexicon,
    /// What idle readers remember of words; each takes one along while it reads.
    memories: Mutex<Vec<Memory>>,
}

/// What the stages saw and decided on the way, for those who explain.
pub struct Seen<'s, 'a> {
    /// All mentions.
    pub reading: &'s Reading<'s, 'a>,
    /// What times are reckoned from.
    pub anchor: Anchor,
    /// Names of the gazetteer that are no mentions.
    pub passed: &'s [Passed],
    /// The bearers of each place mention's name, as they were weighed.
    pub weighed: &'s [Weighed],
    /// All clauses.
    pub heard: &'s [Heard],
    /// The events, in the order told.
    pub events: &'s [Event],
    /// For each event the reason why it is no incident; none for those that are.
    pub dropped: &'s [Option<Dropped>],
    /// What became of the events that count: on the map, and not.
    pub incidents: [&'s [Incident]; 2],
}

/// What is kept on the way where somebody wants to see it.
#[derive(Default)]
struct Trail {
    passed: Vec<Passed>,
    weighed: Vec<Weighed>,
    heard: Vec<Heard>,
}

/// A dateline ends within so many words; a judgement.
const OPENING_WORDS: usize = 16;

impl Mapper {
    /// A mapper with the tables that the binary carries.
    pub fn embedded() -> Self {
        let (gazetteer, lexicon) = beside_lexicon(Gazetteer::embedded);
        Mapper { gazetteer: Held::Embedded(gazetteer), lexicon, memories: Mutex::default() }
    }

    /// A mapper with the user's tables beside those that the binary carries.
    pub fn with_gazetteer(files: &[PathBuf]) -> Result<Self> {
        if files.is_empty() {
            return Ok(Mapper::embedded());
        }
        let (own, lexicon) = beside_lexicon(|| Gazetteer::load(files));
        Ok(Mapper { gazetteer: Held::Own(Box::new(own?)), lexicon, memories: Mutex::default() })
    }

    /// The places in use.
    pub fn gazetteer(&self) -> &Gazetteer {
        match &self.gazetteer {
            Held::Embedded(gazetteer) => gazetteer,
            Held::Own(gazetteer) => gazetteer,
        }
    }

    /// Everything that can be read from one report.
    pub fn read(&self, report: &Report) -> Extraction {
        self.run(report, None)
    }

    /// The same, and shows what the stages saw on the way; nothing is shown of a report that is not in Arabic.
    pub fn read_and_show(&self, report: &Report, mut show: impl FnMut(&Seen<'_, '_>)) -> Extraction {
        self.run(report, Some(&mut show))
    }

    fn run(&self, report: &Report, show: Option<&mut dyn FnMut(&Seen<'_, '_>)>) -> Extraction {
        let mut document = Document::of(report);
        if document.language != Language::Arabic {
            return Extraction {
                report: report.id.clone(),
                published: report.published,
                language: document.language.as_code().to_owned(),
                ..Extraction::default()
            };
        }
        let phrases = &self.lexicon.phrases;
        document.respell(|word| phrases.betrays_alef(word), |word| phrases.ends_in_ya(word));
        let tables = self.tables();
        let mut memory = self.memories().pop().unwrap_or_default();
        let words = Words::of(&document, tables, &mut memory);
        self.memories().push(memory);
        let anchor = Anchor { published: report.published.or_else(|| published(&words)), item: None };
        let mut trail = show.is_some().then(Trail::default);
        let (places, times) = self.mentions(&words, &anchor, trail.as_mut());
        let reading = Reading {
            words: &words,
            places: &places,
            times: &times,
            gazetteer: self.gazetteer(),
            lexicon: self.lexicon,
        };
        let telling = event::tell(&reading, &report.id, trail.as_mut().map(|t| &mut t.heard));
        let mut resolved = resolve::resolve(&reading, report, anchor.published.is_some(), &telling.events);
        merge::identify(&mut resolved.incidents);
        merge::identify(&mut resolved.unlocated);
        if let (Some(show), Some(Trail { passed, weighed, heard })) = (show, &trail) {
            let (events, dropped) = (&telling.events, &resolved.dropped);
            let incidents = [resolved.incidents.as_slice(), resolved.unlocated.as_slice()];
            show(&Seen { reading: &reading, anchor, passed, weighed, heard, events, dropped, incidents });
        }
        Extraction {
            report: report.id.clone(),
            published: anchor.published,
            published_bounds: None,
            language: document.language.as_code().to_owned(),
            incidents: resolved.incidents,
            tallies: dated(telling.tallies, anchor),
            unlocated: resolved.unlocated,
            unresolved: resolved.unresolved,
            notes: telling.notes,
        }
    }

    /// Where names are looked up.
    fn tables(&self) -> Tables<'_> {
        Tables { gazetteer: self.gazetteer(), lexicon: self.lexicon }
    }

    /// No reader panics with these in hand, and if one did, they would be as good as before.
    fn memories(&self) -> MutexGuard<'_, Vec<Memory>> {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The settled places and the times of all sentences that tell anything.
    fn mentions(
        &self,
        words: &Words<'_>,
        anchor: &Anchor,
        mut trail: Option<&mut Trail>,
    ) -> (Vec<PlaceMention>, Vec<TimeMention>) {
        let tables = self.tables();
        let (mut all_places, mut all_times, mut shown) = (Vec::new(), Vec::new(), Shown::default());
        let mut passed = |name: Passed| {
            if let Some(trail) = trail.as_deref_mut() {
                trail.passed.push(name);
            }
        };
        let mut anchor = *anchor;
        for line in &words.lines {
            if matches!(line.kind, SentenceKind::Body | SentenceKind::Heading) {
                places(words, tables, (line.start, line.end), &mut shown, &mut passed, &mut all_places);
                let told = times(words, line.start, line.end, &anchor);
                anchor.item = item_day(&told, line.start).or(anchor.item);
                all_times.extend(told);
            }
        }
        in_order(words, &mut all_times);
        settle(&mut all_places, tables, trail.map(|t| &mut t.weighed));
        (all_places, all_times)
    }
}

/// Loads a gazetteer while another thread loads the lexicon: either takes some milliseconds, which one notices when there
/// is one report to read.
fn beside_lexicon<G>(load: impl FnOnce() -> G) -> (G, &'static Lexicon) {
    std::thread::scope(|scope| {
        scope.spawn(Lexicon::embedded);
        (load(), Lexicon::embedded())
    })
}

/// The day with which a line opens: in a timeline that of an item.
fn item_day(told: &[TimeMention], start: usize) -> Option<jiff::civil::Date> {
    let first = told.first().filter(|t| t.start == start && t.kind == TimeKind::Calendar)?;
    first.when.filter(|w| w.precision == DatePrecision::Day && w.start == w.end).map(|w| w.start)
}

/// Tallies with the day as of which they count.
fn dated(mut tallies: Vec<Tally>, anchor: Anchor) -> Vec<Tally> {
    let published = anchor.published.map(|date| date.to_string());
    for tally in &mut tallies {
        tally.as_of = tally.until.clone().or_else(|| published.clone());
    }
    tallies
}

/// The publication date that the dateline or the first heading tells in full.
fn published(words: &Words<'_>) -> Option<jiff::civil::Date> {
    let first = words.lines.first()?;
    let heading = if first.kind == SentenceKind::Heading { first.end } else { words.dateline };
    let dash = (heading..words.words.len().min(OPENING_WORDS)).rfind(|&w| words.words[w].gap.dash);
    let end = dash.unwrap_or(heading).max(heading);
    times(words, 0, end, &Anchor::default())
        .into_iter()
        .filter(|t| t.kind == TimeKind::Calendar)
        .filter_map(|t| t.when)
        .find(|w| w.precision == DatePrecision::Day && w.start == w.end)
        .map(|w| w.start)
}
