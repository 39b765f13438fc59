//! The loop of the commands that answer report by report.

use super::args::Reading;
use super::map::{LANGUAGE, not_arabic};
use super::{Status, talk};
use crate::model::Report;
use crate::{Error, reports};

/// Hands on each report in turn; one that cannot be read is named, and the others go on. Not so where there was none.
pub(super) fn each(args: &Reading, mut take: impl FnMut(Report) -> anyhow::Result<()>) -> anyhow::Result<Status> {
    let (mut status, mut nothing) = (Status::Done, true);
    for report in reports::read(&args.reports, args.published)? {
        match report {
            Ok(report) => {
                nothing = false;
                take(report)?;
            }
            Err(error) => {
                talk::error(&error.to_string());
                if !matches!(error, Error::NoReports { .. }) {
                    status = Status::Partly;
                }
            }
        }
    }
    Ok(if nothing { status.max(Status::NotSo) } else { status })
}

/// Says that a report is in another language, where it is.
pub(super) fn note_foreign(report: &str, language: &str) {
    if language != LANGUAGE {
        talk::note(&not_arabic(report, language));
    }
}
