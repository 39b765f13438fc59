//! For QGIS: `incidents.qml`, the style that it takes for `incidents.geojson` and `incidents.fgb` beside it, and
//! `incidents.qgz`, a project of the store's layers. Neither is written over once it is there: what an analyst saved in
//! it stays.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{ATTRIBUTION, Format, Harvest, geojson};
use crate::store;

/// The ending of a style; QGIS looks for the layer's own name with it.
pub const STYLE_ENDING: &str = "qml";

/// The style of incidents that stand in a file of their own.
#[derive(Debug, Clone, Copy)]
pub struct Style;

impl Format for Style {
    fn file_name(&self) -> &'static str {
        "incidents.qml"
    }

    fn write(&self, _: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        style(out)
    }

    fn once(&self) -> bool {
        true
    }
}

/// Writes the style of exported incidents: that of the store, without the review, which is only there.
pub fn style(out: &mut dyn Write) -> io::Result<()> {
    let [incidents, ..] = store::STYLES;
    out.write_all(incidents.qml.replace("&quot;review&quot; = 'rejected'", "false").as_bytes())
}

/// A project that shows the layers of the store.
#[derive(Debug, Clone, Copy)]
pub struct Project;

impl Format for Project {
    fn file_name(&self) -> &'static str {
        "incidents.qgz"
    }

    /// The archive is stored, not deflated, and has no date: equal incidents give an equal file.
    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default());
        archive.start_file("incidents.qgs", options)?;
        archive.write_all(project(geojson::extent(harvest.incidents.iter())).as_bytes())?;
        out.write_all(archive.finish()?.get_ref())
    }

    fn once(&self) -> bool {
        true
    }
}

const CRS: &str = "<spatialrefsys><authid>EPSG:4326</authid></spatialrefsys>";

/// The project: its layers from the top down, seen as a whole.
fn project(extent: Option<[f64; 4]>) -> String {
    /// Degrees that are shown around the incidents.
    const MARGIN: f64 = 0.5;
    let [west, south, east, north] = extent.unwrap_or([-180.0, -90.0, 180.0, 90.0]);
    let seen = [west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN];
    let [west, south, east, north] = seen.map(|degrees| format!("{degrees:.5}"));
    // The order of the map from the top down is not that of the store.
    let [incidents, uncertainty, places] = store::STYLES;
    let layers = [incidents, places, uncertainty];
    let tree: String = layers.iter().map(branch).collect();
    let sources: String = layers.iter().map(layer).collect();
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" projectname=\"Incidents\">\n\
         <title>Incidents</title>\n\
         <projectCrs>{CRS}</projectCrs>\n\
         <projectMetadata><title>Incidents</title><rights>{ATTRIBUTION}</rights></projectMetadata>\n\
         <layer-tree-group>\n{tree}</layer-tree-group>\n\
         <mapcanvas name=\"theMapCanvas\"><units>degrees</units><extent><xmin>{west}</xmin><ymin>{south}</ymin>\
         <xmax>{east}</xmax><ymax>{north}</ymax></extent><destinationsrs>{CRS}</destinationsrs></mapcanvas>\n\
         <projectlayers>\n{sources}</projectlayers>\n\
         <properties><Paths><Absolute type=\"bool\">false</Absolute></Paths></properties>\n\
         <ProjectViewSettings><DefaultViewExtent xmin=\"{west}\" ymin=\"{south}\" xmax=\"{east}\" ymax=\"{north}\">{CRS}\
         </DefaultViewExtent></ProjectViewSettings>\n</qgis>\n"
    )
}

/// A layer's id in the project; QGIS takes none of ten characters or fewer.
fn id(layer: &str) -> String {
    format!("mawqi_layer_{layer}")
}

/// Where a layer is, seen from the project.
fn source(layer: &str) -> String {
    format!("./{}|layername={layer}", store::FILE_NAME)
}

fn branch(style: &store::Style) -> String {
    let store::Style { layer, title, .. } = style;
    let (id, source) = (id(layer), source(layer));
    format!(
        "<layer-tree-layer id=\"{id}\" name=\"{title}\" source=\"{source}\" providerKey=\"ogr\" checked=\"Qt::Checked\" \
         expanded=\"0\"/>\n"
    )
}

/// A layer with its style, whose elements a project holds in the layer's own.
fn layer(style: &store::Style) -> String {
    let store::Style { layer, title, geometry, labels, .. } = style;
    let (id, source) = (id(layer), source(layer));
    let (_, inside) = style.qml.split_once("<qgis ").and_then(|(_, rest)| rest.split_once('>')).unwrap_or_default();
    let inside = inside.trim_end().trim_end_matches("</qgis>");
    format!(
        "<maplayer type=\"vector\" geometry=\"{geometry}\" styleCategories=\"AllStyleCategories\" labelsEnabled=\"{}\">\n\
         <id>{id}</id><datasource>{source}</datasource><layername>{title}</layername><srs>{CRS}</srs>\n\
         <provider encoding=\"UTF-8\">ogr</provider>{inside}</maplayer>\n",
        u8::from(*labels)
    )
}
