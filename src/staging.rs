//! Files that are written beside the place where they will stand and renamed once they are whole, so that none is ever
//! half-written.
//!
//! A run that is killed leaves its own behind. Each is locked as long as its run lives: so the next run can tell what was
//! left behind, which it takes away, from what another run is writing just now.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

/// How the names of all such files begin.
const PREFIX: &str = ".mawqi-";

/// A new file in a folder, which goes away unless it is put in place; for all to read as far as the user's mask allows,
/// as any new file.
pub(crate) fn staged(folder: &Path) -> io::Result<NamedTempFile> {
    sweep(folder);
    loop {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
        // Where files cannot be locked nobody can tell, and nothing is swept.
        let _ = file.as_file().try_lock();
        // Another run may have swept it before it was locked.
        if file.path().exists() {
            return Ok(file);
        }
    }
}

/// A file that another library makes and holds open, under a name kept free for it.
#[derive(Debug)]
pub(crate) struct Reserved {
    file: TempPath,
    /// Says by its lock that the file is somebody's; that file itself is for the library to lock.
    guard: NamedTempFile,
}

impl Reserved {
    /// Keeps a name with this ending free in a folder.
    pub(crate) fn new(folder: &Path, ending: &str) -> io::Result<Self> {
        let guard = staged(folder)?;
        let file = TempPath::try_from_path(guard.path().with_extension(ending))?;
        Ok(Reserved { file, guard })
    }

    /// Where the file is to be made.
    pub(crate) fn path(&self) -> &Path {
        &self.file
    }

    /// Puts the file in its place.
    pub(crate) fn persist(self, path: &Path) -> io::Result<()> {
        self.file.persist(path)?;
        self.guard.close()
    }
}

/// Takes away what runs that were killed have left in a folder.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if let Some(guard) = guard(folder, &entry.file_name())
            && is_file
            && is_left(&guard)
        {
            // Another run may have been quicker.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The file whose lock tells of the one of this name: the name up to the first dot after the one in front.
fn guard(folder: &Path, name: &OsStr) -> Option<PathBuf> {
    let rest = name.to_str()?.strip_prefix(PREFIX)?;
    let own = rest.split('.').next().unwrap_or(rest);
    Some(folder.join(format!("{PREFIX}{own}")))
}

/// Whether the run that made a file has ended.
fn is_left(guard: &Path) -> bool {
    match File::open(guard) {
        Ok(file) => file.try_lock().is_ok(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}
