//! The output folder: files are written beside and renamed, so that none is ever half-written.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Format, Harvest};
use crate::staging::staged;
use crate::{Error, Result};

/// A folder that exists and can be written.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder if it is missing, and tries that it can be written.
    pub fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(|e| Error::io(path, e))?;
        let folder = Folder { path: path.to_path_buf() };
        staged(path).map_err(|e| Error::io(path, e))?;
        Ok(folder)
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the formats, but for files that are there and stay, and puts them in place once every one is complete.
    pub fn write(&self, formats: &[&dyn Format], harvest: &Harvest) -> Result<Vec<PathBuf>> {
        let is_due = |format: &&&dyn Format| !format.once() || !self.path.join(format.file_name()).exists();
        let due = formats.iter().filter(is_due);
        let staged: Result<Vec<_>> = due.map(|format| self.stage(*format, harvest)).collect();
        staged?.into_iter().map(|(file, path)| place(file, path)).collect()
    }

    fn stage(&self, format: &dyn Format, harvest: &Harvest) -> Result<(NamedTempFile, PathBuf)> {
        let path = self.path.join(format.file_name());
        let mut out = BufWriter::new(staged(&self.path).map_err(|e| Error::io(&self.path, e))?);
        format.write(harvest, &mut out).and_then(|()| out.flush()).map_err(|e| Error::io(&path, e))?;
        let file = out.into_inner().map_err(|e| Error::io(&path, e.into_error()))?;
        file.as_file().sync_all().map_err(|e| Error::io(&path, e))?;
        Ok((file, path))
    }
}

fn place(file: NamedTempFile, path: PathBuf) -> Result<PathBuf> {
    file.persist(&path).map_err(|e| Error::io(&path, e.error))?;
    Ok(path)
}
