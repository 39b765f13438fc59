//! Data on stdout, and the tables that both sides show.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::Path;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde::Serialize;
use tempfile::NamedTempFile;

use crate::Error;
use crate::staging::staged;

pub(super) use crate::explain::terminal::shown;

/// Buffered stdout; the caller flushes.
pub(super) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// A new file in the same folder, which goes away unless it is put in place.
pub(super) fn beside(path: &Path) -> crate::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fault = |e| Error::io(path, e);
    if path.is_dir() {
        return Err(fault(io::ErrorKind::IsADirectory.into()));
    }
    staged(folder).map_err(fault)
}

/// Writes one value as a line of JSON.
pub(super) fn json_line(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A table without rules whose numbers stand to the right; one line a row, however wide; no header where all its
/// names are empty.
pub(super) fn table<const N: usize>(header: [&str; N], rows: Vec<[String; N]>, numbers: &[usize]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    if header.iter().any(|name| !name.is_empty()) {
        table.set_header(header);
    }
    table.add_rows(rows);
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if numbers.contains(&at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// A count of which only bounds may be known: `3`, `3–5`, `3+`, `≤5`, nothing.
pub(super) fn range(least: Option<u32>, most: Option<u32>) -> String {
    match (least, most) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least}–{most}"),
        (Some(least), None) => format!("{least}+"),
        (None, Some(most)) => format!("≤{most}"),
        (None, None) => String::new(),
    }
}

/// `1 incident`, `2 incidents`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("{number} {noun}") } else { format!("{number} {noun}s") }
}
