//! `mawqi gazetteer`: the tables in use: their faults, their counts, one place with all its names.

use std::io::{self, Write};

use super::args::{self, GazetteerCommand};
use super::{Status, output, talk};
use crate::Error;
use crate::gazetteer::{Gazetteer, Level};
use crate::model::{NameRow, Place, PlaceKind};

pub(super) fn run(args: &args::Gazetteer) -> anyhow::Result<Status> {
    let mut out = output::stdout();
    let status = match &args.command {
        GazetteerCommand::Build(args) => super::build::run(args)?,
        GazetteerCommand::Check { index: Some(index), .. } => super::build::check(index)?,
        GazetteerCommand::Check { index: None, tables } => check(tables.mapper()?.gazetteer(), &mut out)?,
        GazetteerCommand::Stats(tables) => stats(tables.mapper()?.gazetteer(), &mut out)?,
        GazetteerCommand::Show { place, tables } => {
            let mapper = tables.mapper()?;
            let found = mapper.gazetteer().show(place);
            if found.is_empty() {
                return Err(Error::argument("ID|NAME", place, "the id or name of a place").into());
            }
            for (place, names) in &found {
                show(place, names, &mut out)?;
            }
            Status::Done
        }
    };
    out.flush()?;
    Ok(status)
}

fn check(gazetteer: &Gazetteer, out: &mut impl Write) -> io::Result<Status> {
    let found = gazetteer.check();
    found.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
    let faults = found.iter().filter(|f| f.level == Level::Fault).count();
    talk::line(&format!("{}, {}", output::count(faults, "fault"), output::count(found.len() - faults, "notice")));
    Ok(if faults == 0 { Status::Done } else { Status::NotSo })
}

fn stats(gazetteer: &Gazetteer, out: &mut impl Write) -> io::Result<Status> {
    let stats = gazetteer.stats();
    let total: usize = stats.iter().map(|(_, _, count)| count).sum();
    let row = |(country, kind, count): (String, PlaceKind, usize)| [country, kind.to_string(), count.to_string()];
    let mut rows: Vec<[String; 3]> = stats.into_iter().map(row).collect();
    let kinds = gazetteer.kinds().into_iter();
    rows.extend(kinds.map(|(kind, count)| ["total".to_owned(), kind.to_string(), count.to_string()]));
    rows.push(["total".to_owned(), String::new(), total.to_string()]);
    writeln!(out, "{}", output::table(["country", "kind", "places"], rows, &[2]))?;
    Ok(Status::Done)
}

fn show(place: &Place, names: &[NameRow], out: &mut impl Write) -> io::Result<()> {
    let rows = [
        ("id", place.id.to_string()),
        ("name_ar", place.name_ar.to_string()),
        ("name_en", place.name_en.to_string()),
        ("kind", place.kind.to_string()),
        ("lat", format!("{:.5}", place.lat)),
        ("lon", format!("{:.5}", place.lon)),
        ("radius_m", place.radius_m.to_string()),
        ("country", place.country.to_string()),
        ("admin1", place.admin1.to_string()),
        ("admin2", place.admin2.to_string()),
        ("parent", place.parent.to_string()),
        ("rank", place.rank.to_string()),
        ("source", place.source.to_string()),
    ];
    for (name, value) in rows {
        writeln!(out, "{name:<9} {}", output::shown(&value))?;
    }
    if !names.is_empty() {
        let row = |row: &NameRow| [output::shown(&row.name), row.lang.clone(), row.usage.to_string()];
        writeln!(out, "\n{}", output::table(["name", "lang", "use"], names.iter().map(row).collect(), &[]))?;
    }
    Ok(())
}
