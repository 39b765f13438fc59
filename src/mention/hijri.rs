//! The calendar of Umm al-Qura: days of the Hijra into days of the common calendar.
//!
//! 1 Shawwal 1436 is 17 July 2015. Years outside 1400 to 1469 (1979 to 2048) give nothing.
//! Misses: countries that see the moon a day later.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The first year of the table.
const FIRST_YEAR: i16 = 1400;
/// 1 Muharram 1400.
const FIRST_DAY: Date = date(1979, 11, 20);
/// For each year which months have thirty days, the first month in the lowest bit; the others have twenty-nine. From the
/// published tables of Umm al-Qura.
const LONG_MONTHS: [u16; 70] = [
    3403, 1322, 2647, 1198, 2422, 1388, 2901, 2730, 2645, 1197, 2397, 730, 1497, 3506, 2980, 2890, 2645, 693, 1397,
    2922, 3026, 3012, 2953, 2709, 1325, 1453, 2922, 1748, 3529, 3474, 2726, 2390, 686, 1389, 874, 2901, 2730, 2381,
    1181, 2397, 698, 1461, 1450, 3413, 2714, 2350, 622, 1373, 2778, 1748, 1701, 1355, 2711, 1358, 2734, 1452, 2985,
    3474, 2853, 1611, 3243, 1370, 2901, 1746, 3749, 3658, 2709, 1325, 2733, 876,
];

/// The day of the common calendar.
pub(super) fn to_common(year: i16, month: u8, day: u32) -> Option<Date> {
    let index = usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()?;
    let long = *LONG_MONTHS.get(index)?;
    let length = |year: u16, month: u8| 29 + i64::from(year >> (month - 1) & 1);
    if !(1..=12).contains(&month) || day == 0 || i64::from(day) > length(long, month) {
        return None;
    }
    let years: i64 = LONG_MONTHS.iter().take(index).map(|year| 348 + i64::from(year.count_ones())).sum();
    let months: i64 = (1..month).map(|month| length(long, month)).sum();
    FIRST_DAY.checked_add((years + months + i64::from(day) - 1).days()).ok()
}

/// The latest such day that does not lie after another.
pub(super) fn latest(month: u8, day: u32, until: Date) -> Option<Date> {
    // A year of the Hijra is 354 days: this one or the one before.
    let near = FIRST_YEAR + i16::try_from((until - FIRST_DAY).get_days() / 354).ok()?;
    (near - 2..=near + 1).rev().filter_map(|year| to_common(year, month, day)).find(|found| *found <= until)
}

#[cfg(test)]
mod tests {
    use super::{date, latest, to_common};

    #[test]
    fn days_of_the_hijra() {
        assert_eq!(to_common(1436, 10, 1), Some(date(2015, 7, 17)));
        assert_eq!(to_common(1400, 1, 1), Some(date(1979, 11, 20)));
        assert_eq!(to_common(1445, 9, 1), Some(date(2024, 3, 11)));
        assert_eq!(to_common(1399, 1, 1), None);
        assert_eq!(to_common(1436, 10, 31), None);
        assert_eq!(latest(9, 1, date(2024, 4, 1)), Some(date(2024, 3, 11)));
        assert_eq!(latest(9, 1, date(2024, 3, 1)), Some(date(2023, 3, 23)));
    }
}
