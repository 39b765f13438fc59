//! The tables of `lexicon/` into one [`Lexicon`]. A cell that does not fit is passed over and listed as a fault;
//! a test sees to it that the list is empty.

use std::str::FromStr;

use rustc_hash::FxHashMap;

use super::class::{
    ActorKind, Class, Cue, DAYPARTS, Form, Harm, Hint, Number, Numeral, Particle, Sense, Sign, TimeWord, Victim,
};
use super::inflect::{forms, possessed};
use super::{ActorRow, KindRow, Lexicon, PointerRow, Stands};
use crate::model::{EventType, PlaceKind};
use crate::text::fold::lexicon_key;

/// A table's file name and text.
macro_rules! table {
    ($name:literal) => {
        ($name, include_str!(concat!("../../lexicon/", $name)))
    };
}

/// The compiled-in tables; faults are for [`Lexicon::faults`].
pub(super) fn embedded() -> Lexicon {
    read().0
}

/// The compiled-in tables and their faults.
pub(super) fn read() -> (Lexicon, Vec<String>) {
    let mut loader = Loader::default();
    loader.table(table!("cues.csv"), Loader::cue);
    loader.table(table!("particles.csv"), Loader::particle);
    loader.table(table!("triggers.csv"), Loader::trigger);
    loader.table(table!("weapons.csv"), Loader::weapon);
    loader.table(table!("actors.csv"), Loader::actor);
    loader.table(table!("nisba_actors.csv"), Loader::nisba_actor);
    loader.table(table!("figures.csv"), Loader::figure);
    loader.table(table!("pointers.csv"), Loader::pointer);
    loader.table(table!("victims.csv"), Loader::victim);
    loader.table(table!("numbers.csv"), Loader::numeral);
    loader.table(table!("ordinals.csv"), Loader::ordinal);
    loader.table(table!("months.csv"), Loader::month);
    loader.table(table!("times.csv"), Loader::time);
    loader.table(table!("directions.csv"), Loader::direction);
    loader.table(table!("units.csv"), Loader::length);
    loader.table(table!("targets.csv"), Loader::target);
    loader.table(table!("damage.csv"), Loader::harm);
    loader.table(table!("kinds.csv"), Loader::kind);
    loader.table(table!("nisba.csv"), Loader::nisba);
    loader.table(table!("breakdowns.csv"), Loader::breakdown);
    loader.table(table!("assertion.csv"), Loader::assertion);
    loader.singulars();
    loader.lexicon.phrases.finish();
    (loader.lexicon, loader.faults)
}

/// A row's cells.
type Cells<'r> = &'r csv::StringRecord;
/// What is wrong with a row.
type Fault = String;

#[derive(Default)]
struct Loader {
    lexicon: Lexicon,
    /// Weapons of one word, folded.
    arms: FxHashMap<String, Class>,
    faults: Vec<String>,
}

impl Loader {
    fn table(&mut self, (name, text): (&str, &str), row: fn(&mut Self, Cells<'_>) -> Result<(), Fault>) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for (number, record) in reader.records().enumerate() {
            let told = match record {
                Ok(cells) => row(self, &cells),
                Err(error) => Err(error.to_string()),
            };
            if let Err(fault) = told {
                self.faults.push(format!("lexicon/{name}:{}: {fault}", number + 2));
            }
        }
    }

    /// Adds every form of a `|`-parted cell.
    fn add(&mut self, cell: &str, class: Class) {
        for entry in cell.split('|').map(str::trim).filter(|e| !e.is_empty()) {
            for form in forms(entry) {
                self.lexicon.phrases.add(&lexicon_key(&form), class);
            }
        }
    }

    fn cue(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let cue: Cue = word(cells, 0)?;
        self.add(cell(cells, 1), Class::Cue(cue));
        Ok(())
    }

    fn particle(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let particle: Particle = word(cells, 0)?;
        self.add(cell(cells, 1), Class::Particle(particle));
        Ok(())
    }

    fn trigger(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let sense: Sense = word(cells, 1)?;
        let hint = cell(cells, 0).parse::<EventType>().map_or(Hint::Open, Hint::Type);
        let columns = [Form::Singular, Form::Dual, Form::Plural, Form::Verb, Form::Present];
        for (i, form) in columns.into_iter().enumerate() {
            self.add(cell(cells, i + 2), Class::Trigger { sense, form, hint });
        }
        for (column, form) in [(2, Form::Singular), (4, Form::Plural)] {
            for noun in cell(cells, column).split('|').flat_map(possessed) {
                self.lexicon.phrases.add(&lexicon_key(&noun), Class::Trigger { sense, form, hint });
            }
        }
        Ok(())
    }

