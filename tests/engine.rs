//! What holds of the reading of any report, whatever it says.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use jiff::civil::date;
use mawqi::gazetteer::Gazetteer;
use mawqi::lexicon::Lexicon;
use mawqi::model::{Extraction, Incident, Report};
use mawqi::pipeline::Mapper;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) static MAPPER: LazyLock<Mapper> = LazyLock::new(Mapper::embedded);

/// Pieces of wire language; any order of them is a text.
pub(crate) const FRAGMENTS: &[&str] = &[
    "قال مصدر أمني إن",
    "أعلنت القيادة المركزية الأميركية أنها",
    "أفادت وكالة الأنباء بأن",
    "بحسب المرصد",
    "نفت",
    "هدد",
    "لم",
    "تبنت المقاومة الإسلامية في العراق",
    "اتهمت بغداد الجيش التركي",
    "رداً على",
    "عقب",
    "فيما",
    "وكانت قد",
    "دون أن",
    "إذا",
    "استهدفت",
    "قصف",
    "قصفت",
    "شنت",
    "سقط",
    "سقطت",
    "انفجرت",
    "أسقطت الدفاعات",
    "اندلعت اشتباكات",
    "اغتال مسلحون",
    "هجوم",
    "الهجوم",
    "غارات",
    "غارة إسرائيلية",
    "ضربتين",
    "انفجار",
    "تفجير",
    "قصف مدفعي",
    "كمين",
    "هجوم آخر",
    "الغارة نفسها",
    "صاروخين",
    "صواريخ باليستية",
    "ثلاث طائرات مسيرة",
    "عبوة ناسفة",
    "سيارة مفخخة",
    "قذائف هاون",
    "مسيّرة",
    "107 ملم",
    "قاعدة عين الأسد",
    "قاعدتي حرير وعين الأسد",
    "و\"عين الأسد\"",
    "بـ«بلد»",
    "في مدينة القائم",
    "بريف دير الزور",
    "القاعدة نفسها",
    "هناك",
    "على بعد 40 كيلومترا جنوب غرب كركوك",
    "قبالة سواحل الحديدة",
    "في البحر الأحمر",
    "بالقائم",
    "للبنان",
    "المدينة",
    "في العراق وسوريا",
    "شمال بغداد",
    "قرية خربة الفلانية",
    "في محافظة الأنبار",
    "مقتل",
    "ثلاثة",
    "جنود",
    "وإصابة آخرين",
    "قتل وأصيب",
    "أكثر من",
    "25 ألف",
    "مئة وتسعة وأربعين",
    "عشرات الجرحى",
    "بينهم",
    "قتيلا وجريحين",
    "دون إصابات",
    "ما لا يقل عن",
    "على الأقل",
    "بين 3 و5",
    "منذ منتصف أكتوبر",
    "اليوم السبت",
    "أمس",
    "فجر الأربعاء",
    "ليل الإثنين – الثلاثاء",
    "7 تشرين الأول/أكتوبر",
    "31/12/2023",
    "30 شباط",
    "قبل 3 أيام",
    "بعد ساعات من",
    "17 من تشرين الأول الماضي",
    "0/0/0",
    "في الساعة 25:61",
    "1 شوال 1436",
    "و",
    "أن",
    "في",
    "على",
    "من",
    "عن",
    "إلى",
    "،",
    ".",
    "؛",
    ":",
    " – ",
    "«",
    "»",
    "\"",
    "(",
    ")",
    "[4]",
    "/10/",
    "\n",
    "\n\n",
    "…",
    "بغداد – ",
    "صورة",
    "مناورة",
    "مباراة",
    "مقـ ـتل",
    "\u{200f}",
    "\u{64b}",
    "ﻻ",
    "٤٢",
    "F-16",
    "PKK",
    "،،",
    "؟",
    "ﷲ",
];

/// Numbers so great that their sums leave 32 bits.
const HUGE: &[&str] = &["4294967295", "99999999999", "مليون", "5000 مليون قتيل", "4294967295 قتيلا و4294967295 جريحا"];

fn piece(fragments: Vec<&'static str>) -> impl Strategy<Value = String> {
    prop_oneof![
        12 => select(fragments).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[\u{600}-\u{6ff}\u{fb50}-\u{fdff}0-9 «»()،.\u{200c}\u{200f}]{0,12}",
    ]
}

/// Every word and phrase of the lexicon, and names of the gazetteer: what random letters never make.
static TABLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    let mut words = BTreeSet::new();
    for path in paths.filter(|path| path.extension().is_some_and(|extension| extension == "csv")) {
        for row in csv::Reader::from_path(path).unwrap().into_records() {
            let row = row.unwrap();
            let cells = row.iter().flat_map(|cell| cell.split('|')).map(|cell| cell.trim_end_matches('+'));
            words.extend(cells.filter(|cell| cell.chars().any(|c| ('ء'..='ي').contains(&c))).map(str::to_owned));
        }
    }
    let names = Gazetteer::embedded().places().iter().step_by(11).map(|place| place.name_ar.to_string());
    let words: Vec<String> = words.into_iter().chain(names).collect();
    assert!(words.len() > 2_000, "{}", words.len());
    words
});

