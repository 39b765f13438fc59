//! `mawqi gazetteer build`: one index file of the world's places; and whether such a file is whole.

use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args;
use super::{Status, talk};
use crate::gazetteer::{Build, Built, Gazetteer, Size, build};

pub(super) fn run(args: &args::Build) -> anyhow::Result<Status> {
    let order = Build {
        sources: args.sources.clone(),
        output: args.output.clone(),
        lenient: args.lenient,
        countries: args.country.clone(),
    };
    let bar = progress();
    let built = build(&order, &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    told(&built?, &args.output);
    Ok(Status::Done)
}

fn told(built: &Built, output: &Path) {
    for fault in &built.faults {
        talk::note(&format!("left out: {fault}"));
    }
    if built.skipped > 0 {
        talk::note(&format!("{} of {} rows left out because they could not be read", built.skipped, built.rows));
    }
    talk::line(&format!("wrote {}: {}", output.display(), size(&built.size)));
}

/// Checks every byte of an index.
pub(super) fn check(index: &Path) -> anyhow::Result<Status> {
    let gazetteer = Gazetteer::load(&[index.to_path_buf()])?;
    match gazetteer.verify_index()? {
        Some(found) => talk::line(&format!("{} is whole: {}", index.display(), size(&found))),
        None => {
            return Err(
                crate::Error::file(index, "found a table, expected an index; tables go behind --gazetteer").into()
            );
        }
    }
    Ok(Status::Done)
}

fn size(size: &Size) -> String {
    let Size { places, names, keys, bytes } = size;
    format!("{places} places with {names} names, {keys} of them different, {:.1} MB", *bytes as f64 / 1e6)
}

/// A bar on a terminal, nothing elsewhere.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes} of {total_bytes} read, {elapsed}") {
        bar.set_style(style);
    }
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    bar
}
