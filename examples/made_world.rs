//! Writes made-up tables in the layout of GeoNames, of any size and always the same: `cargo run --release --example made_world
//! -- FOLDER ROWS NAMES` writes `allCountries.txt` with ROWS places of NAMES names each.

use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::{Path, PathBuf};

/// Letters of names, Arabic and Latin.
const SOUNDS: [(&str, &str); 22] = [
    ("ب", "b"),
    ("ت", "t"),
    ("ج", "j"),
    ("ح", "h"),
    ("خ", "kh"),
    ("د", "d"),
    ("ر", "r"),
    ("ز", "z"),
    ("س", "s"),
    ("ش", "sh"),
    ("ص", "s"),
    ("ط", "t"),
    ("ع", "a"),
    ("غ", "gh"),
    ("ف", "f"),
    ("ق", "q"),
    ("ك", "k"),
    ("ل", "l"),
    ("م", "m"),
    ("ن", "n"),
    ("ه", "h"),
    ("و", "w"),
];
/// Vowels between them.
const VOWELS: [(&str, &str); 6] = [("ا", "a"), ("ي", "i"), ("و", "u"), ("", "a"), ("", "i"), ("", "u")];
const COUNTRIES: [&str; 8] = ["IQ", "SY", "YE", "LB", "JO", "PS", "FR", "BR"];

/// Numbers that look like chance and are the same each time (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `below`.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap_or(0)
    }

    /// A name, Arabic and Latin.
    pub(crate) fn name(&mut self) -> (String, String) {
        let (mut arabic, mut latin) = (String::new(), String::new());
        for word in 0..=usize::from(self.roll(3) == 0) {
            if word > 0 {
                arabic.push(' ');
                latin.push(' ');
            }
            if self.roll(3) == 0 {
                arabic.push_str("ال");
                latin.push_str("Al-");
            }
            for _ in 0..2 + self.roll(3) {
                let (sound, vowel) = (SOUNDS[self.roll(SOUNDS.len())], VOWELS[self.roll(VOWELS.len())]);
                arabic.extend([sound.0, vowel.0]);
                latin.extend([sound.1, vowel.1]);
            }
        }
        (arabic, latin)
    }
}

/// Writes the table; `each` sees the Arabic name of every place.
pub(crate) fn write(folder: &Path, rows: usize, names: usize, mut each: impl FnMut(&str)) -> Result<PathBuf> {
    let path = folder.join("allCountries.txt");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
    let mut dice = Dice(4);
    for id in 1..=rows {
        let (arabic, latin) = dice.name();
        let mut others = arabic.clone();
        for _ in 2..names {
            others.push(',');
            others.push_str(&dice.name().1);
        }
        if names < 2 {
            others.clear();
        }
        each(&arabic);
        let (lat, lon) = (dice.roll(120_000) as f64 / 1000.0 - 60.0, dice.roll(360_000) as f64 / 1000.0 - 180.0);
        let (country, admin1, people) = (COUNTRIES[dice.roll(8)], 1 + dice.roll(18), dice.roll(5000));
        let row = format!("\tP\tPPL\t{country}\t\t{admin1:02}\t\t\t\t{people}\t\t\tAsia/Baghdad\t2024-01-01");
        writeln!(out, "{id}\t{latin}\t{latin}\t{others}\t{lat:.5}\t{lon:.5}{row}")?;
    }
    out.flush()?;
    Ok(path)
}

#[allow(dead_code, reason = "the bench takes this file as a module")]
fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| ".".to_owned()));
    let mut number = |usual| args.next().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (rows, names) = (number(300_000), number(5));
    write(&folder, rows, names, |_| ()).map(drop)
}
