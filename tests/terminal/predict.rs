//! From the gallery through the questions to the stage, as a student goes.

use crate::lockstep;
use std::fs;

#[test]
fn a_classic_is_predicted_played_and_remembered() {
    let (mut pty, home) = lockstep(&[], 120, 32);
    pty.wait_text("Scenarios");
    pty.send("/");
    pty.send("philosophers/naive");
    pty.wait_text("/ philosophers/naive");
    pty.send("\r");
    pty.wait_text("Question 1 of");
    // To the question about the deadlock, wherever it stands.
    for question in 1.. {
        pty.wait_text(&format!("Question {question} of"));
        if pty.screen().contents().contains("1 ( ) yes") {
            break;
        }
        pty.send("n");
    }
    pty.send("1\r");
    pty.wait_text("✓ Right.");
    pty.wait_text("The shortest way there takes");
    pty.send("\r");
    pty.wait_text("WITNESS");
    pty.send("G");
    pty.wait_text("DEADLOCK");
    pty.send("p");
    pty.wait_text("The shortest way there takes");
    pty.send("s");
    pty.wait_text("about to");
    pty.send("q");
    pty.wait_text("predicted 1 of");
    pty.wait_text("Afterwards");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
    let kept = fs::read_to_string(home.path().join("data/lockstep/progress.txt")).unwrap();
    assert!(kept.starts_with("philosophers/naive run predicted=1/"), "{kept}");
}

#[test]
fn the_settings_switch_the_questions_off_and_a_word_by_hand_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let (config, data) = (home.path().join("config/lockstep"), home.path().join("data/lockstep"));
    fs::create_dir_all(&config).unwrap();
    fs::create_dir_all(&data).unwrap();
    fs::write(config.join("settings.toml"), "predict = false\n").unwrap();
    fs::write(data.join("progress.txt"), "# mine\ncounter/race nonsense run\n").unwrap();
    let variable = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    let (config, data) = (variable("config"), variable("data"));
    let (mut pty, _) = crate::lockstep_with(&[], 120, 32, &[("XDG_CONFIG_HOME", &config), ("XDG_DATA_HOME", &data)]);
    pty.wait_text("progress.txt:2: nonsense is not understood");
    pty.send("\r");
    pty.wait_text("for a first look");
    pty.send("\r");
    pty.wait_text("step 0");
    pty.send("p");
    pty.wait_text("Question 1 of");
    pty.send("s");
    pty.wait_text("step 0");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
    let kept = fs::read_to_string(home.path().join("data/lockstep/progress.txt")).unwrap();
    assert!(kept.starts_with("# mine\ncounter/race") && kept.contains(" nonsense\n"), "{kept}");
}
