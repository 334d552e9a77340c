use super::serve::{Open, READERS_MAX};
use super::{listen, place, plain};
use crate::report::speech::{LINE_BYTES_MAX, Speech, SpeechChapter, SpeechLines, SpokenNote, SpokenQuestion, VERSION};
use crate::tui::speaker::Heard;
use crate::words::{Lang, Words};
use crossbeam_channel::unbounded;
use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use tempfile::TempDir;

fn folder() -> (PathBuf, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("run");
    place::prepared(&folder).unwrap();
    (folder, directory)
}

fn mode(path: &std::path::Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn speech(step: u32) -> Speech {
    Speech { lockstep: 1, speech: VERSION, step, ..Speech::default() }
}

/// Listens until this step is heard.
fn hear(stream: &mut UnixStream, step: u32) {
    let mut lines = SpeechLines::default();
    let mut bytes = [0; 4096];
    loop {
        let count = stream.read(&mut bytes).unwrap();
        assert!(count > 0, "the presentation is over before step {step}");
        if lines.take(&bytes[..count]).iter().any(|speech| speech.step == step) {
            return;
        }
    }
}

#[test]
fn nobody_else_can_reach_the_socket() {
    let (folder, _directory) = folder();
    let open = Open::new(&folder).unwrap();
    assert_eq!((mode(&folder), mode(open.path())), (0o700, 0o600));
    let path = open.path().to_owned();
    drop(open);
    assert!(!path.exists());
    // What was too open is closed; what is not ours to close is not taken.
    fs::set_permissions(&folder, Permissions::from_mode(0o777)).unwrap();
    place::prepared(&folder).unwrap();
    assert_eq!(mode(&folder), 0o700);
    let link = folder.join("link");
    symlink(&folder, &link).unwrap();
    assert!(place::prepared(&link).is_err());
    let file = folder.join("file");
    fs::write(&file, "").unwrap();
    assert!(place::prepared(&file).is_err());
    let long = folder.join("x".repeat(100));
    assert!(place::prepared(&long).unwrap_err().to_string().contains("too long"));
}

#[test]
fn two_readers_hear_the_same_and_late_ones_what_is_newest() {
    let (folder, _directory) = folder();
    let open = Open::new(&folder).unwrap();
    open.put(&speech(1));
    let mut first = listen::look(&folder).unwrap();
    hear(&mut first, 1);
    open.put(&speech(2));
    let mut second = listen::look(&folder).unwrap();
    for stream in [&mut first, &mut second] {
        hear(stream, 2);
    }
    drop(open);
    for stream in [&mut first, &mut second] {
        assert_eq!(stream.read(&mut [0; 16]).unwrap(), 0);
    }
    assert!(listen::look(&folder).is_none());
}

#[test]
fn a_reader_that_never_reads_lets_nobody_wait() {
    let (folder, _directory) = folder();
    let open = Open::new(&folder).unwrap();
    let silent = listen::look(&folder).unwrap();
    let mut reader = listen::look(&folder).unwrap();
    open.put(&speech(0));
    hear(&mut reader, 0);
    let brief = "x".repeat(4000);
    for step in 1..=3000 {
        open.put(&Speech { brief: brief.clone(), ..speech(step) });
    }
    hear(&mut reader, 3000);
    drop((silent, reader));
}

#[test]
fn what_a_reader_sends_is_never_looked_at() {
    let (folder, _directory) = folder();
    let open = Open::new(&folder).unwrap();
    let mut hostile = listen::look(&folder).unwrap();
    hostile.set_nonblocking(true).unwrap();
    while hostile.write(&[0xff; 4096]).is_ok() {}
    let mut reader = listen::look(&folder).unwrap();
    open.put(&speech(9));
    hear(&mut reader, 9);
    hostile.set_nonblocking(false).unwrap();
    hear(&mut hostile, 9);
}

#[test]
fn only_so_many_are_admitted() {
    let (folder, _directory) = folder();
    let open = Open::new(&folder).unwrap();
    open.put(&speech(4));
    let mut readers: Vec<UnixStream> = (0..8).map(|_| listen::look(&folder).unwrap()).collect();
    for reader in &mut readers {
        hear(reader, 4);
    }
    // The ninth is told so, once.
    let (sender, heard) = unbounded();
    let mut before = Heard::Nothing;
    for _ in 0..3 {
        before = listen::listened(&folder, &before, &sender).unwrap();
    }
    assert_eq!(heard.try_iter().collect::<Vec<_>>(), [Heard::Full(READERS_MAX)]);
    assert_eq!(open.readers(), READERS_MAX);
    // It is let in when another one has left, though nothing new was told meanwhile.
    readers.pop();
    let mut tenth = listen::look(&folder).unwrap();
    while tenth.read(&mut [0; 16]).unwrap() == 0 || open.readers() < READERS_MAX {
        tenth = listen::look(&folder).unwrap();
    }
}

#[test]
fn an_end_is_told_once() {
    let (folder, _directory) = folder();
    let (sender, heard) = unbounded();
    let open = Open::new(&folder).unwrap();
    open.put(&speech(1));
    std::thread::scope(|scope| {
        let listener = scope.spawn(|| listen::listened(&folder, &Heard::Nothing, &sender));
        assert_eq!(heard.recv().unwrap(), Heard::State(Box::new(speech(1))));
        drop(open);
        assert_eq!(listener.join().unwrap(), Some(Heard::Nothing));
    });
    assert_eq!(listen::listened(&folder, &Heard::Nothing, &sender), Some(Heard::Nothing));
    assert_eq!(heard.try_iter().collect::<Vec<_>>(), [Heard::Nothing]);
}

#[test]
fn what_a_killed_presentation_left_is_taken_away() {
    let (folder, _directory) = folder();
    let stale = folder.join("notes-1.sock");
    drop(UnixListener::bind(&stale).unwrap());
    let live = folder.join("notes-2.sock");
    let _listener = UnixListener::bind(&live).unwrap();
    fs::write(folder.join("else"), "").unwrap();
    let _open = Open::new(&folder).unwrap();
    assert!(!stale.exists() && live.exists() && folder.join("else").exists());
}

#[test]
fn a_hostile_presentation_tells_nothing_and_takes_no_memory() {
    let (mut end, stream) = UnixStream::pair().unwrap();
    let (sender, heard) = unbounded();
    let writer = std::thread::spawn(move || {
        let mut flood = vec![b'{'; LINE_BYTES_MAX * 4];
        flood.extend_from_slice(b"\n\xff\xfe\n{\"lockstep\":1,\"speech\":99}\nnull\n");
        flood.extend_from_slice(speech(5).line().as_bytes());
        end.write_all(&flood).unwrap();
    });
    assert_eq!(listen::listen(stream, &sender), listen::End::Over);
    writer.join().unwrap();
    let heard: Vec<_> = heard.try_iter().collect();
    assert_eq!(heard, [Heard::State(Box::new(speech(5)))]);
}

fn told(before: Option<&Speech>, speech: &Speech, lang: Lang) -> String {
    let mut out = Vec::new();
    plain::state(speech, before, &Words::new(lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn plain_lines_tell_what_is_new() {
    let brief = Speech {
        title: "Two locks".to_owned(),
        brief: "Watch **both**.\x1b[2J".to_owned(),
        told: "Nothing has happened yet.".to_owned(),
        questions: vec![SpokenQuestion { text: "Can it hang?".to_owned(), answers: vec!["yes".to_owned()] }],
        ..speech(0)
    };
    let note = SpokenNote { step: 1, text: "The first `lock`.".to_owned() };
    let next = Speech {
        chapter: SpeechChapter::Notes,
        told: "A takes a.".to_owned(),
        notes: vec![note],
        next: vec!["A: acquire b".to_owned()],
        step: 1,
        ..brief.clone()
    };
    let after = Speech { chapter: SpeechChapter::Explanation, explanation: "That was it.".to_owned(), ..next.clone() };
    let wanted = "Two locks\nWatch both.␛[2J\nCan it hang? Answer: yes\nStep 0: Nothing has happened yet.\n";
    assert_eq!(told(None, &brief, Lang::En), wanted);
    assert_eq!(told(Some(&brief), &brief, Lang::En), "");
    let wanted = "Step 1: A takes a.\nNote: The first lock.\n- A: acquire b\n";
    assert_eq!(told(Some(&brief), &next, Lang::En), wanted);
    assert_eq!(told(Some(&next), &after, Lang::En), "That was it.\n");
    assert_eq!(told(None, &brief, Lang::Zh).lines().nth(2), Some("Can it hang?答案：yes"));
}

#[test]
fn whoever_reads_lines_is_told_of_no_key_that_nobody_can_press() {
    for lang in Lang::ALL {
        let (sender, heard) = unbounded();
        sender.send(Heard::Nothing).unwrap();
        drop(sender);
        let mut told = Vec::new();
        plain::tell(&Words::new(lang), &heard, &mut told).unwrap();
        let told = String::from_utf8(told).unwrap();
        assert!(told.contains("Ctrl-C") && !told.contains(" q ") && !told.contains('`'), "{told}");
    }
}

#[test]
fn in_another_language_everything_is_told_again() {
    let note = |step, text: &str| SpokenNote { step, text: text.to_owned() };
    let english = Speech {
        lang: "en".to_owned(),
        title: "Two locks".to_owned(),
        brief: "Watch.".to_owned(),
        chapter: SpeechChapter::Notes,
        told: "B runs.".to_owned(),
        notes: vec![note(1, "One."), note(2, "Two.")],
        ..speech(2)
    };
    let chinese = Speech {
        lang: "zh".to_owned(),
        title: "两把锁".to_owned(),
        brief: "看。".to_owned(),
        told: "B 走了一步。".to_owned(),
        notes: vec![note(1, "一。"), note(2, "二。")],
        ..english.clone()
    };
    let (sender, heard) = unbounded();
    for speech in [&english, &chinese, &chinese] {
        sender.send(Heard::State(Box::new(speech.clone()))).unwrap();
    }
    sender.send(Heard::Nothing).unwrap();
    drop(sender);
    let mut out = Vec::new();
    plain::tell(&Words::new(Lang::En), &heard, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let (waiting, told) = out.split_once('\n').unwrap();
    assert!(waiting.contains("Ctrl-C") && !waiting.contains(" q "), "{waiting}");
    let wanted = "Two locks\nWatch.\nStep 2: B runs.\nNote: Two.\n\
        两把锁\n看。\n第 2 步：B 走了一步。\n提示：一。\n提示：二。\n演示已经结束。\n";
    assert_eq!(told, wanted);
}
