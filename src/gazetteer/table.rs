//! CSV rows ↔ places and names.
//!
//! Three tables, told apart by their headers: places (`name_ar` or `name`, `lat`, `lon`), names (`place_id`, `name`)
//! and homographs (`name`, `otherwise`). The curated ones carry every column; a user's may leave out the rest.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord};
use rustc_hash::FxHashMap;

use super::{PlaceIx, builtin_fault, number};
use crate::model::{NameUse, Place, PlaceKind};
use crate::{Error, Result};

const PLACES: &str = include_str!("../../gazetteer/places.csv");
const NAMES: &str = include_str!("../../gazetteer/names.csv");
const HOMOGRAPHS: &str = include_str!("../../gazetteer/homographs.csv");

/// Rank of a user's place that states none.
const USER_RANK: u8 = 3;

/// All rows in use, and where each stands.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) places: Vec<Place>,
    pub(super) files: Vec<PathBuf>,
    /// File and line of each place.
    pub(super) origins: Vec<Origin>,
    pub(super) homographs: Vec<(String, Origin)>,
    pub(super) faults: Vec<Error>,
    /// How many places are curated: those before this number.
    pub(super) curated: usize,
    names: Vec<NameSlot>,
    /// All names of `names`, one after the other.
    letters: String,
}

/// The file (by number) and line of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) file: u16,
    pub(super) line: u32,
}

/// A row of names, its text in `Tables::letters`.
#[derive(Debug, Clone, Copy)]
struct NameSlot {
    place: PlaceIx,
    start: u32,
    end: u32,
    lang: [u8; 3],
    usage: NameUse,
    origin: Origin,
}

/// A row of names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) place: PlaceIx,
    pub(super) text: &'a str,
    pub(super) lang: &'a str,
    pub(super) usage: NameUse,
    pub(super) origin: Origin,
}

impl Tables {
    /// The curated tables.
    pub(super) fn embedded() -> Self {
        let mut tables = Tables::default();
        let mut faults = Vec::new();
        for (name, text) in
            [("gazetteer/places.csv", PLACES), ("gazetteer/names.csv", NAMES), ("gazetteer/homographs.csv", HOMOGRAPHS)]
        {
            builtin_fault(&mut faults, tables.read_text(Path::new(name), text));
        }
        tables.settle();
        tables.faults = faults;
        tables.curated = tables.places.len();
        tables
    }

