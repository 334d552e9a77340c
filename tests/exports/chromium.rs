//! Drives a page in headless Chromium: real keys, real clicks, and a look at what it did.
//!
//! It speaks the protocol of Chrome's developer tools over two pipes (`--remote-debugging-pipe`): messages are JSON, each followed by
//! a zero byte, commands on descriptor 3, answers and events on descriptor 4. Named pipes and a shell connect them, for
//! descriptors cannot be passed on safely from here.

use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long anything may take. Nothing takes that long unless it hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// What Chromium is called.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// It does nothing of its own accord, and reaches nobody.
const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
     --disable-component-update --disable-sync --disable-extensions --disable-dev-shm-usage --remote-debugging-pipe";

/// One at a time: they are large.
static ALONE: Mutex<()> = Mutex::new(());

/// A running browser with one page.
pub(crate) struct Browser {
    child: Child,
    commands: RefCell<File>,
    answers: Receiver<Value>,
    last: Cell<u64>,
    session: String,
    /// Everything that happened besides answers.
    events: RefCell<Vec<Value>>,
    _folder: tempfile::TempDir,
    _alone: MutexGuard<'static, ()>,
}

/// The browser's program; says aloud when there is none, for then nothing is tested.
pub(crate) fn found() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found =
        NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|it| it.is_file());
    if found.is_none() {
        // Past the capture of test output: a skipped test must be seen.
        let _ = writeln!(std::io::stderr(), "SKIPPED: there is no Chromium here, so the page was not driven.");
    }
    found
}

impl Browser {
    /// Starts Chromium with an empty page; `None` when there is none.
    pub(crate) fn start() -> Option<Browser> {
        let program = found()?;
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        let (into, from) = (folder.path().join("into"), folder.path().join("from"));
        assert!(Command::new("mkfifo").args([&into, &from]).status().unwrap().success());
        let script = format!("exec \"$0\" {FLAGS} \"--user-data-dir=$1/profile\" 3<\"$1/into\" 4>\"$1/from\"");
        let child = Command::new("sh")
            .args(["-c", &script])
            .arg(&program)
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The shell opens them in this order, too; each waits for the other side.
        let commands = File::options().write(true).open(&into).unwrap();
        let answers = listen(File::open(&from).unwrap());
        let mut browser = Browser {
            child,
            commands: RefCell::new(commands),
            answers,
            last: Cell::new(0),
            session: String::new(),
            events: RefCell::default(),
            _folder: folder,
            _alone: alone,
        };
        let target = browser.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", &attach);
        attached["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        browser.size(1280, 800);
        Some(browser)
    }

    /// Sends a command and waits for its answer.
    pub(crate) fn call(&self, method: &str, params: &Value) -> Value {
        let answer = self.ask(method, params);
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    /// The same; the answer may be an error.
    fn ask(&self, method: &str, params: &Value) -> Value {
        let id = self.last.get() + 1;
        self.last.set(id);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = self.session.as_str().into();
        }
        self.commands.borrow_mut().write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let answer = self.answers.recv_timeout(2 * PATIENCE).unwrap_or_else(|_| panic!("no answer to {method}"));
            if answer["id"] == id {
                return answer;
            }
            self.events.borrow_mut().push(answer);
        }
    }

    /// Opens a file, at a place in it (`#step=3`), and waits until its script has run.
    pub(crate) fn open(&self, file: &Path, place: &str) {
        self.events.borrow_mut().clear();
        // An address that differs only in its place would not be loaded again.
        self.call("Page.navigate", &json!({ "url": "about:blank" }));
        self.wait("document.URL === 'about:blank'");
        self.events.borrow_mut().clear();
        self.call("Page.navigate", &json!({ "url": format!("file://{}{place}", file.display()) }));
        self.wait("document.documentElement && document.documentElement.dataset.ready === 'true'");
    }

    /// What an expression comes to on the page.
    pub(crate) fn eval(&self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", &params);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    pub(crate) fn text(&self, selector: &str) -> String {
        self.eval(&format!("document.querySelector({}).textContent", json!(selector))).as_str().unwrap().to_owned()
    }

