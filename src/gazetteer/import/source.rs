//! What a file is, by its name and its columns, and how it is unpacked.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::error::excerpt;
use crate::{Error, Result};

/// How many times its packed length a dump may have unpacked: tables of names come to about six.
const MOST_RATIO: u64 = 100;
/// Length up to which the ratio says nothing, bytes.
const SMALL: u64 = 16 << 20;
/// Read at a time, bytes.
const BUFFER: usize = 1 << 18;
/// Longest first line that is looked at to tell what a table is, bytes.
const FIRST_LINE: u64 = 1 << 17;

/// What a source holds, in the order in which sources are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The `geoname` table: 19 columns.
    Places,
    /// The user's own places.
    Csv,
    /// The same as features.
    GeoJson,
    /// `admin1CodesASCII.txt`: CC.A1.
    Admin1,
    /// `admin2Codes.txt`: CC.A1.A2.
    Admin2,
    /// Parent, child, type.
    Hierarchy,
    /// `alternateNamesV2`: 10 columns; the older table has the first 8.
    Alternates,
}

impl Kind {
    pub(super) const fn has_places(self) -> bool {
        matches!(self, Kind::Places | Kind::Csv | Kind::GeoJson)
    }
}

/// A file, or the table in a zip file.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    /// Its number in the zip file.
    member: Option<usize>,
    /// What faults call it.
    pub(super) label: PathBuf,
    pub(super) kind: Kind,
    /// Its length unpacked.
    pub(super) bytes: u64,
}

impl Source {
    /// Looks what a file is.
    pub(super) fn detect(path: &Path) -> Result<Source> {
        let bytes = std::fs::metadata(path).map_err(|e| Error::io(path, e))?.len();
        let mut source =
            Source { path: path.to_path_buf(), member: None, label: path.to_path_buf(), kind: Kind::Places, bytes };
        if ending(path) == "zip" {
            source.find_member()?;
        }
        source.kind = match ending(&source.label).as_str() {
            "csv" => Kind::Csv,
            "json" | "geojson" => Kind::GeoJson,
            _ => source.open(|reader| by_columns(&source.label, &first_line(reader, &source.label)?))?,
        };
        Ok(source)
    }

    /// The table in a zip file: the one of the same name, else the largest; beside it there may be a readme.
    fn find_member(&mut self) -> Result<()> {
        let mut archive = archive(&self.path)?;
        let stem = stem(&self.path);
        let mut best: Option<(bool, u64, usize, PathBuf)> = None;
        for at in 0..archive.len() {
            let file = archive.by_index(at).map_err(|e| unreadable(&self.path, &e))?;
            let name = PathBuf::from(file.name().map_err(|e| unreadable(&self.path, &e))?.as_ref());
            let is_table = matches!(ending(&name).as_str(), "txt" | "csv" | "json" | "geojson");
            let found = (stem == self::stem(&name), file.size(), at, name);
            if file.is_file() && is_table && best.as_ref().is_none_or(|best| (found.0, found.1) > (best.0, best.1)) {
                best = Some(found);
            }
        }
        let Some((_, bytes, at, name)) = best else {
            return Err(Error::file(&self.path, "found no table in the zip file, expected one such as IQ.txt"));
        };
        (self.bytes, self.member, self.label) = (bytes, Some(at), self.path.join(name));
        Ok(())
    }

    /// Gives the unpacked bytes to `read`.
    pub(super) fn open<T>(&self, read: impl FnOnce(&mut dyn BufRead) -> Result<T>) -> Result<T> {
        let Some(member) = self.member else {
            let file = File::open(&self.path).map_err(|e| Error::io(&self.path, e))?;
            return read(&mut BufReader::with_capacity(BUFFER, file));
        };
        let mut archive = archive(&self.path)?;
        let file = archive.by_index(member).map_err(|e| unreadable(&self.path, &e))?;
        let most = file.compressed_size().saturating_mul(MOST_RATIO).max(SMALL);
        if file.size() > most {
            let reason = format!(
                "unpacks from {} to {} bytes, expected at most {MOST_RATIO} times its length",
                file.compressed_size(),
                file.size()
            );
            return Err(Error::file(&self.label, reason));
        }
        let declared = file.size();
        read(&mut BufReader::with_capacity(BUFFER, Capped { file, left: declared }))
    }
}

/// A packed file that must not be longer than it says.
struct Capped<R> {
    file: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(out)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "unpacks to more than the length that the zip file states")
        })?;
        Ok(count)
    }
}

fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>> {
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    ZipArchive::new(BufReader::new(file)).map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &Path, fault: &dyn std::fmt::Display) -> Error {
    Error::file(path, format!("not a readable zip file: {fault}"))
}

/// A file's ending in small letters.
fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn first_line(reader: &mut dyn BufRead, label: &Path) -> Result<String> {
    let mut line = Vec::new();
    reader.take(FIRST_LINE).read_until(b'\n', &mut line).map_err(|e| Error::io(label, e))?;
    Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
}

/// What a table of GeoNames is: by the beginning of its name, else by its columns.
fn by_columns(label: &Path, first: &str) -> Result<Kind> {
    const NAMES: [(&str, Kind); 5] = [
        ("alternatenames", Kind::Alternates),
        ("admin1codes", Kind::Admin1),
        ("admin2codes", Kind::Admin2),
        ("hierarchy", Kind::Hierarchy),
        ("allcountries", Kind::Places),
    ];
    let stem = stem(label);
    if let Some((_, kind)) = NAMES.iter().find(|(name, _)| stem.starts_with(name)) {
        return Ok(*kind);
    }
    let cells: Vec<&str> = first.split('\t').collect();
    match cells.as_slice() {
        [""] => Err(Error::table(label, 1, "row", "", "a table of GeoNames; the file is empty")),
        cells if cells.len() > 10 => Ok(Kind::Places),
        [_, _, _, _, _, _, _, _, ..] => Ok(Kind::Alternates),
        [code, _, _, _] if code.split('.').count() == 2 => Ok(Kind::Admin1),
        [code, _, _, _] if code.split('.').count() == 3 => Ok(Kind::Admin2),
        [parent, child, ..] if parent.parse::<u32>().is_ok() && child.parse::<u32>().is_ok() => Ok(Kind::Hierarchy),
        cells => {
            let found = format!("{} columns: {}", cells.len(), excerpt(first));
            Err(Error::table(label, 1, "row", &found, "a table of GeoNames: 19 columns, 10, 4 or 3, parted by tabs"))
        }
    }
}
