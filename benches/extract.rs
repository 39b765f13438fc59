//! How fast reports are read, that time and memory grow with their length, and that no text makes them grow faster.
//!
//! Every figure is asserted beside what was read, so that a bench that reads nothing fails. `cargo bench` runs all,
//! `cargo bench -- hostile` one part of `seed-sized`, `length`, `hostile`, `merge`. A target that is missed ends the run
//! with a panic; of the reports a second, which hang on the machine, only a third of the target is asserted. The best of
//! several times counts, for the sake of machines that do other work beside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    reason = "a bench that cannot go on has failed, and it says what it measured"
)]

#[path = "../tests/hostile_texts.rs"]
mod hostile_texts;

use std::hint::black_box;
use std::ops::Range;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mawqi::merge::merge;
use mawqi::model::{Extraction, Incident, Report};
use mawqi::pipeline::Mapper;

use hostile_texts::{PIECES, SIGNS};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reports of the size for which the target stands, bytes: 400 to 500 words, as agencies write.
const REPORT_BYTES: usize = 5_300;
/// The target, reports a second on one core that does nothing else.
const REPORTS_A_SECOND: f64 = 3_000.0;
/// What even a busy machine reads, reports a second.
const REPORTS_AT_LEAST: f64 = 1_000.0;
/// The target for ten times the text.
const MOST_FOR_TEN: f64 = 12.0;
/// The most for four times the text, where the text is hostile: the target is 6, quadratic work takes 16, and what leaves the
/// caches of a busy processor takes longer than its length.
const MOST_FOR_FOUR: f64 = 8.0;
/// The target for memory: what reading takes beside the text, in lengths of the text.
const MOST_MEMORY: f64 = 24.0;
/// Measurements of which the best counts.
const TRIES: usize = 15;

