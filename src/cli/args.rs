//! The arguments of every command.

use std::ops::Deref;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::args_query::{Along, Near, Summary, Within};
use crate::index::Filter;
use crate::model::EventType;
use crate::pipeline::Mapper;
use crate::{Result, gazetteer};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "mawqi", version, about, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read reports, add them to the map's store, and write the map: GeoPackage, GeoJSON, CSV and others
    Map(Map),
    /// Read reports and print one JSON line for each
    Extract(Extract),
    /// Show how reports are read: every mention, clause and incident with its reason, and what was passed over
    Explain(Explain),
    /// Write the incidents of a map in another format
    Export(Export),
    /// Add incidents from a table or GeoJSON with coordinates to a map
    Import(Import),
    /// Show or set what analysts changed
    Review(Review),
    /// Show what happened near a place, or near each of many
    Near(Near),
    /// Show what happened in an area
    Within(Within),
    /// Show what happened along a route
    Along(Along),
    /// Count incidents by month, type, actor, first-level unit or cell
    Summary(Summary),
    /// Show which place a name stands for, and why
    Resolve(Resolve),
    /// Add places to a table that names them in a column
    Geocode(Geocode),
    /// Score what is read against incidents that you know to be true
    Evaluate(Evaluate),
    /// Look into the gazetteer in use
    Gazetteer(Gazetteer),
}

/// Which reports are read, and with what.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Files and folders of reports; - for stdin
    #[arg(required = true, value_name = "REPORTS")]
    pub(super) reports: Vec<PathBuf>,
    /// Publication date of all reports, over whatever they tell themselves
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) published: Option<Date>,
    #[command(flatten)]
    pub(super) tables: Tables,
}

/// The user's own gazetteer.
#[derive(Debug, Args)]
pub(super) struct Tables {
    /// A CSV table of your own places or names, or an index made by `gazetteer build`, beside the built-in gazetteer;
    /// may be given again
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

impl Tables {
    /// A mapper with the built-in tables and the user's.
    pub(super) fn mapper(&self) -> Result<Mapper> {
        if self.gazetteer.is_empty() { Ok(Mapper::embedded()) } else { Mapper::with_gazetteer(&self.gazetteer) }
    }

    /// The built-in gazetteer with the user's tables, for what reads no reports.
    pub(super) fn places(&self) -> Result<Places> {
        Ok(match self.gazetteer.as_slice() {
            [] => Places::BuiltIn(gazetteer::Gazetteer::embedded()),
            files => Places::Own(Box::new(gazetteer::Gazetteer::load(files)?)),
        })
    }
}

/// The gazetteer in use.
#[derive(Debug)]
pub(super) enum Places {
    BuiltIn(&'static gazetteer::Gazetteer),
    Own(Box<gazetteer::Gazetteer>),
}

impl Deref for Places {
    type Target = gazetteer::Gazetteer;

