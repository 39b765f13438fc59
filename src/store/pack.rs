//! The spatial index of many rows at once. Row by row each would look for its place in the tree, which takes a third of
//! the time in which a large store is written; here the rows are sorted, and the tree is written as it will stand.
//!
//! The tables behind SQLite's R-tree (`rtree.c`, "Database Format") are `_node`, `_rowid` and `_parent`. A node is the
//! depth of the tree (in the root only), the number of its cells, and its cells: a number of 64 bits and a box of four
//! floats of 32, big-endian.

use rusqlite::Connection;

use super::geometry::{self, Extent};
use super::{schema, touched};

/// The layers that are packed.
const LAYERS: [&str; 2] = ["incidents", "uncertainty"];

/// Rows of new layers, whose spatial index is made once they are all there.
#[derive(Debug, Default)]
pub(super) struct Packing {
    rows: [Vec<(i64, Extent)>; LAYERS.len()],
}

impl Packing {
    /// Begins where both layers are empty; elsewhere the triggers of the index do their work row by row.
    pub(super) fn begin(connection: &Connection) -> rusqlite::Result<Option<Self>> {
        for layer in LAYERS {
            let used = format!(
                "SELECT EXISTS (SELECT 1 FROM {layer}) OR EXISTS (SELECT 1 FROM rtree_{layer}_geom) OR \
                 (SELECT count(*) FROM rtree_{layer}_geom_node) <> 1"
            );
            if connection.query_row(&used, [], |row| row.get(0))? {
                return Ok(None);
            }
        }
        LAYERS.iter().try_for_each(|layer| schema::leave_rows(connection, layer))?;
        touched::rest(connection)?;
        Ok(Some(Packing::default()))
    }

    /// Takes note of an incident's point.
    pub(super) fn point(&mut self, fid: i64, (lon, lat): (f64, f64)) {
        self.rows[0].push((fid, [lon, lat, lon, lat]));
    }

    /// Takes note of a circle's blob.
    pub(super) fn circle(&mut self, fid: i64, blob: &[u8]) {
        self.rows[1].extend(geometry::extent(blob).map(|extent| (fid, extent)));
    }

    /// Makes the index.
    pub(super) fn end(self, connection: &Connection) -> rusqlite::Result<()> {
        for (layer, rows) in LAYERS.iter().zip(&self.rows) {
            fill(connection, layer, rows)?;
            schema::index_rows(connection, layer)?;
        }
        touched::watch(connection)
    }
}

/// The bytes before the cells of a node, and those of one cell.
const HEAD: usize = 4;
const CELL: usize = 24;

/// The root's number; SQLite makes it with the tree.
const ROOT: i64 = 1;

/// A row, or a node below, with the box that holds it.
#[derive(Debug, Clone, Copy)]
struct Cell {
    number: i64,
    extent: Extent,
}

/// Fills the empty spatial index of a layer with rows and their extents.
fn fill(connection: &Connection, layer: &str, rows: &[(i64, Extent)]) -> rusqlite::Result<()> {
    let tree = Tree { connection, name: format!("rtree_{layer}_geom") };
    let size = tree.node_size()?;
    let most = (size - HEAD) / CELL;
    let mut level: Vec<Cell> = rows.iter().map(|(number, extent)| Cell { number: *number, extent: *extent }).collect();
    let (mut depth, mut next) = (0_u16, ROOT + 1);
    let mut place = "rowid";
    while level.len() > most {
        sort_by_tiles(&mut level, most);
        let mut homes = Vec::with_capacity(level.len());
        let mut above = Vec::with_capacity(level.len() / most + 1);
        for cells in level.chunks(most) {
            homes.extend(cells.iter().map(|cell| (cell.number, next)));
            tree.node(next, &node(size, 0, cells))?;
            above.push(Cell { number: next, extent: holding(cells) });
            next += 1;
        }
        tree.homes(place, homes)?;
        (level, depth, place) = (above, depth + 1, "parent");
    }
    tree.node(ROOT, &node(size, depth, &level))?;
    // Rows in the root are told of; the nodes right below it are, too.
    tree.homes(place, level.iter().map(|cell| (cell.number, ROOT)).collect())
}

/// The tables of a tree.
struct Tree<'c> {
    connection: &'c Connection,
    name: String,
}

