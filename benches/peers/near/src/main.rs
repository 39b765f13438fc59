//! What is near, asked of mawqi and of kiddo by one thread: FOLDER holds `points.f64` and `queries.f64` of the example
//! `made_points`. Prints an object an engine: seconds to build, memory held, questions a second.

use std::alloc::{GlobalAlloc, Layout, System};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kiddo::{ImmutableKdTree, SquaredEuclidean};
use mawqi::index::Points;

/// So long every question is asked again and again.
const ASKED: Duration = Duration::from_secs(2);
/// Mean radius of the Earth, metres (IUGG); kiddo is asked on a sphere.
const RADIUS_M: f64 = 6_371_008.8;

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

fn read(path: &Path) -> Vec<(f64, f64)> {
    let bytes = std::fs::read(path).expect("a file of made_points");
    let number = |bytes: &[u8]| f64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    bytes.chunks_exact(16).map(|pair| (number(&pair[..8]), number(&pair[8..]))).collect()
}

/// Questions a second.
fn rate(queries: &[(f64, f64)], mut ask: impl FnMut(f64, f64) -> usize) -> f64 {
    let (mut count, mut found, start) = (0_u32, 0, Instant::now());
    for (lon, lat) in queries.iter().cycle() {
        found += ask(*lon, *lat);
        count += 1;
        if count % 16 == 0 && start.elapsed() > ASKED {
            break;
        }
    }
    assert!(found > 0);
    f64::from(count) / start.elapsed().as_secs_f64()
}

fn told(engine: &str, built: Duration, before: usize, [knn, r10, r100]: [f64; 3]) {
    let memory_mb = (HELD.load(Ordering::Relaxed) - before) / 1_000_000;
    let build_s = built.as_secs_f64();
    println!(
        "{{\"engine\":\"{engine}\",\"build_s\":{build_s},\"memory_mb\":{memory_mb},\"knn\":{knn},\"r10\":{r10},\"r100\":{r100}}}"
    );
}

fn mawqi(points: &[(f64, f64)], queries: &[(f64, f64)]) {
    let before = HELD.load(Ordering::Relaxed);
    let numbered = points.iter().zip(0_u32..).map(|((lon, lat), number)| (*lon, *lat, number)).collect();
    let start = Instant::now();
    let index = Points::new(numbered);
    let built = start.elapsed();
    let held = HELD.load(Ordering::Relaxed);
    let mut found = Vec::new();
    let mut within = |lon, lat, radius_m| {
        found.clear();
        index.each_within(lon, lat, radius_m, |spot| found.extend_from_slice(spot.list));
        found.len()
    };
    let r10 = rate(queries, |lon, lat| within(lon, lat, 1e4));
    let r100 = rate(queries, |lon, lat| within(lon, lat, 1e5));
    let knn = rate(queries, |lon, lat| index.nearest(lon, lat, 10).len());
    drop(found);
    told(
        "**mawqi**, on the ellipsoid, ids",
        built,
        before + HELD.load(Ordering::Relaxed).saturating_sub(held),
        [knn, r10, r100],
    );
}

fn in_space((lon, lat): (f64, f64)) -> [f64; 3] {
    let ((sin_lon, cos_lon), (sin_lat, cos_lat)) = (lon.to_radians().sin_cos(), lat.to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

fn kiddo(points: &[(f64, f64)], queries: &[(f64, f64)]) {
    let before = HELD.load(Ordering::Relaxed);
    let entries: Vec<[f64; 3]> = points.iter().copied().map(in_space).collect();
    let start = Instant::now();
    let tree = ImmutableKdTree::new_from_slice(&entries).expect("a tree");
    let built = start.elapsed();
    drop(entries);
    let ten = NonZero::new(10).expect("not zero");
    let chord_2 = |metres: f64| (2.0 * (metres / RADIUS_M / 2.0).sin()).powi(2);
    let within = |lon, lat, radius_m| {
        let asked = in_space((lon, lat));
        tree.query(&asked).within::<SquaredEuclidean<f64>>(chord_2(radius_m)).unsorted().execute().len()
    };
    let r10 = rate(queries, |lon, lat| within(lon, lat, 1e4));
    let r100 = rate(queries, |lon, lat| within(lon, lat, 1e5));
    let knn = rate(queries, |lon, lat| {
        tree.query(&in_space((lon, lat))).nearest_n::<SquaredEuclidean<f64>>(ten).execute().len()
    });
    told("kiddo 6, immutable, f64, on a sphere, ids", built, before, [knn, r10, r100]);
}

fn main() {
    let folder = std::env::args().nth(1).expect("FOLDER");
    let [points, queries] = ["points.f64", "queries.f64"].map(|name| read(&Path::new(&folder).join(name)));
    mawqi(&points, &queries);
    kiddo(&points, &queries);
}
