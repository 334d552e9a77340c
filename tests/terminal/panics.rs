//! Panics: of the interface's own thread, and of another one.

use crate::pty::Pty;
use lockstep::tui::loader::{Loaded, Loader, Refusal, Request};
use lockstep::tui::{App, Reloaded, run};
use lockstep::words::Lang;
use portable_pty::CommandBuilder;

/// A loader that does not load.
enum Broken {
    /// It panics.
    Here,
    /// It starts a thread that does.
    Elsewhere,
}

impl Loader for Broken {
    fn load(&mut self, _: &Request) -> Result<Loaded, Refusal> {
        match self {
            Broken::Here => panic!("the loader is broken"),
            Broken::Elsewhere => {
                let joined = std::thread::spawn(|| panic!("a worker is broken")).join();
                assert!(joined.is_err());
                Err(Lang::each(|_| vec!["a worker has failed".to_owned()]))
            }
        }
    }

    fn reload(&mut self, _: Option<&Request>) -> Reloaded {
        panic!("nothing was loaded")
    }
}

fn interface(loader: Broken) {
    let first = Some(Request { target: "anything".to_owned(), parameters: Vec::new() });
    run(App::new((80, 24)), Box::new(loader), first, None, None).unwrap();
}

/// Not a test: what the tests below start in a terminal of its own.
#[test]
#[ignore = "the interface, for the tests in this file"]
fn interface_with_a_loader_that_panics() {
    interface(Broken::Here);
}

/// Not a test: what the tests below start in a terminal of its own.
#[test]
#[ignore = "the interface, for the tests in this file"]
fn interface_with_a_worker_that_panics() {
    interface(Broken::Elsewhere);
}

/// This test program again, running one of the functions above.
fn child(name: &str) -> Pty {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("panics::{name}"), "--ignored", "--nocapture", "--test-threads=1"]);
    command.env("RUST_BACKTRACE", "0");
    Pty::spawn(command, 80, 24)
}

#[test]
fn a_panic_is_reported_on_a_whole_terminal() {
    let mut pty = child("interface_with_a_loader_that_panics");
    pty.wait_text("the loader is broken");
    assert_ne!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn the_panic_of_a_worker_does_not_touch_the_picture() {
    let mut pty = child("interface_with_a_worker_that_panics");
    pty.wait_text("a worker has failed");
    assert!(pty.screen().alternate_screen());
    assert!(!pty.screen().contents().contains("panicked"));
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}
