//! Whoever does nothing but what the hints say, from the first step on, wins at par: every challenge of every variant of the
//! gallery whose par is known.

use crate::challenge::{Class, way};
use crate::{loaded, loaded_with};
use lockstep::scenario::Catalogue;
use lockstep::tui::loader::Loaded;
use lockstep::tui::overlay::Overlay;

/// With the parameters that they come with, these take seconds to explore without optimisation; they are played smaller.
const SMALLER: &[&str] = &["parking/semaphore", "parking/bounded", "parking/unbounded-bug", "parking/try"];

/// Of the values that a run can end with, so many are played: a table of dozens is no other test than one of three.
const ROWS_MAX: usize = 4;

fn variant(target: &str) -> Loaded {
    if SMALLER.contains(&target) { loaded_with(target, &[("PLACES", "2"), ("CARS", "3")]) } else { loaded(target) }
}

/// The rows of the menu whose par is known, and that.
fn pars(class: &Class) -> Vec<(usize, u32)> {
    assert!(matches!(class.desk.app.overlays.last(), Some(Overlay::Menu(_))));
    let screen = class.desk.screen();
    let rows = screen.lines().filter(|line| line.contains(" par ") || line.contains("see why"));
    let notes = rows.map(|line| line.split_once(" par ").map_or("", |(_, note)| note)).enumerate();
    // `par 3`, not `par ?`, nor `par 3 or less`.
    let exact = notes.filter(|(_, note)| !note.contains("or less"));
    exact.filter_map(|(row, note)| Some((row, note.split_whitespace().next()?.parse().ok()?))).collect()
}

#[test]
fn whoever_follows_the_hints_wins_every_challenge_of_the_gallery_at_par() {
    let catalogue = Catalogue::embedded();
    let mut played = 0;
    for scenario in catalogue.scenarios() {
        for variant in &scenario.variants {
            let target = format!("{}/{}", scenario.id, variant.id);
            let mut class = Class::new((80, 24), self::variant(&target));
            class.press("c");
            for (row, par) in pars(&class).into_iter().take(ROWS_MAX) {
                class.press(&format!("{}<Enter>", "<Down>".repeat(row)));
                way(&mut class);
                let banner = class.banner();
                let at_par = banner.contains("WON AT PAR") && banner.contains(&format!("{par} switch"));
                assert!(at_par, "{target}, row {row}, par {par}: {banner}");
                played += 1;
                class.press("<Esc>c");
            }
        }
    }
    assert!(played >= 40, "{played}");
}

/// The challenge is won by the step in which the thread dies. Others still run, and what they do costs nothing.
#[test]
fn a_crash_is_won_when_the_thread_dies() {
    for size in [(80, 24), (120, 32)] {
        let mut class = Class::new(size, loaded("condition/if"));
        class.press("c<Enter>");
        way(&mut class);
        assert!(class.stage().model().ended.is_none(), "{}", class.banner());
        assert!(class.banner().contains("4 switches, par 4") && class.banner().contains("WON AT PAR"));
        insta::assert_snapshot!(format!("par_crash_en_{}x{}", size.0, size.1), class.desk.screen());
        class.press("L");
        insta::assert_snapshot!(format!("par_crash_zh_{}x{}", size.0, size.1), class.desk.screen());
        class.press("L");
        // Somebody else goes on.
        class.press("024");
        assert_eq!(class.stage().model().switches, 7);
        assert!(class.banner().contains("4 switches, par 4") && class.banner().contains("WON AT PAR"));
        // Before that step nobody has died.
        class.press("<Left><Left><Left><Left>");
        assert!(!class.banner().contains("WON"), "{}", class.banner());
    }
}

/// What is remembered of the challenge of the naive philosophers.
fn remembered(class: &Class) -> Option<(u32, Option<u32>)> {
    let done = class.desk.app.progress.of("philosophers/naive")?;
    done.challenges.get("deadlock").map(|best| (best.moves, best.par))
}

#[test]
fn whoever_takes_steps_back_and_wins_with_fewer_moves_has_done_better() {
    let mut class = Class::new((80, 24), loaded("philosophers/naive"));
    class.press("c<Enter>001023");
    assert!(class.banner().contains("WON, 1 OVER PAR"), "{}", class.banner());
    assert_eq!(remembered(&class), Some((4, Some(3))));
    class.press("<Left><Left><Left><Left>0123");
    assert!(class.banner().contains("WON AT PAR"), "{}", class.banner());
    assert_eq!(remembered(&class), Some((3, Some(3))));
    // A worse way takes nothing away.
    class.press("<Left><Left><Left><Left>1023");
    assert!(class.banner().contains("WON, 1 OVER PAR"), "{}", class.banner());
    assert_eq!(remembered(&class), Some((3, Some(3))));
}

/// Fewer philosophers have another par.
#[test]
fn what_is_done_with_other_parameters_is_not_remembered() {
    let mut class = Class::new((80, 24), loaded_with("philosophers/naive", &[("N", "2")]));
    class.press("c<Enter>");
    way(&mut class);
    assert!(class.banner().contains("WON AT PAR"), "{}", class.banner());
    class.press("<Esc>G");
    assert!(class.stage().model().ended.is_some());
    assert!(class.desk.app.progress.of("philosophers/naive").is_none());
}

#[test]
fn the_dial_that_is_in_force_changes_nothing_and_another_one_ends_the_challenge_aloud() {
    let mut class = Class::new((80, 24), loaded("philosophers/naive"));
    class.press("c<Enter>0001");
    class.press("a<Enter>");
    assert!(class.stage().is_challenged());
    assert_eq!(class.stage().model().step.0, 4, "{}", class.desk.screen());
    class.press("a<Down><Enter>");
    assert!(!class.stage().is_challenged());
    assert!(class.desk.screen().contains("The challenge is over."), "{}", class.desk.screen());
}

#[test]
fn a_program_whose_lines_nobody_has_typed_is_no_challenge_before_they_are() {
    let text = "\
from threading import Thread
n = 0
def work():
    global n
    n = int(input())
    assert n > 1
thread = Thread(target=work)
thread.start()
n = 1
";
    let mut class = Class::new((80, 24), crate::loaded_text(text));
    class.press("c");
    assert!(class.desk.app.overlays.is_empty());
    insta::assert_snapshot!("par_unread_en_80x24", class.desk.screen());
    class.press("L");
    insta::assert_snapshot!("par_unread_zh_80x24", class.desk.screen());
    let mut typed = crate::loaded_text(text);
    typed.start.inputs = vec!["2".into()];
    let mut class = Class::new((80, 24), typed);
    class.press("c<Enter>");
    assert!(class.banner().starts_with("Challenge: make an assertion fail"), "{}", class.banner());
    way(&mut class);
    assert!(class.banner().contains("WON AT PAR"), "{}", class.banner());
}
