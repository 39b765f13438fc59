//! Degrees as a fine net of cells, of which those are marked that boxes touch: one look says whether a point may lie in any
//! of ten thousand boxes.

use super::geometry::Extent;

/// So many cells stand over each other in the tallest box: more are truer to the boxes, and take longer to mark.
const CELLS_IN_BOX: f64 = 16.0;

/// The least side of a cell, degrees: a kilometre, so that the net of the whole Earth takes 80 MB, and only where it is marked.
const LEAST_SIDE_DEG: f64 = 0.01;

/// Cells of a row that are marked together.
const BITS: usize = 64;

/// The net, row by row from the south, each from the west, a bit a cell.
#[derive(Debug)]
pub(super) struct Cells {
    a_degree: f64,
    /// Words of a row.
    width: usize,
    marks: Vec<u64>,
}

impl Cells {
    /// Marks every cell that one of the boxes (west, south, east, north) touches.
    pub(super) fn touched(boxes: &[Extent]) -> Self {
        let tallest = boxes.iter().map(|[_, south, _, north]| north - south).fold(0.0, f64::max);
        let a_degree = (tallest / CELLS_IN_BOX).max(LEAST_SIDE_DEG).recip();
        let width = cell(180.0, 180.0, a_degree) / BITS + 1;
        let height = cell(90.0, 90.0, a_degree) + 1;
        let mut cells = Cells { a_degree, width, marks: vec![0; width * height] };
        for sides in boxes {
            for (at, bits) in cells.words(*sides) {
                if let Some(word) = cells.marks.get_mut(at) {
                    *word |= bits;
                }
            }
        }
        cells
    }

    /// Whether something with these sides may touch one of the boxes; true of what does not lie on Earth.
    pub(super) fn may_hold(&self, sides: Extent) -> bool {
        let [west, south, east, north] = sides;
        let on_earth = west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
        !on_earth || self.words(sides).any(|(at, bits)| self.marks.get(at).is_some_and(|word| word & bits != 0))
    }

    /// The words that hold the cells of a box, by position, each with the bits of those cells.
    fn words(&self, [west, south, east, north]: Extent) -> impl Iterator<Item = (usize, u64)> + use<> {
        let (width, a_degree) = (self.width, self.a_degree);
        let (first, last) = (cell(west, 180.0, a_degree), cell(east, 180.0, a_degree));
        (cell(south, 90.0, a_degree)..=cell(north, 90.0, a_degree)).flat_map(move |row| {
            (first / BITS..=last / BITS).map(move |word| {
                let from = if word == first / BITS { u64::MAX << (first % BITS) } else { u64::MAX };
                let to = if word == last / BITS { u64::MAX >> (BITS - 1 - last % BITS) } else { u64::MAX };
                (row * width + word, from & to)
            })
        })
    }
}

/// The row or column of a number of degrees, counted from `-most`; what lies beyond stands in the first or the last.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 up to 36,000")]
fn cell(degrees: f64, most: f64, a_degree: f64) -> usize {
    ((degrees.clamp(-most, most) + most) * a_degree) as usize
}