    fn weapon(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let event: EventType = cell(cells, 1).parse().map_err(|e| format!("event: {e}"))?;
        let id = intern(&mut self.lexicon.weapons, cell(cells, 0).to_owned());
        let class = Class::Weapon { id, event };
        self.add(cell(cells, 2), class);
        for form in cell(cells, 2).split('|').filter(|f| !f.contains(' ')) {
            self.arms.entry(lexicon_key(form)).or_insert(class);
        }
        Ok(())
    }

    fn actor(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let kind: ActorKind = word(cells, 1)?;
        let row = ActorRow { name: cell(cells, 0).to_owned(), kind, country: cell(cells, 2).to_owned() };
        let id = intern(&mut self.lexicon.actors, row);
        self.add(cell(cells, 3), Class::Actor(id));
        self.arm(cell(cells, 3));
        Ok(())
    }

    /// «طيران التحالف», «المدفعية التركية» name a weapon as well.
    fn arm(&mut self, cell: &str) {
        for form in cell.split('|').filter(|f| f.contains(' ')) {
            let key = lexicon_key(form);
            let first = key.split(' ').next().unwrap_or("");
            let bare = first.strip_prefix("ال").unwrap_or(first);
            let weapon = self.arms.get(first).or_else(|| self.arms.get(bare)).copied();
            if let Some(class) = weapon {
                self.lexicon.phrases.add(&key, class);
            }
        }
    }

    fn known_actor(&self, name: &str) -> Result<u16, Fault> {
        self.lexicon.actor(name).ok_or_else(|| format!("actor {name:?} is not in actors.csv"))
    }

    fn nisba_actor(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let id = self.known_actor(cell(cells, 0))?;
        self.add(cell(cells, 1), Class::NisbaActor(id));
        Ok(())
    }

    /// `actor,forms`: a known person is one person, and whose he is.
    fn figure(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let id = self.known_actor(cell(cells, 0))?;
        // «أبو مهدي» is «أبا مهدي» and «أبي مهدي» by its case.
        let cases = ["أبو ", "أبا ", "أبي "];
        let known = cell(cells, 1).split('|');
        let forms = known.flat_map(|form| match form.strip_prefix(cases[0]) {
            Some(rest) => cases.iter().map(|case| format!("{case}{rest}")).collect(),
            None => vec![form.to_owned()],
        });
        for form in forms {
            self.add(&form, Class::Figure(id));
            self.add(&form, Class::Victim(Victim::Person, Number::Singular));
        }
        Ok(())
    }

    /// `forms,stands_for,default`.
    fn pointer(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let stands = match cell(cells, 1) {
            "speaker" => Stands::Speaker,
            "group" => Stands::Kind(ActorKind::Group),
            "state" => Stands::Kind(ActorKind::State),
            names => Stands::Of(names.split('|').map(|n| self.known_actor(n)).collect::<Result<_, _>>()?),
        };
        let mut default = Vec::new();
        for pair in cell(cells, 2).split('|').filter(|p| !p.is_empty()) {
            let (country, name) = pair.split_once('=').ok_or_else(|| format!("default {pair:?}: COUNTRY=actor"))?;
            default.push((country.to_owned(), self.known_actor(name)?));
        }
        let id = intern(&mut self.lexicon.pointers, PointerRow { stands, default });
        self.add(cell(cells, 0), Class::Pointer(id));
        self.arm(cell(cells, 0));
        Ok(())
    }

    fn victim(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let (victim, number) = (word::<Victim>(cells, 0)?, word::<Number>(cells, 1)?);
        let class = Class::Victim(victim, number);
        self.add(cell(cells, 2), class);
        // «سائقها»: whose he was.
        if (victim, number) == (Victim::Person, Number::Singular) {
            for noun in cell(cells, 2).split('|').flat_map(possessed) {
                self.lexicon.phrases.add(&lexicon_key(&noun), class);
            }
        }
        Ok(())
    }

    fn numeral(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let kind: Numeral = word(cells, 1)?;
        let (least, most) = range(cell(cells, 0));
        self.add(cell(cells, 2), Class::Numeral(kind, least, most));
        Ok(())
    }

    fn ordinal(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let day = cell(cells, 0).parse().map_err(|_| "value: a day number".to_owned())?;
        self.add(cell(cells, 1), Class::Ordinal(day));
        Ok(())
    }

    fn month(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let month = cell(cells, 0).parse().map_err(|_| "month: 1 to 12".to_owned())?;
        self.add(cell(cells, 2), Class::Month(month, cell(cells, 1) == "hijri"));
        Ok(())
    }

