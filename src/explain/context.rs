//! What all parts of an explanation ask for: words as quotes, and which incident an event became.

use super::explanation::Quote;
use crate::gazetteer::PlaceIx;
use crate::mention::words::Hit;
use crate::model::{Incident, Place, Span};
use crate::pipeline::Seen;
use crate::resolve::place::locate;

/// A reading with its events matched to its incidents.
pub(super) struct Context<'c, 's, 'a> {
    pub(super) seen: &'c Seen<'s, 'a>,
    incidents: Vec<Option<&'s Incident>>,
}

impl<'c, 's, 'a> Context<'c, 's, 'a> {
    /// Incidents stand in the order of their events, those with a place and those without apart.
    pub(super) fn of(seen: &'c Seen<'s, 'a>) -> Self {
        let [mapped, unmapped] = seen.incidents;
        let (mut mapped, mut unmapped) = (mapped.iter(), unmapped.iter());
        let incidents = seen.events.iter().zip(seen.dropped).map(|(event, dropped)| match dropped {
            Some(_) => None,
            None if event.site.as_ref().is_some_and(|site| locate(seen.reading, site).is_some()) => mapped.next(),
            None => unmapped.next(),
        });
        Context { seen, incidents: incidents.collect() }
    }

    /// The incident that an event became.
    pub(super) fn incident(&self, event: usize) -> Option<&'s Incident> {
        self.incidents.get(event).copied().flatten()
    }

    /// The id of the incident that an event became.
    pub(super) fn id(&self, event: usize) -> Option<String> {
        self.incident(event).map(|incident| incident.id.clone())
    }

    /// The ids of the incidents whose events `wanted` accepts.
    pub(super) fn ids(&self, wanted: impl Fn(usize) -> bool) -> Vec<String> {
        (0..self.seen.events.len()).filter(|&event| wanted(event)).filter_map(|event| self.id(event)).collect()
    }

    /// The incidents one of whose fields rests on words within a span.
    pub(super) fn marked(&self, fields: &[&str], span: Span) -> Vec<String> {
        self.ids(|event| {
            let marks = &self.seen.events[event].marks;
            marks.iter().any(|(field, at)| fields.contains(field) && at.start < span.end && span.start < at.end)
        })
    }

    /// A span as a quote.
    pub(super) fn at(&self, span: Span) -> Quote {
        let text = span.of(self.seen.reading.words.document().text).to_owned();
        Quote { start: span.start, end: span.end, text }
    }

    /// A range of words as a quote.
    pub(super) fn quote(&self, start: usize, end: usize) -> Quote {
        self.at(self.seen.reading.words.span(start, end))
    }

    /// The words of a hit as a quote.
    pub(super) fn hit(&self, hit: &Hit) -> Quote {
        self.quote(hit.start, hit.end)
    }

    /// A place of the gazetteer.
    pub(super) fn place(&self, ix: PlaceIx) -> &'s Place {
        self.seen.reading.gazetteer.at(ix)
    }
}

/// A name of a closed class in plain words: `AirRaid` → `air raid`.
pub(super) fn plain(name: &impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{name:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}
