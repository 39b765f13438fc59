//! What a word of the lexicon is: the closed classes that the recognisers ask for.

use std::str::FromStr;

use crate::model::EventType;

pub use super::cue::Cue;
pub use super::signs::Sign;

/// A closed vocabulary: its variants, and how the tables write them.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// How the tables write it.
            pub const fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $text),+
                }
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(value: &str) -> Result<Self, String> {
                match value {
                    $($text => Ok($name::$variant),)+
                    _ => Err([$($text),+].join(", ")),
                }
            }
        }
    };
}

pub(super) use words;

words! {
    /// What a trigger word says of the event before its context is known.
    Sense {
        /// غارة
        AirRaid = "raid_air",
        /// ضربة
        Strike = "strike",
        /// ضرب, a verb that also serves floods
        HitVerb = "hit",
        /// قصف
        Bombard = "bombard",
        /// هجوم
        Attack = "attack",
        /// استهدف
        Target = "target",
        /// طال
        Reach = "reach",
        /// تعرض ل
        Exposed = "exposed",
        /// انفجار
        Explosion = "explosion",
        /// تفجير
        Bombing = "bombing",
        /// اشتباك
        Clash = "clash",
        /// كمين
        Ambush = "ambush",
        /// إطلاق نار
        Shooting = "shooting",
        /// أطلق, needs a weapon
        Launch = "launch",
        /// فتح, needs النار
        Fire = "fire",
        /// سقط, needs a weapon
        Fall = "fall",
        /// رشقة
        Salvo = "salvo",
        /// أسقط, needs a weapon
        Down = "down",
        /// اغتيال
        Assassination = "assassination",
        /// اقتحام
        Raid = "raid",
        /// خطف
        Abduction = "abduction",
        /// استولى, needs a ship
        Seize = "seize",
        /// نسف
        Demolition = "demolition",
        /// عملية, an anaphor
        Operation = "operation",
        /// أصاب, of a thing
        Struck = "struck",
        /// دمر
        Destroy = "destroy",
        /// شن, needs a trigger noun
        Light = "light",
        /// أسفر, tells a result
        Result = "result",
    }
}

/// How a trigger word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// One: غارة
    Singular,
    /// Two: غارتان
    Dual,
    /// Several: غارات
    Plural,
    /// A verb in the past.
    Verb,
    /// A verb in the present.
    Present,
}

words! {
    /// What a word of the casualty grammar is.
    Victim {
        /// قتيل
        Killed = "killed",
        /// جريح
        Injured = "injured",
        /// قتل, مقتل
        Kill = "kill",
        /// أصيب, إصابة
        Injure = "injure",
        /// مقتل وإصابة
        Both = "both",
        /// شخص
        Person = "person",
        /// آخر
        Other = "other",
    }
}

words! {
    /// Grammatical number, or the kind of word, in the casualty table.
    Number {
        /// One.
        Singular = "s",
        /// Two.
        Dual = "d",
        /// Several.
        Plural = "p",
        /// Any number: a masdar.
        Masdar = "m",
        /// A verb that may be passive.
        Verb = "v",
        /// An active verb only.
        Active = "a",
        /// A noun phrase.
        Noun = "n",
        /// A noun with the pronoun of those told before.
        Theirs = "o",
    }
}

words! {
    /// What a phrase says of casualties and damage.
    Harm {
        /// Nobody was hurt.
        Nobody = "none",
        /// Damage to things only.
        OnlyMaterial = "onlymaterial",
        /// Not told.
        Untold = "untold",
        /// Something was damaged.
        Damage = "damage",
        /// A noun of loss: nobody was hurt where it is negated.
        Loss = "loss",
    }
}

impl Harm {
    /// Whether it tells of things, and not of people.
    pub fn of_things(self) -> bool {
        matches!(self, Harm::OnlyMaterial | Harm::Damage)
    }
}

words! {
    /// What a numeral word contributes.
    Numeral {
        /// 1–19
        Unit = "unit",
        /// 20–90
        Ten = "ten",
        /// 100–900
        Hundred = "hundred",
        /// 1,000 and 2,000
        Thousand = "thousand",
        /// 1,000,000
        Million = "million",
        /// عدة, عشرات
        Vague = "vague",
        /// نحو, أكثر من
        Approx = "approx",
    }
}

