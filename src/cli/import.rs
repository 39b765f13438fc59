//! `mawqi import`: incidents with coordinates from other tables join the map as sources of their own.

use super::args::Import;
use super::map::{settle, undecided};
use super::{Status, output, talk};
use crate::export::Folder;
use crate::gazetteer::Gazetteer;
use crate::store::{self, Store, import};

pub(super) fn run(args: &Import) -> anyhow::Result<Status> {
    let mut found = Vec::new();
    for file in &args.files {
        found.extend(import::read(file)?);
    }
    let folder = Folder::open(&args.output)?;
    let decisions = store::decisions(&args.output, Gazetteer::embedded())?;
    let mut store = Store::open(&args.output)?;
    store.decide(decisions);
    let rows = found.len();
    for (report, extraction) in found {
        store.put(report, extraction)?;
    }
    let (harvest, files) = settle(&mut store, &folder, Gazetteer::embedded())?;
    let on_map = output::count(harvest.incidents.len(), "incident");
    talk::line(&format!("{} imported; {on_map} on the map", output::count(rows, "incident")));
    let names: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    talk::line(&format!("wrote {}", names.join(", ")));
    Ok(if undecided(&harvest, &args.output) > 0 { Status::Partly } else { Status::Done })
}
