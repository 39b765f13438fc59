//! FlatGeobuf: the columns of the flat schema as typed properties, with the packed index that programs use over HTTP.
//!
//! The tables of the format are those of the crate `flatgeobuf`. Its own writer reads every feature back from a file, eight
//! kilobytes at a time, once their order is known; here they wait in memory as long as they are not too many.

use std::io::{self, Read, Seek, SeekFrom, Write};

use flatbuffers::FlatBufferBuilder;
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use flatgeobuf::{
    Column as FgbColumn, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs,
    GeometryType, Header, HeaderArgs,
};
use tempfile::SpooledTempFile;

use super::columns::{COLUMNS, Cell, Column, Kind, SOURCES};
use super::{ATTRIBUTION, Format, Harvest, Sink, Stream, geojson};
use crate::model::{GeoPrecision, Incident};

/// WGS84 in the EPSG's list.
const EPSG_WGS84: i32 = 4326;

/// The first bytes of a file: the name, the version, the name again, the patch level.
const MAGIC: [u8; 8] = [b'f', b'g', b'b', 3, b'f', b'g', b'b', 0];

/// Bytes of features that wait in memory; more of them wait in a temporary file. Some 150,000 incidents.
const WAITING_BYTES: usize = 1 << 26;

/// Bytes that are gathered before they go where features wait.
const GATHERED_BYTES: usize = 1 << 16;

/// Incidents as FlatGeobuf.
#[derive(Debug, Clone, Copy)]
pub struct FlatGeobuf;

impl Format for FlatGeobuf {
    fn file_name(&self) -> &'static str {
        "incidents.fgb"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        super::stream(self, &harvest.incidents, out)
    }
}

impl Stream for FlatGeobuf {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        Ok(Box::new(Features {
            builder: FlatBufferBuilder::new(),
            properties: Vec::new(),
            nodes: Vec::new(),
            begins: vec![0],
            gathered: Vec::with_capacity(GATHERED_BYTES),
            waiting: SpooledTempFile::new(WAITING_BYTES),
            out,
        }))
    }
}

/// The flat schema without the point, which is the geometry.
fn columns() -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().chain(SOURCES).filter(|column| !column.is_degrees())
}

fn kind(kind: Kind) -> ColumnType {
    match kind {
        Kind::Text => ColumnType::String,
        Kind::Integer => ColumnType::Long,
        Kind::Number => ColumnType::Double,
        Kind::Date => ColumnType::DateTime,
        Kind::Boolean => ColumnType::Bool,
    }
}

/// Features on their way: they are laid down as they come, and written in the order of the index.
struct Features<'o> {
    builder: FlatBufferBuilder<'static>,
    /// The properties of the feature at hand.
    properties: Vec<u8>,
    /// The point of each, with its number.
    nodes: Vec<NodeItem>,
    /// The first byte of each where it waits, and at the end that of the next.
    begins: Vec<u64>,
    gathered: Vec<u8>,
    waiting: SpooledTempFile,
    out: &'o mut dyn Write,
}

impl Sink for Features<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        let Some((lon, lat)) = geojson::point(incident) else { return Ok(()) };
        let mut node = NodeItem::bounds(lon, lat, lon, lat);
        node.offset = self.nodes.len() as u64;
        self.nodes.push(node);
        self.feature(incident, lon, lat);
        let feature = self.builder.finished_data();
        let begin = self.begins.last().copied().unwrap_or_default();
        self.begins.push(begin + feature.len() as u64);
        self.gathered.extend_from_slice(feature);
        if self.gathered.len() < GATHERED_BYTES { Ok(()) } else { self.lay_down() }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.lay_down()?;
        let extent = calc_extent(&self.nodes);
        self.header(&extent);
        self.out.write_all(&MAGIC)?;
        self.out.write_all(self.builder.finished_data())?;
        if self.nodes.is_empty() {
            return Ok(());
        }
        hilbert_sort(&mut self.nodes, &extent);
        let order = self.order();
        let index = PackedRTree::build(&self.nodes, &extent, PackedRTree::DEFAULT_NODE_SIZE).map_err(fault)?;
        // The index has all points of its own, and a million of either take 40 MB.
        self.nodes = Vec::new();
        index.stream_write(&mut self.out)?;
        drop(index);
        self.features(&order)
    }
}