words! {
    /// What a word of time is.
    TimeWord {
        /// الاثنين
        Weekday = "weekday",
        /// فجر
        Daypart = "daypart",
        /// أمس
        Relative = "relative",
        /// اليوم نفسه
        Same = "same",
        /// غداة ذلك
        Next = "next",
        /// قبل ذلك بيوم
        Prev = "prev",
        /// الماضي
        Last = "last",
        /// مطلع
        Part = "part",
        /// يوم
        Unit = "unit",
    }
}

words! {
    /// Who an actor is.
    ActorKind {
        /// A state or its army.
        State = "state",
        /// An armed group.
        Group = "group",
        /// Nobody known.
        Unknown = "unknown",
    }
}

words! {
    /// Function words that decide what a place or a time is to its clause.
    Particle {
        /// في
        In = "in",
        /// على
        On = "on",
        /// باتجاه
        Toward = "toward",
        /// قرب
        Near = "near",
        /// من
        From = "from",
        /// انطلاقا من
        Origin = "origin",
        /// إلى
        To = "to",
        /// قبل
        Before = "before",
        /// حتى
        Until = "until",
        /// بين
        Between = "between",
        /// أن
        That = "that",
        /// التي
        Relative = "relative",
        /// التابعة
        Belong = "belong",
        /// على بعد
        Distance = "distance",
        /// نقل
        Carry = "carry",
        /// مع
        With = "with",
        /// عن
        About = "for",
    }
}

/// The type an event gets from its trigger or weapon, before context decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// A type of its own.
    Type(EventType),
    /// Whatever the weapon says.
    Open,
}

/// The class of a lexicon entry, with what the table says of it. Ids index the tables of the
/// [`Lexicon`](super::Lexicon).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A word for an attack.
    Trigger {
        /// What it says.
        sense: Sense,
        /// How it stands.
        form: Form,
        /// The type it hints at.
        hint: Hint,
    },
    /// A weapon.
    Weapon {
        /// Index into [`Lexicon::weapons`](super::Lexicon::weapons).
        id: u16,
        /// The type it makes of an open trigger.
        event: EventType,
    },
    /// An actor.
    Actor(u16),
    /// A nationality adjective that names an actor on a trigger or weapon.
    NisbaActor(u16),
    /// A cue word.
    Cue(Cue),
    /// A function word.
    Particle(Particle),
    /// A casualty word.
    Victim(Victim, Number),
    /// A word that opens a part of a toll: بينهم.
    Breakdown,
    /// A numeral word: kind, least and most.
    Numeral(Numeral, u32, Option<u32>),
    /// An ordinal as a day number.
    Ordinal(u8),
    /// A month, 1–12; whether of the Hijri calendar.
    Month(u8, bool),
    /// A word of time and its value: weekday 1–7 (Monday first), days, or an index of [`DAYPARTS`].
    Time(TimeWord, i8),
    /// A direction: bearing in degrees, or none for the centre.
    Direction(Option<u16>),
    /// A unit of length, in metres.
    Length(u16),
    /// What was struck: index into [`Lexicon::targets`](super::Lexicon::targets).
    Target(u16),
    /// Casualties or damage told in a phrase.
    Harm(Harm),
    /// A kind word: index into [`Lexicon::kinds`](super::Lexicon::kinds).
    Kind(u16),
    /// A person known for an actor: index into [`Lexicon::actors`](super::Lexicon::actors).
    Figure(u16),
    /// A word that points back to an actor: index into [`Lexicon::pointers`](super::Lexicon::pointers).
    Pointer(u16),
    /// A nationality adjective of a country: index into [`Lexicon::countries`](super::Lexicon::countries).
    Nisba(u16),
}

/// The values of parts of the day and of other named time values, by index.
pub const DAYPARTS: &[&str] = &[
    "dawn",
    "morning",
    "noon",
    "afternoon",
    "evening",
    "night",
    "early",
    "past",
    "current",
    "next",
    "mid",
    "late",
    "hour",
    "day",
    "week",
    "month",
    "year",
];
