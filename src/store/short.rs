//! The JSON of readings, made short. The names of fields are most of it and the same in each, so LZ4 with a dictionary of them
//! leaves a third, in less time than writing the rest takes. Records stay as they are: they are read far more often.
//!
//! A store of an earlier version holds JSON as it is, and is read as well.

use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;

/// What is left out because it stands here. A store can only be read with the dictionary that it was written with: another one
/// makes another version of the store.
const DICTIONARY: &[u8] = include_bytes!("short.json");

/// LZ4 makes of a byte 255 at most.
const MOST_FROM_A_BYTE: usize = 255;

/// What the store holds of a JSON text.
pub(super) fn short(json: &str) -> Vec<u8> {
    lz4_flex::block::compress_prepend_size_with_dict(json.as_bytes(), DICTIONARY)
}

/// What a cell of the store says; none where it is not understood, which no version of mawqi writes.
pub(super) fn read<T: DeserializeOwned>(cell: ValueRef<'_>) -> Option<T> {
    match cell {
        ValueRef::Blob(short) => serde_json::from_slice(&long(short)?).ok(),
        ValueRef::Text(json) => serde_json::from_slice(json).ok(),
        _ => None,
    }
}

fn long(short: &[u8]) -> Option<Vec<u8>> {
    let (size, _) = lz4_flex::block::uncompressed_size(short).ok()?;
    // A damaged size must not ask for more memory than could ever be filled.
    let fits = size / MOST_FROM_A_BYTE <= short.len() + DICTIONARY.len();
    fits.then(|| lz4_flex::block::decompress_size_prepended_with_dict(short, DICTIONARY).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use twox_hash::XxHash3_64;

    use super::{DICTIONARY, ValueRef, read, short};
    use crate::store::schema::STORE_VERSION;

    #[test]
    fn a_store_of_this_version_has_this_dictionary() {
        assert_eq!((STORE_VERSION, XxHash3_64::oneshot(DICTIONARY)), (4, 5_108_071_637_302_785_835));
    }

    #[test]
    fn what_is_made_short_is_read_again() {
        let text = serde_json::json!({ "place": "عين الأسد", "killed_min": null, "more": "ب".repeat(100_000) });
        let short = short(&text.to_string());
        assert!(short.len() < 1_000);
        assert_eq!(read::<serde_json::Value>(ValueRef::Blob(&short)), Some(text));
    }

    #[test]
    fn what_is_damaged_is_not_read() {
        let short = short(r#"{"killed_min":1,"killed_max":1}"#);
        for end in 0..short.len() {
            assert_eq!(read::<serde_json::Value>(ValueRef::Blob(&short[..end])), None);
        }
        assert_eq!(read::<serde_json::Value>(ValueRef::Blob(&[255; 40])), None);
    }
}
