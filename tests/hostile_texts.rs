//! Texts that nobody writes, of any length: each is made to find work that grows faster than the text. The tests and the
//! bench read them at two lengths.

use mawqi::gazetteer::Gazetteer;

/// A name, and the text of so many pieces.
pub(crate) type Hostile = (&'static str, fn(usize) -> String);

/// Texts of one short piece again and again; the bench reads a million of them.
pub(crate) const SIGNS: &[Hostile] = &[
    ("one word", |n| "قصف ".repeat(n)),
    ("one word without end", |n| "قصف".repeat(n)),
    ("digits", |n| format!("قصف {} قرب القائم", "1".repeat(n))),
    ("digits in groups", |n| format!("قصف {} قرب القائم", "1,".repeat(n))),
    ("numbers joined", |n| format!("قتل {}", "1 و".repeat(n))),
    ("combining marks", |n| format!("قصف{} القائم", "\u{64b}".repeat(n))),
    ("hamzas", |n| format!("قصف{} القائم", "\u{654}".repeat(n))),
    ("opening brackets", |n| format!("قصف {} القائم", "(".repeat(n))),
    ("opening quotes", |n| format!("قصف {} القائم", "« ".repeat(n))),
    ("stops", |n| format!("قصف {} القائم", " .".repeat(n))),
    ("stops and closing brackets", |n| format!("قصف القائم.{} قصف", ")".repeat(n))),
    ("newlines", |n| format!("قصف{}القائم", "\n".repeat(n))),
    ("lines", |n| "قصف\n".repeat(n)),
    ("stretching", |n| "قـ ـ".repeat(n)),
    ("tags", |n| "#قصف_".repeat(n)),
    ("turned lam-alef", |n| "االقصف ".repeat(n)),
];

/// Texts of longer pieces; the bench reads ten thousand of them and more.
pub(crate) const PIECES: &[Hostile] = &[
    ("a sentence without end", |n| "استهدف هجوم قاعدة عين الأسد غربي العراق وأصيب ثلاثة جنود ".repeat(n)),
    ("clauses without end", |n| "استهدف هجوم قاعدة عين الأسد غربي العراق، وأصيب ثلاثة جنود، ".repeat(n)),
    ("place names in a row", |n| places(n, |name| format!("{name} "))),
    ("place names with prepositions", |n| places(n, |name| format!("في {name} "))),
    ("attacks at places", |n| places(n, |name| format!("قصف الجيش مدينة {name}. "))),
    ("attacks at places in one sentence", |n| places(n, |name| format!("وقصف الجيش مدينة {name}، "))),
    ("an attack on a list of places", |n| format!("قصف الجيش مدن {}", places(n, |name| format!("{name} و")))),
    ("one place with conjunctions", |n| format!("قصف {}", "القائم و".repeat(n))),
    ("triggers", |n| "هجوم وغارة ".repeat(n)),
    ("sentences of triggers", |n| "وقع هجوم. شنت غارة. ".repeat(n)),
    ("dates", |n| "هجوم في 24 يناير 2024 ".repeat(n)),
    ("attacks on days", |n| days(n, |date| format!("وقع هجوم في بغداد في {date}. "))),
    ("attacks in a country on days", |n| days(n, |date| format!("وقع هجوم في العراق في {date}. "))),
    ("counts from days", |n| "منذ الاثنين ".repeat(n)),
    ("number words", |n| "مئة وخمسة وعشرين ألف و".repeat(n)),
    ("clauses of tolls", |n| "وقتل جندي، وأصيب اثنان، ".repeat(n)),
    ("an event told on", |n| format!("وقع هجوم على قاعدة عين الأسد. {}", "وأصيب ثلاثة جنود. ".repeat(n))),
    ("a list told on", |n| {
        format!("قصف الجيش مدن {}. {}", places(100, |name| format!("{name} و")), "وأصيب ثلاثة جنود. ".repeat(n))
    }),
    ("pointing back", |n| places(n, |name| format!("قصف الجيش قرية {name}. وقع هجوم على القاعدة. وقصف المركز نفسه. "))),
    ("another and another", |n| "وقع هجوم آخر في بغداد. ".repeat(n)),
    ("running counts", |n| "وقع أكثر من 150 هجوماً منذ منتصف أكتوبر في العراق، ".repeat(n)),
    ("adjectives of countries", |n| "العراقية ".repeat(n)),
    ("negations", |n| "لم يسفر ".repeat(n)),
    ("tolls without numbers", |n| "عدد القتلى ".repeat(n)),
    ("words of sport", |n| "مباراة، وقصف الملعب، ".repeat(n)),
    ("quarters that no table holds", |n| days(n, |date| format!("قصف الجيش قرية خربة{}. ", letters(date)))),
];

/// So many names of the gazetteer, from its beginning again when it ends.
fn places(n: usize, piece: impl Fn(&str) -> String) -> String {
    Gazetteer::embedded().places().iter().step_by(7).cycle().take(n).map(|place| piece(&place.name_ar)).collect()
}

/// So many days, no two alike for a long time.
fn days(n: usize, piece: impl Fn(&str) -> String) -> String {
    (0..n).map(|at| piece(&format!("{} مارس {}", at % 28 + 1, 1900 + at / 28 % 200))).collect()
}

/// A word that is made of a date's digits.
fn letters(date: &str) -> String {
    let letter = |c: char| c.to_digit(10).and_then(|digit| "بتثجحخدذرز".chars().nth(digit as usize));
    date.chars().filter_map(letter).collect()
}