    /// Waits until a condition holds on the page, however long that takes.
    pub(crate) fn wait(&self, condition: &str) {
        let deadline = PATIENCE.as_millis();
        let promise = format!(
            "new Promise((done) => {{ const start = performance.now(); const look = () => {{
               if ({condition}) done('yes');
               else if (performance.now() - start > {deadline}) done('no');
               else setTimeout(look, 4); }}; look(); }})"
        );
        // A page that is being replaced takes the promise with it: then it is asked again.
        for _ in 0..50 {
            let params = json!({ "expression": promise, "returnByValue": true, "awaitPromise": true });
            let answer = self.ask("Runtime.evaluate", &params);
            match answer["result"]["result"]["value"].as_str() {
                Some("yes") => return,
                Some(_) => panic!("it never came to: {condition}"),
                None => {}
            }
        }
        panic!("the page went away before: {condition}");
    }

    /// Presses a key: `a`, `Shift+ArrowRight`, `Space`.
    pub(crate) fn press(&self, chord: &str) {
        let (modifiers, name) = match chord.strip_prefix("Shift+") {
            Some(name) => (8, name),
            None => (0, chord),
        };
        let (key, code, number) = match name {
            "Space" => (" ", "Space".to_owned(), 32),
            "ArrowLeft" => (name, name.to_owned(), 37),
            "ArrowRight" => (name, name.to_owned(), 39),
            "Home" => (name, name.to_owned(), 36),
            "End" => (name, name.to_owned(), 35),
            "Escape" => (name, name.to_owned(), 27),
            "Enter" => (name, name.to_owned(), 13),
            "Tab" => (name, name.to_owned(), 9),
            "Backspace" => (name, name.to_owned(), 8),
            _ => (name, String::new(), 0),
        };
        let text = match name {
            "Enter" => "\r",
            _ if key.chars().count() == 1 => key,
            _ => "",
        };
        let shift = if key.chars().all(char::is_uppercase) { 8 } else { modifiers };
        let event = |kind: &str| {
            let mut event =
                json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": shift });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = text.into();
            }
            event
        };
        self.call("Input.dispatchKeyEvent", &event("keyDown"));
        self.call("Input.dispatchKeyEvent", &event("keyUp"));
    }

    /// Clicks in the middle of the first element of this selector.
    pub(crate) fn click(&self, selector: &str) {
        self.click_at(selector, 0.5);
    }

    /// Clicks so far from the left of the element: 0 is its left edge, 1 its right.
    pub(crate) fn click_at(&self, selector: &str, share: f64) {
        let place = self.eval(&format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{ block: 'nearest' }});
               const r = e.getBoundingClientRect(); return [r.left + r.width * {share}, r.top + r.height / 2]; }})()",
            json!(selector)
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", &event);
        }
    }

    /// The size of the window.
    pub(crate) fn size(&self, width: u32, height: u32) {
        let mobile = width < 600;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// What was told of this kind since the page was opened.
    pub(crate) fn events(&self, method: &str) -> Vec<Value> {
        // Whatever happened before this answer has been told.
        self.eval("new Promise((done) => setTimeout(done, 50))");
        let events = self.events.borrow();
        events.iter().filter(|event| event["method"] == method).map(|event| event["params"].clone()).collect()
    }
}

/// Everything the browser says, as it comes.
fn listen(from: File) -> Receiver<Value> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(from);
        let mut message = Vec::new();
        while reader.read_until(0, &mut message).is_ok_and(|length| length > 0) {
            message.pop();
            let Ok(value) = serde_json::from_slice(&message) else { return };
            if send.send(value).is_err() {
                return;
            }
            message.clear();
        }
    });
    receive
}

impl Drop for Browser {
    fn drop(&mut self) {
        let close = json!({ "id": self.last.get() + 1, "method": "Browser.close", "params": {} });
        let _ = self.commands.borrow_mut().write_all(format!("{close}\0").as_bytes());
        // It ends by itself; its pipe is closed then, and so is this channel.
        while self.answers.recv_timeout(PATIENCE / 6).is_ok() {}
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
