//! What somebody has done with which program: the file it is kept in, and `lockstep progress`.
//!
//! The file ([`Progress`] says what is in it) belongs to whoever it is about. Each write adds what is new to what is in the
//! file by then, and puts a whole new file in its place: nothing is lost when two instances run, when the machine
//! stops meanwhile, or when a line was written by hand and is not understood.

use super::exit::{Exit, Failure, Outcome};
use super::{Context, settings};
use crate::report;
use crate::said::Said;
use crate::scenario::{Odd, Progress};
use crate::words::Words;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A larger file is not read, and so not written either.
const BYTES_MAX: u64 = 1 << 20;

/// How often, and how long after each time, another instance is waited for. Its work takes a moment; who is held up for
/// longer does not hold up others.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(4);

/// Where it is kept; `None` when there is no home directory.
pub(super) fn file() -> Option<PathBuf> {
    Some(settings::data_dir()?.join("progress.txt"))
}

/// What is in it. None is as good as an empty one.
pub(super) fn read(path: &Path) -> Result<(Progress, Vec<Odd>), Said> {
    let failed = |error: io::Error| Said::of_file(path, &error);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Default::default()),
        Err(error) => return Err(failed(error)),
    };
    let mut text = String::new();
    file.take(BYTES_MAX + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > BYTES_MAX {
        return Err(Said::new("file-no-keys").with("path", path.display().to_string()));
    }
    Ok(Progress::parse(&text))
}

/// Changes what is in it; what is in it then.
pub(super) fn change(path: &Path, change: impl FnOnce(&mut Progress)) -> Result<Progress, Said> {
    replace(path, |path| Ok(read(path)?.0), change)
}

/// What came of forgetting.
pub(super) struct Forgotten {
    /// What is in the file then.
    pub progress: Progress,
    /// So many programs.
    pub programs: usize,
    /// Where the file is that was there and could not be read.
    pub aside: Option<PathBuf>,
}

/// Forgets what was done with this variant or scenario; `None`: everything. A file that cannot be read is put aside, and
/// what can be read of it is kept unless everything is to be forgotten.
pub(super) fn forget(path: &Path, name: Option<&str>) -> Result<Forgotten, Said> {
    let (mut programs, mut aside) = (0, None);
    let readable = |path: &Path| {
        let reason = match read(path) {
            Ok((progress, _)) => return Ok(progress),
            Err(reason) => reason,
        };
        let to = path.with_extension("txt.damaged");
        fs::rename(path, &to).map_err(|_| reason)?;
        let kept = if name.is_some() { salvaged(&to) } else { Progress::default() };
        aside = Some(to);
        Ok(kept)
    };
    let progress = replace(path, readable, |progress| programs = progress.forget(name))?;
    Ok(Forgotten { progress, programs, aside })
}

/// The lines of a damaged file that are text.
fn salvaged(path: &Path) -> Progress {
    let mut bytes = Vec::new();
    // What cannot be read at all is as good as nothing.
    let _ = File::open(path).and_then(|file| file.take(BYTES_MAX / 2).read_to_end(&mut bytes));
    let lines: Vec<&str> =
        bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok()).collect();
    Progress::parse(&lines.join("\n")).0
}