    fn deref(&self) -> &gazetteer::Gazetteer {
        match self {
            Places::BuiltIn(places) => places,
            Places::Own(places) => places,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Map {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Folder for the map's files
    #[arg(short, long, value_name = "FOLDER", default_value = "output")]
    pub(super) output: PathBuf,
    /// Start anew instead of adding to what the folder holds
    #[arg(long)]
    pub(super) fresh: bool,
    /// End with exit code 1 when a place name stays unresolved
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct Extract {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ExtractFormat,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Files and folders of reports; - for stdin
    #[arg(required_unless_present = "incident", conflicts_with = "incident", value_name = "REPORTS")]
    pub(super) reports: Vec<PathBuf>,
    /// Publication date of all reports, over whatever they tell themselves
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) published: Option<Date>,
    #[command(flatten)]
    pub(super) tables: Tables,
    /// An incident of the map instead of reports: why they are one event, and which others are not of it
    #[arg(long, value_name = "ID")]
    pub(super) incident: Option<String>,
    /// Folder of the map that holds the incident
    #[arg(long = "in", value_name = "FOLDER", default_value = "output")]
    pub(super) input: PathBuf,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ExplainFormat,
    /// File to write; - for stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// Which incidents are asked for.
#[derive(Debug, Args)]
pub(super) struct Wanted {
    /// Only incidents on or after this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) since: Option<Date>,
    /// Only incidents on or before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) until: Option<Date>,
    /// Only incidents of this type
    #[arg(long, value_name = "TYPE", value_parser = event_type())]
    pub(super) event: Option<EventType>,
    /// Only incidents done or claimed by this actor
    #[arg(long, value_name = "ACTOR")]
    pub(super) actor: Option<String>,
    /// Only incidents with at least so many killed
    #[arg(long, value_name = "N")]
    pub(super) min_killed: Option<u32>,
}

impl Wanted {
    /// The filter, of whatever uncertainty.
    pub(super) fn filter(&self, include_uncertain: bool) -> Filter {
        Filter {
            since: self.since,
            until: self.until,
            event: self.event,
            actor: self.actor.clone(),
            min_killed: self.min_killed,
            include_uncertain,
            ..Filter::default()
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// Folder of a map, or a GeoJSON file of incidents
    #[arg(long = "in", value_name = "FOLDER", default_value = "output")]
    pub(super) input: PathBuf,
    /// Output format
    #[arg(long, value_enum)]
    pub(super) format: ExportFormat,
    /// Columns of a CSV file
    #[arg(long, value_enum, default_value_t)]
    pub(super) profile: Profile,
    /// What parts the cells of a CSV file; \t for a tab
    #[arg(long, value_name = "SIGN", default_value = ",", value_parser = delimiter)]
    pub(super) delimiter: u8,
    /// No byte-order mark in front of a CSV file
    #[arg(long)]
    pub(super) no_bom: bool,
    #[command(flatten)]
    pub(super) wanted: Wanted,
    /// File to write; - for stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// CSV files (ACLED, UCDP GED, or with columns lat and lon) and GeoJSON files of points
    #[arg(required = true, value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    /// Folder of the map
    #[arg(short, long, value_name = "FOLDER", default_value = "output")]
    pub(super) output: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Review {
    #[command(subcommand)]
    pub(super) command: ReviewCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ReviewCommand {
    /// List every field that analysts changed, with what the reports say
    List {
        /// Folder of the map
        #[arg(long = "in", value_name = "FOLDER", default_value = "output")]
        input: PathBuf,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: ReviewFormat,
    },
    /// Set fields of incidents by a CSV table with a column id
    Apply {
        /// The table; an empty cell leaves a field as it is, null empties it
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
        /// Folder of the map
        #[arg(long = "in", value_name = "FOLDER", default_value = "output")]
        input: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct Resolve {
    /// Place names; - reads names from stdin, one a line
    #[arg(required = true, value_name = "NAME")]
    pub(super) names: Vec<String>,
    /// Look in this country (ISO 3166-1 alpha-2)
    #[arg(long, value_name = "CC", value_parser = country)]
    pub(super) country: Option<String>,
    /// Look near this place: LAT,LON, a name or an id
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    pub(super) near: Option<String>,
    #[command(flatten)]
    pub(super) tables: Tables,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ResolveFormat,
}

#[derive(Debug, Args)]
pub(super) struct Geocode {
    /// A CSV table; - for stdin
    #[arg(value_name = "TABLE.csv")]
    pub(super) table: PathBuf,
    /// The column that names the places
    #[arg(long, value_name = "COLUMN")]
    pub(super) column: String,
    /// A column that says where the place lies: its governorate, its country; may be given again
    #[arg(long, value_name = "COLUMN")]
    pub(super) context: Vec<String>,
    /// Look in this country (ISO 3166-1 alpha-2), where the row names none
    #[arg(long, value_name = "CC", value_parser = country)]
    pub(super) country: Option<String>,
    /// File to write [default: stdout]
    #[arg(short, long, value_name = "OUT.csv")]
    pub(super) output: Option<PathBuf>,
    /// End with exit code 1 when a name stays unresolved
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) tables: Tables,
}

#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// What is true of the reports: JSON lines, an object a report
    #[arg(long, value_name = "GOLD.jsonl")]
    pub(super) gold: PathBuf,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// End with exit code 1 when F1 is below this, 0 to 1
    #[arg(long, value_name = "F1", value_parser = share)]
    pub(super) floor: Option<f64>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: EvaluateFormat,
}

#[derive(Debug, Args)]
pub(super) struct Gazetteer {
    #[command(subcommand)]
    pub(super) command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum GazetteerCommand {
    /// Make one index file of GeoNames dumps, GeoJSON and CSV, for --gazetteer
    Build(Build),
    /// List the faults of the tables; exit code 1 if there are any
    Check {
        /// An index made by `gazetteer build`: check that no byte of it has changed
        #[arg(value_name = "INDEX", conflicts_with = "gazetteer")]
        index: Option<PathBuf>,
        #[command(flatten)]
        tables: Tables,
    },
    /// Count the places by country and kind
    Stats(Tables),
    /// Show one place with all its names
    Show {
        /// The place's id or name
        #[arg(value_name = "ID|NAME")]
        place: String,
        #[command(flatten)]
        tables: Tables,
    },
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// GeoNames dumps (.zip, .txt: places, alternateNamesV2, admin codes, hierarchy), GeoJSON, CSV
    #[arg(required = true, value_name = "SOURCES")]
    pub(super) sources: Vec<PathBuf>,
    /// The index file to write
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Count and leave out rows that cannot be read
    #[arg(long)]
    pub(super) lenient: bool,
    /// Only places of these countries (ISO 3166-1 alpha-2, parted by commas)
    #[arg(long, value_name = "CC", value_delimiter = ',', value_parser = country)]
    pub(super) country: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum ExtractFormat {
    /// One JSON object a line
    #[default]
    Ndjson,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum ExplainFormat {
    /// The text with its mentions in brackets, then the decisions; coloured on a terminal
    #[default]
    Terminal,
    /// One page that needs nothing beside it
    Html,
    /// One JSON object a line, a report
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// A feature collection
    Geojson,
    /// One feature a line
    Geojsonseq,
    /// A table
    Csv,
    /// FlatGeobuf, with its spatial index
    Fgb,
    /// A typed table for DuckDB, pandas, Spark; needs a mawqi built with the feature `geoparquet`
    Geoparquet,
    /// For Google Earth
    Kml,
    /// Events and sources for TimeMap
    Timemap,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Profile {
    /// All fields
    #[default]
    Mawqi,
    /// The 31 columns of ACLED
    Acled,
    /// The 49 columns of UCDP GED; only incidents with a death
    Ucdp,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum ReviewFormat {
    /// Aligned columns
    #[default]
    Table,
    /// A table for spreadsheets
    Csv,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum ResolveFormat {
    /// Aligned columns
    #[default]
    Table,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum EvaluateFormat {
    /// The errors, then the figures
    #[default]
    Table,
    /// One JSON object
    Json,
}

fn event_type() -> impl TypedValueParser<Value = EventType> {
    let known = EventType::ALL.iter().map(|event| event.as_str());
    PossibleValuesParser::new(known).try_map(|text| text.parse::<EventType>())
}

fn date(text: &str) -> std::result::Result<Date, String> {
    text.parse().map_err(|_| "expected a date such as 2024-01-31".to_owned())
}

fn delimiter(text: &str) -> std::result::Result<u8, String> {
    match text.as_bytes() {
        [sign] if sign.is_ascii_punctuation() && *sign != b'"' => Ok(*sign),
        [b'\t'] | b"\\t" => Ok(b'\t'),
        _ => Err("expected one sign such as ; or \\t".to_owned()),
    }
}

fn share(text: &str) -> std::result::Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "expected a number from 0 to 1 such as 0.8".to_owned())
}

fn country(text: &str) -> std::result::Result<String, String> {
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_code { Ok(text.to_ascii_uppercase()) } else { Err("expected two letters such as IQ".to_owned()) }
}