/// The reports of a folder without their front matter.
fn bodies(folder: &str) -> Vec<String> {
    let folder = format!("{}/tests/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(paths.len() > 5, "{folder} has the reports");
    let body = |text: String| text.splitn(3, "---\n").last().unwrap_or_default().to_owned();
    paths.iter().map(|path| body(std::fs::read_to_string(path).unwrap())).collect()
}

fn report(id: &str, text: impl Into<String>) -> Report {
    Report::new(id, text).published("2024-02-07".parse().ok())
}

/// Reports of an agency's size as agencies write them: three or four attacks, and else reactions and history.
fn agency() -> Vec<Report> {
    let reports: Vec<Report> = bodies("long").into_iter().map(|text| report("long", text)).collect();
    let bytes = reports.iter().map(|report| report.text.len()).sum::<usize>();
    assert!(reports.len() > 5 && bytes >= REPORT_BYTES * reports.len(), "{bytes} bytes in {} reports", reports.len());
    reports
}

/// Example reports joined until each has the size of an agency's: nothing but attacks, a dozen a report.
fn dense() -> Vec<Report> {
    let mut joined = vec![String::new()];
    for body in bodies("reports") {
        let last = joined.last_mut().unwrap();
        last.push_str(&body);
        last.push('\n');
        if last.len() >= REPORT_BYTES {
            joined.push(String::new());
        }
    }
    joined.pop();
    let reports: Vec<Report> = joined.into_iter().map(|text| report("joined", text)).collect();
    assert!(reports.len() >= 5 && reports.iter().all(|report| report.text.len() >= REPORT_BYTES));
    reports
}

/// The example reports again and again, numbered so that no paragraph stands twice, up to so many bytes.
fn long_text(bytes: usize) -> String {
    let bodies = bodies("reports");
    let mut text = String::with_capacity(bytes + 20_000);
    for round in 0.. {
        for paragraph in bodies.iter().flat_map(|body| body.lines()) {
            text.push_str(&format!("{paragraph} ({round})\n"));
            if text.len() >= bytes {
                return text;
            }
        }
    }
    text
}

fn told(extraction: &Extraction) -> usize {
    extraction.incidents.len() + extraction.unlocated.len()
}

/// Whether a part of the bench was asked for.
fn wanted(part: &str) -> bool {
    let mut names = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    names.peek().is_none() || names.any(|name| part.contains(&name))
}

/// The best time of some, with what came of it.
fn best<T>(tries: usize, mut work: impl FnMut() -> T) -> (Duration, T) {
    let timed = |work: &mut dyn FnMut() -> T| {
        let begin = Instant::now();
        let done = black_box(work());
        (begin.elapsed(), done)
    };
    let mut best = timed(&mut work);
    for _ in 1..tries {
        let next = timed(&mut work);
        best.0 = best.0.min(next.0);
    }
    best
}

/// At least 3,000 reports of an agency's size a second on one core; those that tell of nothing but attacks take longer.
fn seed_sized(criterion: &mut Criterion) {
    if !wanted("seed-sized") {
        return;
    }
    let mapper = Mapper::embedded();
    let mut group = criterion.benchmark_group("seed-sized");
    for (name, reports, each) in [("agency", agency(), 3), ("dense", dense(), 5)] {
        let read = || reports.iter().map(|report| told(&mapper.read(report))).sum::<usize>();
        let (time, incidents) = best(40, read);
        let count = reports.len();
        assert!(incidents >= each * count, "{name}: {incidents} incidents in {count} reports");
        let rate = count as f64 / time.as_secs_f64();
        let bytes = reports.iter().map(|report| report.text.len()).sum::<usize>();
        let of_size = bytes as f64 / REPORT_BYTES as f64 / time.as_secs_f64();
        eprintln!(
            "{name}: {rate:.0} reports a second, as much text as {of_size:.0} of {REPORT_BYTES} bytes \
             (target {REPORTS_A_SECOND}), {incidents} incidents in {count} reports"
        );
        assert!(rate >= REPORTS_AT_LEAST, "{name}: {rate:.0} reports a second");
        group.throughput(Throughput::Elements(reports.len() as u64));
        group.bench_function(name, |bench| bench.iter(|| assert_eq!(read(), incidents)));
    }
    group.finish();
}

/// A report of 10 MB takes at most twelve times as long as one of 1 MB, in memory that is a multiple of its length.
fn length(criterion: &mut Criterion) {
    if !wanted("length") {
        return;
    }
    let mapper = Mapper::embedded();
    let (short, long) = (report("1 MB", long_text(1_000_000)), report("10 MB", long_text(10_000_000)));
    forget_peak();
    let before = peak_bytes();
    let (few, many) = (told(&mapper.read(&short)), told(&mapper.read(&long)));
    let memory = peak_bytes().zip(before).map(|(after, before)| (after - before) / long.text.len() as f64);
    let grown = growth(&|| drop(mapper.read(&short)), &|| drop(mapper.read(&long)), 10, MOST_FOR_TEN);
    assert!(few >= 200 && many >= 5 * few, "{few} incidents in 1 MB, {many} in 10 MB");
    eprintln!("1 MB and 10 MB: {grown}; memory beside the text: {memory:.1?} times its length");
    assert!(grown.times() <= MOST_FOR_TEN, "ten times the text: {grown}");
    assert!(memory.is_none_or(|memory| memory <= MOST_MEMORY), "{memory:?} times the text");
    let mut group = criterion.benchmark_group("length");
    group.sample_size(10).throughput(Throughput::Bytes(short.text.len() as u64));
    group.bench_function("1 MB", |bench| bench.iter(|| assert_eq!(told(&mapper.read(&short)), few)));
    group.finish();
}

/// Has the kernel count the peak anew; only Linux can.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that the program has held, where the system tells.
fn peak_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
}

