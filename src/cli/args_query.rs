//! The arguments of the questions: near, within, along, summary.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{Tables, Wanted};
use super::spot;
use crate::index::{Certainty, Filter};

/// What all questions about incidents have.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Folder of a map, or a GeoJSON file of incidents
    #[arg(long = "in", value_name = "FOLDER", default_value = "output")]
    pub(super) input: PathBuf,
    #[command(flatten)]
    pub(super) wanted: Wanted,
    /// Also incidents whose place is known less well than what is asked
    #[arg(long)]
    pub(super) include_uncertain: bool,
}

/// The same of questions that list incidents.
#[derive(Debug, Args)]
pub(super) struct Listed {
    #[command(flatten)]
    pub(super) asked: Asked,
    /// Whether the point of an incident has to lie within, its whole circle of uncertainty, or any of it
    #[arg(long, value_enum, default_value_t)]
    pub(super) certainty: CertaintyArg,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: AnswerFormat,
}

impl Listed {
    pub(super) fn filter(&self) -> Filter {
        let certainty = match self.certainty {
            CertaintyArg::Centre => Certainty::Centre,
            CertaintyArg::Surely => Certainty::Surely,
            CertaintyArg::Possibly => Certainty::Possibly,
        };
        Filter { certainty, ..self.asked.wanted.filter(self.asked.include_uncertain) }
    }
}

#[derive(Debug, Args)]
pub(super) struct Near {
    /// A point, or the name (Arabic or English) or id of a place
    #[arg(value_name = "PLACE|LAT,LON", allow_hyphen_values = true, required_unless_present = "each")]
    pub(super) place: Option<String>,
    /// A CSV table with columns lat and lon: what happened near each of its rows; - for stdin
    #[arg(long, value_name = "SITES.csv", conflicts_with = "place")]
    pub(super) each: Option<PathBuf>,
    /// How far to look: a number with m, km, mi or nm [default: 50km, or any distance with --nearest]
    #[arg(long, value_name = "DISTANCE", value_parser = spot::metres)]
    pub(super) radius: Option<f64>,
    /// Only so many, the nearest
    #[arg(long, value_name = "N")]
    pub(super) nearest: Option<usize>,
    #[command(flatten)]
    pub(super) listed: Listed,
    #[command(flatten)]
    pub(super) tables: Tables,
}

#[derive(Debug, Args)]
pub(super) struct Within {
    /// A GeoJSON file of polygons, a box W,S,E,N (west larger than east lies across the antimeridian), or a place: the circle
    /// that holds it
    #[arg(value_name = "AREA", allow_hyphen_values = true)]
    pub(super) area: String,
    #[command(flatten)]
    pub(super) listed: Listed,
    #[command(flatten)]
    pub(super) tables: Tables,
}

#[derive(Debug, Args)]
pub(super) struct Along {
    /// A GeoJSON file of lines
    #[arg(value_name = "ROUTE.geojson")]
    pub(super) route: PathBuf,
    /// How far to each side to look: a number with m, km, mi or nm
    #[arg(long, value_name = "DISTANCE", default_value = "10km", value_parser = spot::metres)]
    pub(super) width: f64,
    #[command(flatten)]
    pub(super) listed: Listed,
}

#[derive(Debug, Args)]
pub(super) struct Summary {
    /// What to count by
    #[arg(long, value_enum)]
    pub(super) by: ByArg,
    /// With --by cell: squares of so many degrees instead of H3's hexagons
    #[arg(long, value_name = "DEG", value_parser = degrees, conflicts_with = "h3")]
    pub(super) cell: Option<f64>,
    /// With --by cell: the resolution of H3, 0 to 15; 4 is about 1,770 km² a cell
    #[arg(long, value_name = "RES", default_value_t = 4)]
    pub(super) h3: u8,
    #[command(flatten)]
    pub(super) asked: Asked,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: AnswerFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    /// Aligned columns
    #[default]
    Table,
    /// A feature collection
    Geojson,
    /// A table for spreadsheets
    Csv,
    /// One JSON object a line
    Ndjson,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CertaintyArg {
    /// The point lies within; what is known less well than asked is left out
    #[default]
    Centre,
    /// The whole circle of uncertainty lies within
    Surely,
    /// The circle of uncertainty reaches within
    Possibly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ByArg {
    /// Month of the first day
    Month,
    /// Type of event
    Type,
    /// Who did or claimed it
    Actor,
    /// Country and first-level unit
    Admin1,
    /// Cell of a grid; areas are left out
    Cell,
}

fn degrees(text: &str) -> Result<f64, String> {
    let side = text.parse().ok().filter(|side| (0.001..=90.0).contains(side));
    side.ok_or_else(|| "expected degrees from 0.001 to 90 such as 0.5".to_owned())
}
