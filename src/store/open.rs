//! Opening a store: a new one, one of ours, or a clear word on why not.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{geometry, schema};
use crate::{Error, Result};

/// How long another program's writing is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Pages that writing keeps at hand, KiB: where they run out within a transaction, SQLite writes pages more than once.
const CACHE_KIB: i64 = 64 * 1024;

/// The first bytes of a GeoPackage that is empty or was never finished hold no application id.
const NONE: i32 = 0;

/// Opens the store at `path` for writing, and makes it if there is none.
pub(super) fn write(path: &Path) -> Result<Connection> {
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    let fault = |e| error(path, &e);
    // QGIS switches to a write-ahead log while it edits; the delivered file has none. While QGIS still has the file
    // open this cannot be, and is no error.
    let _ = connection.pragma_update(None, "journal_mode", "DELETE");
    connection.pragma_update(None, "foreign_keys", true).map_err(fault)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB).map_err(fault)?;
    // The triggers of the spatial index make every row a statement that can be taken back, page by page.
    connection.pragma_update(None, "temp_store", "MEMORY").map_err(fault)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    if is_empty(&transaction).map_err(fault)? {
        schema::create(&transaction).map_err(fault)?;
    } else {
        check(&transaction, path)?;
        schema::migrate(&transaction).map_err(fault)?;
    }
    transaction.commit().map_err(fault)?;
    Ok(connection)
}

/// Opens the store at `path`, which must be there, for reading.
///
/// Not as read-only: what a run that was killed left half done is rolled back first. A file that cannot be written is
/// read all the same.
pub(super) fn read(path: &Path) -> Result<Connection> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    check(&connection, path)?;
    Ok(connection)
}

/// Maps so many bytes of the file as memory, so that reading costs no copying; where the system does not map, it is read as ever.
pub(super) fn map(connection: &Connection, bytes: i64) {
    let _ = connection.pragma_update(None, "mmap_size", bytes);
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connect = || {
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        geometry::functions(&connection)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    };
    connect().map_err(|e| error(path, &e))
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok(tables == 0 && pragma(connection, "application_id")? == NONE)
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// Refuses what this version cannot add to without harm; gives the version of the store's own tables.
fn check(connection: &Connection, path: &Path) -> Result<i64> {
    let fault = |e| error(path, &e);
    let told = |reason: String| Err(Error::file(path, reason));
    let application = pragma(connection, "application_id").map_err(fault)?;
    if application != schema::APPLICATION_ID {
        return told(format!(
            "an SQLite file with application id {application:#x}, expected a GeoPackage made by mawqi"
        ));
    }
    let version = pragma(connection, "user_version").map_err(fault)?;
    if version > schema::GEOPACKAGE_VERSION {
        let expected = schema::GEOPACKAGE_VERSION;
        return told(format!("a GeoPackage of version {version}, newer than this mawqi knows (expected {expected})"));
    }
    let ours = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'mawqi_store'";
    if connection.query_row(ours, [], |row| row.get::<_, i64>(0)).map_err(fault)? == 0 {
        return told(
            "a GeoPackage that mawqi did not make; choose another folder, or --fresh to replace it".to_owned(),
        );
    }
    let version = schema::version(connection).map_err(fault)?;
    if version > schema::STORE_VERSION {
        let expected = schema::STORE_VERSION;
        return told(format!("a store of version {version}, made by a newer mawqi (this one knows {expected})"));
    }
    Ok(version)
}

/// What SQLite says, in the words of the project.
pub(super) fn error(path: &Path, error: &rusqlite::Error) -> Error {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "not a GeoPackage".to_owned(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => format!(
            "another program is writing to it (QGIS with unsaved edits, or another mawqi) and did not end within {} s",
            PATIENCE.as_secs()
        ),
        Some(ErrorCode::ReadOnly) => "is read-only, expected a file that can be written".to_owned(),
        Some(ErrorCode::DiskFull) => "the disk is full; the store is as it was before".to_owned(),
        Some(ErrorCode::SystemIoFailure) => format!("could not be read or written ({error}); it is as it was before"),
        Some(ErrorCode::DatabaseCorrupt) => format!("damaged: {error}"),
        _ => error.to_string(),
    };
    Error::file(path, reason)
}
