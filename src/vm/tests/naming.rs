//! What objects are called.

use super::driver::run;
use crate::vm::Note;

/// The names that primitives end up with, in order of creation.
fn names(text: &str) -> Vec<String> {
    let mut ran = run(text);
    let mut names: Vec<(u32, String)> = Vec::new();
    for note in std::mem::take(ran.vm.notes()) {
        match note {
            Note::Primitive { id, line, .. } => names.push((id.0, format!("line {line}"))),
            Note::Named { id, name } => {
                if let Some(entry) = names.iter_mut().find(|(known, _)| *known == id.0) {
                    entry.1 = name.to_string();
                }
            }
            _ => {}
        }
    }
    names.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn primitives_are_called_after_where_they_are_stored() {
    assert_eq!(names("import threading\nlock = threading.Lock()\nother = lock\n"), ["lock"]);
    assert_eq!(
        names("from threading import Lock\nfork = [Lock() for i in range(3)]\n"),
        ["fork[0]", "fork[1]", "fork[2]"]
    );
    assert_eq!(names("import threading\nd = {'a': threading.Event()}\n"), ["d['a']"]);
    assert_eq!(names("import threading\nthreading.Lock()\n"), ["line 2"]);
    assert_eq!(names("import threading\nc = threading.Condition()\n"), ["lock of c", "c"]);
}

#[test]
fn attributes_name_their_instance() {
    let account = "
import threading
class Account:
    def __init__(self, name):
        self.name = name
        self.lock = threading.Lock()
";
    assert_eq!(names(&format!("{account}a = Account('alex')\n")), ["self.lock of Account 'alex'"]);
    assert_eq!(names("import threading\nclass C:\n    lock = threading.Lock()\n"), ["C.lock"]);
    let plain = account.replace("        self.name = name\n", "");
    assert_eq!(names(&format!("{plain}a = Account('alex')\n")), ["self.lock of Account a"]);
}

#[test]
fn a_local_name_gives_way_to_a_better_one() {
    let text = "
import threading
locks = []
def make():
    for i in range(2):
        lock = threading.Lock()
        locks.append(lock)
make()
";
    assert_eq!(names(text), ["locks[0]", "locks[1]"]);
}
