//! Time and memory grow with the length of the text, whatever it says; `benches/extract.rs` measures the same at length.

use std::time::{Duration, Instant};

use jiff::civil::date;
use mawqi::model::{Extraction, Report};
use mawqi::pipeline::Mapper;

use super::hostile_texts::{Hostile, PIECES, SIGNS};

/// A text takes as long as its four quarters, four times as long if the work is quadratic; between them there is room for
/// a machine that does other things beside.
const MOST: f64 = 2.5;
/// What is read so fast is not looked at: there the allocator and the clock tell more than the reading.
const FAST: Duration = Duration::from_millis(4);
/// Tries before a text counts as too slow.
const TRIES: usize = 8;
/// What a report gives is at most so many times its text: each incident cites its sentences. A list of a hundred places
/// that every further sentence speaks of has the most.
const MOST_GIVEN: usize = 300;

fn report(text: String) -> Report {
    Report::new("hostile", text).published(Some(date(2024, 2, 7)))
}

/// Reads a report so many times.
fn read(mapper: &Mapper, report: &Report, times: usize) -> Duration {
    let begin = Instant::now();
    for _ in 0..times {
        mapper.read(report);
    }
    begin.elapsed()
}

/// How much longer four times the pieces take than the pieces four times, at best; nothing where that is fast.
fn growth(mapper: &Mapper, (name, text): &Hostile, pieces: usize) -> Option<f64> {
    let (short, long) = (report(text(pieces)), report(text(4 * pieces)));
    let given = given(&mapper.read(&short));
    assert!(given <= MOST_GIVEN * short.text.len(), "{name}: {given} of {}", short.text.len());
    let (mut least_short, mut least_long) = (Duration::MAX, Duration::MAX);
    for _ in 0..TRIES {
        // Both take about as long, so that other work takes as much from either.
        least_short = least_short.min(read(mapper, &short, 4));
        least_long = least_long.min(read(mapper, &long, 1));
        if least_long < FAST || least_long < least_short.mul_f64(MOST) {
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
        assert!(growth <= MOST, "{}: a text takes {growth:.1} times as long as its four quarters", text.0);
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
