//! `mawqi near --each`: a table of sites, each with what happened near it: a spatial join.
//!
//! Sites are answered by all processors, some at a time, and written in their order as soon as those before are written.
//! A row has the incident's main fields; its `id` leads to the rest.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use csv::StringRecord;
use serde_json::{Map, Value, json};

use super::args_query::{self, AnswerFormat};
use super::near::DEFAULT_RADIUS_M;
use super::source::Source;
use super::{Status, answer, output, talk};
use crate::error::excerpt;
use crate::export::columns::round_km;
use crate::export::csv::BYTE_ORDER_MARK;
use crate::export::delimited::Rows;
use crate::index::{self, Briefs, Filter, Near, window};
use crate::model::{Brief, GeoPrecision};
use crate::reports::csv_rows::{Table, column, joined};
use crate::{Error, Result};

/// Sites that one thread answers before it takes others.
const PORTION: usize = 64;

/// So few sites are looked up in the store's own index; for more the store is swept once.
const FEW: usize = 200;

/// Portions that may wait to be written.
const WAITING: usize = 16;

/// What is said of an incident.
const FIELDS: [&str; 15] = [
    "distance_km",
    "bearing",
    "id",
    "event_type",
    "date_start",
    "date_end",
    "place",
    "country",
    "lon",
    "lat",
    "geo_precision",
    "uncertainty_m",
    "actor",
    "killed_min",
    "killed_max",
];

/// A table of sites.
struct Sites {
    /// The names of its columns.
    header: StringRecord,
    rows: Vec<Site>,
}

struct Site {
    lon: f64,
    lat: f64,
    cells: StringRecord,
}

/// What is asked of every site.
struct Join<'a> {
    sites: &'a Sites,
    briefs: Briefs,
    filter: Filter,
    radius_m: f64,
    nearest: usize,
    format: AnswerFormat,
}

/// A portion of the sites by number: what is to be written, and what came of it.
type Portion = (usize, anyhow::Result<(Vec<u8>, Tally)>);

/// What threads share while sites are answered.
#[derive(Default)]
struct Progress {
    /// The next portion that nobody has taken.
    next: AtomicUsize,
    stop: AtomicBool,
    /// What portions were written into, to be used again: memory that is new to the process has to be cleared first.
    empty: Mutex<Vec<Vec<u8>>>,
}

/// What is said at the end.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    pairs: usize,
    with_any: usize,
    too_uncertain: usize,
}

pub(super) fn run(args: &args_query::Near, table: &Path) -> anyhow::Result<Status> {
    let sites = Sites::read(table)?;
    let source = Source::open(&args.listed.asked.input)?;
    let (filter, radius_m) = (args.listed.filter(), args.radius.unwrap_or(DEFAULT_RADIUS_M));
    let briefs = Briefs::new(briefs(&source, &sites, &filter, radius_m)?, filter.certainty);
    let nearest = args.nearest.unwrap_or(usize::MAX);
    let join = Join { sites: &sites, briefs, filter, radius_m, nearest, format: args.listed.format };
    let tally = join.write()?;
    let within = format!("within {} km", radius_m / 1e3);
    let found = format!(
        "{}, {} of them with an incident {within}; {}",
        output::count(sites.rows.len(), "site"),
        tally.with_any,
        output::count(tally.pairs, "pair")
    );
    talk::line(&answer::left_out(found, tally.too_uncertain));
    Ok(Status::Done)
}

/// What may lie near any of the sites.
fn briefs(source: &Source, sites: &Sites, filter: &Filter, radius_m: f64) -> Result<Vec<Brief>> {
    let keeps = |brief: &Brief| filter.admits_brief(brief);
    // What only may lie within can have its point anywhere.
    if filter.certainty == index::Certainty::Possibly {
        return source.all(None, keeps);
    }
    let boxes: Vec<_> = sites.rows.iter().flat_map(|site| window::around(site.lon, site.lat, radius_m)).collect();
    if sites.rows.len() > FEW {
        return source.all(Some(&boxes), keeps);
    }
    let mut found = Vec::new();
    source.each(Some(&boxes), |brief| found.extend(Some(brief).filter(keeps)))?;
    Ok(found)
}

