//! `mawqi extract`: one JSON line a report, as soon as it is read.

use std::io::Write;

use super::args::{Extract, ExtractFormat};
use super::{Status, output, talk};
use crate::{Error, reports};

pub(super) fn run(args: &Extract) -> anyhow::Result<Status> {
    let ExtractFormat::Ndjson = args.format;
    let mapper = args.reading.tables.mapper()?;
    let mut out = output::stdout();
    let mut status = Status::Done;
    let mut nothing = true;
    for report in reports::read(&args.reading.reports, args.reading.published)? {
        match report {
            Ok(report) => {
                nothing = false;
                let extraction = mapper.read(&report);
                if extraction.language != super::map::LANGUAGE {
                    talk::note(&super::map::not_arabic(&extraction.report, &extraction.language));
                }
                output::json_line(&mut out, &extraction)?;
                out.flush()?;
            }
            Err(error) => {
                talk::error(&error.to_string());
                if !matches!(error, Error::NoReports { .. }) {
                    status = Status::Partly;
                }
            }
        }
    }
    Ok(if nothing && status == Status::Done { Status::NotSo } else { status })
}