/// What is written onto the front of a word.
const FRONTS: &[&str] = &["", "", "", "", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وبال", "بـ"];

/// What stands between words.
const SIGNS: &[&str] =
    &["،", ".", ":", "؛", "؟", "«", "»", "\"", "(", ")", "-", " – ", "/", "\n", "[1]", "...", "،و", ". و", "%"];

/// Words of the tables with what is written onto them, numbers, signs and wire language, in any order.
fn of_the_tables() -> impl Strategy<Value = String> {
    let word = (select(FRONTS), select(TABLES.as_slice())).prop_map(|(front, word)| format!("{front}{word}"));
    let piece = prop_oneof![
        12 => word,
        2 => "[0-9]{1,4}|[٠-٩]{1,3}|[0-3]?[0-9]/1?[0-9]/20[0-9]{2}",
        3 => select(SIGNS).prop_map(str::to_owned),
        3 => select(FRAGMENTS).prop_map(str::to_owned),
    ];
    let parted = prop_oneof![12 => Just(" "), 1 => Just("")];
    prop::collection::vec((piece, parted), 0..120)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

/// A text of pieces, mostly parted by blanks.
pub(crate) fn text(fragments: Vec<&'static str>) -> impl Strategy<Value = String> {
    let parted = prop_oneof![9 => Just(" "), 1 => Just("")];
    prop::collection::vec((piece(fragments), parted), 0..40)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

fn incidents(extraction: &Extraction) -> impl Iterator<Item = &Incident> {
    extraction.incidents.iter().chain(&extraction.unlocated)
}

/// Least and most agree, and the least is told where the most is.
fn ordered(least: Option<u32>, most: Option<u32>) -> bool {
    most.is_none_or(|most| least.is_some_and(|least| least <= most))
}

fn evidence_is_of_the_text(incident: &Incident, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(incident.sources.iter().any(|source| !source.evidence.is_empty()), "no evidence: {incident:?}");
    for evidence in incident.sources.iter().flat_map(|source| &source.evidence) {
        prop_assert_eq!(text.get(evidence.start..evidence.end), Some(evidence.text.as_str()));
        for mark in &evidence.marks {
            let inside = evidence.start <= mark.start && mark.start < mark.end && mark.end <= evidence.end;
            prop_assert!(inside && text.get(mark.start..mark.end).is_some(), "{mark:?} of {evidence:?}");
        }
    }
    Ok(())
}

fn holds(report: &Report) -> Result<(), TestCaseError> {
    let extraction = MAPPER.read(report);
    let mut ids = BTreeSet::new();
    for incident in incidents(&extraction) {
        evidence_is_of_the_text(incident, &report.text)?;
        prop_assert!(ids.insert(&incident.id), "{} twice", incident.id);
        prop_assert_eq!(incident.lat.is_some(), incident.lon.is_some());
        prop_assert!(ordered(incident.killed_min, incident.killed_max), "{incident:?}");
        prop_assert!(ordered(incident.injured_min, incident.injured_max), "{incident:?}");
        prop_assert!(incident.date_start <= incident.date_end, "{incident:?}");
        prop_assert!((0.0..=1.0).contains(&incident.confidence), "{}", incident.confidence);
    }
    prop_assert!(extraction.incidents.iter().all(|incident| incident.lat.is_some()));
    prop_assert!(extraction.unlocated.iter().all(|incident| incident.lat.is_none()));
    for tally in &extraction.tallies {
        prop_assert!(report.text.get(tally.start..tally.end).is_some_and(|words| tally.text.contains(words)));
        prop_assert!(ordered(tally.count_min, tally.count_max), "{tally:?}");
    }
    for name in &extraction.unresolved {
        prop_assert_eq!(report.text.get(name.start..name.end), Some(name.name.as_str()));
    }
    for note in &extraction.notes {
        prop_assert!(report.text.get(note.span.start..note.span.end).is_some(), "{note:?}");
    }
    prop_assert_eq!(&MAPPER.read(report), &extraction);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_incident_can_be_checked(
        text in text(FRAGMENTS.to_vec()), dated in any::<bool>(), front in 0_usize..3,
    ) {
        let front = "---\n".repeat(front);
        let mut report = Report::new("t", format!("{front}{text}")).published(dated.then(|| date(2024, 2, 7)));
        report.body.start = front.len();
        holds(&report)?;
    }

    #[test]
    fn any_words_of_the_tables_are_read(text in of_the_tables(), dated in any::<bool>()) {
        holds(&Report::new("t", text).published(dated.then(|| date(2024, 2, 7))))?;
    }

    #[test]
    fn numbers_however_great_are_read(text in text([FRAGMENTS, HUGE, HUGE, HUGE, HUGE].concat())) {
        holds(&Report::new("t", text))?;
    }
}

#[test]
fn the_word_tables_have_no_faults() {
    let faults = Lexicon::faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
