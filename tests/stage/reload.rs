//! Files that change while what was made of them is looked at.

use super::{Desk, loaded_text};
use lockstep::scenario::{Catalogue, Localized};
use lockstep::tui::Screen;
use lockstep::tui::{Effect, Msg, Reloaded};
use lockstep::words::{Lang, Words};

/// A file on the stage.
fn desk(text: &str) -> Desk {
    let mut desk = Desk::new(120, 32);
    desk.send(Msg::Opened(Box::new(loaded_text(text))));
    desk.effects.clear();
    desk
}

/// The disk says that something has changed, and the loader finds this text.
fn change(desk: &mut Desk, text: &str) -> Vec<Effect> {
    desk.effects.clear();
    desk.send(Msg::Changed);
    let asked = |effect: &Effect| matches!(effect, Effect::Reload(Some(_)));
    assert!(desk.effects.iter().any(asked), "nobody looks what has changed");
    desk.effects.clear();
    let program = Some(Ok(Box::new(loaded_text(text))));
    let flaws = Localized { en: Vec::new(), zh: Vec::new() };
    desk.send(Msg::Reloaded(Box::new(Reloaded { catalogue: Catalogue::embedded(), flaws, program })));
    std::mem::take(&mut desk.effects)
}

/// Beside another file.
fn compared(text: &str, other: &str) -> Desk {
    let mut desk = desk(text);
    desk.press("dother.py<Enter>");
    desk.send(Msg::OtherOpened(Box::new(loaded_text(other))));
    assert_eq!(desk.app.screen, Screen::Compare);
    desk
}

#[test]
fn a_program_that_has_changed_is_on_the_stage_again_and_says_so() {
    let mut looks = vec![desk("n = 1\n"), compared("n = 1\n", "n = 3\n"), desk("n = 1\n")];
    looks[2].press("x");
    assert_eq!(looks[2].app.screen, Screen::Explore);
    for desk in &mut looks {
        let effects = change(desk, "n = 2\n");
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Begin(_))));
        assert_eq!(desk.app.screen, Screen::Stage);
        let screen = desk.screen();
        assert!(screen.contains("n = 2") && screen.contains("was loaded again"), "{screen}");
        desk.app.words = Words::new(Lang::Zh);
        assert!(desk.screen().contains("已重新载入"));
    }
}

#[test]
fn the_other_side_is_set_beside_it_again_when_it_has_changed() {
    let mut desk = compared("n = 1\n", "n = 3\n");
    // The left side is as it was: the right one is looked at.
    let effects = change(&mut desk, "n = 1\n");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::OpenOther(_))));
    desk.send(Msg::OtherOpened(Box::new(loaded_text("n = 3\n"))));
    assert!(desk.effects.is_empty() && desk.app.screen == Screen::Compare);
    change(&mut desk, "n = 1\n");
    desk.send(Msg::OtherOpened(Box::new(loaded_text("n = 4\n"))));
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Pair(_))));
    assert!(desk.screen().contains("n = 4"), "{}", desk.screen());
}