    /// Reads one of the user's files.
    pub(super) fn read_file(&mut self, path: &Path) -> Result<()> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        self.read_text(path, text.strip_prefix('\u{feff}').unwrap_or(&text))
    }

    /// Reads one table.
    pub(super) fn read_text(&mut self, path: &Path, text: &str) -> Result<()> {
        let mut rows = Rows::open(path, text)?;
        let file = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
        self.files.push(path.to_path_buf());
        if rows.has("lat") && rows.has("lon") {
            self.read_places(&mut rows, file)
        } else if rows.has("place_id") && rows.has("name") {
            self.read_names(&mut rows, file)
        } else if rows.has("name") && rows.has("otherwise") {
            self.read_homographs(&mut rows, file)
        } else {
            let header = rows.header.join(",");
            Err(Error::table(path, 1, "header", &header, "name_ar,lat,lon or place_id,name or name,otherwise"))
        }
    }

    fn read_places(&mut self, rows: &mut Rows, file: u16) -> Result<()> {
        let columns = PlaceColumns::of(rows)?;
        self.places.reserve(rows.about(100));
        while rows.next()? {
            let place = columns.place(rows)?;
            let aliases = rows.get(columns.aliases).to_owned();
            let ix = PlaceIx::new(self.places.len());
            let origin = rows.origin(file);
            self.places.push(place);
            self.origins.push(origin);
            for alias in aliases.split([';', '|']).map(str::trim).filter(|alias| !alias.is_empty()) {
                self.push_name(ix, alias, *b"ar\0", NameUse::Alias, origin);
            }
        }
        Ok(())
    }

    fn read_names(&mut self, rows: &mut Rows, file: u16) -> Result<()> {
        let (id, name, lang, usage) =
            (rows.column("place_id"), rows.column("name"), rows.column("lang"), rows.column("use"));
        self.names.reserve(rows.about(40));
        self.letters.reserve(rows.about(1) / 2);
        let numbers = Numbers::of(&self.places);
        let mut names = std::mem::take(&mut self.names);
        let mut letters = std::mem::take(&mut self.letters);
        let mut last = (String::new(), None);
        while rows.next()? {
            if last.0 != rows.get(id) {
                last = (rows.get(id).to_owned(), numbers.get(rows.get(id)));
            }
            let Some(place) = last.1 else { return Err(rows.fault(id, "the id of a place")) };
            let slot = NameSlot {
                place,
                start: offset(&letters),
                end: offset(&letters) + offset(rows.get(name)),
                lang: rows.lang(lang)?,
                usage: rows.parse(usage, NameUse::Alias, "official, alias, historic or romanised")?,
                origin: rows.origin(file),
            };
            letters.push_str(rows.get(name));
            names.push(slot);
        }
        (self.names, self.letters) = (names, letters);
        Ok(())
    }

    fn read_homographs(&mut self, rows: &mut Rows, file: u16) -> Result<()> {
        let name = rows.column("name");
        while rows.next()? {
            let origin = rows.origin(file);
            self.homographs.push((rows.get(name).to_owned(), origin));
        }
        Ok(())
    }

    fn push_name(&mut self, place: PlaceIx, text: &str, lang: [u8; 3], usage: NameUse, origin: Origin) {
        let start = offset(&self.letters);
        self.letters.push_str(text);
        self.names.push(NameSlot { place, start, end: offset(&self.letters), lang, usage, origin });
    }

    /// Brings the names of one place together.
    pub(super) fn settle(&mut self) {
        if !self.names.is_sorted_by_key(|slot| slot.place) {
            self.names.sort_by_key(|slot| slot.place);
        }
    }

    /// Every row of names.
    pub(super) fn names(&self) -> impl Iterator<Item = Name<'_>> {
        self.names.iter().map(|slot| self.name(slot))
    }

    /// The rows of names of one place.
    pub(super) fn names_of(&self, ix: PlaceIx) -> impl Iterator<Item = Name<'_>> {
        let from = self.names.partition_point(|slot| slot.place < ix);
        self.names.iter().skip(from).take_while(move |slot| slot.place == ix).map(|slot| self.name(slot))
    }

    fn name<'a>(&'a self, slot: &'a NameSlot) -> Name<'a> {
        Name {
            place: slot.place,
            text: self.letters.get(slot.start as usize..slot.end as usize).unwrap_or(""),
            lang: std::str::from_utf8(&slot.lang).unwrap_or("").trim_end_matches('\0'),
            usage: slot.usage,
            origin: slot.origin,
        }
    }

    /// The numbers of the places in the order of their ids.
    pub(super) fn sorted_ids(&self) -> Vec<PlaceIx> {
        let mut by_id: Vec<PlaceIx> = (0..self.places.len()).map(PlaceIx::new).collect();
        let id = |ix: &PlaceIx| self.places.get(ix.at()).map(|place| place.id.as_str());
        if !by_id.is_sorted_by_key(id) {
            by_id.sort_by(|a, b| id(a).cmp(&id(b)));
        }
        by_id
    }

    /// The parent of each place.
    pub(super) fn parents(&self) -> Vec<Option<PlaceIx>> {
        let numbers = Numbers::of(&self.places);
        self.places.iter().map(|place| numbers.get(&place.parent)).collect()
    }
}

fn offset(letters: &str) -> u32 {
    number(letters.len())
}

/// From id to number, while tables are read; the first of two with one id counts.
struct Numbers<'a>(FxHashMap<&'a str, PlaceIx>);

impl<'a> Numbers<'a> {
    fn of(places: &'a [Place]) -> Self {
        let mut map = FxHashMap::with_capacity_and_hasher(places.len(), rustc_hash::FxBuildHasher);
        for (at, place) in places.iter().enumerate() {
            map.entry(place.id.as_str()).or_insert(PlaceIx::new(at));
        }
        Numbers(map)
    }

    fn get(&self, id: &str) -> Option<PlaceIx> {
        self.0.get(id).copied()
    }
}

/// Where the columns of a table of places stand.
struct PlaceColumns {
    id: Column,
    name_ar: Column,
    name_en: Column,
    kind: Column,
    lat: Column,
    lon: Column,
    radius_m: Column,
    country: Column,
    admin1: Column,
    admin2: Column,
    parent: Column,
    rank: Column,
    source: Column,
    aliases: Column,
}

