//! An explanation as a page that needs nothing beside it: the text at one side, the decisions at the other.
//!
//! A mention shows its decision when the mouse is over it, and leads to it when it is clicked. There is no script, and
//! everything that comes from a report is escaped.

use std::io::{self, Write};

use super::explanation::{Clause, Explanation, Mention, MentionKind, Quote, ToldIncident};
use super::layout::{Piece, bearers, labels, one_line, pieces, tally};

const CSS: &str = include_str!("page.css");

/// A whole page that holds a text as it stands.
pub fn plain(out: &mut impl Write, text: &str) -> io::Result<()> {
    head(out)?;
    writeln!(out, "<pre dir=\"auto\">{}</pre>", escaped(text))?;
    close(out)
}

/// Begins a page.
pub fn open(out: &mut impl Write) -> io::Result<()> {
    head(out)?;
    write!(out, "<p class=\"legend\">")?;
    for kind in MentionKind::ALL {
        write!(out, "<span class=\"m {0}\">{1} {0}</span>", kind.as_str(), kind.letter())?;
    }
    writeln!(
        out,
        "</p>\n<p class=\"faint\">Point at a mention to see what it was taken for; click it for the whole decision.</p>"
    )
}

/// What stands before the content of a page.
fn head(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>mawqi explain</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n<h1>mawqi explain</h1>")
}

/// Ends a page.
pub fn close(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "</body>\n</html>")
}

/// Writes one report's explanation into a page; `number` tells it from the others there.
pub fn write(out: &mut impl Write, explanation: &Explanation, number: usize) -> io::Result<()> {
    let labels = labels(&explanation.mentions);
    let mut section = Section { out, explanation, labels, number };
    section.head()?;
    if explanation.language == "ar" {
        writeln!(section.out, "<div class=\"sides\">")?;
        section.text()?;
        writeln!(section.out, "<div class=\"decisions\">")?;
        section.incidents()?;
        section.clauses()?;
        section.mentions()?;
        section.rest()?;
        writeln!(section.out, "</div>\n</div>")?;
    } else {
        writeln!(section.out, "<p>Not in Arabic: not read.</p>")?;
    }
    writeln!(section.out, "</section>")
}

struct Section<'e, 'w, W> {
    out: &'w mut W,
    explanation: &'e Explanation,
    labels: Vec<String>,
    number: usize,
}

