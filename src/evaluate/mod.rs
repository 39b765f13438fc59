//! How good a reading is: incidents found against a gold standard, report by report.
//!
//! An incident found answers one of the gold where place, date and type fit (`answer.rs`). Each answers at most one;
//! of all pairings the one with most answers is taken (`pair.rs`). What is answered is then compared field by field
//! (`attributes.rs`). An incident that the gold calls optional is neither missed nor wrong.

mod answer;
mod attributes;
mod found;
mod gold;
mod pair;
mod read;
mod score;

pub use answer::answers;
pub use attributes::Comparison;
pub use found::Found;
pub use gold::{GoldIncident, GoldReport, PlaceLevel};
pub use pair::pair;
pub(crate) use read::shown;
pub use read::{parse_gold, read_gold};
pub use score::{Band, Evaluation, Fault, FaultKind, Scores, Share, evaluate};