impl Tree<'_> {
    /// The length of every node, bytes.
    fn node_size(&self) -> rusqlite::Result<usize> {
        let sql = format!("SELECT length(data) FROM {}_node WHERE nodeno = {ROOT}", self.name);
        self.connection.query_row(&sql, [], |row| row.get(0))
    }

    fn node(&self, number: i64, data: &[u8]) -> rusqlite::Result<()> {
        let sql = format!("INSERT OR REPLACE INTO {}_node VALUES (?1, ?2)", self.name);
        self.connection.prepare_cached(&sql)?.execute((number, data)).map(drop)
    }

    /// In which node each row or node stands.
    fn homes(&self, table: &str, mut homes: Vec<(i64, i64)>) -> rusqlite::Result<()> {
        homes.sort_unstable();
        let sql = format!("INSERT INTO {}_{table} VALUES (?1, ?2)", self.name);
        let mut insert = self.connection.prepare_cached(&sql)?;
        homes.into_iter().try_for_each(|home| insert.execute(home).map(drop))
    }
}

/// Hands on every row of a layer's spatial index with its box, in no order: from the leaves as they lie in the file, which takes
/// a tenth of the time of asking the R-tree for all it has.
pub(super) fn each_row(
    connection: &Connection,
    layer: &str,
    mut take: impl FnMut(i64, Extent),
) -> rusqlite::Result<()> {
    let tree = format!("rtree_{layer}_geom");
    let leaves = format!("SELECT data FROM {tree}_node WHERE nodeno NOT IN (SELECT parentnode FROM {tree}_parent)");
    let mut statement = connection.prepare(&leaves)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        cells(row.get_ref(0)?.as_blob()?).for_each(|cell| take(cell.number, cell.extent));
    }
    Ok(())
}

/// The cells of a node.
fn cells(node: &[u8]) -> impl Iterator<Item = Cell> {
    let count = node.get(2..).and_then(|bytes| bytes.first_chunk()).map_or(0, |bytes| u16::from_be_bytes(*bytes));
    node.get(HEAD..).unwrap_or_default().chunks_exact(CELL).take(count.into()).filter_map(cell)
}

fn cell(bytes: &[u8]) -> Option<Cell> {
    let (number, sides) = bytes.split_first_chunk()?;
    let side = |at: usize| Some(f64::from(f32::from_be_bytes(*sides.get(4 * at..)?.first_chunk()?)));
    Some(Cell { number: i64::from_be_bytes(*number), extent: [side(0)?, side(2)?, side(1)?, side(3)?] })
}

/// The bytes of a node.
fn node(size: usize, depth: u16, cells: &[Cell]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size);
    bytes.extend(depth.to_be_bytes());
    bytes.extend(u16::try_from(cells.len()).unwrap_or_default().to_be_bytes());
    for Cell { number, extent: [west, south, east, north] } in cells {
        bytes.extend(number.to_be_bytes());
        let sides = [below(*west), above(*east), below(*south), above(*north)];
        bytes.extend(sides.iter().flat_map(|side| side.to_be_bytes()));
    }
    bytes.resize(size, 0);
    bytes
}

/// The nearest float of 32 bits that is not more.
#[expect(clippy::cast_possible_truncation, reason = "what is lost is looked at")]
fn below(degrees: f64) -> f32 {
    let near = degrees as f32;
    if f64::from(near) > degrees { near.next_down() } else { near }
}

/// The nearest float of 32 bits that is not less.
fn above(degrees: f64) -> f32 {
    -below(-degrees)
}

/// The box that holds all cells.
fn holding(cells: &[Cell]) -> Extent {
    let all = cells.iter().fold(None, |all, cell| Some(geometry::widen(all, cell.extent)));
    all.unwrap_or_default()
}

/// Puts cells that lie near each other side by side: in stripes from west to east, each from south to north (sort-tile
/// packing, Leutenegger and others, 1997).
fn sort_by_tiles(cells: &mut [Cell], most: usize) {
    let middle = |cell: &Cell, low: usize| cell.extent[low] + cell.extent[low + 2];
    let by =
        |low: usize| move |a: &Cell, b: &Cell| middle(a, low).total_cmp(&middle(b, low)).then(a.number.cmp(&b.number));
    cells.sort_unstable_by(by(0));
    let nodes = cells.len().div_ceil(most);
    let stripe = nodes.isqrt().max(1) * most;
    cells.chunks_mut(stripe).for_each(|stripe| stripe.sort_unstable_by(by(1)));
}
