//! KML 2.2 for Google Earth: a placemark an incident, with its days for the time slider and its fields as data.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::columns::{COLUMNS, Cell, SOURCES};
use super::{ATTRIBUTION, Format, Harvest, Sink, Stream, geojson};
use crate::model::{GeoPrecision, Incident};

const NAMESPACE: &str = "http://www.opengis.net/kml/2.2";

/// Incidents as KML.
#[derive(Debug, Clone, Copy)]
pub struct Kml;

impl Format for Kml {
    fn file_name(&self) -> &'static str {
        "incidents.kml"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        super::stream(self, &harvest.incidents, out)
    }
}

impl Stream for Kml {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        let mut writer = Writer::new_with_indent(out, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer.get_mut().write_all(format!("\n<kml xmlns=\"{NAMESPACE}\">\n<Document>").as_bytes())?;
        element(&mut writer, "name", "Incidents")?;
        element(&mut writer, "description", ATTRIBUTION)?;
        for (id, scale) in [("point", "1"), ("area", "0.5")] {
            let style = writer.create_element("Style").with_attribute(("id", id));
            style.write_inner_content(|writer| {
                let icon = writer.create_element("IconStyle");
                icon.write_inner_content(|writer| element(writer, "scale", scale)).map(drop)
            })?;
        }
        Ok(Box::new(Placemarks { writer }))
    }
}

struct Placemarks<'o> {
    writer: Writer<&'o mut dyn Write>,
}

impl Sink for Placemarks<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        let Some((lon, lat)) = geojson::point(incident) else { return Ok(()) };
        let placemark = self.writer.create_element("Placemark").with_attribute(("id", incident.id.as_str()));
        placemark.write_inner_content(|writer| {
            element(writer, "name", incident.place.as_deref().unwrap_or(&incident.id))?;
            element(writer, "description", &incident.summary_ar)?;
            time(writer, incident)?;
            let area = incident.geo_precision.is_some_and(GeoPrecision::is_area);
            element(writer, "styleUrl", if area { "#area" } else { "#point" })?;
            data(writer, incident)?;
            let point = writer.create_element("Point");
            point.write_inner_content(|writer| element(writer, "coordinates", &format!("{lon},{lat}")))?;
            Ok(())
        })?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.get_mut().write_all(b"\n</Document>\n</kml>\n")
    }
}

type Xml<'o> = Writer<&'o mut dyn Write>;

/// An element of text; signs that XML cannot hold are left out.
fn element(writer: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let text: String = text.chars().filter(|c| is_xml(*c)).collect();
    writer.create_element(name).write_text_content(BytesText::new(&text)).map(drop)
}

/// The characters of XML 1.0 (production 2).
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn time(writer: &mut Xml, incident: &Incident) -> io::Result<()> {
    let (Some(first), last) = (incident.date_start, incident.date_end.or(incident.date_start)) else { return Ok(()) };
    let span = writer.create_element("TimeSpan");
    span.write_inner_content(|writer| {
        element(writer, "begin", &first.to_string())?;
        last.map_or(Ok(()), |last| element(writer, "end", &last.to_string()))
    })
    .map(drop)
}

/// Every field that is not empty.
fn data(writer: &mut Xml, incident: &Incident) -> io::Result<()> {
    let fields = COLUMNS.iter().chain(SOURCES).filter(|column| !matches!(column.name, "lon" | "lat"));
    let extended = writer.create_element("ExtendedData");
    extended
        .write_inner_content(|writer| {
            for column in fields {
                let value = match (column.cell)(incident) {
                    Cell::Empty => continue,
                    Cell::Text(text) => text.into_owned(),
                    Cell::Integer(number) => number.to_string(),
                    Cell::Number(number) => number.to_string(),
                    Cell::Date(date) => date.to_string(),
                    Cell::Boolean(truth) => truth.to_string(),
                };
                let data = writer.create_element("Data").with_attribute(("name", column.name));
                data.write_inner_content(|writer| element(writer, "value", &value))?;
            }
            Ok(())
        })
        .map(drop)
}
