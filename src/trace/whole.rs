//! A file that is written whole or not at all.
//!
//! What is written goes into a temporary file in the same directory, which gets the right name when it is complete. So
//! whoever looks sees the old file or the new one, never a part of it.
//!
//! A file that is there already is only replaced when that is wanted. To find out first and to write then would leave
//! a moment for somebody else to put a file there, so the name is given by a hard link, which fails when there is a
//! file of that name. Where there are no hard links, an empty file is made first: that fails likewise, and the file
//! that is then replaced is our own.
//!
//! What is no ordinary file (`/dev/null`, a pipe) has nothing that could be replaced and is simply written to.

use crate::said::Said;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays as it is, and nothing is written.
    Keep,
    Replace,
}

/// Why a file was not written.
#[derive(Debug)]
pub enum Unwritten {
    /// There is a file already.
    Exists,
    IsDirectory,
    /// The directory it should be in is not there.
    NoDirectory,
    Denied,
    Other(io::Error),
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Unwritten {
        match error.kind() {
            ErrorKind::AlreadyExists => Unwritten::Exists,
            ErrorKind::IsADirectory => Unwritten::IsDirectory,
            ErrorKind::NotFound | ErrorKind::NotADirectory => Unwritten::NoDirectory,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Unwritten::Denied,
            _ => Unwritten::Other(error),
        }
    }
}

/// Writes what `fill` writes to the file.
pub fn write(
    path: &Path,
    existing: Existing,
    fill: &dyn Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Unwritten> {
    // Whoever replaces what a symbolic link points to means the file, not the link.
    let resolved = if existing == Existing::Replace { path.canonicalize().ok() } else { None };
    let path = resolved.as_deref().unwrap_or(path);
    let old = match fs::metadata(path) {
        Ok(old) if old.is_dir() => return Err(Unwritten::IsDirectory),
        Ok(old) if !old.is_file() => return Ok(pour(&mut OpenOptions::new().write(true).open(path)?, fill)?),
        Ok(_) if existing == Existing::Keep => return Err(Unwritten::Exists),
        old => old.ok(),
    };
    let mut temporary = Temporary::beside(path)?;
    pour(&mut temporary.file, fill)?;
    if let Some(old) = old {
        // Some file systems have no permissions to give.
        let _ = temporary.file.set_permissions(old.permissions());
    }
    temporary.file.sync_all()?;
    Ok(match existing {
        Existing::Replace => temporary.rename(path),
        Existing::Keep => temporary.name(path),
    }?)
}

fn pour(into: &mut File, fill: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, into);
    fill(&mut out)?;
    out.flush()
}

/// A file that is gone when this is dropped.
struct Temporary {
    file: File,
    path: PathBuf,
}

/// Left over files of killed processes that are passed over before giving up.
const TRIES: u32 = 1000;

impl Temporary {
    /// An empty file in the same directory, with a name that nothing else has.
    fn beside(path: &Path) -> io::Result<Temporary> {
        let directory = match path.parent() {
            Some(directory) if directory != Path::new("") => directory,
            _ => Path::new("."),
        };
        for number in 0..TRIES {
            let path = directory.join(format!(".lockstep-{}-{number}.tmp", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Temporary { file, path }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other(Said::new("file-temporaries")))
    }

    /// Takes this name, whoever had it.
    fn rename(&self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)
    }

    /// Takes this name unless something else has it.
    fn name(&self, path: &Path) -> io::Result<()> {
        match fs::hard_link(&self.path, path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => self.name_without_links(path),
            named => named,
        }
    }

    fn name_without_links(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(path)?;
        self.rename(path).inspect_err(|_| drop(fs::remove_file(path)))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After a rename it is gone already.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use tempfile::TempDir;

    fn text(text: &str) -> impl Fn(&mut dyn Write) -> io::Result<()> {
        move |out| out.write_all(text.as_bytes())
    }

    /// The names in the directory, with what the files hold.
    fn files(directory: &TempDir) -> Vec<(String, String)> {
        let file = |entry: fs::DirEntry| {
            (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap_or_default())
        };
        let mut files: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| file(entry.unwrap())).collect();
        files.sort();
        files
    }

    fn one(name: &str, text: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), text.to_owned())]
    }

    #[test]
    fn a_file_is_not_replaced_unless_that_is_wanted() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.csv");
        write(&path, Existing::Keep, &text("one")).unwrap();
        assert_eq!(files(&directory), one("out.csv", "one"));
        assert!(matches!(write(&path, Existing::Keep, &text("two")), Err(Unwritten::Exists)));
        assert_eq!(files(&directory), one("out.csv", "one"));
        write(&path, Existing::Replace, &text("two")).unwrap();
        assert_eq!(files(&directory), one("out.csv", "two"));
    }

    #[test]
    fn a_file_that_appears_meanwhile_is_not_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.csv");
        let fill = |out: &mut dyn Write| {
            fs::write(&path, "somebody else's")?;
            out.write_all(b"ours")
        };
        assert!(matches!(write(&path, Existing::Keep, &fill), Err(Unwritten::Exists)));
        assert_eq!(files(&directory), one("out.csv", "somebody else's"));
    }

    #[test]
    fn without_hard_links_it_is_the_same() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.csv");
        let temporary = || {
            let mut temporary = Temporary::beside(&path).unwrap();
            temporary.file.write_all(b"ours").unwrap();
            temporary
        };
        temporary().name_without_links(&path).unwrap();
        assert_eq!(files(&directory), one("out.csv", "ours"));
        fs::write(&path, "somebody else's").unwrap();
        assert_eq!(temporary().name_without_links(&path).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(files(&directory), one("out.csv", "somebody else's"));
    }

    #[test]
    fn what_fails_half_way_leaves_nothing_behind() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.csv");
        let fill = |out: &mut dyn Write| {
            out.write_all(&vec![b'x'; 200_000])?;
            Err(io::Error::other("no more"))
        };
        for existing in [Existing::Keep, Existing::Replace] {
            assert!(matches!(write(&path, existing, &fill), Err(Unwritten::Other(_))));
            assert_eq!(files(&directory), []);
        }
        fs::write(&path, "before").unwrap();
        assert!(matches!(write(&path, Existing::Replace, &fill), Err(Unwritten::Other(_))));
        assert_eq!(files(&directory), one("out.csv", "before"));
    }

    #[test]
    fn what_cannot_be_a_file_is_named_before_anything_is_made() {
        let directory = tempfile::tempdir().unwrap();
        let asked = Cell::new(false);
        let fill = |_: &mut dyn Write| {
            asked.set(true);
            Ok(())
        };
        for existing in [Existing::Keep, Existing::Replace] {
            assert!(matches!(write(directory.path(), existing, &fill), Err(Unwritten::IsDirectory)));
            assert!(matches!(
                write(&directory.path().join("no/out.csv"), existing, &fill),
                Err(Unwritten::NoDirectory)
            ));
        }
        assert!(!asked.get());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let directory = tempfile::tempdir().unwrap();
        let (file, link) = (directory.path().join("file"), directory.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        write(&link, Existing::Replace, &text("new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays() {
        use std::os::unix::fs::FileTypeExt;
        write(Path::new("/dev/null"), Existing::Keep, &text("gone")).unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }
}