impl PlaceColumns {
    fn of(rows: &Rows) -> Result<Self> {
        let either = |a: &str, b: &str| if rows.has(a) { rows.column(a) } else { rows.column(b) };
        let columns = PlaceColumns {
            id: rows.column("id"),
            name_ar: either("name_ar", "name"),
            name_en: rows.column("name_en"),
            kind: rows.column("kind"),
            lat: rows.column("lat"),
            lon: rows.column("lon"),
            radius_m: rows.column("radius_m"),
            country: rows.column("country"),
            admin1: rows.column("admin1"),
            admin2: rows.column("admin2"),
            parent: rows.column("parent"),
            rank: rows.column("rank"),
            source: rows.column("source"),
            aliases: either("aliases_ar", "aliases"),
        };
        match columns.name_ar.at {
            Some(_) => Ok(columns),
            None => Err(Error::table(rows.path, 1, "header", "", "a column name_ar or name")),
        }
    }

    fn place(&self, rows: &Rows) -> Result<Place> {
        let own = |column| rows.get(column).to_owned();
        let kind = rows.parse(self.kind, PlaceKind::Town, "a kind of place")?;
        if rows.get(self.name_ar).trim().is_empty() {
            return Err(rows.fault(self.name_ar, "a name"));
        }
        Ok(Place {
            id: if rows.get(self.id).is_empty() { rows.made_id() } else { own(self.id) },
            name_ar: own(self.name_ar),
            name_en: own(self.name_en),
            kind,
            lat: rows.degrees(self.lat, 90.0)?,
            lon: rows.degrees(self.lon, 180.0)?,
            radius_m: rows.parse(self.radius_m, usual_radius_m(kind), "whole metres")?,
            country: own(self.country),
            admin1: own(self.admin1),
            admin2: own(self.admin2),
            parent: own(self.parent),
            rank: rows.parse(self.rank, USER_RANK, "1 to 5")?,
            source: if self.source.at.is_none() { "user".to_owned() } else { own(self.source) },
        })
    }
}

/// Radius of a place whose row states none, metres (ARABIC.md 3.1).
const fn usual_radius_m(kind: PlaceKind) -> u32 {
    use PlaceKind as K;
    match kind {
        K::City => 5_000,
        K::Town => 3_000,
        K::Village | K::Quarter | K::RefugeeCamp => 1_500,
        K::Subdistrict => 8_000,
        K::District => 25_000,
        K::Governorate | K::Region | K::Desert | K::Strait | K::Mountain => 80_000,
        K::Country | K::Sea | K::Gulf => 300_000,
        K::Valley | K::Island => 10_000,
        _ => 2_000,
    }
}

/// A column by name; it may be missing.
#[derive(Debug, Clone, Copy)]
struct Column {
    name: &'static str,
    at: Option<usize>,
}

/// The rows of one CSV text, one at a time.
struct Rows<'a> {
    path: &'a Path,
    bytes: usize,
    header: Vec<String>,
    cells: Vec<Cow<'a, str>>,
    rest: &'a str,
    /// The line of `cells`, and the line at which `rest` begins.
    line: u32,
    next_line: u32,
}

impl<'a> Rows<'a> {
    fn open(path: &'a Path, text: &'a str) -> Result<Self> {
        let mut rows =
            Rows { path, bytes: text.len(), header: Vec::new(), cells: Vec::new(), rest: text, line: 1, next_line: 1 };
        rows.next()?;
        rows.header = rows.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        Ok(rows)
    }

    /// Goes on to the next row; false at the end.
    fn next(&mut self) -> Result<bool> {
        while !self.rest.is_empty() {
            let (line, after) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.line = self.next_line;
            let text = line.strip_suffix('\r').unwrap_or(line);
            self.cells.clear();
            if !text.contains('"') {
                self.cells.extend(split_plain(text).map(Cow::Borrowed));
            } else if !split_quoted(text, &mut self.cells) {
                self.take_quoted()?;
                return self.check_width().map(|()| true);
            }
            self.next_line += 1;
            self.rest = after;
            if text.is_empty() {
                continue;
            }
            return self.check_width().map(|()| true);
        }
        Ok(false)
    }

