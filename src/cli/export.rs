//! `mawqi export`: the incidents of a map in another format, one after the other.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::args::{Export, ExportFormat, Profile};
use super::{Status, output, talk};
use crate::export::csv::Flat;
use crate::export::{self, Stream, acled, flatgeobuf, geojson, kml, qgis, timemap, ucdp};
use crate::model::Incident;
use crate::{Error, Result, store};

/// Bytes that are written at once: of a piece that ends within a page of the file, the system first clears the rest of the page.
const WRITTEN_BYTES: usize = 1 << 18;

pub(super) fn run(args: &Export) -> anyhow::Result<Status> {
    if args.profile != Profile::Mawqi && args.format != ExportFormat::Csv {
        return Err(Error::argument("--profile", "acled or ucdp", "--format csv beside it").into());
    }
    let Some(path) = args.output.as_deref().filter(|path| *path != Path::new("-")) else {
        let mut out = output::stdout();
        write(args, &mut out)?;
        out.flush()?;
        return Ok(Status::Done);
    };
    let mut out = BufWriter::with_capacity(WRITTEN_BYTES, output::beside(path)?);
    write(args, &mut out)?;
    let file = out.into_inner().map_err(|e| Error::io(path, e.into_error()))?;
    file.persist(path).map_err(|e| Error::io(path, e.error))?;
    if matches!(args.format, ExportFormat::Geojson | ExportFormat::Fgb) {
        style(&path.with_extension(qgis::STYLE_ENDING))?;
    }
    Ok(Status::Done)
}

/// Writes the style that QGIS looks for beside a file, unless there is one already.
fn style(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let mut file = output::beside(path)?;
    qgis::style(&mut file).map_err(|e| Error::io(path, e))?;
    file.persist(path).map_err(|e| Error::io(path, e.error))?;
    Ok(())
}

/// Writes those asked for, and says how many they were; formats that cannot hold the attribution have it said.
fn write(args: &Export, out: &mut dyn Write) -> anyhow::Result<()> {
    let filter = args.wanted.filter(true);
    let (mut written, mut deathless, mut failed) = (0, 0, None);
    let format = format(args)?;
    let mut sink = format.begin(out)?;
    each(&args.input, |incident| {
        if failed.is_some() || !filter.admits(incident) {
            return Ok(());
        }
        if args.profile == Profile::Ucdp && !ucdp::is_event(incident) {
            deathless += 1;
            return Ok(());
        }
        written += 1;
        failed = sink.incident(incident).err();
        Ok(())
    })?;
    // As it is, so that a closed pipe is known as one.
    failed.map_or(Ok(()), Err)?;
    sink.finish()?;
    let told = output::count(written, "incident");
    if args.profile == Profile::Ucdp {
        talk::line(&format!("{told}; {deathless} left out, as no death is told (UCDP lists events with one)"));
    } else {
        talk::line(&told);
    }
    if args.format == ExportFormat::Csv {
        talk::line(&format!("where you publish the table, give: {}", export::ATTRIBUTION));
    }
    Ok(())
}

fn format(args: &Export) -> Result<Box<dyn Stream>> {
    Ok(match args.format {
        ExportFormat::Geojson => Box::new(geojson::GeoJson),
        ExportFormat::Geojsonseq => Box::new(geojson::GeoJsonSeq),
        ExportFormat::Fgb => Box::new(flatgeobuf::FlatGeobuf),
        ExportFormat::Geoparquet => geoparquet()?,
        ExportFormat::Kml => Box::new(kml::Kml),
        ExportFormat::Timemap => Box::new(timemap::TimeMap),
        ExportFormat::Csv => {
            let all = Flat { delimiter: args.delimiter, mark: !args.no_bom, ..Flat::default() };
            Box::new(match args.profile {
                Profile::Mawqi => all,
                Profile::Acled => Flat { columns: &[acled::COLUMNS], ..all },
                Profile::Ucdp => Flat { columns: &[ucdp::COLUMNS], ..all },
            })
        }
    })
}

#[cfg(feature = "geoparquet")]
fn geoparquet() -> Result<Box<dyn Stream>> {
    Ok(Box::new(export::geoparquet::GeoParquet))
}

/// The library for it is large, so that it is not in every build.
#[cfg(not(feature = "geoparquet"))]
fn geoparquet() -> Result<Box<dyn Stream>> {
    let how = "a mawqi built with it: cargo install --path . --features geoparquet";
    Err(Error::argument("--format", "geoparquet", how))
}

/// The incidents of a store, or of a GeoJSON file.
fn each(input: &Path, mut take: impl FnMut(&Incident) -> Result<()>) -> anyhow::Result<()> {
    if input.is_file() {
        return Ok(geojson::read(input)?.iter().try_for_each(take)?);
    }
    Ok(store::each(input, &mut take)?)
}
