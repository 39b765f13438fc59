//! Reports that write ى for every last ي, as Egyptian papers do: «فى», «الذى», «العراقى».
//!
//! ```text
//! انفجرت عبوة فى حى الكرادة → «فى» is no word of any table, «في» is a particle: the whole report is read with ي
//! على, إلى, قتلى            → words of the tables as they stand; they stay
//! ```

use rustc_hash::FxHashSet;

use super::class::Class;
use crate::text::clitic::readings;

/// The words of the tables, at any place in a phrase, that end with ى or ي.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    finals: FxHashSet<Box<str>>,
    /// Those that are function words by themselves; hardly a report has none of them.
    particles: FxHashSet<Box<str>>,
}

impl Spelling {
    /// Takes in the words of a phrase.
    pub(super) fn add(&mut self, key: &str, class: Class) {
        let ends = |word: &&str| word.ends_with(['ى', 'ي']);
        self.finals.extend(key.split(' ').filter(ends).map(Box::from));
        if matches!(class, Class::Particle(_)) && ends(&key) && !key.contains(' ') {
            self.particles.insert(key.into());
        }
    }

    /// Whether ى at a word's end is typed for ي; `sure` where one such word tells it of the whole report.
    pub(super) fn typed_for_ya(&self, form: &str, sure: bool) -> bool {
        let Some(head) = form.strip_suffix('ى') else { return false };
        if sure {
            return !self.finals.contains(form) && self.particles.contains([head, "ي"].concat().as_str());
        }
        !self.knows(form) && self.knows(&[head, "ي"].concat())
    }

    /// Whether a word is of the tables, with whatever is written onto its front.
    fn knows(&self, form: &str) -> bool {
        readings(form).any(|reading| self.finals.contains(&*reading.stem) || self.finals.contains(reading.bare()))
    }
}
