//! `--plain` tells the whole story.

use crate::{Came, Program, lockstep};
use lockstep::scenario::{Catalogue, Scenario, Variant};
use lockstep::words::{Lang, markdown};
use std::fs;
use tempfile::TempDir;

const SCENARIO: &str = r#"{
  "id": "meeting",
  "title": { "en": "The meeting", "zh": "会面" },
  "summary": { "en": "Two at a door.", "zh": "门口的两个人。" },
  "topic": { "en": "Waiting", "zh": "等待" },
  "level": "first",
  "variants": [
    {
      "id": "door",
      "file": "door.py",
      "title": { "en": "One key", "zh": "一把钥匙" },
      "summary": { "en": "The key stays inside.", "zh": "钥匙留在了里面。" },
      "expect": { "verdict": ["deadlock"], "ends": "deadlock" },
      "notes": [
        { "when": { "event": "acquired", "object": "k*" },
          "text": { "en": "Taken,\nand **never** given back.", "zh": "拿走了，\n**再也**没有还。" } },
        { "when": { "finding": "deadlock" }, "each": true,
          "text": { "en": "Nobody opens.", "zh": "没有人开门。" } }
      ]
    }
  ]
}"#;

const PROGRAM: &str = "from threading import Lock\nkey = Lock()\nkey.acquire()\nkey.acquire()\n";

const EN: &str = "# The meeting\n\nTwo friends.\n\n## door\n\nOne `key`\nfor two.\n\n- Watch the key.\n\n### after\n\n\
                  It was **inside**.\n";

const ZH: &str =
    "# 会面\n\n两个朋友。\n\n## door\n\n两个人，\n一把 `key`。\n\n- 看着钥匙。\n\n### after\n\n它在**里面**。\n";

/// A folder with the scenario `meeting` in it.
fn meeting() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("meeting");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [("scenario.json", SCENARIO), ("door.py", PROGRAM), ("story.en.md", EN), ("story.zh.md", ZH)] {
        fs::write(folder.join(name), text).unwrap();
    }
    directory
}

fn told(args: &[&str], lang: &str) -> Came {
    let directory = meeting();
    lockstep(&[args, &["--plain", "--lang", lang, "--path", directory.path().to_str().unwrap()]].concat())
}

#[test]
fn a_story_is_told_from_its_brief_to_its_explanation() {
    let came = told(&["run", "meeting"], "en");
    let wanted = "\
The meeting: One key
One key for two.
- Watch the key.

Start: M is about to acquire key.
Step 1, line 3: M takes key. Deadlock: M will never go on. Next M wants key, which it has held itself since line 3: it \
                  waits for itself.
Note: Taken, and never given back.
Note: Nobody opens.
Nobody can ever run again: the program hangs. 1 step, 0 context switches, 10 us, seed 1.
Deadlock: M MainThread wants key (line 4), which it holds itself since line 3. It can never go on.
again: lockstep run meeting/door --schedule v1/M1
M MainThread stands on line 4 and is blocked: M holds key. It holds key.

It was inside.
";
    assert_eq!((came.code, came.out.as_str()), (1, wanted), "{}", came.err);
    assert_eq!(told(&["meeting/door"], "en").out, came.out);
}

#[test]
fn a_story_is_told_in_chinese() {
    let came = told(&["run", "meeting"], "zh");
    let wanted = "\
会面：一把钥匙
两个人，一把 key。
- 看着钥匙。

开始：M 即将获取 key。
第 1 步，第 3 行：M 拿到了 key。死锁：M 再也无法继续。接下来 M 要 key，可是从第 3 行起持有它的正是 M 自己：它在等自己。
提示：拿走了，再也没有还。
提示：没有人开门。
谁也无法再运行：程序卡死了。共 1 步，线程切换 0 次，用时 10 微秒，种子 1。
死锁：M MainThread 要 key（第 4 行），可是从第 3 行起持有它的正是 M MainThread 自己。它再也无法继续。
重现：lockstep run meeting/door --schedule v1/M1
M MainThread 停在第 4 行，被阻塞，key 在 M 手里。它手里有 key。

它在里面。
";
    assert_eq!((came.code, came.out.as_str()), (1, wanted), "{}", came.err);
}

#[test]
fn a_file_is_told_step_by_step_and_nothing_else() {
    let program = Program::new(PROGRAM);
    let came = lockstep(&["run", program.path(), "--plain"]);
    let lines: Vec<&str> = came.out.lines().collect();
    assert!(lines[0].starts_with("Start: ") && lines[1].starts_with("Step 1, "), "{came:?}");
    assert!(lines.last().unwrap().starts_with("again: "), "{came:?}");
}

/// Every variant of the six classics.
fn classics(catalogue: &Catalogue) -> Vec<(&Scenario, &Variant)> {
    let ids = ["counter", "deadlock", "philosophers", "traffic", "condition", "parking"];
    let scenarios = ids.iter().map(|id| &**catalogue.get(id).unwrap());
    scenarios.flat_map(|scenario| scenario.variants.iter().map(move |variant| (scenario, variant))).collect()
}

#[test]
fn every_classic_tells_its_whole_story() {
    let catalogue = Catalogue::embedded();
    for (scenario, variant) in classics(&catalogue) {
        let name = format!("{}/{}", scenario.id, variant.id);
        for lang in Lang::ALL {
            let came = lockstep(&["run", &name, "--plain", "--max-steps", "3000", "--lang", lang.code()]);
            let section = lang.of(&scenario.story).section(&variant.id).unwrap();
            let (brief, after) = (markdown::spoken(&section.brief), markdown::spoken(&section.after));
            assert!(came.out.lines().skip(1).take(brief.len()).eq(&brief), "{name} {lang:?}: the brief\n{}", came.out);
            assert!(!brief.is_empty() && !after.is_empty(), "{name} {lang:?}: nothing is said before or after");
            assert!(came.out.contains(&format!("\n\n{}\n", after.join("\n"))), "{name} {lang:?}: the explanation");
            let note = if lang == Lang::En { "Note: " } else { "提示：" };
            assert!(came.out.lines().any(|line| line.starts_with(note)), "{name} {lang:?}: no note\n{}", came.out);
            assert!(!came.out.contains(['│', '─', '┌', '`']), "{name} {lang:?}: for eyes only\n{}", came.out);
        }
    }
}
