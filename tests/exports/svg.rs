//! Pictures.

use crate::common;
use crate::offstage::setting;
use lockstep::ids::Step;
use lockstep::report::export::palette::Shade;
use lockstep::report::export::svg::{Caption, frame};
use lockstep::tui::offstage::{Offstage, Setting};
use lockstep::tui::theme::ThemeName;
use lockstep::words::Lang;

#[test]
#[ignore = "writes files to be looked at"]
fn look() {
    let dir = std::path::PathBuf::from(std::env::var("LOOK").unwrap());
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
                let caption = Caption { title: "t".into(), about: stage.narration(), lang: l };
                frame::write(&stage.screen(), shade, &caption, &mut out).unwrap();
                std::fs::write(dir.join(format!("frame_{l}_{t}_{}x{}.svg", size.0, size.1)), out).unwrap();
            }
        }
    }
}