impl Features<'_> {
    /// Builds one feature, as long as its properties and with its length in front.
    fn feature(&mut self, incident: &Incident, lon: f64, lat: f64) {
        self.properties.clear();
        properties(&mut self.properties, incident);
        let builder = &mut self.builder;
        builder.reset();
        let xy = Some(builder.create_vector(&[lon, lat]));
        let geometry = Some(Geometry::create(builder, &GeometryArgs { xy, ..GeometryArgs::default() }));
        let properties = Some(builder.create_vector(&self.properties));
        let feature = Feature::create(builder, &FeatureArgs { geometry, properties, ..FeatureArgs::default() });
        builder.finish_size_prefixed(feature, None);
    }

    fn lay_down(&mut self) -> io::Result<()> {
        self.waiting.write_all(&self.gathered)?;
        self.gathered.clear();
        Ok(())
    }

    fn header(&mut self, extent: &NodeItem) {
        let builder = &mut self.builder;
        builder.reset();
        let crs = CrsArgs {
            org: Some(builder.create_string("EPSG")),
            code: EPSG_WGS84,
            name: Some(builder.create_string("WGS 84")),
            ..CrsArgs::default()
        };
        let metadata = serde_json::json!({ "attribution": ATTRIBUTION }).to_string();
        let header = HeaderArgs {
            name: Some(builder.create_string("incidents")),
            geometry_type: GeometryType::Point,
            index_node_size: PackedRTree::DEFAULT_NODE_SIZE,
            features_count: self.nodes.len() as u64,
            crs: Some(Crs::create(builder, &crs)),
            title: Some(builder.create_string("Incidents")),
            description: Some(builder.create_string(ATTRIBUTION)),
            metadata: Some(builder.create_string(&metadata)),
            ..HeaderArgs::default()
        };
        let typed = columns().map(|column| (column.name, kind(column.kind))).chain([("area", ColumnType::Bool)]);
        let columns: Vec<_> = typed
            .map(|(name, type_)| {
                let name = Some(builder.create_string(name));
                FgbColumn::create(builder, &ColumnArgs { name, type_, ..ColumnArgs::default() })
            })
            .collect();
        let columns = Some(builder.create_vector(&columns));
        let envelope = Some(builder.create_vector(&[extent.min_x, extent.min_y, extent.max_x, extent.max_y]));
        let header = Header::create(builder, &HeaderArgs { columns, envelope, ..header });
        builder.finish_size_prefixed(header, None);
    }

    /// The numbers of the features in the order of their points, each of which is given the first byte of its feature in the file.
    fn order(&mut self) -> Vec<usize> {
        let (mut offset, begins) = (0, &self.begins);
        let mut order = Vec::with_capacity(self.nodes.len());
        for node in &mut self.nodes {
            let number = usize::try_from(node.offset).unwrap_or(usize::MAX);
            order.push(number);
            node.offset = offset;
            offset += waiting(begins, number).map_or(0, |(begin, end)| end - begin);
        }
        order
    }

    /// Writes the features in this order.
    fn features(&mut self, order: &[usize]) -> io::Result<()> {
        let mut feature = Vec::new();
        for (begin, end) in order.iter().filter_map(|number| waiting(&self.begins, *number)) {
            self.waiting.seek(SeekFrom::Start(begin))?;
            feature.resize(usize::try_from(end - begin).unwrap_or_default(), 0);
            self.waiting.read_exact(&mut feature)?;
            self.out.write_all(&feature)?;
        }
        Ok(())
    }
}

/// The first byte of a feature where it waits, and the one behind its last.
fn waiting(begins: &[u64], number: usize) -> Option<(u64, u64)> {
    Some((*begins.get(number)?, *begins.get(number.checked_add(1)?)?))
}

fn fault(error: flatgeobuf::Error) -> io::Error {
    match error {
        flatgeobuf::Error::IO(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// What is empty is left out, which readers take for null.
fn properties(out: &mut Vec<u8>, incident: &Incident) {
    let area = incident.geo_precision.is_some_and(GeoPrecision::is_area);
    let cells = columns().map(|column| (column.cell)(incident)).chain([Cell::Boolean(area)]);
    for (at, cell) in (0_u16..).zip(cells) {
        if cell != Cell::Empty {
            out.extend(at.to_le_bytes());
        }
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => words(out, &text),
            Cell::Integer(number) => out.extend(i64::try_from(number).unwrap_or(i64::MAX).to_le_bytes()),
            Cell::Number(number) => out.extend(number.to_le_bytes()),
            Cell::Date(date) => words(out, &date.to_string()),
            Cell::Boolean(truth) => out.push(truth.into()),
        }
    }
}

/// Words, with their length in front; no text of a report is as long as a length can say.
fn words(out: &mut Vec<u8>, text: &str) {
    out.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}
