//! TimeMap (Forensic Architecture): one JSON object with `events` and the `sources` that they name.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{ATTRIBUTION, Sink, Stream, geojson};
use crate::model::{Incident, Source};

/// Incidents for TimeMap.
#[derive(Debug, Clone, Copy)]
pub struct TimeMap;

impl Stream for TimeMap {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        out.write_all(b"{\"events\":[")?;
        Ok(Box::new(Events { out, first: true, sources: BTreeMap::new() }))
    }
}

/// Sources are kept until the end, one a report: TimeMap wants each once.
struct Events<'o> {
    out: &'o mut dyn Write,
    first: bool,
    sources: BTreeMap<String, Value>,
}

impl Sink for Events<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        let Some((lon, lat)) = geojson::point(incident) else { return Ok(()) };
        self.out.write_all(if std::mem::take(&mut self.first) { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *self.out, &event(incident, lon, lat))?;
        for told in &incident.sources {
            self.sources.entry(told.report.clone()).or_insert_with(|| source(told));
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let Events { out, sources, .. } = *self;
        out.write_all(b"\n],\"sources\":")?;
        serde_json::to_writer(&mut *out, &sources)?;
        out.write_all(b",\"attribution\":")?;
        serde_json::to_writer(&mut *out, ATTRIBUTION)?;
        out.write_all(b"}\n")
    }
}

fn event(incident: &Incident, lon: f64, lat: f64) -> Value {
    let reports: Vec<&str> = incident.sources.iter().map(|source| source.report.as_str()).collect();
    json!({
        "id": incident.id,
        "description": incident.summary_ar,
        "date": incident.date_start.map(|date| date.to_string()).unwrap_or_default(),
        "time": "",
        "location": incident.place.as_deref().unwrap_or_default(),
        "latitude": lat.to_string(),
        "longitude": lon.to_string(),
        "category": incident.event_type.as_str(),
        "associations": [incident.event_type.as_str()],
        "sources": reports,
    })
}

fn source(source: &Source) -> Value {
    let title = source.publisher.as_deref().unwrap_or(&source.report);
    let sentences: Vec<&str> = source.evidence.iter().map(|evidence| evidence.text.as_str()).collect();
    json!({
        "id": source.report,
        "title": title,
        "description": sentences.join("\n"),
        "type": "Text",
        "paths": [],
        "url": source.url,
        "date": source.published.map(|date| date.to_string()),
    })
}
