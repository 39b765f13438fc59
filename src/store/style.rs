//! How QGIS draws the layers: its own table `layer_styles`, from which it takes the default of each layer.

use rusqlite::Connection;

use super::schema::NO_CHANGE;

/// Layer, style, what it shows.
const STYLES: [(&str, &str, &str); 3] = [
    (
        "incidents",
        include_str!("styles/incidents.qml"),
        "By type of event, larger with the toll; areas as rings; what was rejected as a cross",
    ),
    ("uncertainty", include_str!("styles/uncertainty.qml"), "Faint circles; areas with a broken edge"),
    ("places", include_str!("styles/places.qml"), "Small points with Arabic names"),
];

pub(super) fn insert(connection: &Connection) -> rusqlite::Result<()> {
    for (layer, qml, description) in STYLES {
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, \
             styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) \
             VALUES ('', '', ?1, 'geom', 'mawqi', ?2, '', 1, ?3, '', NULL, ?4)",
            (layer, qml, description, NO_CHANGE),
        )?;
    }
    Ok(())
}
