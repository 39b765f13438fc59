//! The tables of the store, and the row of an incident.

use rusqlite::Connection;

use super::geometry::SRS_ID;
use super::{style, touched};

/// What the file says it is: `GPKG` in ASCII (GeoPackage 1.3, requirement 2).
pub(super) const APPLICATION_ID: i32 = 0x4750_4B47;
/// The version of GeoPackage, 1.3.0.
pub(super) const GEOPACKAGE_VERSION: i32 = 10_300;
/// The version of mawqi's own tables. 2 added the prints of records and rows, the index by day, decisions
/// and former ids; in 3 readings are made short; in 4 it is noted which rows were written since the last run.
pub(super) const STORE_VERSION: i64 = 4;

/// The day of `last_change` before any report has a publication date: no clock is read, so that equal input gives an
/// equal file.
pub(super) const NO_CHANGE: &str = "1970-01-01T00:00:00.000Z";

/// The columns of an incident in `incidents`, with their types: the fields of the record in order, but for the point,
/// which is the geometry, and the sources, which are `evidence` and `merges`.
pub(super) const FIELDS: [(&str, &str); 31] = [
    ("id", "TEXT UNIQUE"),
    ("event_type", "TEXT"),
    ("date_start", "DATE"),
    ("date_end", "DATE"),
    ("date_precision", "TEXT"),
    ("time_of_day", "TEXT"),
    ("place", "TEXT"),
    ("place_en", "TEXT"),
    ("place_id", "TEXT"),
    ("place_kind", "TEXT"),
    ("geo_precision", "TEXT"),
    ("uncertainty_m", "INTEGER"),
    ("admin2", "TEXT"),
    ("admin1", "TEXT"),
    ("country", "TEXT"),
    ("actor", "TEXT"),
    ("claimed_by", "TEXT"),
    ("blamed_on", "TEXT"),
    ("target", "TEXT"),
    ("weapons", "TEXT"),
    ("killed_min", "INTEGER"),
    ("killed_max", "INTEGER"),
    ("injured_min", "INTEGER"),
    ("injured_max", "INTEGER"),
    ("outcome", "TEXT"),
    ("damage", "TEXT"),
    ("background", "BOOLEAN"),
    ("confidence", "REAL"),
    ("summary_en", "TEXT"),
    ("summary_ar", "TEXT"),
    ("source_count", "INTEGER"),
];

/// The columns that are the reviewer's own.
pub(super) const REVIEW: &str = "review";
/// A reviewer's note.
pub(super) const NOTE: &str = "note";

/// A layer or table that GIS programs are told of.
struct Listed {
    table: &'static str,
    geometry: Option<&'static str>,
    title: &'static str,
    description: &'static str,
}

const LISTED: [Listed; 8] = [
    Listed {
        table: "incidents",
        geometry: Some("POINT"),
        title: "Incidents",
        description: "One attack or armed event a point. Edits are kept when mawqi map runs again; review is empty, \
                      confirmed or rejected.",
    },
    Listed {
        table: "uncertainty",
        geometry: Some("POLYGON"),
        title: "Uncertainty",
        description: "For each incident the circle that holds it.",
    },
    Listed {
        table: "places",
        geometry: Some("POINT"),
        title: "Places",
        description: "The places on which incidents rest. Places: mawqi gazetteer; contains data from GeoNames \
                      (https://www.geonames.org), CC BY 4.0; Who's On First; OurAirports; Natural Earth.",
    },
    Listed { table: "reports", geometry: None, title: "Reports", description: "The reports with their text." },
    Listed {
        table: "evidence",
        geometry: None,
        title: "Evidence",
        description: "The sentences behind each incident; start and end are bytes of the report's text.",
    },
    Listed {
        table: "tallies",
        geometry: None,
        title: "Tallies",
        description: "Counts over a span of time or a theatre; never mapped.",
    },
    Listed {
        table: "merges",
        geometry: None,
        title: "Merges",
        description: "Where several reports tell of one incident: what each of them states.",
    },
    Listed { table: "layer_styles", geometry: None, title: "Layer styles", description: "How QGIS draws the layers." },
];

/// What every GeoPackage has (clauses 1.1.2 to 2.1.5), and the tables without geometry.
const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]',
   'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE mawqi_store (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
CREATE TABLE reports (
  fid INTEGER PRIMARY KEY NOT NULL, id TEXT UNIQUE NOT NULL, published DATE, publisher TEXT, url TEXT, title TEXT,
  language TEXT, incident_count INTEGER, text TEXT);
