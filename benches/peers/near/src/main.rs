//! What is near, asked of mawqi and of kiddo by one thread: FOLDER holds `points.f64` and `queries.f64` of the example
//! `made_points`; SECONDS of processor time go to each question; behind them may stand the one engine that is wanted. Prints an
//! object an engine: seconds to build, memory held, questions a second, and how many points an answer has.

use std::alloc::{GlobalAlloc, Layout, System};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kiddo::{ImmutableKdTree, SquaredEuclidean};
use mawqi::index::Points;

/// Mean radius of the Earth, metres (IUGG); kiddo is asked on a sphere.
const RADIUS_M: f64 = 6_371_008.8;

/// Questions between two looks at the clock.
const BLOCK: usize = 64;

/// The system's allocator, with a count of what is held.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);

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

/// The time that this thread has had a processor, so that other work on the machine does not count; else the time of day.
fn on_cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|nanos| nanos.parse().ok()).map(Duration::from_nanos);
    spent.unwrap_or_else(|| std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a clock"))
}

fn since(start: Duration) -> f64 {
    on_cpu().saturating_sub(start).as_secs_f64()
}

fn held_mb(before: usize) -> usize {
    HELD.load(Ordering::Relaxed).saturating_sub(before) / 1_000_000
}

fn read(path: &Path) -> Vec<(f64, f64)> {
    let bytes = std::fs::read(path).expect("a file of made_points");
    let number = |bytes: &[u8]| f64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    bytes.chunks_exact(16).map(|pair| (number(&pair[..8]), number(&pair[8..]))).collect()
}

/// What is asked, and how long.
struct Round {
    queries: Vec<(f64, f64)>,
    seconds: f64,
}

impl Round {
    /// Questions a second, and how many points an answer has.
    fn rate(&self, mut ask: impl FnMut(f64, f64) -> usize) -> (f64, f64) {
        let (mut count, mut found, start) = (0.0, 0, on_cpu());
        let mut queries = self.queries.iter().cycle();
        loop {
            for (lon, lat) in queries.by_ref().take(BLOCK) {
                found += ask(*lon, *lat);
                count += 1.0;
            }
            let took = since(start);
            if took > self.seconds {
                return (count / took, found as f64 / count);
            }
        }
    }
}

/// What was measured of one engine.
struct Figures {
    engine: &'static str,
    build_s: f64,
    memory_mb: usize,
    nearest: (f64, f64),
    within_10: (f64, f64),
    within_100: (f64, f64),
}

impl Figures {
    fn print(&self) {
        let Figures { engine, build_s, memory_mb, .. } = self;
        let [(knn, _), (r10, hits10), (r100, hits100)] = [self.nearest, self.within_10, self.within_100];
        println!(
            "{{\"engine\":\"{engine}\",\"build_s\":{build_s},\"memory_mb\":{memory_mb},\"knn\":{knn},\"r10\":{r10},\
             \"r100\":{r100},\"hits10\":{hits10},\"hits100\":{hits100}}}"
        );
    }
}

fn mawqi(points: &[(f64, f64)], round: &Round) -> Figures {
    let before = HELD.load(Ordering::Relaxed);
    let numbered = points.iter().zip(0_u32..).map(|((lon, lat), number)| (*lon, *lat, number)).collect();
    let start = on_cpu();
    let index = Points::new(numbered);
    let build_s = since(start);
    let memory_mb = held_mb(before);
    let mut found = Vec::new();
    let mut within = |lon, lat, radius_m| {
        found.clear();
        index.each_within(lon, lat, radius_m, |spot| found.extend_from_slice(spot.list));
        found.len()
    };
    Figures {
        engine: "**mawqi**, on the ellipsoid, ids",
        build_s,
        memory_mb,
        within_10: round.rate(|lon, lat| within(lon, lat, 1e4)),
        within_100: round.rate(|lon, lat| within(lon, lat, 1e5)),
        nearest: round.rate(|lon, lat| index.nearest(lon, lat, 10).len()),
    }
}

fn in_space((lon, lat): (f64, f64)) -> [f64; 3] {
    let ((sin_lon, cos_lon), (sin_lat, cos_lat)) = (lon.to_radians().sin_cos(), lat.to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

fn kiddo(points: &[(f64, f64)], round: &Round) -> Figures {
    let before = HELD.load(Ordering::Relaxed);
    let entries: Vec<[f64; 3]> = points.iter().copied().map(in_space).collect();
    let start = on_cpu();
    let tree = ImmutableKdTree::new_from_slice(&entries).expect("a tree");
    let build_s = since(start);
    drop(entries);
    let memory_mb = held_mb(before);
    let ten = NonZero::new(10).expect("not zero");
    let chord_2 = |metres: f64| (2.0 * (metres / RADIUS_M / 2.0).sin()).powi(2);
    let within = |lon, lat, radius_m| {
        let asked = in_space((lon, lat));
        tree.query(&asked).within::<SquaredEuclidean<f64>>(chord_2(radius_m)).unsorted().execute().len()
    };
    let nearest =
        |lon, lat| tree.query(&in_space((lon, lat))).nearest_n::<SquaredEuclidean<f64>>(ten).execute().len();
    Figures {
        engine: "kiddo 6, immutable, f64, on a sphere, ids",
        build_s,
        memory_mb,
        within_10: round.rate(|lon, lat| within(lon, lat, 1e4)),
        within_100: round.rate(|lon, lat| within(lon, lat, 1e5)),
        nearest: round.rate(nearest),
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, seconds, only @ ..] = args.as_slice() else { panic!("expected FOLDER SECONDS [ENGINE]") };
    let [points, queries] = ["points.f64", "queries.f64"].map(|name| read(&Path::new(folder).join(name)));
    let round = Round { queries, seconds: seconds.parse().expect("seconds") };
    let wanted = |name: &str| only.is_empty() || only.iter().any(|only| only == name);
    if wanted("mawqi") {
        mawqi(&points, &round).print();
    }
    if wanted("kiddo") {
        kiddo(&points, &round).print();
    }
}
