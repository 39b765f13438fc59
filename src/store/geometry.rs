//! Geometry as a GeoPackage holds it: a header with the extent, then well-known binary; little-endian throughout.
//!
//! Points and polygons are written; of what other programs write, points of every flavour and the extent of anything
//! with a header extent, or of lists of points without one, are read.

use std::collections::HashMap;

use geo::{Destination, Geodesic, Point};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// The reference system of everything that is stored: WGS84, longitude and latitude.
pub(super) const SRS_ID: i32 = 4326;

/// Corners of a circle: its edge is then within 0.3 % of the radius.
const CORNERS: u32 = 48;

/// Decimals of a degree that corners keep, a centimetre or so: a platform's own sines do not show.
const CORNER_SCALE: f64 = 1e7;

/// West, south, east, north, degrees.
pub(super) type Extent = [f64; 4];

/// Magic `GP`, version 0, then flags: little-endian, no extent.
const POINT_HEADER: [u8; 4] = [b'G', b'P', 0, 0b0000_0001];
/// The same with an extent of two dimensions.
const AREA_HEADER: [u8; 4] = [b'G', b'P', 0, 0b0000_0011];
const EMPTY_FLAG: u8 = 0b0001_0000;
const WKB_POINT: u32 = 1;
const WKB_POLYGON: u32 = 3;

/// The blob of a point.
pub(super) fn point(lon: f64, lat: f64) -> Vec<u8> {
    let mut blob = Vec::with_capacity(29);
    blob.extend(POINT_HEADER);
    blob.extend(SRS_ID.to_le_bytes());
    blob.push(1);
    blob.extend(WKB_POINT.to_le_bytes());
    blob.extend(lon.to_le_bytes());
    blob.extend(lat.to_le_bytes());
    blob
}

/// Circles on the ellipsoid. Incidents fall on the same places again and again, so each is reckoned once.
#[derive(Debug, Default)]
pub(super) struct Circles(HashMap<(u64, u64, u32), Option<Vec<u8>>>);

impl Circles {
    /// The blob of a circle as a polygon; none where it holds a pole, which no polygon in degrees can.
    ///
    /// Across the antimeridian longitudes run on beyond 180, so that the ring stays one.
    pub(super) fn polygon(&mut self, lon: f64, lat: f64, radius_m: u32) -> Option<Vec<u8>> {
        let key = (lon.to_bits(), lat.to_bits(), radius_m);
        self.0.entry(key).or_insert_with(|| ring(lon, lat, radius_m).map(|ring| polygon(&ring))).clone()
    }
}

/// The corners of a circle against the clock, the first again at the end.
fn ring(lon: f64, lat: f64, radius_m: u32) -> Option<Vec<[f64; 2]>> {
    /// Half the length of a meridian is some 20,004 km; a quarter reaches a pole from the equator.
    const METRES_A_DEGREE_AT_LEAST: f64 = 110_574.0;
    let reach = f64::from(radius_m) / METRES_A_DEGREE_AT_LEAST;
    if lat.abs() + reach >= 90.0 {
        return None;
    }
    let corner = |n: u32| {
        let bearing = 360.0 - f64::from(n % CORNERS) * 360.0 / f64::from(CORNERS);
        let to = Geodesic.destination(Point::new(lon, lat), bearing, f64::from(radius_m));
        let turns = ((to.x() - lon) / 360.0).round();
        [to.x() - turns * 360.0, to.y()].map(|degrees| (degrees * CORNER_SCALE).round() / CORNER_SCALE)
    };
    Some((0..=CORNERS).map(corner).collect())
}