    /// Takes a row with quoted fields that may run over several lines.
    fn take_quoted(&mut self) -> Result<()> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.rest.as_bytes());
        let mut record = StringRecord::new();
        let line = u64::from(self.line);
        reader
            .read_record(&mut record)
            .map_err(|e| Error::table(self.path, line, "row", &e.to_string(), "CSV in UTF-8"))?;
        let taken = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        self.next_line += u32::try_from(reader.position().line().saturating_sub(1)).unwrap_or(u32::MAX).max(1);
        self.rest = self.rest.get(taken..).unwrap_or("");
        self.cells = record.iter().map(|cell| Cow::Owned(cell.to_owned())).collect();
        Ok(())
    }

    fn check_width(&self) -> Result<()> {
        if self.header.is_empty() || self.cells.len() == self.header.len() {
            return Ok(());
        }
        let expected = format!("{} fields, as in the header", self.header.len());
        Err(Error::table(self.path, u64::from(self.line), "row", &self.cells.join(","), &expected))
    }

    fn has(&self, name: &str) -> bool {
        self.header.iter().any(|column| column == name)
    }

    fn column(&self, name: &str) -> Column {
        let name = KNOWN.iter().find(|known| **known == name).copied().unwrap_or("");
        Column { name, at: self.header.iter().position(|column| column == name) }
    }

    fn get(&self, column: Column) -> &str {
        column.at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell)
    }

    fn origin(&self, file: u16) -> Origin {
        Origin { file, line: self.line }
    }

    /// About how many rows of `bytes` each the text holds.
    fn about(&self, bytes: usize) -> usize {
        self.bytes / bytes
    }

    fn fault(&self, column: Column, expected: &str) -> Error {
        Error::table(self.path, u64::from(self.line), column.name, self.get(column), expected)
    }

    fn parse<T: std::str::FromStr>(&self, column: Column, default: T, expected: &str) -> Result<T> {
        match self.get(column).trim() {
            "" => Ok(default),
            value => value.parse().map_err(|_| self.fault(column, expected)),
        }
    }

    fn degrees(&self, column: Column, limit: f64) -> Result<f64> {
        let value = self.get(column).trim().parse::<f64>().ok().filter(|degrees| degrees.abs() <= limit);
        value.ok_or_else(|| self.fault(column, "degrees, WGS84"))
    }

    fn lang(&self, column: Column) -> Result<[u8; 3]> {
        match self.get(column).as_bytes() {
            [] => Ok(*b"ar\0"),
            [a, b] => Ok([*a, *b, 0]),
            [a, b, c] => Ok([*a, *b, *c]),
            _ => Err(self.fault(column, "an ISO 639 code of two or three letters")),
        }
    }

    /// The id of a user's row that has none: the file's stem and the line.
    fn made_id(&self) -> String {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        format!("{stem}-{}", self.line)
    }
}

/// Every column that a table can have.
const KNOWN: [&str; 20] = [
    "id",
    "name_ar",
    "name",
    "name_en",
    "kind",
    "lat",
    "lon",
    "radius_m",
    "country",
    "admin1",
    "admin2",
    "parent",
    "rank",
    "source",
    "aliases_ar",
    "aliases",
    "place_id",
    "lang",
    "use",
    "otherwise",
];

/// The fields of a line without quotes.
fn split_plain(line: &str) -> impl Iterator<Item = &str> {
    let commas = line.bytes().enumerate().filter(|(_, byte)| *byte == b',').map(|(at, _)| at);
    let mut start = 0;
    commas.chain(std::iter::once(line.len())).map(move |end| {
        let field = line.get(start..end).unwrap_or("");
        start = end + 1;
        field
    })
}

/// Splits a line some fields of which stand whole in quotes; false where a quote stands otherwise.
fn split_quoted<'a>(line: &'a str, cells: &mut Vec<Cow<'a, str>>) -> bool {
    let mut rest = Some(line);
    while let Some(text) = rest {
        let (field, after) = match text.strip_prefix('"') {
            Some(open) => match open.split_once('"') {
                Some((field, "")) => (field, None),
                Some((field, after)) if after.starts_with(',') => (field, after.strip_prefix(',')),
                _ => return false,
            },
            None => text.split_once(',').map_or((text, None), |(field, after)| (field, Some(after))),
        };
        cells.push(Cow::Borrowed(field));
        rest = after;
    }
    true
}
