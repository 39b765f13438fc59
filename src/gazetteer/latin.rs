//! Keys of names in Latin letters.
//!
//! ```text
//! Ayn al-Asad, Ain al Assad → asad under `spelled`: "aynasad", "ainasad"; under `skeleton`: "ansd"
//! عين الأسد                 → skeleton "ansd": a name needs no romanised row to be found
//! Deir ez-Zor, Der Zor      → skeleton "drzr"
//! ```
//!
//! Known misses: an article written into the name (Albukamal) and vowels that make a consonant (Aouja for العوجة).

use unicode_normalization::UnicodeNormalization;

const ARTICLES: [&str; 20] = [
    "al", "el", "ul", "il", "as", "es", "ash", "esh", "ad", "ed", "adh", "an", "en", "ar", "er", "at", "et", "az",
    "ez", "the",
];

/// The words of a Latin name: small letters without accents and articles.
pub(super) fn latin_words(name: &str) -> Vec<String> {
    let plain: String = name.nfd().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.len().saturating_sub(1);
    let named = |(at, word): &(usize, &str)| *at == last || !ARTICLES.contains(word);
    words.iter().copied().enumerate().filter(named).map(|(_, word)| word.to_owned()).collect()
}

/// Accents, and the signs for hamza and ayn.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ' | 'ʹ')
}

/// The key of a spelling: its words without blanks, doubled letters once.
pub(super) fn spelled(words: &[String]) -> String {
    let mut key = words.concat();
    key.dedup();
    key
}

/// The key of all spellings of one Arabic name: its consonants, and whether it begins with a vowel.
pub(super) fn skeleton(words: &[String]) -> String {
    let mut key = String::new();
    let letters: Vec<char> = words.concat().chars().collect();
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (sound, taken) = sound(c, next, at + 1 == letters.len());
        if let Some(sound) = sound
            && (sound != 'a' || key.is_empty())
        {
            key.push(sound);
        }
        at += taken;
    }
    key.dedup();
    key
}

/// The sound that begins at `c`, and its number of letters; vowels are `a`.
fn sound(c: char, next: char, last: bool) -> (Option<char>, usize) {
    match (c, next) {
        ('s' | 'c', 'h') => (Some('c'), 2),
        ('k', 'h') => (Some('x'), 2),
        ('g', 'h') => (Some('g'), 2),
        ('t', 'h') => (Some('t'), 2),
        ('d', 'h') => (Some('d'), 2),
        ('d', 'j') => (Some('j'), 2),
        ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w', _) => (Some('a'), 1),
        ('h', _) if last => (None, 1),
        ('q' | 'c', _) => (Some('k'), 1),
        ('p', _) => (Some('b'), 1),
        ('v', _) => (Some('f'), 1),
        (c, _) => (Some(c), 1),
    }
}

/// The skeleton of a name in Arabic letters, given as words of a [`name_key`](crate::text::name_key).
pub(super) fn arabic_skeleton<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut key = String::new();
    for word in words {
        let stem = word.strip_prefix("ال").filter(|stem| stem.chars().count() > 1).unwrap_or(word);
        for sound in stem.chars().filter_map(arabic_sound) {
            if sound != 'a' || key.is_empty() {
                key.push(sound);
            }
        }
    }
    let mut key = key.strip_suffix('h').map_or(key.clone(), str::to_owned);
    key.dedup();
    key
}

fn arabic_sound(c: char) -> Option<char> {
    Some(match c {
        'ا' | 'ع' | 'و' | 'ي' | 'ؤ' | 'ئ' | 'ء' => 'a',
        'ب' => 'b',
        'ت' | 'ث' | 'ط' => 't',
        'ج' => 'j',
        'ح' | 'ه' => 'h',
        'خ' => 'x',
        'د' | 'ذ' | 'ض' => 'd',
        'ر' => 'r',
        'ز' | 'ظ' => 'z',
        'س' | 'ص' => 's',
        'ش' => 'c',
        'غ' => 'g',
        'ف' => 'f',
        'ق' | 'ك' => 'k',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        c if c.is_ascii_digit() => c,
        _ => return None,
    })
}

/// How alike two spellings are: the share of letters they have in common, in order; 0 to 1.
pub(super) fn alike(a: &str, b: &str) -> f64 {
    let other: Vec<char> = b.chars().collect();
    let mut row = vec![0_u32; other.len() + 1];
    for c in a.chars() {
        let mut corner = 0;
        for (at, &d) in other.iter().enumerate() {
            let above = row.get(at + 1).copied().unwrap_or(0);
            let left = row.get(at).copied().unwrap_or(0);
            let best = if c == d { corner + 1 } else { above.max(left) };
            corner = above;
            if let Some(cell) = row.get_mut(at + 1) {
                *cell = best;
            }
        }
    }
    let common = f64::from(row.last().copied().unwrap_or(0));
    2.0 * common / (a.chars().count() + other.len()).max(1) as f64
}

/// A string whose letters that follow themselves can be dropped.
trait Dedup {
    fn dedup(&mut self);
}

impl Dedup for String {
    fn dedup(&mut self) {
        let mut last = None;
        self.retain(|c| last.replace(c) != Some(c));
    }
}