/// No hostile text takes much more than four times as long when it is four times as long.
fn hostile(criterion: &mut Criterion) {
    if !wanted("hostile") {
        return;
    }
    let mapper = Mapper::embedded();
    let texts = SIGNS.iter().map(|text| (text, 250_000)).chain(PIECES.iter().map(|text| (text, 2_500)));
    let mut slow = Vec::new();
    for ((name, text), pieces) in texts {
        let (short, long) = (report(name, text(pieces)), report(name, text(4 * pieces)));
        let grown = growth(&|| drop(mapper.read(&short)), &|| drop(mapper.read(&long)), 4, MOST_FOR_FOUR);
        eprintln!("{name}, four times: {grown}");
        slow.extend((grown.times() > MOST_FOR_FOUR).then(|| format!("{name}: {grown}")));
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
    let mut group = criterion.benchmark_group("hostile");
    for (name, text) in PIECES.iter().filter(|text| text.0.starts_with("attack")) {
        let report = report(name, text(500));
        group.throughput(Throughput::Bytes(report.text.len() as u64));
        group.bench_function(*name, |bench| bench.iter(|| mapper.read(&report)));
    }
    group.finish();
}

/// A name, the n-th incident, and how many are left of ten thousand.
type Kind = (&'static str, fn(usize) -> Incident, Range<usize>);

/// Nor do ten thousand incidents of one day and place, whoever tells them and whatever they say.
fn merging(criterion: &mut Criterion) {
    const COUNT: usize = 10_000;
    if !wanted("merge") {
        return;
    }
    let kinds: [Kind; 4] = [
        ("one event in many reports", |n| told_by(n, n), 1..2),
        (
            "reports that tell other tolls",
            |n| Incident { killed_min: toll(n), killed_max: toll(n), ..told_by(n, n) },
            1..2,
        ),
        (
            "reports that name other doers",
            |n| Incident { actor: Some(format!("side {}", n % 97)), ..told_by(n, n) },
            1..COUNT / 10,
        ),
        ("many incidents of one report", |n| told_by(0, n), COUNT..COUNT + 1),
    ];
    let mut slow = Vec::new();
    for (name, make, expected) in kinds {
        let (short, long): (Vec<_>, Vec<_>) = ((0..COUNT / 4).map(make).collect(), (0..COUNT).map(make).collect());
        let left = merge(long.clone()).len();
        let grown = growth(&|| drop(merge(short.clone())), &|| drop(merge(long.clone())), 4, MOST_FOR_FOUR);
        eprintln!("{} and {COUNT} incidents, {name}: {left} left; {grown}", COUNT / 4);
        slow.extend((grown.times() > MOST_FOR_FOUR).then(|| format!("{name}: {grown}")));
        assert!(expected.contains(&left), "{name}: {left} left");
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
    let few: Vec<Incident> = (0..COUNT / 10).map(|n| told_by(n, n)).collect();
    let mut group = criterion.benchmark_group("merge");
    group.sample_size(10).throughput(Throughput::Elements(few.len() as u64));
    group.bench_function("one event in many reports", |bench| bench.iter(|| assert_eq!(merge(few.clone()).len(), 1)));
    group.finish();
}

/// The n-th incident of one day and place, told by the report of a number.
fn told_by(number: usize, n: usize) -> Incident {
    const TEXT: &str = "قتل ثلاثة جنود في غارة إسرائيلية على مدينة القائم غربي العراق أمس الثلاثاء.";
    static TOLD: LazyLock<Incident> =
        LazyLock::new(|| Mapper::embedded().read(&report("one", TEXT)).incidents.pop().unwrap());
    let mut incident = TOLD.clone();
    incident.sources[0].report = format!("report-{number:05}");
    incident.sources[0].evidence[0].start += n;
    incident
}

fn toll(n: usize) -> Option<u32> {
    u32::try_from(n % 500).ok()
}

/// The best times of a short and a long work.
struct Growth {
    short: Duration,
    long: Duration,
}

impl Growth {
    fn times(&self) -> f64 {
        self.long.as_secs_f64() / self.short.as_secs_f64()
    }
}

impl std::fmt::Display for Growth {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{:.2?} and {:.2?}, {:.1} times", self.short, self.long, self.times())
    }
}

/// Measures until the growth is no more than `most`, or the tries are over. The short work is done `parts` times, so that
/// either takes about as long, and other work beside slows both alike.
fn growth(short: &dyn Fn(), long: &dyn Fn(), parts: u32, most: f64) -> Growth {
    let mut growth = Growth { short: Duration::MAX, long: Duration::MAX };
    for _ in 0..TRIES {
        growth.short = growth.short.min(best(1, || (0..parts).for_each(|_| short())).0 / parts);
        growth.long = growth.long.min(best(1, long).0);
        if growth.times() <= most {
            break;
        }
    }
    growth
}

criterion_group!(benches, seed_sized, length, hostile, merging);
criterion_main!(benches);
