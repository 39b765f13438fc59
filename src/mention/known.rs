//! What the tables know of single words, kept from one text to the next.
//!
//! Which phrases and names a word can begin hangs on the word alone, and most words of a text stood in the last one: to ask
//! anew what may be taken off their fronts, and each table what it knows of the rest, was a fifth of all reading.

use super::place::Tables;
use crate::lexicon::phrase::Start;
use crate::text::clitic::any_stem;
use crate::text::fold::name_form;
use crate::text::heads::hash;

/// What the tables know of one word.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// The phrases that it may begin, by their first word.
    pub(super) starts: Box<[Start]>,
    /// Whether it may begin a name of the gazetteer.
    pub(super) named: bool,
}

impl Known {
    /// Asks the tables; `number` is the [`hash`] of `form`.
    fn of(tables: Tables<'_>, number: u32, form: &str) -> Known {
        let name = name_form(form);
        let begins = |word: &str| tables.gazetteer.may_begin(hash(word));
        Known { starts: tables.lexicon.phrases.starts(number, form), named: begins(&name) || any_stem(&name, begins) }
    }
}

/// Longer words are rare enough to be asked for each time.
const LONGEST: usize = 22;
/// So many words are remembered: more than a day's reports use often, and small enough to stay near at hand.
const WORDS: usize = 4096;

/// A remembered word; empty where none is.
#[derive(Debug, Clone, Default)]
struct Slot {
    form: [u8; LONGEST],
    length: u8,
    known: Known,
}

/// The words met before by readers of one gazetteer. Each has one place, and gives it up to the next that needs it.
#[derive(Debug, Default)]
pub struct Memory {
    slots: Vec<Slot>,
    /// For a word that is not remembered.
    spare: Known,
}

impl Memory {
    /// What the tables know of a word; they must be the same each time.
    pub(super) fn of(&mut self, tables: Tables<'_>, number: u32, form: &str) -> &Known {
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); WORDS];
        }
        let (bytes, place) = (form.as_bytes(), number as usize % WORDS);
        let Some(slot) = self.slots.get_mut(place).filter(|_| (1..=LONGEST).contains(&bytes.len())) else {
            self.spare = Known::of(tables, number, form);
            return &self.spare;
        };
        let (head, _) = slot.form.split_at_mut(bytes.len());
        if usize::from(slot.length) != bytes.len() || head != bytes {
            head.copy_from_slice(bytes);
            slot.length = u8::try_from(bytes.len()).unwrap_or_default();
            slot.known = Known::of(tables, number, form);
        }
        &slot.known
    }
}
