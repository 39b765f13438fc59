//! Verb forms from stems, so that a table row holds a verb once.
//!
//! A form that ends in `+` is a stem: a past stem (استهدف+) takes the endings of the third person and object
//! pronouns; a stem that begins with ي (يستهدف+) is a present and takes ي or ت in front as well.
//! قصف+ gives قصف قصفت قصفوا قصفه قصفها قصفته … ; يقصف+ gives يقصف تقصف يقصفون ….
//! Weak verbs (تبنى, استولى) are listed form by form in the tables.

/// Endings of a past stem: persons, then object pronouns.
const PAST: &[&str] = &[
    "", "ت", "تا", "ا", "وا", "ن", "نا", "ه", "ها", "هم", "هما", "ته", "تها", "تهم", "تهما", "وه", "وها", "وهم", "اه",
    "اها", "تاه", "تاها",
];
/// Endings of a present stem.
const PRESENT: &[&str] = &["", "ون", "وا", "ان", "ا", "ه", "ها", "هم", "هما", "ن", "ونه", "ونها"];

/// A noun with the pronouns of the third person: استهداف gives استهدافه استهدافها استهدافهم استهدافهما.
pub(super) fn possessed(noun: &str) -> Vec<String> {
    if noun.is_empty() || noun.contains(' ') {
        return Vec::new();
    }
    let stem = noun.strip_suffix('ة').map_or_else(|| noun.to_owned(), |s| format!("{s}ت"));
    ["ه", "ها", "هم", "هما"].iter().map(|ending| format!("{stem}{ending}")).collect()
}

/// Every form that one cell entry stands for.
pub(super) fn forms(entry: &str) -> Vec<String> {
    let Some(stem) = entry.strip_suffix('+') else { return vec![entry.to_owned()] };
    match stem.strip_prefix('ي') {
        Some(rest) => {
            PRESENT.iter().flat_map(|ending| [format!("ي{rest}{ending}"), format!("ت{rest}{ending}")]).collect()
        }
        None => PAST.iter().map(|ending| format!("{stem}{ending}")).collect(),
    }
}
