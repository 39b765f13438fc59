//! A file as bytes in memory, without reading it: the one place of the program with unsafe code.
#![allow(unsafe_code, reason = "mapping a file is unsafe, for another program may change it while it is mapped")]

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Maps a file that is not empty.
pub(super) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the map is read-only, and an index is never changed in place: `gazetteer build` writes beside it and renames,
    // which leaves the mapped file as it was. Whoever overwrites it all the same gets wrong answers: what is read is only
    // ever numbers and checked UTF-8, and every position is checked against the length. Whoever shortens it gets a bus error,
    // as with every mapped file.
    unsafe { Mmap::map(file) }
}
