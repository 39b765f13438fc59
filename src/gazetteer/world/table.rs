//! Tables from the hash of a key to numbers.
//!
//! ```text
//! bits u32, then 2^bits + 1 starts u32, then entries (low half of the hash u32, number u32), sorted by hash
//! ```
//! The upper bits of a hash say where to look, the lower half is compared: two reads of memory, far apart, for a look-up.
//! Two keys may share a hash: whoever asks compares the key itself.

use super::layout::u32_at;

/// How many entries share a start, about.
const SHARED: usize = 4;
const MOST_BITS: u32 = 26;

/// The hash of a key: FNV-1a, then mixed, since its upper bits are used. Files hold it: it never changes within a version.
pub(super) fn hash(key: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in key.as_bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

/// The low half, which entries hold.
const fn low(hash: u64) -> u32 {
    (hash & 0xffff_ffff) as u32
}

fn upper(hash: u64, bits: u32) -> usize {
    usize::try_from(hash.checked_shr(64 - bits).unwrap_or(0)).unwrap_or(0)
}

/// The numbers under a hash; a table that does not hold together has none.
pub(super) fn find(table: &[u8], hash: u64) -> impl Iterator<Item = u32> {
    let entries = span(table, hash).and_then(|(first, last)| table.get(first..last)).unwrap_or(&[]);
    let own = move |entry: &&[u8]| u32_at(entry, 0) == Some(low(hash));
    entries.chunks_exact(8).filter(own).filter_map(|entry| u32_at(entry, 4))
}

/// The bytes of the entries among which those of a hash stand.
fn span(table: &[u8], hash: u64) -> Option<(usize, usize)> {
    let bits = u32_at(table, 0).filter(|bits| *bits <= MOST_BITS)?;
    let at = 4 + upper(hash, bits) * 4;
    let entries = 4 + ((1_usize << bits) + 1) * 4;
    let (first, last) = (u32_at(table, at)? as usize, u32_at(table, at + 4)? as usize);
    Some((entries.checked_add(first.checked_mul(8)?)?, entries.checked_add(last.checked_mul(8)?)?))
}

/// Writes a table of `entries`, sorted by hash, piece by piece.
pub(super) fn write(entries: &[(u64, u32)], mut put: impl FnMut(&[u8]) -> std::io::Result<()>) -> std::io::Result<()> {
    let bits = (entries.len() / SHARED).next_power_of_two().trailing_zeros().min(MOST_BITS);
    put(&bits.to_le_bytes())?;
    let mut at = 0_u32;
    let mut rest = entries.iter().peekable();
    for bucket in 0..=1_usize << bits {
        while rest.next_if(|(hash, _)| upper(*hash, bits) < bucket).is_some() {
            at += 1;
        }
        put(&at.to_le_bytes())?;
    }
    for (hash, number) in entries {
        put(&low(*hash).to_le_bytes())?;
        put(&number.to_le_bytes())?;
    }
    Ok(())
}
