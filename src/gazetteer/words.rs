//! The words that say what kind of place follows (قاعدة, قضاء, شمال), and the adjectives that name a country (سورية).

use std::str::FromStr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::PlaceKind;
use crate::text::name_key;

const KINDS: &str = include_str!("../../lexicon/kinds.csv");
const NISBA: &str = include_str!("../../lexicon/nisba.csv");

/// How many places a kind word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// قاعدة: one.
    Singular,
    /// قاعدتي: two, joined by و.
    Dual,
    /// قواعد: several, joined by و.
    Plural,
}

/// What a word does before or after a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// قاعدة: says what the named place is.
    Kind,
    /// ريف: means a zone in or about the named place.
    Zone,
    /// لواء: a unit of troops that may be named for its place.
    Unit,
    /// منزل: what was struck, in a place; names none itself.
    Target,
    /// شمال: a direction.
    Direction,
    /// الجوية: follows the name of a site.
    Qualifier,
    /// في: ties a place to the one that holds it.
    Link,
}

impl FromStr for Number {
    type Err = ();
    fn from_str(value: &str) -> Result<Self, ()> {
        match value {
            "singular" => Ok(Number::Singular),
            "dual" => Ok(Number::Dual),
            "plural" => Ok(Number::Plural),
            _ => Err(()),
        }
    }
}

impl FromStr for Role {
    type Err = ();
    fn from_str(value: &str) -> Result<Self, ()> {
        match value {
            "kind" => Ok(Role::Kind),
            "zone" => Ok(Role::Zone),
            "unit" => Ok(Role::Unit),
            "target" => Ok(Role::Target),
            "direction" => Ok(Role::Direction),
            "qualifier" => Ok(Role::Qualifier),
            "link" => Ok(Role::Link),
            _ => Err(()),
        }
    }
}

/// One row of `lexicon/kinds.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindWord {
    /// How many places follow.
    pub number: Number,
    /// What they can be; empty where the word tells nothing of it.
    pub kinds: Vec<PlaceKind>,
    /// What the word does.
    pub role: Role,
}

static KIND_WORDS: LazyLock<FxHashMap<String, Vec<KindWord>>> = LazyLock::new(|| {
    let mut words: FxHashMap<String, Vec<KindWord>> = FxHashMap::default();
    for [form, number, kinds, role] in rows(KINDS) {
        if let (Ok(number), Ok(role)) = (number.parse(), role.parse()) {
            let kinds = kinds.split(';').filter_map(|kind| kind.parse().ok()).collect();
            words.entry(name_key(&form)).or_default().push(KindWord { number, kinds, role });
        }
    }
    words
});

static NISBAS: LazyLock<FxHashMap<String, String>> =
    LazyLock::new(|| rows(NISBA).map(|[form, country]| (name_key(&form), country)).collect());

/// What the word (or the words, joined by a blank) does, given as a [`name_key`]; the article is not taken off.
pub fn kind_words(key: &str) -> &'static [KindWord] {
    KIND_WORDS.get(key).map_or(&[], Vec::as_slice)
}

/// The country, ISO 3166-1 alpha-2, that an adjective names: السورية → SY; given as a [`name_key`].
pub fn nisba(key: &str) -> Option<&'static str> {
    NISBAS.get(key).map(String::as_str)
}

fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [String; N]> {
    let reader = csv::Reader::from_reader(text.as_bytes());
    reader.into_records().filter_map(|row| {
        let row = row.ok()?;
        let mut fields = row.iter().map(str::to_owned);
        let cells: [Option<String>; N] = std::array::from_fn(|_| fields.next());
        cells.iter().all(Option::is_some).then(|| cells.map(Option::unwrap_or_default))
    })
}