    fn time(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let kind: TimeWord = word(cells, 0)?;
        let text = cell(cells, 1);
        let named = DAYPARTS.iter().position(|d| *d == text).and_then(|i| i8::try_from(i).ok());
        let value = text.parse().ok().or(named).ok_or_else(|| format!("value {text:?}: a number or a named value"))?;
        self.add(cell(cells, 2), Class::Time(kind, value));
        Ok(())
    }

    fn direction(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        self.add(cell(cells, 2), Class::Direction(cell(cells, 1).parse().ok()));
        Ok(())
    }

    fn length(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let metres = cell(cells, 0).parse().map_err(|_| "metres: a number".to_owned())?;
        self.add(cell(cells, 1), Class::Length(metres));
        Ok(())
    }

    fn target(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let id = intern(&mut self.lexicon.targets, cell(cells, 0).to_owned());
        self.add(cell(cells, 1), Class::Target(id));
        for kind in cell(cells, 2).split(';').filter(|k| !k.is_empty()) {
            let kind: PlaceKind = kind.parse().map_err(|e| format!("kinds: {e}"))?;
            self.lexicon.target_kinds.push((kind, id));
        }
        Ok(())
    }

    fn harm(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let harm: Harm = word(cells, 0)?;
        self.add(cell(cells, 1), Class::Harm(harm));
        Ok(())
    }

    /// `form,number,kinds,role`.
    fn kind(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let kinds: Result<Vec<PlaceKind>, _> =
            cell(cells, 2).split(';').filter(|k| !k.is_empty()).map(str::parse).collect();
        let role = cell(cells, 3);
        if cell(cells, 2).is_empty() || !matches!(role, "kind" | "zone" | "street") {
            return Ok(());
        }
        let several = cell(cells, 1) != "singular";
        let singular = Some(lexicon_key(cell(cells, 0)));
        let row = KindRow { kinds: kinds.map_err(|e| e.to_string())?, several, singular, street: role == "street" };
        let id = intern(&mut self.lexicon.kinds, row);
        self.add(cell(cells, 0), Class::Kind(id));
        Ok(())
    }

    /// Gives plural kind words the singular that has the same kinds and shares their beginning.
    fn singulars(&mut self) {
        let rows = self.lexicon.kinds.clone();
        for row in self.lexicon.kinds.iter_mut().filter(|r| r.several) {
            let wanted = row.singular.take();
            let fits = |r: &&KindRow| !r.several && r.kinds == row.kinds;
            let best = rows.iter().filter(fits).filter_map(|r| r.singular.as_deref());
            row.singular = best.max_by_key(|s| shared(s, wanted.as_deref().unwrap_or(""))).map(str::to_owned);
        }
    }

    /// `form,country`.
    fn nisba(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let id = intern(&mut self.lexicon.countries, cell(cells, 1).to_owned());
        self.add(cell(cells, 0), Class::Nisba(id));
        Ok(())
    }

    /// `sign,weight,note`.
    fn assertion(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        let sign: Sign = word(cells, 0)?;
        let weight = cell(cells, 1).parse().map_err(|_| format!("weight {:?}: a number", cell(cells, 1)))?;
        self.lexicon.assertion.push((sign, weight));
        Ok(())
    }

    fn breakdown(&mut self, cells: Cells<'_>) -> Result<(), Fault> {
        self.add(cell(cells, 0), Class::Breakdown);
        Ok(())
    }
}

/// How many letters two words begin with alike.
fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}

/// A cell, empty where the row is short.
fn cell(cells: Cells<'_>, column: usize) -> &str {
    cells.get(column).unwrap_or("").trim()
}

/// A cell of a closed vocabulary.
fn word<T: FromStr<Err = String>>(cells: Cells<'_>, column: usize) -> Result<T, Fault> {
    let text = cell(cells, column);
    text.parse().map_err(|known| format!("column {}: found {text:?}, expected one of {known}", column + 1))
}

/// The id of a value, added where it is new.
fn intern<T: PartialEq>(values: &mut Vec<T>, value: T) -> u16 {
    let at = values.iter().position(|v| *v == value).unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// `12`, `3-9` or `20-`; a word stands for a code of approximation.
fn range(text: &str) -> (u32, Option<u32>) {
    match text {
        "about" => (0, None),
        "more" | "atleast" => (1, None),
        "less" => (2, None),
        _ => match text.split_once('-') {
            Some((low, high)) => (low.parse().unwrap_or(0), high.parse().ok()),
            None => (text.parse().unwrap_or(0), text.parse().ok()),
        },
    }
}