CREATE TABLE mawqi_readings (
  report INTEGER PRIMARY KEY NOT NULL REFERENCES reports(fid) ON DELETE CASCADE, reading BLOB NOT NULL);
CREATE TABLE uncertainty (
  fid INTEGER PRIMARY KEY NOT NULL, geom POLYGON,
  incident TEXT REFERENCES incidents(id) ON DELETE CASCADE ON UPDATE CASCADE,
  event_type TEXT, geo_precision TEXT, uncertainty_m INTEGER, area BOOLEAN, date_start DATE, review TEXT);
CREATE INDEX uncertainty_incident ON uncertainty (incident);
CREATE TABLE places (
  fid INTEGER PRIMARY KEY NOT NULL, geom POINT, id TEXT UNIQUE NOT NULL, name_ar TEXT, name_en TEXT, kind TEXT,
  radius_m INTEGER, admin2 TEXT, admin1 TEXT, country TEXT, source TEXT, incident_count INTEGER);
CREATE TABLE evidence (
  fid INTEGER PRIMARY KEY NOT NULL,
  incident TEXT REFERENCES incidents(id) ON DELETE CASCADE ON UPDATE CASCADE,
  report TEXT, start INTEGER, \"end\" INTEGER, text TEXT, marks TEXT);
CREATE INDEX evidence_incident ON evidence (incident);
CREATE TABLE tallies (
  fid INTEGER PRIMARY KEY NOT NULL, count_min INTEGER, count_max INTEGER, what TEXT, \"where\" TEXT, since TEXT,
  until TEXT, as_of TEXT, source TEXT, report TEXT, start INTEGER, \"end\" INTEGER, text TEXT);
CREATE TABLE merges (
  fid INTEGER PRIMARY KEY NOT NULL,
  incident TEXT REFERENCES incidents(id) ON DELETE CASCADE ON UPDATE CASCADE,
  report TEXT, date_start DATE, date_end DATE, place TEXT, killed_min INTEGER, killed_max INTEGER,
  injured_min INTEGER, injured_max INTEGER);
CREATE INDEX merges_incident ON merges (incident);
CREATE TABLE mawqi_records (
  fid INTEGER PRIMARY KEY NOT NULL, id TEXT UNIQUE NOT NULL, record TEXT NOT NULL, record_print INTEGER,
  row_print INTEGER);
CREATE TABLE mawqi_touched (fid INTEGER PRIMARY KEY NOT NULL);
CREATE INDEX incidents_day ON incidents (date_start, id);
CREATE TABLE mawqi_edits (
  incident TEXT NOT NULL, field TEXT NOT NULL, value TEXT, PRIMARY KEY (incident, field)) WITHOUT ROWID;
CREATE TABLE mawqi_decisions (line TEXT PRIMARY KEY NOT NULL, tellings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE mawqi_former (id TEXT PRIMARY KEY NOT NULL, tellings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);
";

/// The spatial index of a layer, as the extension `gpkg_rtree_index` of GeoPackage 1.3 defines it (annex F.3).
const SPATIAL_INDEX: &str = r#"
CREATE VIRTUAL TABLE "rtree_<t>_geom" USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER "rtree_<t>_geom_update1" AFTER UPDATE OF "geom" ON "<t>"
  WHEN OLD."fid" = NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  INSERT OR REPLACE INTO "rtree_<t>_geom" VALUES (
    NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "rtree_<t>_geom_update2" AFTER UPDATE OF "geom" ON "<t>"
  WHEN OLD."fid" = NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id = OLD."fid";
END;
CREATE TRIGGER "rtree_<t>_geom_update3" AFTER UPDATE ON "<t>"
  WHEN OLD."fid" != NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id = OLD."fid";
  INSERT OR REPLACE INTO "rtree_<t>_geom" VALUES (
    NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "rtree_<t>_geom_update4" AFTER UPDATE ON "<t>"
  WHEN OLD."fid" != NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id IN (OLD."fid", NEW."fid");
END;
CREATE TRIGGER "rtree_<t>_geom_delete" AFTER DELETE ON "<t>"
  WHEN old."geom" NOT NULL
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id = OLD."fid";
END;
"#;

/// The trigger of the spatial index that is left out while many rows are put in at once.
const INSERT_TRIGGER: &str = r#"
CREATE TRIGGER "rtree_<t>_geom_insert" AFTER INSERT ON "<t>"
  WHEN (new."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  INSERT OR REPLACE INTO "rtree_<t>_geom" VALUES (
    NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
"#;

/// Where the extension is defined.
const SPATIAL_INDEX_DEFINITION: &str = "http://www.geopackage.org/spec130/index.html#extension_rtree";

/// What version 2 has and version 1 has not.
const SECOND: &str = "
ALTER TABLE mawqi_records ADD COLUMN record_print INTEGER;
ALTER TABLE mawqi_records ADD COLUMN row_print INTEGER;
CREATE INDEX IF NOT EXISTS incidents_day ON incidents (date_start, id);
ALTER TABLE tallies ADD COLUMN as_of TEXT;
CREATE TABLE mawqi_decisions (line TEXT PRIMARY KEY NOT NULL, tellings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE mawqi_former (id TEXT PRIMARY KEY NOT NULL, tellings TEXT NOT NULL) WITHOUT ROWID;
";

/// What version 3 has otherwise than version 2. A reading stays long until it is written anew.
const THIRD: &str = "UPDATE mawqi_store SET value = '3' WHERE key = 'version'";

/// What version 4 has and version 3 has not; of rows that were written before nothing is known.
const FOURTH: &str = "
CREATE TABLE IF NOT EXISTS mawqi_touched (fid INTEGER PRIMARY KEY NOT NULL);
INSERT OR IGNORE INTO mawqi_touched SELECT fid FROM incidents;
UPDATE mawqi_store SET value = '4' WHERE key = 'version';
";

/// Makes all tables in an empty file; the caller's transaction holds it together.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", GEOPACKAGE_VERSION)?;
    connection.execute_batch(&incidents_table())?;
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO mawqi_store VALUES ('version', ?1)", [STORE_VERSION.to_string()])?;
    for listed in &LISTED {
        list(connection, listed)?;
    }
    touched::watch(connection)?;
    style::insert(connection)
}

/// Brings a store of an older version up to this one. Its prints stay empty until its rows are written anew.
pub(super) fn migrate(connection: &Connection) -> rusqlite::Result<()> {
    let version = version(connection)?;
    let steps = [(1, SECOND), (2, THIRD), (3, FOURTH)];
    steps.iter().filter(|(from, _)| version <= *from).try_for_each(|(_, step)| connection.execute_batch(step))?;
    // Where another program made the table anew, its triggers may be lost.
    if touched::rows(connection)?.is_none() { touched::watch(connection) } else { Ok(()) }
}

/// The version of mawqi's own tables in a store.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT CAST(value AS INTEGER) FROM mawqi_store WHERE key = 'version'";
    connection.query_row(sql, [], |row| row.get(0))
}

fn incidents_table() -> String {
    let fields: Vec<String> = FIELDS.iter().map(|(name, kind)| format!("\"{name}\" {kind}")).collect();
    format!(
        "CREATE TABLE incidents (fid INTEGER PRIMARY KEY NOT NULL, geom POINT, {}, area BOOLEAN, reports TEXT, \
         {REVIEW} TEXT DEFAULT '', {NOTE} TEXT);",
        fields.join(", ")
    )
}

/// Tells GIS programs of a table, and gives it a spatial index where it has geometry.
fn list(connection: &Connection, listed: &Listed) -> rusqlite::Result<()> {
    let Listed { table, geometry, title, description } = listed;
    let (kind, srs) = if geometry.is_some() { ("features", Some(SRS_ID)) } else { ("attributes", None) };
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (table, kind, title, description, NO_CHANGE, srs),
    )?;
    let Some(geometry) = geometry else { return Ok(()) };
    connection
        .execute("INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)", (table, geometry, SRS_ID))?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index', ?2, 'write-only')",
        (table, SPATIAL_INDEX_DEFINITION),
    )?;
    connection.execute_batch(&SPATIAL_INDEX.replace("<t>", table))?;
    index_rows(connection, table)
}

/// From here on the spatial index of a layer follows what is put in.
pub(super) fn index_rows(connection: &Connection, layer: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&INSERT_TRIGGER.replace("<t>", layer))
}

/// From here on the spatial index of a layer does not follow what is put in.
pub(super) fn leave_rows(connection: &Connection, layer: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("DROP TRIGGER \"rtree_{layer}_geom_insert\""))
}
