//! How QGIS draws the layers: its own table `layer_styles`, from which it takes the default of each layer.

use rusqlite::Connection;

use super::schema::NO_CHANGE;

/// How one layer of the store is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The layer's table.
    pub layer: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Its kind of geometry in a project of QGIS.
    pub geometry: &'static str,
    /// Whether it has labels.
    pub labels: bool,
    /// The style, a document of QGIS.
    pub qml: &'static str,
    /// What the style shows.
    description: &'static str,
}

/// The styles of incidents, uncertainty and places.
pub const STYLES: [Style; 3] = [
    Style {
        layer: "incidents",
        title: "Incidents",
        geometry: "Point",
        labels: true,
        qml: include_str!("styles/incidents.qml"),
        description: "By type of event, larger with the toll; areas as rings; what was rejected as a cross",
    },
    Style {
        layer: "uncertainty",
        title: "Uncertainty",
        geometry: "Polygon",
        labels: false,
        qml: include_str!("styles/uncertainty.qml"),
        description: "Faint circles; areas with a broken edge",
    },
    Style {
        layer: "places",
        title: "Places",
        geometry: "Point",
        labels: true,
        qml: include_str!("styles/places.qml"),
        description: "Small points with Arabic names",
    },
];

pub(super) fn insert(connection: &Connection) -> rusqlite::Result<()> {
    for Style { layer, qml, description, .. } in STYLES {
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, \
             styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) \
             VALUES ('', '', ?1, 'geom', 'mawqi', ?2, '', 1, ?3, '', NULL, ?4)",
            (layer, qml, description, NO_CHANGE),
        )?;
    }
    Ok(())
}
