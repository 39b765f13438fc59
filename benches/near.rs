//! What is near, among a million points as incidents lie: building, the nearest ten, all within 10 and 100 km, memory; with
//! targets, and with counts that must come out.
//!
//! `cargo bench --bench near`; `-- ten-million` for the last part, which needs 1 GB of memory. `benches/peers/near` measures the
//! same beside other programs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a target that is missed ends the bench")]
#![allow(clippy::print_stdout, reason = "figures are what a bench is for")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use criterion::Criterion;
use mawqi::index::Points;

#[path = "../examples/made_points.rs"]
mod made_points;

/// What a scale has to reach, and what comes out.
struct Scale {
    points: usize,
    built: Duration,
    held_mb: usize,
    /// Incidents within 10 km of the first hundred questions.
    near: usize,
}

const MILLION: Scale = Scale { points: 1_000_000, built: Duration::from_millis(500), held_mb: 40, near: NEAR_MILLION };
const TEN_MILLION: Scale =
    Scale { points: 10_000_000, built: Duration::from_secs(25), held_mb: 250, near: NEAR_TEN_MILLION };
const NEAR_MILLION: usize = 14_724;
const NEAR_TEN_MILLION: usize = 147_776;

/// The system's allocator, with a count of what is held.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);

#[allow(unsafe_code, reason = "an allocator that counts and hands on; of the bench alone")]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let scale = if std::env::args().any(|arg| arg == "ten-million") { TEN_MILLION } else { MILLION };
    let (points, queries) = made_points::made(scale.points);
    let before = HELD.load(Ordering::Relaxed);
    let numbered = points.iter().zip(0_u32..).map(|((lon, lat), number)| (*lon, *lat, number)).collect();
    let start = on_cpu();
    let index = Points::new(numbered);
    let built = on_cpu().saturating_sub(start);
    let held_mb = (HELD.load(Ordering::Relaxed) - before) / 1_000_000;
    println!("{} points, {} distinct: built in {built:.2?}, {held_mb} MB held", index.len(), index.site_count());
    assert!(built < scale.built && held_mb < scale.held_mb, "targets: {:?}, {} MB", scale.built, scale.held_mb);
    check(&index, &points, &queries, &scale);
    measure(&index, &queries);
}

/// The time that this thread has had a processor, so that other work on the machine does not count; else the time of day.
fn on_cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|nanos| nanos.parse().ok()).map(Duration::from_nanos);
    spent.unwrap_or_else(|| std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap())
}

/// Ten answers equal a scan of all points; those to a hundred questions are as many as they were.
fn check(index: &Points<u32>, points: &made_points::Points, queries: &made_points::Points, scale: &Scale) {
    for (lon, lat) in queries.iter().take(10) {
        // A tenth of a degree is more than 9 km there, so that ten are found within half a degree.
        let close = points.iter().filter(|at| (at.0 - lon).abs() < 0.5 && (at.1 - lat).abs() < 0.5);
        let distances = close.map(|at| mawqi::index::distance_m(*lon, *lat, at.0, at.1));
        let scanned = distances.filter(|distance_m| *distance_m <= 10_000.0).count();
        assert_eq!(index.count_within(*lon, *lat, 10_000.0), scanned);
        assert_eq!(index.nearest(*lon, *lat, 10).len(), 10);
    }
    let near: usize = queries.iter().take(100).map(|(lon, lat)| index.count_within(*lon, *lat, 10_000.0)).sum();
    assert_eq!(near, scale.near, "within 10 km of a hundred points");
}

fn measure(index: &Points<u32>, queries: &made_points::Points) {
    let mut criterion = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(5));
    let mut asked = queries.iter().cycle();
    let mut next = || *asked.next().unwrap();
    let mut found = Vec::new();
    criterion.bench_function("near/nearest-10", |bench| {
        bench.iter(|| {
            let (lon, lat) = next();
            assert_eq!(black_box(index.nearest(lon, lat, 10)).len(), 10);
        });
    });
    for (name, radius_m) in [("near/within-10-km", 10_000.0), ("near/within-100-km", 100_000.0)] {
        criterion.bench_function(name, |bench| {
            bench.iter(|| {
                let (lon, lat) = next();
                found.clear();
                index.each_within(lon, lat, radius_m, |spot| found.extend_from_slice(spot.list));
                black_box(&found).len()
            });
        });
    }
    criterion.bench_function("near/count-100-km", |bench| {
        bench.iter(|| {
            let (lon, lat) = next();
            index.count_within(lon, lat, 100_000.0)
        });
    });
}