fn polygon(ring: &[[f64; 2]]) -> Vec<u8> {
    let extent = ring.iter().fold(None, |extent, [lon, lat]| Some(widen(extent, [*lon, *lat, *lon, *lat])));
    let [west, south, east, north] = extent.unwrap_or_default();
    let mut blob = Vec::with_capacity(64 + ring.len() * 16);
    blob.extend(AREA_HEADER);
    blob.extend(SRS_ID.to_le_bytes());
    blob.extend([west, east, south, north].iter().flat_map(|degrees| degrees.to_le_bytes()));
    blob.push(1);
    blob.extend(WKB_POLYGON.to_le_bytes());
    blob.extend(1_u32.to_le_bytes());
    blob.extend(u32::try_from(ring.len()).unwrap_or_default().to_le_bytes());
    blob.extend(ring.iter().flatten().flat_map(|degrees| degrees.to_le_bytes()));
    blob
}

/// The extent that holds both.
pub(super) fn widen(extent: Option<Extent>, other: Extent) -> Extent {
    let Some([west, south, east, north]) = extent else { return other };
    [west.min(other[0]), south.min(other[1]), east.max(other[2]), north.max(other[3])]
}

/// The lon and lat of a point's blob, whoever wrote it; none for anything else.
pub(super) fn read_point(blob: &[u8]) -> Option<(f64, f64)> {
    let body = Header::read(blob)?.body;
    let mut reader = Reader::new(body)?;
    // Points with height or measure have further numbers behind, which are not asked for.
    if reader.u32()? % 1000 != WKB_POINT {
        return None;
    }
    let (lon, lat) = (reader.f64()?, reader.f64()?);
    (lon.is_finite() && lat.is_finite()).then_some((lon, lat))
}

/// The extent of a blob; none where it is empty or not understood.
pub(super) fn extent(blob: &[u8]) -> Option<Extent> {
    let header = Header::read(blob)?;
    if header.empty {
        return None;
    }
    header.extent.or_else(|| read_point(blob).map(|(lon, lat)| [lon, lat, lon, lat]))
}

/// What stands before the well-known binary.
struct Header<'b> {
    empty: bool,
    extent: Option<Extent>,
    body: &'b [u8],
}

impl<'b> Header<'b> {
    fn read(blob: &'b [u8]) -> Option<Self> {
        let (&[b'G', b'P', _, flags, ..], rest) = (blob, blob.get(8..)?) else { return None };
        let doubles = match (flags >> 1) & 0b111 {
            0 => 0,
            1 => 4,
            2 | 3 => 6,
            4 => 8,
            _ => return None,
        };
        let mut reader = Reader { bytes: rest, little: flags & 1 == 1 };
        let numbers: Option<Vec<f64>> = (0..doubles).map(|_| reader.f64()).collect();
        let extent = match *numbers? {
            [west, east, south, north, ..] => Some([west, south, east, north]),
            _ => None,
        };
        Some(Header { empty: flags & EMPTY_FLAG != 0, extent, body: reader.bytes })
    }
}

/// Numbers of one byte order, one after the other.
struct Reader<'b> {
    bytes: &'b [u8],
    little: bool,
}

impl<'b> Reader<'b> {
    /// A reader of well-known binary, whose first byte is its byte order.
    fn new(wkb: &'b [u8]) -> Option<Self> {
        let (order, bytes) = wkb.split_first()?;
        Some(Reader { bytes, little: *order == 1 })
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*taken)
    }

    fn u32(&mut self) -> Option<u32> {
        let bytes = self.take()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self) -> Option<f64> {
        let bytes = self.take()?;
        Some(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }
}

/// Gives the connection the functions that the triggers of the spatial index call, as GDAL gives them to its own.
pub(super) fn functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, side) in [("ST_MinX", 0), ("ST_MinY", 1), ("ST_MaxX", 2), ("ST_MaxY", 3)] {
        connection.create_scalar_function(name, 1, flags, move |context| {
            let blob = context.get_raw(0).as_blob_or_null().ok().flatten();
            Ok(blob.and_then(extent).map(|extent| extent[side]))
        })?;
    }
    connection.create_scalar_function("ST_IsEmpty", 1, flags, |context| {
        let blob = context.get_raw(0).as_blob_or_null().ok().flatten();
        Ok(blob.map(|blob| extent(blob).is_none()))
    })
}
