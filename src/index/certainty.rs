//! What "near" means for an incident that is known only to lie within so many metres of its point.

use std::fmt;

/// How the uncertainty of a place counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Certainty {
    /// The point itself lies within; those known less well than the question asks are left out.
    #[default]
    Centre,
    /// The whole circle of uncertainty lies within.
    Surely,
    /// The circle of uncertainty reaches within.
    Possibly,
}

/// What becomes of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is an answer.
    In,
    /// Its point lies within, and it is not known well enough.
    TooUncertain,
    /// It is no answer.
    Out,
}

impl Certainty {
    /// Of an incident `distance_m` metres off and known to `uncertainty_m` metres, asked for within `radius_m` metres.
    ///
    /// Without a known uncertainty the point counts as exact. `include_uncertain` matters to the centre alone.
    pub fn judge(self, distance_m: f64, uncertainty_m: Option<u32>, radius_m: f64, include_uncertain: bool) -> Verdict {
        let uncertainty_m = uncertainty_m.map_or(0.0, f64::from);
        let inside = distance_m <= radius_m;
        let kept = match self {
            Certainty::Centre => inside && (include_uncertain || uncertainty_m <= radius_m),
            Certainty::Surely => distance_m + uncertainty_m <= radius_m,
            Certainty::Possibly => distance_m - uncertainty_m <= radius_m,
        };
        Verdict::of(kept, inside)
    }
}

impl Verdict {
    /// Of an incident that is kept or not, and whose point lies within or not.
    pub(super) fn of(kept: bool, inside: bool) -> Self {
        match (kept, inside) {
            (true, _) => Verdict::In,
            (false, true) => Verdict::TooUncertain,
            (false, false) => Verdict::Out,
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Certainty::Centre => "centre",
            Certainty::Surely => "surely",
            Certainty::Possibly => "possibly",
        })
    }
}
