//! Which rows of `incidents` somebody wrote since the last run. Triggers note it, whatever program writes, so that an export
//! need not look at every field of every row to know that it stands as mawqi wrote it.
//!
//! A run does look: what a program wrote with the triggers taken off is found then.

use rusqlite::Connection;
use rustc_hash::FxHashSet;

use super::schema;

/// The triggers. No `OR IGNORE`: what the writing statement says of conflicts would hold in its place.
const WATCH: &str = "
CREATE TRIGGER mawqi_touched_insert AFTER INSERT ON incidents BEGIN
  INSERT INTO mawqi_touched SELECT NEW.fid WHERE NOT EXISTS (SELECT 1 FROM mawqi_touched WHERE fid = NEW.fid);
END;
CREATE TRIGGER mawqi_touched_update AFTER UPDATE ON incidents BEGIN
  INSERT INTO mawqi_touched SELECT NEW.fid WHERE NOT EXISTS (SELECT 1 FROM mawqi_touched WHERE fid = NEW.fid);
  INSERT INTO mawqi_touched SELECT OLD.fid WHERE NOT EXISTS (SELECT 1 FROM mawqi_touched WHERE fid = OLD.fid);
END;
";

/// No triggers from here on.
const REST: &str = "DROP TRIGGER IF EXISTS mawqi_touched_insert; DROP TRIGGER IF EXISTS mawqi_touched_update;";

/// The first version of the store that has them.
const SINCE: i64 = 4;

/// From here on it is noted which rows are written.
pub(super) fn watch(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(REST)?;
    connection.execute_batch(WATCH)
}

/// From here on it is not noted.
pub(super) fn rest(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(REST)
}

/// Every row stands as mawqi knows it.
pub(super) fn forget(connection: &Connection) -> rusqlite::Result<()> {
    // Row by row: to clear a table writes a page even where it is empty.
    connection.execute("DELETE FROM mawqi_touched WHERE fid IS NOT NULL", []).map(drop)
}

/// The numbers of the rows that were written since; none where that is not known, in an older store or without the triggers.
pub(super) fn rows(connection: &Connection) -> rusqlite::Result<Option<FxHashSet<i64>>> {
    let triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'incidents' AND \
                    name IN ('mawqi_touched_insert', 'mawqi_touched_update')";
    let watched = connection.query_row(triggers, [], |row| row.get::<_, i64>(0))? == 2;
    if !watched || schema::version(connection)? < SINCE {
        return Ok(None);
    }
    let mut rows = connection.prepare("SELECT fid FROM mawqi_touched")?;
    rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>().map(Some)
}
