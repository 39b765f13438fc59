//! Places and names into an index file.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use rustc_hash::FxHashSet;

use super::super::names::is_arabic;
use super::super::number;
use super::layout::{Extents, HEADER, Record, SECTIONS, Section, header, text_at};
use super::{keys, table};
use crate::model::NameUse;
use crate::staging::staged;
use crate::{Error, Result};

/// Two bearers of one name and kind this near are one place, in millionths of a degree: about a kilometre.
const TWINS: i32 = 10_000;

/// A name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Name {
    pub(in super::super) place: u32,
    /// A string of `Text`.
    pub(in super::super) text: u32,
    pub(in super::super) lang: [u8; 3],
    pub(in super::super) usage: NameUse,
}

/// What an index holds, before it is written.
#[derive(Debug, Default)]
pub(in super::super) struct Parts {
    pub(in super::super) meta: Vec<u8>,
    /// Sorted as the file has them.
    pub(in super::super) records: Vec<Record>,
    /// Sorted by place, its usual names first.
    pub(in super::super) names: Vec<Name>,
    pub(in super::super) text: Vec<u8>,
}

/// How much an index holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Places.
    pub places: usize,
    /// Names, each place's own ones counted.
    pub names: usize,
    /// Different names, once folded.
    pub keys: usize,
    /// Length of the file, bytes.
    pub bytes: u64,
}

/// Every key with its bearers.
#[derive(Debug, Default)]
struct Keyed {
    /// The hash of each key, rising.
    hashes: Vec<u64>,
    /// Where the letters and the bearers of each begin.
    starts: Vec<(u32, u32)>,
    letters: Vec<u8>,
    bearers: Vec<u32>,
}

/// Writes an index to `path`: whole or not at all.
pub(in super::super) fn write(path: &Path, mut parts: Parts) -> Result<Size> {
    let entries = entries(&mut parts);
    let keyed = keyed(&parts, &entries);
    drop(entries);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = staged(folder).map_err(|e| Error::io(folder, e))?;
    let bytes = fill(file.as_file(), &parts, &keyed).map_err(|e| Error::io(path, e))?;
    file.persist(path).map_err(|e| Error::io(path, e.error))?;
    Ok(Size { places: parts.records.len(), names: parts.names.len(), keys: keyed.hashes.len(), bytes })
}

/// The hash of each name's key with the name's number, sorted; drops names that a place has twice, once folded, and
/// tells each place its first name.
fn entries(parts: &mut Parts) -> Vec<(u64, u32)> {
    let mut entries = Vec::with_capacity(parts.names.len());
    let mut kept = 0;
    let mut from = 0;
    let mut known: Vec<u64> = Vec::new();
    for (at, record) in parts.records.iter_mut().enumerate() {
        record.names = number(kept);
        known.clear();
        while let Some(&name) = parts.names.get(from).filter(|name| name.place as usize == at) {
            from += 1;
            let key = keys::exact(text_at(&parts.text, name.text).unwrap_or(""));
            let hash = table::hash(&key);
            if key.is_empty() || known.contains(&hash) {
                continue;
            }
            known.push(hash);
            entries.push((hash, number(kept)));
            if let Some(slot) = parts.names.get_mut(kept) {
                *slot = name;
            }
            kept += 1;
        }
    }
    parts.names.truncate(kept);
    entries.sort_unstable();
    entries
}

fn keyed(parts: &Parts, entries: &[(u64, u32)]) -> Keyed {
    let mut keyed = Keyed::default();
    for group in entries.chunk_by(|a, b| a.0 == b.0) {
        let names = group.iter().filter_map(|(_, name)| parts.names.get(*name as usize));
        let Some(first) = names.clone().next() else { continue };
        keyed.hashes.extend(group.first().map(|(hash, _)| *hash));
        keyed.starts.push((number(keyed.letters.len()), number(keyed.bearers.len())));
        let key = keys::exact(text_at(&parts.text, first.text).unwrap_or(""));
        keyed.letters.extend_from_slice(key.as_bytes());
        push_bearers(parts, names, &mut keyed.bearers);
    }
    keyed.starts.push((number(keyed.letters.len()), number(keyed.bearers.len())));
    keyed
}

/// The bearers of one name, the best known first, of twins the first only.
fn push_bearers<'a>(parts: &Parts, names: impl Iterator<Item = &'a Name>, out: &mut Vec<u32>) {
    let standing = |name: &Name| {
        let rank = parts.records.get(name.place as usize).map_or(5, |record| record.rank);
        (u32::from(rank) * 2 + usage_number(name.usage), name.place)
    };
    let mut names: Vec<&Name> = names.collect();
    names.sort_unstable_by_key(|name| standing(name));
    let several = names.len() > 1;
    let mut cells: FxHashSet<(u8, i32, i32)> = FxHashSet::default();
    for name in names {
        let Some(record) = parts.records.get(name.place as usize) else { continue };
        let (lat, lon) = (record.lat / TWINS, record.lon / TWINS);
        let near = |step: i32| [(step / 3) - 1, (step % 3) - 1];
        if several && (0..9).map(near).any(|[a, b]| cells.contains(&(record.kind, lat + a, lon + b))) {
            continue;
        }
        if several {
            cells.insert((record.kind, lat, lon));
        }
        out.push(name.place << 2 | usage_number(name.usage));
    }
}

