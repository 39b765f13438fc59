//! The nouns that all stages share: plain data, no logic beyond constructors.

mod brief;
mod extraction;
mod harvest;
mod incident;
mod place;
mod report;
mod span;
mod value;
mod when;

pub use brief::Brief;
pub use extraction::{Extraction, Note, Tally, UnresolvedName};
pub use harvest::{Change, Doubt, Harvest};
pub use incident::{Evidence, Incident, Mark, Source, Statement};
pub use place::{NameRow, NameUse, Place, PlaceKind, Text};
pub use report::Report;
pub use span::Span;
pub use value::{DatePrecision, EventType, GeoPrecision, Outcome, TimeOfDay, UnknownValue};
pub use when::When;
