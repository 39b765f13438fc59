//! JSON lines: one report a line, with `id`, `text` or `body`, `title`, `publisher`, `url`, `published`.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::record::{Draft, Fields, Meta, filled};
use super::stream::{self, Bytes, LARGEST_BYTES};
use crate::error::{Error, Result, excerpt};

/// Reads an input line by line.
pub(super) fn read(path: &Path, input: Bytes) -> Result<Lines> {
    let input = stream::utf8(path, input)?;
    Ok(Lines { path: path.to_path_buf(), input, line: 0, bytes: Vec::new(), ended: false })
}

/// The records of a file.
pub(super) struct Lines {
    path: PathBuf,
    input: BufReader<Bytes>,
    line: u64,
    bytes: Vec<u8>,
    ended: bool,
}

impl Lines {
    /// Reads the next line into `bytes`; false at the end.
    fn advance(&mut self) -> Result<bool> {
        self.bytes.clear();
        self.line += 1;
        let mut limited = self.input.by_ref().take(LARGEST_BYTES);
        let count = limited.read_until(b'\n', &mut self.bytes).map_err(|e| Error::io(&self.path, e))?;
        if count as u64 == LARGEST_BYTES {
            return Err(self.fault("", "a line of less than 64 MiB"));
        }
        Ok(count > 0)
    }

    fn fault(&self, value: &str, expected: &str) -> Error {
        Error::table(&self.path, self.line, "line", &excerpt(value), expected)
    }

    fn draft(&self) -> Result<Draft> {
        let line = std::str::from_utf8(&self.bytes).map_err(|fault| {
            let expected = format!("UTF-8 (byte {} of the line is not)", fault.valid_up_to());
            self.fault(&String::from_utf8_lossy(&self.bytes), &expected)
        })?;
        let line = line.trim();
        if !line.starts_with('{') {
            return Err(self.fault(line, "a report as a JSON object"));
        }
        let record: Record = serde_json::from_str(line)
            .map_err(|fault| self.fault(line, &format!("a report as a JSON object: {}", json_reason(&fault))))?;
        record.fields().draft(&self.path, self.line)
    }
}

/// The reason without the line, which is always 1 here.
fn json_reason(fault: &serde_json::Error) -> String {
    fault.to_string().replace("at line 1 column", "at column")
}

impl Iterator for Lines {
    type Item = Result<Draft>;

    fn next(&mut self) -> Option<Result<Draft>> {
        while !self.ended {
            match self.advance() {
                Ok(true) if self.bytes.trim_ascii().is_empty() => {}
                Ok(true) => return Some(self.draft()),
                Ok(false) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

#[derive(Deserialize)]
struct Record {
    id: Option<Id>,
    text: Option<String>,
    body: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    published: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(serde_json::Number),
    Word(String),
}

impl Record {
    fn fields(self) -> Fields {
        let id = self.id.and_then(|id| match id {
            Id::Number(number) => Some(number.to_string()),
            Id::Word(word) => filled(&word),
        });
        let field = |value: Option<String>| value.as_deref().and_then(filled);
        let meta =
            Meta { title: field(self.title), publisher: field(self.publisher), url: field(self.url), published: None };
        let text = self.text.filter(|text| !text.is_empty()).or(self.body).unwrap_or_default();
        Fields { id, text, published: self.published, meta }
    }
}