impl<'e, W: Write> Section<'e, '_, W> {
    fn head(&mut self) -> io::Result<()> {
        let of = self.explanation;
        let published = of.published.map_or_else(|| "not known".to_owned(), |date| date.to_string());
        let from = of.published_from.map(|from| format!(" ({from})")).unwrap_or_default();
        writeln!(self.out, "<section class=\"report\">\n<h2><bdi>{}</bdi></h2>", escaped(&of.report))?;
        writeln!(self.out, "<p>Published {published}{from}; language {}.</p>", escaped(&of.language))
    }

    /// The place of a mention's decision in the page.
    fn anchor(&self, mention: usize) -> String {
        format!("r{}-{}", self.number, self.labels[mention])
    }

    /// The report with its mentions.
    fn text(&mut self) -> io::Result<()> {
        write!(self.out, "<div class=\"text\" dir=\"rtl\" lang=\"ar\">")?;
        let mut open: Vec<usize> = Vec::new();
        for piece in pieces(self.explanation) {
            match piece {
                Piece::Text(text) => self.words(text, open.last().copied())?,
                Piece::Open(index) => {
                    open.push(index);
                    write!(self.out, "<span class=\"m {}\">", self.explanation.mentions[index].kind.as_str())?;
                }
                Piece::Close(index) => {
                    open.pop();
                    write!(self.out, "<sup>{}</sup></span>", self.labels[index])?;
                }
            }
        }
        writeln!(self.out, "</div>")
    }

    /// Words of the report, which lead to the decision of the mention they are in.
    fn words(&mut self, text: &str, mention: Option<usize>) -> io::Result<()> {
        let Some(index) = mention else { return write!(self.out, "{}", escaped(text)) };
        let of: &Mention = &self.explanation.mentions[index];
        let title = format!("{}: {}. {}", of.kind.as_str(), of.means, of.reason);
        let anchor = self.anchor(index);
        write!(self.out, "<a href=\"#{anchor}\" title=\"{}\">{}</a>", escaped(&title), escaped(text))
    }

    fn title(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "<h3>{text}</h3>")
    }

    fn if_none(&mut self, count: usize) -> io::Result<()> {
        if count == 0 { writeln!(self.out, "<p>None.</p>") } else { Ok(()) }
    }

    fn incidents(&mut self) -> io::Result<()> {
        self.title("Incidents")?;
        self.if_none(self.explanation.incidents.len())?;
        let incidents: &'e [ToldIncident] = &self.explanation.incidents;
        incidents.iter().try_for_each(|incident| self.incident(incident))
    }

    fn incident(&mut self, incident: &ToldIncident) -> io::Result<()> {
        let clauses: Vec<String> = incident.clauses.iter().map(|&c| self.clause_link(c)).collect();
        let map = if incident.located { "on the map" } else { "not on the map" };
        let (id, anchor) = (escaped(&incident.id), self.incident_anchor(&incident.id));
        writeln!(
            self.out,
            "<article id=\"{anchor}\"><strong>{id}</strong> <span class=\"faint\">{map}; clauses {}</span>",
            clauses.join(", ")
        )?;
        writeln!(self.out, "<p><bdi>{}</bdi></p>\n<table>", escaped(&incident.summary_en))?;
        for field in &incident.fields {
            let value = field.value.as_deref().unwrap_or("–");
            let (value, words) = (escaped(value), quotes(&field.words));
            write!(self.out, "<tr><th>{}</th><td><bdi>{value}</bdi></td>", field.field)?;
            writeln!(self.out, "<td class=\"faint\">{} {words}</td></tr>", escaped(&field.reason))?;
        }
        writeln!(self.out, "</table></article>")
    }

    fn clause_link(&self, clause: usize) -> String {
        format!("<a href=\"#r{}-clause{1}\">{1}</a>", self.number, clause + 1)
    }

    /// An anchor by the incident's position: an id may hold anything.
    fn incident_anchor(&self, id: &str) -> String {
        let at = self.explanation.incidents.iter().position(|i| i.id == id).unwrap_or(0);
        format!("r{}-incident{}", self.number, at + 1)
    }

    fn incident_link(&self, id: &str) -> String {
        format!("<a href=\"#{}\">{}</a>", self.incident_anchor(id), escaped(id))
    }

    fn clauses(&mut self) -> io::Result<()> {
        self.title("Clauses")?;
        let clauses: &'e [Clause] = &self.explanation.clauses;
        clauses.iter().enumerate().try_for_each(|(n, clause)| self.clause(n, clause))
    }

    fn clause(&mut self, n: usize, clause: &Clause) -> io::Result<()> {
        let (at, number) = (n + 1, self.number);
        writeln!(self.out, "<article id=\"r{number}-clause{at}\">{at}. {}", quote(&clause.words))?;
        let cue = clause.cue.as_ref().map(|cue| format!(" by {}", quote(cue))).unwrap_or_default();
        writeln!(self.out, "<p><strong>{}</strong>{cue}: {}</p>", clause.status, escaped(&clause.reason))?;
        for joint in &clause.joined {
            let became = joint.incident.as_ref().map_or_else(|| "no incident".to_owned(), |id| self.incident_link(id));
            writeln!(self.out, "<p class=\"faint\">Event {} ({became}): {}</p>", joint.event, joint.reason)?;
        }
        writeln!(self.out, "</article>")
    }

    fn mentions(&mut self) -> io::Result<()> {
        self.title("Mentions")?;
        let mentions: &'e [Mention] = &self.explanation.mentions;
        mentions.iter().enumerate().try_for_each(|(index, mention)| self.mention(index, mention))
    }

    fn mention(&mut self, index: usize, mention: &Mention) -> io::Result<()> {
        let (anchor, label, kind) = (self.anchor(index), &self.labels[index], mention.kind.as_str());
        let (words, means) = (quote(&mention.words), escaped(&mention.means));
        writeln!(
            self.out,
            "<article id=\"{anchor}\">{label} <span class=\"m {kind}\">{kind}</span> {words} → <bdi>{means}</bdi>"
        )?;
        writeln!(self.out, "<p>{}.</p>", escaped(&mention.reason))?;
        if let Some(place) = mention.place.as_ref().filter(|place| place.candidates.len() > 1) {
            writeln!(self.out, "<table>")?;
            for rival in &place.candidates {
                let (id, name, reason) = (escaped(&rival.place_id), escaped(&rival.name_en), escaped(&rival.reason));
                write!(self.out, "<tr><td>{:.2}</td><td><bdi>{id}</bdi></td>", rival.score)?;
                writeln!(self.out, "<td><bdi>{name}</bdi>, {}</td><td>{reason}</td></tr>", rival.kind)?;
            }
            writeln!(self.out, "</table>")?;
        }
        writeln!(self.out, "</article>")
    }

    /// What was rejected, counted, left open.
    fn rest(&mut self) -> io::Result<()> {
        self.title("Rejected")?;
        self.if_none(self.explanation.rejected.len())?;
        for rejected in &self.explanation.rejected {
            let (kind, words) = (rejected.kind.as_str(), quote(&rejected.words));
            let (reason, bearers) = (escaped(&rejected.reason), escaped(&bearers(rejected)));
            writeln!(self.out, "<article>{kind} {words}<p>{reason}{bearers}</p></article>")?;
        }
        self.title("Tallies")?;
        self.if_none(self.explanation.tallies.len())?;
        for count in &self.explanation.tallies {
            let text = count.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = format!("<bdi lang=\"ar\">{}</bdi>", escaped(&text));
            writeln!(self.out, "<article>{words}<p>{}</p></article>", escaped(&tally(count)))?;
        }
        self.title("Unresolved")?;
        self.if_none(self.explanation.unresolved.len())?;
        for name in &self.explanation.unresolved {
            let (text, reason) = (escaped(&name.name), escaped(&name.reason));
            let candidates = escaped(&name.candidates.join(", "));
            writeln!(self.out, "<article><bdi lang=\"ar\">{text}</bdi><p>{reason} {candidates}</p></article>")?;
        }
        Ok(())
    }
}

/// Words of the report in a list.
fn quote(quote: &Quote) -> String {
    format!("<bdi lang=\"ar\">«{}»</bdi>", escaped(&one_line(quote)))
}

fn quotes(quotes: &[Quote]) -> String {
    quotes.iter().map(quote).collect::<Vec<_>>().join(" ")
}

/// Text as HTML shows it, in an element or in an attribute between quotation marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
