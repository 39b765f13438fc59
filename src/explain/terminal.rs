//! An explanation as text for a terminal: the report with its mentions in brackets, then every decision.
//!
//! `[P1 عين الأسد]` is the first place; the label leads to its line in the list. Colour only adds to the brackets.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::explanation::{Clause, Explanation, Mention, MentionKind, Quote, ToldIncident};
use super::layout::{Piece, bearers, labels, one_line, pieces};

/// Writes one report's explanation, with colours or without.
pub fn write(out: &mut impl Write, explanation: &Explanation, coloured: bool) -> io::Result<()> {
    let mut page = Page { out, coloured, labels: labels(&explanation.mentions) };
    page.head(explanation)?;
    if explanation.language != "ar" {
        return page.line("not in Arabic: not read");
    }
    page.text(explanation)?;
    page.mentions(explanation)?;
    page.clauses(explanation)?;
    page.incidents(explanation)?;
    page.rest(explanation)
}

struct Page<'w, W> {
    out: &'w mut W,
    coloured: bool,
    labels: Vec<String>,
}

impl<W: Write> Page<'_, W> {
    /// A line in which nothing moves the cursor.
    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", shown(text))
    }

    fn styled(&mut self, style: Style, text: &str) -> io::Result<()> {
        let text = shown(text);
        if self.coloured { write!(self.out, "{style}{text}{style:#}") } else { write!(self.out, "{text}") }
    }

    fn title(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out)?;
        self.styled(Style::new().bold(), text)?;
        writeln!(self.out)
    }

    fn if_none(&mut self, count: usize) -> io::Result<()> {
        if count == 0 { self.line("     none") } else { Ok(()) }
    }

    fn head(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.styled(Style::new().bold(), &format!("== {}", explanation.report))?;
        let published = explanation.published.map_or_else(|| "not known".to_owned(), |date| date.to_string());
        let from = explanation.published_from.map(|from| format!(" ({from})")).unwrap_or_default();
        self.line(&format!("  published {published}{from}, language {}", explanation.language))
    }

    /// The report with its mentions, and the legend.
    fn text(&mut self, explanation: &Explanation) -> io::Result<()> {
        writeln!(self.out)?;
        let mut open: Vec<usize> = Vec::new();
        for piece in pieces(explanation) {
            match piece {
                Piece::Text(text) => {
                    let style = open.last().map_or(Style::new(), |&m| colour(explanation.mentions[m].kind).underline());
                    self.paragraphs(text, style)?;
                }
                Piece::Open(index) => {
                    open.push(index);
                    let label = format!("[{} ", self.labels[index]);
                    self.styled(colour(explanation.mentions[index].kind), &label)?;
                }
                Piece::Close(index) => {
                    open.pop();
                    self.styled(colour(explanation.mentions[index].kind), "]")?;
                }
            }
        }
        writeln!(self.out)?;
        self.legend()
    }

    /// Text that may run over lines.
    fn paragraphs(&mut self, text: &str, style: Style) -> io::Result<()> {
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                writeln!(self.out)?;
            }
            self.styled(if line.trim().is_empty() { Style::new() } else { style }, line.trim_end_matches('\r'))?;
        }
        Ok(())
    }

    fn legend(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        for kind in MentionKind::ALL {
            self.styled(colour(kind).underline(), &format!("{} {}", kind.letter(), kind.as_str()))?;
            write!(self.out, "  ")?;
        }
        writeln!(self.out)
    }

    fn mentions(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.title("Mentions")?;
        for (index, mention) in explanation.mentions.iter().enumerate() {
            self.mention(index, mention)?;
        }
        Ok(())
    }

    fn mention(&mut self, index: usize, mention: &Mention) -> io::Result<()> {
        let label = format!("{:>4}", self.labels[index]);
        self.styled(colour(mention.kind), &label)?;
        let (text, means) = (one_line(&mention.words), &mention.means);
        self.line(&format!(" {} «{text}» → {means}: {}", mention.kind.as_str(), mention.reason))?;
        let Some(place) = &mention.place else { return Ok(()) };
        for rival in place.candidates.iter().filter(|_| place.candidates.len() > 1) {
            let (id, name, kind, score) = (&rival.place_id, &rival.name_en, rival.kind, rival.score);
            self.line(&format!("       {score:>6.2} {id} ({name}, {kind}): {}", rival.reason))?;
        }
        Ok(())
    }

    fn clauses(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.title("Clauses")?;
        for (n, clause) in explanation.clauses.iter().enumerate() {
            self.clause(n, clause)?;
        }
        Ok(())
    }

    fn clause(&mut self, n: usize, clause: &Clause) -> io::Result<()> {
        self.line(&format!("{:>4} {}", n + 1, one_line(&clause.words)))?;
        let cue = clause.cue.as_ref().map(|cue| format!(" by «{}»", one_line(cue))).unwrap_or_default();
        self.line(&format!("     {}{cue}: {}", clause.status, clause.reason))?;
        if !clause.triggers.is_empty() {
            self.line(&format!("     words for an attack: {}", quotes(&clause.triggers)))?;
        }
        for joint in &clause.joined {
            let became = joint.incident.as_ref().map_or_else(|| "no incident".to_owned(), Clone::clone);
            self.line(&format!("     event {} ({became}): {}", joint.event, joint.reason))?;
        }
        Ok(())
    }

    fn incidents(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.title("Incidents")?;
        self.if_none(explanation.incidents.len())?;
        for incident in &explanation.incidents {
            self.incident(incident)?;
        }
        Ok(())
    }

    fn incident(&mut self, incident: &ToldIncident) -> io::Result<()> {
        let clauses: Vec<String> = incident.clauses.iter().map(|c| (c + 1).to_string()).collect();
        self.styled(Style::new().bold(), &incident.id)?;
        let map = if incident.located { "on the map" } else { "not on the map" };
        self.line(&format!(" (event {}, {map}, clauses {})", incident.event, clauses.join(", ")))?;
        for field in &incident.fields {
            let value = field.value.as_deref().unwrap_or("-");
            let words = if field.words.is_empty() { String::new() } else { format!(" {}", quotes(&field.words)) };
            self.line(&format!("     {:<11} {value}: {}{words}", field.field, field.reason))?;
        }
        Ok(())
    }

    /// What was rejected, counted, left open.
    fn rest(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.title("Rejected")?;
        self.if_none(explanation.rejected.len())?;
        for rejected in &explanation.rejected {
            let (kind, words) = (rejected.kind.as_str(), one_line(&rejected.words));
            self.line(&format!("     {kind} «{words}»: {}{}", rejected.reason, bearers(rejected)))?;
        }
        self.title("Tallies")?;
        self.if_none(explanation.tallies.len())?;
        for tally in &explanation.tallies {
            self.line(&format!("     {}", super::layout::tally(tally)))?;
        }
        self.title("Unresolved")?;
        self.if_none(explanation.unresolved.len())?;
        for name in &explanation.unresolved {
            let candidates =
                if name.candidates.is_empty() { String::new() } else { format!(" [{}]", name.candidates.join(", ")) };
            self.line(&format!("     «{}»: {}{candidates}", name.name, name.reason))?;
        }
        writeln!(self.out)
    }
}

fn quotes(quotes: &[Quote]) -> String {
    quotes.iter().map(|quote| format!("«{}»", one_line(quote))).collect::<Vec<_>>().join(" ")
}

/// Text in which what would move a terminal's cursor is a space.
pub(crate) fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn colour(kind: MentionKind) -> Style {
    let colour = match kind {
        MentionKind::Place => AnsiColor::Green,
        MentionKind::Time => AnsiColor::Cyan,
        MentionKind::Casualties => AnsiColor::Red,
        MentionKind::Damage => AnsiColor::BrightRed,
        MentionKind::Actor => AnsiColor::Blue,
        MentionKind::Target => AnsiColor::BrightBlue,
        MentionKind::Weapon => AnsiColor::Magenta,
        MentionKind::Trigger => AnsiColor::Yellow,
        MentionKind::Cue => AnsiColor::BrightMagenta,
        MentionKind::Number => AnsiColor::BrightBlack,
    };
    Style::new().fg_color(Some(colour.into()))
}