impl Progress {
    fn taken(&self) -> Vec<u8> {
        self.empty.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give_back(&self, mut bytes: Vec<u8>) {
        bytes.clear();
        self.empty.lock().unwrap_or_else(PoisonError::into_inner).push(bytes);
    }
}

impl Sites {
    fn read(path: &Path) -> Result<Self> {
        let (table, header) = Table::of_file(path)?;
        let find = |name: &str| {
            column(&header, name).ok_or_else(|| {
                Error::table(path, 1, "header", &excerpt(&joined(&header)), &format!("a column named {name}"))
            })
        };
        let (lat, lon) = (find("lat")?, find("lon")?);
        let site = |row: Result<(u64, StringRecord)>| {
            let (line, cells) = row?;
            let number = |name: &str, at: usize, most: f64| {
                let cell = cells.get(at).unwrap_or_default();
                let number = cell.trim().parse().ok().filter(|degrees| (-most..=most).contains(degrees));
                number.ok_or_else(|| Error::table(path, line, name, cell, &format!("degrees from -{most} to {most}")))
            };
            Ok(Site { lat: number("lat", lat, 90.0)?, lon: number("lon", lon, 180.0)?, cells })
        };
        let rows = table.map(site).collect::<Result<_>>()?;
        Ok(Sites { header, rows })
    }
}

impl Join<'_> {
    fn write(&self) -> anyhow::Result<Tally> {
        let mut out = output::stdout();
        self.begin(&mut out)?;
        let progress = &Progress::default();
        let (send, receive) = mpsc::sync_channel(WAITING);
        let written = thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                let send = send.clone();
                scope.spawn(move || self.work(progress, &send));
            }
            drop(send);
            let written = self.put(receive, progress, &mut out);
            progress.stop.store(true, Ordering::Relaxed);
            written
        });
        let tally = written?;
        if self.format == AnswerFormat::Geojson {
            out.write_all(b"\n]}\n")?;
        }
        out.flush()?;
        Ok(tally)
    }

    fn begin(&self, out: &mut impl Write) -> anyhow::Result<()> {
        match self.format {
            AnswerFormat::Geojson => out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?,
            AnswerFormat::Csv => {
                out.write_all(BYTE_ORDER_MARK)?;
                let mut rows = Rows::new(b',');
                for name in &self.sites.header {
                    rows.plain(&format!("site_{}", name.trim()));
                }
                for name in FIELDS {
                    rows.plain(name);
                }
                rows.end_row();
                out.write_all(rows.ended())?;
            }
            AnswerFormat::Table => writeln!(out, "incidents  nearest_km  latest      killed_min  site")?,
            AnswerFormat::Ndjson => {}
        }
        Ok(())
    }

    /// Answers portion after portion until there is none.
    fn work(&self, progress: &Progress, send: &SyncSender<Portion>) {
        for (number, portion) in std::iter::repeat_with(|| progress.next.fetch_add(1, Ordering::Relaxed))
            .map_while(|number| Some((number, self.sites.rows.chunks(PORTION).nth(number)?)))
        {
            let stopped = progress.stop.load(Ordering::Relaxed);
            if stopped || send.send((number, self.portion(portion, progress.taken()))).is_err() {
                return;
            }
        }
    }

    /// Writes portions in order, each as soon as it and those before are there.
    fn put(&self, receive: Receiver<Portion>, progress: &Progress, out: &mut impl Write) -> anyhow::Result<Tally> {
        let (mut waiting, mut due, mut sum) = (BTreeMap::new(), 0, Tally::default());
        let mut first = true;
        for (number, portion) in receive {
            waiting.insert(number, portion?);
            while let Some((bytes, tally)) = waiting.remove(&due) {
                due += 1;
                sum.pairs += tally.pairs;
                sum.with_any += tally.with_any;
                sum.too_uncertain += tally.too_uncertain;
                // Features are parted by commas, and each of a portion has one before it.
                let skipped = usize::from(self.format == AnswerFormat::Geojson && first && !bytes.is_empty());
                first &= bytes.is_empty();
                out.write_all(bytes.get(skipped..).unwrap_or_default())?;
                progress.give_back(bytes);
            }
        }
        Ok(sum)
    }

    /// Answers some sites into `bytes`, which is empty.
    fn portion(&self, sites: &[Site], mut bytes: Vec<u8>) -> anyhow::Result<(Vec<u8>, Tally)> {
        let mut tally = Tally::default();
        for site in sites {
            let (mut hits, left_out) = self.briefs.within(site.lon, site.lat, self.radius_m, &self.filter);
            hits.truncate(self.nearest);
            tally.pairs += hits.len();
            tally.with_any += usize::from(!hits.is_empty());
            tally.too_uncertain += left_out;
            self.site(site, &hits, &mut bytes)?;
        }
        Ok((bytes, tally))
    }

    fn site(&self, site: &Site, hits: &[Near], out: &mut Vec<u8>) -> anyhow::Result<()> {
        match self.format {
            AnswerFormat::Table => writeln!(out, "{}", line(site, hits))?,
            AnswerFormat::Csv => {
                let mut rows = Rows::behind(std::mem::take(out), b',');
                for hit in hits {
                    site.cells.iter().for_each(|cell| rows.text(cell));
                    cells(hit, &mut rows);
                    rows.end_row();
                }
                *out = rows.into_bytes();
            }
            AnswerFormat::Ndjson => {
                let site = self.object(site);
                for hit in hits {
                    let mut object = Map::from_iter([("site".to_owned(), site.clone())]);
                    object.extend(fields(hit));
                    output::json_line(out, &object)?;
                }
            }
            AnswerFormat::Geojson => {
                let site = self.object(site);
                for hit in hits {
                    out.write_all(b",\n")?;
                    serde_json::to_writer(&mut *out, &feature(hit, &site))?;
                }
            }
        }
        Ok(())
    }

    fn object(&self, site: &Site) -> Value {
        let cells = self.sites.header.iter().zip(&site.cells);
        Value::Object(cells.map(|(name, cell)| (name.trim().to_owned(), Value::from(cell))).collect())
    }
}

