//! NDJSON: one incident a line, the names of the schema in order, `lon` and `lat` among them, `sources` whole.

use std::io::{self, Write};

use super::{Format, Harvest, Row, columns};

/// Incidents as lines of JSON.
#[derive(Debug, Clone, Copy)]
pub struct NdJson;

impl Format for NdJson {
    fn file_name(&self) -> &'static str {
        "incidents.ndjson"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        write(&Row::plain(&harvest.incidents), out)
    }
}

/// Writes a line of JSON for each incident.
pub fn write(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &columns::Object { row, point: true, area: false })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