/// A use as two bits.
pub(super) const fn usage_number(usage: NameUse) -> u32 {
    match usage {
        NameUse::Official => 0,
        NameUse::Alias => 1,
        NameUse::Historic => 2,
        NameUse::Romanised => 3,
    }
}

/// Writes the sections, then the header before them.
fn fill(file: &File, parts: &Parts, keyed: &Keyed) -> io::Result<u64> {
    let mut out = Out { file: BufWriter::with_capacity(1 << 20, file), at: 0, crc: crc32fast::Hasher::new() };
    out.put(&[0; HEADER])?;
    let mut extents = Extents::default();
    for (section, extent) in SECTIONS.into_iter().zip(&mut extents) {
        let start = out.at;
        out.crc = crc32fast::Hasher::new();
        put_section(section, parts, keyed, &mut out)?;
        extent.at = usize::try_from(start).unwrap_or(0)..usize::try_from(out.at).unwrap_or(0);
        extent.crc = out.crc.clone().finalize();
    }
    out.file.flush()?;
    let mut file = file;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&header(&extents, out.at))?;
    file.sync_all()?;
    Ok(out.at)
}

fn put_section(section: Section, parts: &Parts, keyed: &Keyed, out: &mut Out) -> io::Result<()> {
    match section {
        Section::Meta => out.put(&parts.meta),
        Section::Places => parts.records.iter().try_for_each(|record| out.put(&record.bytes())),
        Section::Names => parts.names.iter().try_for_each(|name| out.put(&name.bytes())),
        Section::Text => out.put(&parts.text),
        Section::Keys => keyed.starts.iter().try_for_each(|(letters, bearers)| {
            out.put(&letters.to_le_bytes())?;
            out.put(&bearers.to_le_bytes())
        }),
        Section::KeyText => out.put(&keyed.letters),
        Section::Bearers => keyed.bearers.iter().try_for_each(|bearer| out.put(&bearer.to_le_bytes())),
        Section::Exact => {
            let entries: Vec<(u64, u32)> = keyed.hashes.iter().copied().zip(0..).collect();
            table::write(&entries, |bytes| out.put(bytes))
        }
        Section::Loose => put_table(keyed, out, |key, put| keys::loose(key).for_each(|key| put(&key))),
        Section::Slips => put_table(keyed, out, |key, put| {
            let whole = keys::loose(key).next().unwrap_or_default();
            for slip in keys::slips(&whole) {
                put(&slip);
            }
        }),
        Section::Beginnings => put_table(keyed, out, |key, put| keys::beginnings(key).for_each(put)),
        Section::Sounds => put_sounds(parts, keyed, out),
    }
}

/// A table of keys made from Arabic keys.
fn put_table(keyed: &Keyed, out: &mut Out, keys_of: impl Fn(&str, &mut dyn FnMut(&str))) -> io::Result<()> {
    let mut entries = Vec::new();
    for (at, key) in keyed.keys().enumerate().filter(|(_, key)| key.chars().any(is_arabic)) {
        keys_of(key, &mut |made| entries.push((table::hash(made), number(at))));
    }
    entries.sort_unstable();
    entries.dedup();
    table::write(&entries, |bytes| out.put(bytes))
}

/// The sounds of the Latin names of places that have an Arabic one too: elsewhere nothing was transliterated.
fn put_sounds(parts: &Parts, keyed: &Keyed, out: &mut Out) -> io::Result<()> {
    let mut entries = Vec::new();
    for (at, key) in keyed.keys().enumerate().filter(|(_, key)| !key.chars().any(is_arabic)) {
        let arabic = |bearer: &u32| parts.records.get((bearer >> 2) as usize).is_some_and(|r| r.name_ar != 0);
        if keyed.bearers_of(at).iter().any(arabic)
            && let Some(sounds) = keys::sounds(key)
        {
            entries.push((table::hash(&sounds), number(at)));
        }
    }
    entries.sort_unstable();
    table::write(&entries, |bytes| out.put(bytes))
}

impl Keyed {
    fn keys(&self) -> impl Iterator<Item = &str> {
        self.starts.windows(2).map(|pair| {
            let [(start, _), (end, _)] = pair else { return "" };
            let letters = self.letters.get(*start as usize..*end as usize).unwrap_or(&[]);
            std::str::from_utf8(letters).unwrap_or("")
        })
    }

    fn bearers_of(&self, at: usize) -> &[u32] {
        match self.starts.get(at..at + 2) {
            Some([(_, first), (_, last)]) => self.bearers.get(*first as usize..*last as usize).unwrap_or(&[]),
            _ => &[],
        }
    }
}

impl Name {
    fn bytes(&self) -> [u8; super::layout::NAME] {
        let [first, second, third] = self.lang;
        let lang_and_use = [first, second, third, usage_number(self.usage).to_le_bytes()[0]];
        let mut out = [0; super::layout::NAME];
        for (cell, byte) in out.iter_mut().zip(self.text.to_le_bytes().into_iter().chain(lang_and_use)) {
            *cell = byte;
        }
        out
    }
}

/// The file under way.
struct Out<'f> {
    file: BufWriter<&'f File>,
    at: u64,
    crc: crc32fast::Hasher,
}

impl Out<'_> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.crc.update(bytes);
        self.file.write_all(bytes)
    }
}
