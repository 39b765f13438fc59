//! What an explanation says. Every span is a byte range into the report's text, and `text` beside it is that range.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{DatePrecision, PlaceKind, Span, Tally, TimeOfDay, UnresolvedName};

/// How one report was read, and why.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Explanation {
    /// The report's id.
    pub report: String,
    /// Its publication date.
    pub published: Option<Date>,
    /// Where that comes from.
    pub published_from: Option<&'static str>,
    /// ISO 639 language; only `ar` is read.
    pub language: String,
    /// The whole text, into which all spans point.
    pub text: String,
    /// The part of it that is the report, after any front matter.
    pub body: Span,
    /// What single words and phrases were taken for, by position.
    pub mentions: Vec<Mention>,
    /// The clauses with their status.
    pub clauses: Vec<Clause>,
    /// The incidents, on the map or not, with the words that gave their fields.
    pub incidents: Vec<ToldIncident>,
    /// What was seen and not taken.
    pub rejected: Vec<Rejected>,
    /// Counts over a span of time or a theatre; never mapped.
    pub tallies: Vec<Tally>,
    /// Names of places of events that stay unresolved.
    pub unresolved: Vec<UnresolvedName>,
}

/// Words of the report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Quote {
    /// First byte in the report's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words as they stand.
    pub text: String,
}

/// What a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A place.
    Place,
    /// A time.
    Time,
    /// Killed and injured.
    Casualties,
    /// Damage to things.
    Damage,
    /// An armed actor.
    Actor,
    /// A thing that was struck.
    Target,
    /// A weapon.
    Weapon,
    /// A word for an attack.
    Trigger,
    /// A word that decided what a clause is worth.
    Cue,
    /// Another count.
    Number,
}

impl MentionKind {
    /// Every kind, in the order of the legend.
    pub const ALL: [MentionKind; 10] = [
        MentionKind::Place,
        MentionKind::Time,
        MentionKind::Casualties,
        MentionKind::Damage,
        MentionKind::Actor,
        MentionKind::Target,
        MentionKind::Weapon,
        MentionKind::Trigger,
        MentionKind::Cue,
        MentionKind::Number,
    ];

    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            MentionKind::Place => "place",
            MentionKind::Time => "time",
            MentionKind::Casualties => "casualties",
            MentionKind::Damage => "damage",
            MentionKind::Actor => "actor",
            MentionKind::Target => "target",
            MentionKind::Weapon => "weapon",
            MentionKind::Trigger => "trigger",
            MentionKind::Cue => "cue",
            MentionKind::Number => "number",
        }
    }

    /// The letter that stands for it in the labels of mentions.
    pub const fn letter(self) -> char {
        match self {
            MentionKind::Place => 'P',
            MentionKind::Time => 'T',
            MentionKind::Casualties => 'C',
            MentionKind::Damage => 'D',
            MentionKind::Actor => 'A',
            MentionKind::Target => 'S',
            MentionKind::Weapon => 'W',
            MentionKind::Trigger => 'E',
            MentionKind::Cue => 'Q',
            MentionKind::Number => 'N',
        }
    }
}

/// A word or phrase that was taken for something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mention {
    /// What it is.
    pub kind: MentionKind,
    /// The words.
    #[serde(flatten)]
    pub words: Quote,
    /// What it was taken to mean: a place's id, days, a count, a canonical name.
    pub means: String,
    /// Why.
    pub reason: String,
    /// The incidents that it serves, by id.
    pub incidents: Vec<String>,
    /// More of a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceReading>,
    /// More of a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeReading>,
}

/// How a place name was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceReading {
    /// The name without clitics, folded.
    pub name: String,
    /// What speaks for it: `bare`, `preposition`, `list`, `direction`, `kind`.
    pub evidence: &'static str,
    /// The words that do.
    pub cue: Option<Quote>,
    /// What it is to its clause: `target`, `aim`, `plain`, `origin` …
    pub role: &'static str,
    /// What the role means.
    pub role_means: &'static str,
    /// Distance and direction told before it.
    pub offset: Option<String>,
    /// Id of the place it was taken for.
    pub chosen: Option<String>,
    /// The bearers of the name, best first.
    pub candidates: Vec<Rival>,
}

/// A bearer of a name, as it was weighed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rival {
    /// The place's id.
    pub place_id: String,
    /// Its usual English name.
    pub name_en: String,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2; empty at sea.
    pub country: String,
    /// The sum of what speaks for it.
    pub score: f64,
    /// Why it was taken, or why not.
    pub reason: String,
}

/// How a time was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeReading {
    /// How it is told: `calendar`, `weekday`, `relative`, `today`, `told`, `daypart`.
    pub told_by: &'static str,
    /// What it is to its clause: `at`, `since`, `until`, `future`.
    pub role: &'static str,
    /// First day, where it could be reckoned.
    pub date_start: Option<Date>,
    /// Last day.
    pub date_end: Option<Date>,
    /// How exactly.
    pub date_precision: Option<DatePrecision>,
    /// The part of the day.
    pub time_of_day: Option<TimeOfDay>,
}

/// A clause and what it is worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clause {
    /// The words.
    #[serde(flatten)]
    pub words: Quote,
    /// `asserted`, `claimed`, `background`, `no event`, `tally`, `denied`, `threatened`, `hypothetical` …
    pub status: &'static str,
    /// Why.
    pub reason: String,
    /// The word that decided it.
    pub cue: Option<Quote>,
    /// Its words for an attack.
    pub triggers: Vec<Quote>,
    /// The events that it belongs to.
    pub joined: Vec<Joint>,
}

/// Why a clause belongs to an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Joint {
    /// The event's number in the report, from 1.
    pub event: usize,
    /// The incident that it became, if it did.
    pub incident: Option<String>,
    /// Why.
    pub reason: &'static str,
}

/// An incident and the words that gave it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldIncident {
    /// The incident's id, as `extract` gives it.
    pub id: String,
    /// The number of its event in the report, from 1.
    pub event: usize,
    /// Whether it is on the map.
    pub located: bool,
    /// One line in English.
    pub summary_en: String,
    /// The clauses that tell of it, as positions in `clauses`.
    pub clauses: Vec<usize>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of an incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its name.
    pub field: &'static str,
    /// Its value; none where the report does not tell.
    pub value: Option<String>,
    /// The words that gave it.
    pub words: Vec<Quote>,
    /// Why it has this value.
    pub reason: String,
}

/// What was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectedKind {
    /// A name of the gazetteer that is no mention.
    Name,
    /// A word for an attack that tells of none.
    Trigger,
    /// A weapon that was not used.
    Weapon,
    /// A clause that tells of no event.
    Clause,
    /// A sentence that was not read.
    Sentence,
    /// An event that does not count as an incident.
    Event,
}

impl RejectedKind {
    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            RejectedKind::Name => "name",
            RejectedKind::Trigger => "trigger",
            RejectedKind::Weapon => "weapon",
            RejectedKind::Clause => "clause",
            RejectedKind::Sentence => "sentence",
            RejectedKind::Event => "event",
        }
    }
}

/// Something that was seen and not taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rejected {
    /// What it is.
    pub kind: RejectedKind,
    /// The words.
    #[serde(flatten)]
    pub words: Quote,
    /// Why it was not taken.
    pub reason: String,
    /// The places that bear the name, by id, the best known first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}
