//! Time and memory grow with the length of the text, whatever it says; `benches/extract.rs` measures the same at length.

use std::time::{Duration, Instant};

use jiff::civil::date;
use mawqi::model::{Extraction, Report};
use mawqi::pipeline::Mapper;

use super::hostile_texts::{Hostile, PIECES, SIGNS};

/// Four times the text takes four times as long, sixteen times if the work is quadratic; between them there is room for a
/// machine that does other things beside.
const MOST_FOR_FOUR: f64 = 10.0;
/// What is read so fast is not looked at: there the allocator and the clock tell more than the reading.
const FAST: Duration = Duration::from_millis(4);
/// Tries before a text counts as too slow.
const TRIES: usize = 6;
/// What a report gives is at most so many times its text: each incident cites its sentences. A list of a hundred places
/// that every further sentence speaks of has the most.
const MOST_GIVEN: usize = 300;

fn read(mapper: &Mapper, text: &str) -> (Duration, Extraction) {
    let report = Report::new("hostile", text).published(Some(date(2024, 2, 7)));
    let begin = Instant::now();
    let extraction = mapper.read(&report);
    (begin.elapsed(), extraction)
}

/// How much longer four times the pieces take, at best; nothing where that is fast.
fn growth(mapper: &Mapper, (name, text): &Hostile, pieces: usize) -> Option<f64> {
    let (short, long) = (text(pieces), text(4 * pieces));
    let (mut least_short, mut least_long) = (Duration::MAX, Duration::MAX);
    for _ in 0..TRIES {
        least_short = least_short.min(read(mapper, &short).0);
        let (time, extraction) = read(mapper, &long);
        least_long = least_long.min(time);
        assert!(given(&extraction) <= MOST_GIVEN * long.len(), "{name}: {} of {}", given(&extraction), long.len());
        if least_long < FAST || least_long.as_secs_f64() < MOST_FOR_FOUR / 2.0 * least_short.as_secs_f64() {
            break;
        }
    }
    (least_long >= FAST).then(|| least_long.as_secs_f64() / least_short.as_secs_f64())
}

/// The bytes of what a report gives.
fn given(extraction: &Extraction) -> usize {
    serde_json::to_vec(extraction).unwrap().len()
}

fn assert_linear(texts: &[Hostile], pieces: usize) {
    let mapper = Mapper::embedded();
    for text in texts {
        let growth = growth(&mapper, text, pieces).unwrap_or_default();
        assert!(growth <= MOST_FOR_FOUR, "{}: four times the text takes {growth:.1} times as long", text.0);
    }
}

#[test]
fn signs_take_time_by_their_number() {
    assert_linear(SIGNS, 2_000);
}

#[test]
fn pieces_take_time_by_their_number() {
    assert_linear(PIECES, 300);
}
