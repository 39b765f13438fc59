//! Reports from files and folders. A placeholder: reads `.txt` in UTF-8 and stdin only.

use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::model::Report;
use crate::{Error, Result};

/// Reads every report that `inputs` name: files, folders, `-` for stdin. A file that cannot be read is an item of
/// its own, and the others go on.
pub fn read(inputs: &[PathBuf], published: Option<Date>) -> Result<impl Iterator<Item = Result<Report>>> {
    let mut files = Vec::new();
    for input in inputs {
        if input.is_dir() { list(input, &mut files)? } else { files.push(input.clone()) }
    }
    Ok(files.into_iter().map(move |file| Ok(open(&file)?.published(published))))
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|e| Error::io(folder, e))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.sort();
    files.extend(paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")));
    Ok(())
}

fn open(file: &Path) -> Result<Report> {
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map_err(|e| Error::io(file, e))?;
        return Ok(Report::new("stdin", text));
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Report::new(stem, std::fs::read_to_string(file).map_err(|e| Error::io(file, e))?))
}
