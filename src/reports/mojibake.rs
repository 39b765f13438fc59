//! Repairs Arabic that was read in a Western encoding once before it was saved as UTF-8.
//!
//! `Ø§Ù„Ø¹Ø±Ø§Ù‚` → العراق. Only where the text has no Arabic letter at all and the repaired text has; line by line, as a
//! line of plain Latin text does not survive the way back.

use encoding_rs::WINDOWS_1252;

use super::legacy::is_arabic_letter;

/// The repaired text; nothing where there is nothing to repair.
pub(super) fn repair(text: &str) -> Option<String> {
    if !text.contains(['Ø', 'Ù', 'Û', 'Ú']) || text.contains(is_arabic_letter) {
        return None;
    }
    let text = text.trim_start_matches('\u{feff}');
    let repaired: String =
        text.split_inclusive('\n').map(|line| repair_line(line).unwrap_or_else(|| line.to_owned())).collect();
    repaired.contains(is_arabic_letter).then_some(repaired)
}

fn repair_line(line: &str) -> Option<String> {
    let bytes = line.chars().map(byte_of).collect::<Option<Vec<u8>>>()?;
    String::from_utf8(bytes).ok()
}

/// The byte that ISO-8859-1 or Windows-1252 shows as `c`.
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(c) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    bytes.first().copied().filter(|_| !failed)
}
