//! Where the socket stands: a directory that nobody but its owner can enter.

use crate::cli::settings;
use crate::said::Said;
use std::fs::{DirBuilder, Metadata, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The address of a socket has room for 104 bytes on some systems, and for its end.
const PATH_BYTES_MAX: usize = 100;

/// More sockets than these are not looked at.
const SOCKETS_MAX: usize = 64;

/// The longest name that [`name`] gives.
const LONGEST_NAME: &str = "notes-4294967295.sock";

/// The directory: that of the running session if it is safe, else one beside the state of the program. It is made if it is
/// not there.
pub(super) fn folder() -> Result<PathBuf, Said> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let runtime = runtime.filter(|folder| folder.is_absolute() && is_mine_alone(folder).is_ok());
    let state = settings::state_dir();
    let mut reason = Said::new("socket-no-home");
    for folder in
        runtime.map(|folder| folder.join("lockstep")).into_iter().chain(state.map(|folder| folder.join("run")))
    {
        match prepared(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) => reason = Said::of_file(&folder, &error),
        }
    }
    Err(reason)
}

/// Makes the directory, or takes it as it is if it is safe.
pub(super) fn prepared(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().len() + 1 + LONGEST_NAME.len() > PATH_BYTES_MAX {
        return Err(io::Error::other(Said::new("socket-path-long")));
    }
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let metadata = fs::symlink_metadata(folder)?;
    if metadata.is_dir() && is_mine(&metadata) {
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    }
    is_mine_alone(folder)
}

/// A directory, not a link to one; mine, and nobody else may enter it.
fn is_mine_alone(folder: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(folder)?;
    match () {
        () if !metadata.is_dir() => Err(io::Error::other(Said::new("system-no-directory"))),
        () if !is_mine(&metadata) => Err(io::Error::other(Said::new("socket-foreign"))),
        () if metadata.mode() & 0o077 != 0 => Err(io::Error::other(Said::new("socket-open"))),
        () => Ok(()),
    }
}

fn is_mine(metadata: &Metadata) -> bool {
    metadata.uid() == rustix::process::geteuid().as_raw()
}

/// The socket of this process.
pub(super) fn name() -> String {
    format!("notes-{}.sock", std::process::id())
}

/// The sockets that are there, the newest first.
pub(super) fn sockets(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let is_ours = |path: &PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("notes-")) && path.extension().is_some_and(|ending| ending == "sock")
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_ours).take(SOCKETS_MAX);
    let modified = |path: &PathBuf| fs::symlink_metadata(path).and_then(|metadata| metadata.modified()).ok();
    let mut found: Vec<_> = paths.map(|path| (modified(&path), path)).collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Takes away the sockets of presentations that were killed.
pub(super) fn tidy(folder: &Path) {
    for path in sockets(folder) {
        if UnixStream::connect(&path).is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
            let _ = fs::remove_file(path);
        }
    }
}

/// True when the process at the other end is mine. Where that cannot be asked, the directory has to do.
pub(super) fn is_from_me(stream: &UnixStream) -> bool {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    return rustix::net::sockopt::socket_peercred(stream).is_ok_and(|peer| peer.uid == rustix::process::geteuid());
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    return {
        let _ = stream;
        true
    };
}