/// A line of the table: what there is near the site.
fn line(site: &Site, hits: &[Near]) -> String {
    let nearest = hits.first().map(|hit| format!("{:.1}", hit.distance_m / 1e3)).unwrap_or_default();
    let latest = hits.iter().filter_map(|hit| hit.brief.date_end.or(hit.brief.date_start)).max();
    let latest = latest.map(|date| date.to_string()).unwrap_or_default();
    let killed: u64 = hits.iter().filter_map(|hit| hit.brief.killed_min).map(u64::from).sum();
    let cells: Vec<String> = site.cells.iter().map(output::shown).collect();
    format!("{:>9}  {nearest:>10}  {latest:<10}  {killed:>10}  {}", hits.len(), cells.join(" "))
}

/// The cells of one pair.
fn cells(hit: &Near, rows: &mut Rows) {
    let brief = hit.brief;
    rows.number(round_km(hit.distance_m / 1e3));
    rows.plain(hit.bearing_deg.map(index::compass).unwrap_or_default());
    rows.text(&brief.id);
    rows.plain(brief.event_type.as_str());
    rows.day(brief.date_start);
    rows.day(brief.date_end);
    rows.text(brief.place.as_deref().unwrap_or_default());
    rows.text(brief.country.as_deref().unwrap_or_default());
    rows.number(brief.lon);
    rows.number(brief.lat);
    rows.plain(brief.geo_precision.map(GeoPrecision::as_str).unwrap_or_default());
    rows.value(brief.uncertainty_m);
    rows.text(brief.actor.as_deref().unwrap_or_default());
    rows.value(brief.killed_min);
    rows.value(brief.killed_max);
}

/// The fields of one pair by name.
fn fields(hit: &Near) -> Map<String, Value> {
    let brief = hit.brief;
    let values: [Value; 15] = [
        json!(round_km(hit.distance_m / 1e3)),
        json!(hit.bearing_deg.map(index::compass)),
        json!(brief.id),
        json!(brief.event_type),
        json!(brief.date_start),
        json!(brief.date_end),
        json!(brief.place.as_deref()),
        json!(brief.country.as_deref()),
        json!(brief.lon),
        json!(brief.lat),
        json!(brief.geo_precision),
        json!(brief.uncertainty_m),
        json!(brief.actor.as_deref()),
        json!(brief.killed_min),
        json!(brief.killed_max),
    ];
    FIELDS.iter().map(|name| (*name).to_owned()).zip(values).collect()
}

fn feature(hit: &Near, site: &Value) -> Value {
    let mut properties = fields(hit);
    properties.insert("site".to_owned(), site.clone());
    let point = json!({ "type": "Point", "coordinates": [hit.brief.lon, hit.brief.lat] });
    json!({ "type": "Feature", "geometry": point, "properties": properties })
}
