//! Pictures.

use crate::common;
use crate::offstage::setting;
use lockstep::ids::Step;
use lockstep::report::export::palette::Shade;
use lockstep::report::export::svg::{Caption, frame, timeline};
use lockstep::tui::offstage::{Offstage, Setting};
use lockstep::tui::theme::ThemeName;
use lockstep::words::{Lang, Words};

#[test]
#[ignore = "writes files to be looked at"]
fn look() {
    let dir = std::path::PathBuf::from(std::env::var("LOOK").unwrap());
    for (name, run) in [
        ("opposite", common::scheduled("deadlock/opposite", "v1/M2.A1.B2.A1")),
        ("naive", common::scenario("philosophers/naive", 1)),
        ("condition", common::scenario("philosophers/condition", 3)),
        ("parking", common::scenario("parking/semaphore", 3)),
        ("race", common::scenario("counter/locked", 3)),
        ("wide", common::program(WIDE, 3)),
        ("long", common::program(LONG, 3)),
    ] {
        for (lang, l) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
            for (shade, t) in [(Shade::Dark, "dark"), (Shade::Light, "light")] {
                let mut out = Vec::new();
                timeline::write(&run, shade, &Words::new(lang), &mut out).unwrap();
                std::fs::write(dir.join(format!("time_{name}_{l}_{t}.svg")), out).unwrap();
            }
        }
    }
    let run = common::scenario("philosophers/naive", 1);
    let last = run.history.last_step();
    for (lang, l) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for (theme, shade, t) in [(ThemeName::Ansi, Shade::Dark, "dark"), (ThemeName::Light, Shade::Light, "light")] {
            for size in [(80, 24), (120, 32)] {
                let mut stage = Offstage::new(
                    &run,
                    Setting { theme, caption: "lockstep philosophers/naive".into(), ..setting(size, lang) },
                );
                stage.go_to(Step(last.0));
                let mut out = Vec::new();
                let caption = Caption { title: "t".into(), about: stage.narration(), lang };
                frame::write(&stage.screen(), shade, &caption, &mut out).unwrap();
                std::fs::write(dir.join(format!("frame_{l}_{t}_{}x{}.svg", size.0, size.1)), out).unwrap();
            }
        }
    }
}

const WIDE: &str = "
from threading import Thread, Lock
locks = [Lock() for i in range(30)]
def work(i):
    with locks[i % 30]:
        with locks[(i * 7 + 1) % 30]:
            print(i)
for i in range(59):
    Thread(target=work, args=(i,), name='worker %d' % i).start()
";

const LONG: &str = "
from threading import Thread, Lock
lock = Lock()
n = 0
def work():
    global n
    for i in range(2000):
        with lock:
            n = n + 1
for i in range(6):
    Thread(target=work).start()
";
