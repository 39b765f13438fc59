//! Makes up points as incidents lie: most of them exactly on one of 20,000 places, a few places far more often than
//! others, the rest a few kilometres beside one.
//!
//! `cargo run --release --example made_points -- FOLDER 1000000` writes `points.f64` and `queries.f64`, longitude and
//! latitude in turn as little-endian numbers, for the peers in `benches/peers/`. The same count gives the same points.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a run that cannot go on has failed")]
#![allow(
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    reason = "constants of the dice; counts of points"
)]

use std::f64::consts::TAU;
use std::path::Path;

/// West, south, east, north of what is made up, degrees.
const BOX: [f64; 4] = [34.0, 12.0, 60.0, 38.0];
const PLACES: usize = 20_000;
const CITIES: usize = 60;
/// The share of places that lie in no city, of points that lie beside their place.
const SCATTERED: f64 = 0.3;
const BESIDE: f64 = 0.15;
/// How far a city reaches, how far beside a place a point lies, how far beside a place a question is asked; degrees.
const CITY: f64 = 0.45;
const JITTER: f64 = 3.0 / 111.0;
const ASKED: f64 = 2.0 / 111.0;
/// The n-th place is as frequent as this power of n + 2.7 says (Zipf and Mandelbrot).
const POWER: f64 = 0.9;

/// Longitudes and latitudes, degrees.
pub(crate) type Points = Vec<(f64, f64)>;

/// Numbers that look random and are always the same (xorshift64*).
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 up to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from 0 up to `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// A number of a bell curve about 0 (Box and Muller).
    fn bell(&mut self) -> f64 {
        let distance = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        distance * (TAU * self.share()).cos()
    }

    fn within(&mut self, from: f64, to: f64) -> f64 {
        from + self.share() * (to - from)
    }
}

/// Longitude and latitude with five decimals, inside the box.
fn point(lon: f64, lat: f64) -> (f64, f64) {
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    (round(lon.clamp(BOX[0], BOX[2])), round(lat.clamp(BOX[1], BOX[3])))
}

fn beside(dice: &mut Dice, (lon, lat): (f64, f64), degrees: f64) -> (f64, f64) {
    point(lon + dice.bell() * degrees, lat + dice.bell() * degrees)
}

/// The places, the most frequent first.
pub(crate) fn places(dice: &mut Dice) -> Vec<(f64, f64)> {
    let anywhere = |dice: &mut Dice| point(dice.within(BOX[0], BOX[2]), dice.within(BOX[1], BOX[3]));
    let cities: Vec<(f64, f64)> = (0..CITIES).map(|_| anywhere(dice)).collect();
    let place = |_| {
        if dice.share() < SCATTERED {
            return anywhere(dice);
        }
        let city = cities[dice.below(CITIES)];
        beside(dice, city, CITY)
    };
    (0..PLACES).map(place).collect()
}

/// So many points, and two thousand points to ask about.
pub(crate) fn made(count: usize) -> (Points, Points) {
    let mut dice = Dice::new(42);
    let places = places(&mut dice);
    let mut sum = 0.0;
    let sums: Vec<f64> = (0..PLACES)
        .map(|n| {
            sum += (n as f64 + 2.7).powf(-POWER);
            sum
        })
        .collect();
    let some = |dice: &mut Dice| {
        let drawn = dice.share() * sum;
        places[sums.partition_point(|known| *known <= drawn).min(PLACES - 1)]
    };
    let points = (0..count)
        .map(|_| {
            let place = some(&mut dice);
            if dice.share() < BESIDE { beside(&mut dice, place, JITTER) } else { place }
        })
        .collect();
    let mut asked = Dice::new(7);
    let queries = (0..2_000)
        .map(|_| {
            let place = places[asked.below(PLACES)];
            beside(&mut asked, place, ASKED)
        })
        .collect();
    (points, queries)
}

fn write(path: &Path, points: &[(f64, f64)]) {
    let bytes: Vec<u8> = points.iter().flat_map(|(lon, lat)| [lon.to_le_bytes(), lat.to_le_bytes()].concat()).collect();
    std::fs::write(path, bytes).unwrap();
}

#[allow(dead_code, reason = "the benches take the module and not the program")]
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = args.as_slice() else { panic!("expected FOLDER COUNT") };
    let (points, queries) = made(count.parse().expect("a number"));
    write(&Path::new(folder).join("points.f64"), &points);
    write(&Path::new(folder).join("queries.f64"), &queries);
}