/// Puts a whole new file in the place of the one that is there.
fn replace(
    path: &Path,
    read: impl FnOnce(&Path) -> Result<Progress, Said>,
    change: impl FnOnce(&mut Progress),
) -> Result<Progress, Said> {
    let failed = |error: io::Error| Said::of_file(path, &error);
    // Whoever keeps the file elsewhere goes on doing so.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let _held = hold(folder);
    let mut progress = read(path)?;
    change(&mut progress);
    let fresh = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = write(&fresh, &progress.to_string()).and_then(|()| fs::rename(&fresh, path));
    if let Err(error) = written {
        // It may not even be there.
        let _ = fs::remove_file(&fresh);
        return Err(failed(error));
    }
    Ok(progress)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Keeps other instances from changing files in the folder at the same time, where the system can do that.
fn hold(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    for _ in 0..TRIES {
        match folder.try_lock() {
            Ok(()) => return Some(folder),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}

/// What is not understood, a line for each word.
pub(super) fn told(path: &Path, odd: &[Odd], words: &Words) -> Vec<String> {
    let line = |odd: &Odd| {
        let place = format!("{}:{}", path.display(), odd.line);
        words.with("progress-odd", &[("place", place.into()), ("word", odd.word.as_str().into())])
    };
    odd.iter().map(line).collect()
}

/// What `lockstep progress` is to do.
pub(super) enum Asked {
    Show,
    Json,
    /// Forget what was done with this variant or scenario; `None`: everything.
    Reset(Option<String>),
}

pub(super) fn progress(context: &Context, asked: Asked, out: &mut dyn Write) -> Outcome {
    let words = &context.words;
    let path = file().ok_or_else(|| Failure::files(words.t("place-nowhere")))?;
    match asked {
        Asked::Reset(name) => {
            let Forgotten { programs, aside, .. } = forget(&path, name.as_deref()).map_err(Failure::files)?;
            if let Some(aside) = &aside {
                let args = [("path", path.display().to_string().into()), ("aside", aside.display().to_string().into())];
                writeln!(out, "{}", words.with("progress-aside", &args))?;
            }
            if aside.is_none() || programs > 0 {
                writeln!(out, "{}", words.with("progress-forgotten", &[("n", programs.into())]))?;
            }
        }
        Asked::Json => report::progress::json(&read(&path).map_err(Failure::files)?.0, out)?,
        Asked::Show => {
            let (progress, odd) = read(&path).map_err(Failure::files)?;
            for line in told(&path, &odd, words) {
                writeln!(io::stderr(), "lockstep: {line}")?;
            }
            report::progress::text(&progress, words, out)?;
        }
    }
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_add_to_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/progress.txt");
        change(&path, |progress| _ = progress.ran("a/b")).unwrap();
        fs::write(&path, "# mine\na/b run strange=1\n").unwrap();
        let after = change(&path, |progress| _ = progress.skipped("c/d")).unwrap();
        assert_eq!(after.to_string(), "# mine\na/b run strange=1\nc/d skipped\n");
        assert_eq!(fs::read_to_string(&path).unwrap(), after.to_string());
        let names: Vec<_> =
            fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["progress.txt"]);
    }

    #[test]
    fn what_cannot_be_read_can_be_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.txt");
        let aside = folder.path().join("progress.txt.damaged");
        let too_large = format!("a/b run\nc/d run\n{}", "#\n".repeat(1 << 20));
        for bytes in [b"a/b run\n\xff\nc/d run\n".as_slice(), too_large.as_bytes()] {
            fs::write(&path, bytes).unwrap();
            assert!(change(&path, |_| ()).is_err());
            let one = forget(&path, Some("a")).unwrap();
            assert_eq!((one.programs, one.aside.as_deref()), (1, Some(aside.as_path())));
            assert!(one.progress.to_string().starts_with("c/d run\n"), "{}", one.progress);
            assert_eq!(fs::read(&aside).unwrap(), bytes);
            fs::write(&path, bytes).unwrap();
            let all = forget(&path, None).unwrap();
            assert_eq!((all.programs, all.aside.is_some(), all.progress.to_string()), (0, true, String::new()));
            assert_eq!(fs::read_to_string(&path).unwrap(), "");
            assert!(forget(&path, None).unwrap().aside.is_none());
        }
    }

    #[test]
    fn many_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.txt");
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    for number in 0..5 {
                        let target = format!("s/{writer}{number}");
                        change(path, |progress| _ = progress.ran(&target)).unwrap();
                    }
                });
            }
        });
        assert_eq!(read(&path).unwrap().0.entries().count(), 20);
    }

    #[test]
    fn what_is_no_text_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.txt");
        fs::write(&path, b"\xff\xfe").unwrap();
        assert!(change(&path, |progress| _ = progress.ran("a")).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"\xff\xfe");
        assert_eq!(read(&folder.path().join("none.txt")), Ok((Progress::default(), Vec::new())));
    }
}
