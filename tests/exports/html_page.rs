//! The page, driven in headless Chromium: what it shows, what its keys and buttons do, and that nothing gets out.

use super::chromium::Browser;
use super::common::{COUNTER, program, scenario};
use super::html::{hostile, objects_of, page, threads_of, variables_of};
use lockstep::ids::Step;
use lockstep::model::{History, Recording};
use lockstep::words::{Lang, Scene, Threads, Words};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A file with the page of a run.
struct Page {
    folder: tempfile::TempDir,
}

impl Page {
    fn of(recording: &Recording, lang: Lang) -> Page {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("page.html"), page(recording, lang)).unwrap();
        Page { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("page.html")
    }
}

/// Nothing went wrong: no exception, no dialog, no complaint, no request but the one for the page.
fn assert_quiet(browser: &Browser) {
    for kind in
        ["Runtime.exceptionThrown", "Page.javascriptDialogOpening", "Log.entryAdded", "Runtime.consoleAPICalled"]
    {
        assert_eq!(browser.events(kind), Vec::<Value>::new(), "{kind}");
    }
    let requests = browser.events("Network.requestWillBeSent");
    let asked: Vec<&str> = requests.iter().map(|event| event["request"]["url"].as_str().unwrap()).collect();
    assert!(asked.iter().all(|url| url.starts_with("file:///") && url.contains("page.html")), "{asked:?}");
}

/// The number of the step that is shown.
fn step(browser: &Browser) -> u64 {
    browser.eval("Number(document.getElementById('slider').value)").as_u64().unwrap()
}

/// The sentences about a step, as the stage has them.
fn told(recording: &Recording, step: u32, lang: Lang) -> String {
    let mut history = recording.history.clone();
    history.seek(Step(step));
    let after = history.model().clone();
    let events: Vec<_> = history.events_of(Step(step)).collect();
    let before = if step == 0 {
        lockstep::model::Model::default()
    } else {
        history.seek(Step(step - 1));
        history.model().clone()
    };
    let findings: Vec<_> =
        history.all_findings().iter().filter(|finding| finding.step == Step(step)).cloned().collect();
    let scene =
        Scene { events: &events, before: &before, after: &after, findings: &findings, threads: Threads::Simulated };
    Words::new(lang).narrate(&scene)
}

/// A run that deadlocks.
fn deadlock() -> Recording {
    let runs = (1..50).map(|seed| scenario("deadlock/opposite", seed));
    runs.into_iter().find(|run| !run.history.all_findings().is_empty()).unwrap()
}

#[test]
fn keys_and_buttons_go_through_the_run() {
    let Some(browser) = Browser::start() else { return };
    let run = deadlock();
    let last = u64::from(run.history.last_step().0);
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "");
    assert_eq!(step(&browser), 0);
    assert_eq!(browser.text("#told"), told(&run, 0, Lang::En));
    for (forward, back) in [("ArrowRight", "ArrowLeft"), ("l", "h"), ("n", "Backspace")] {
        browser.press(forward);
        browser.press(forward);
        assert_eq!(step(&browser), 2, "{forward}");
        assert_eq!(browser.text("#told"), told(&run, 2, Lang::En));
        browser.press(back);
        assert_eq!(step(&browser), 1, "{back}");
        assert_eq!(browser.text("#told"), told(&run, 1, Lang::En));
        browser.press(back);
    }
    for (end, start) in [("End", "Home"), ("G", "g")] {
        browser.press(end);
        assert_eq!(step(&browser), last);
        browser.press("ArrowRight");
        assert_eq!(step(&browser), last, "nothing comes after the end");
        browser.press(start);
        assert_eq!(step(&browser), 0);
        browser.press("ArrowLeft");
        assert_eq!(step(&browser), 0, "nothing comes before the beginning");
    }
    for (button, expected) in [("#step", 1), ("#end", last), ("#back", last - 1), ("#start", 0)] {
        browser.click(button);
        assert_eq!(step(&browser), expected, "{button}");
    }
    assert_quiet(&browser);
}

#[test]
fn the_next_event_of_interest_is_the_one_of_the_stage() {
    let Some(browser) = Browser::start() else { return };
    let run = scenario("philosophers/naive", 1);
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "");
    let mut history = run.history.clone();
    history.seek(Step(0));
    let mut forward = Vec::new();
    while let Some(next) = history.next_mark(lockstep::detect::Marks::INTEREST) {
        forward.push(u64::from(next.0));
        history.seek(next);
    }
    assert!(forward.len() > 3);
    for (index, expected) in forward.iter().enumerate() {
        if index % 2 == 0 {
            browser.press("Shift+ArrowRight");
        } else {
            browser.click("#next");
        }
        assert_eq!(step(&browser), *expected);
    }
    for expected in forward.iter().rev().skip(1) {
        browser.press("Shift+ArrowLeft");
        assert_eq!(step(&browser), *expected);
    }
    assert_quiet(&browser);
}

#[test]
fn it_plays_pauses_and_stops_at_the_end() {
    let Some(browser) = Browser::start() else { return };
    let page = Page::of(&scenario("philosophers/naive", 1), Lang::En);
    browser.open(&page.path(), "");
    let pressed = "document.getElementById('play').getAttribute('aria-pressed')";
    assert_eq!(browser.text("#speed"), "4/s");
    for _ in 0..12 {
        browser.press("-");
    }
    assert_eq!(browser.text("#speed"), "1/s");
    browser.press("Space");
    assert_eq!(browser.eval(pressed), json!("true"));
    assert_eq!(browser.eval("document.getElementById('play').getAttribute('aria-label')"), json!("Pause"));
    browser.wait("Number(document.getElementById('slider').value) >= 1");
    browser.press("Space");
    assert_eq!(browser.eval(pressed), json!("false"));
    // What is played slowly is read out; what is played fast is not, until it stops.
    assert_eq!(browser.eval("document.getElementById('told').getAttribute('aria-live')"), json!("polite"));
    for _ in 0..12 {
        browser.click("#faster");
    }
    assert_eq!(browser.text("#speed"), "max");
    browser.click("#play");
    browser.wait("document.getElementById('slider').value === document.getElementById('slider').max");
    browser.wait("document.getElementById('play').getAttribute('aria-pressed') === 'false'");
    assert_eq!(browser.eval("document.getElementById('told').getAttribute('aria-live')"), json!("polite"));
    // Played again it begins anew, and a step by hand stops it.
    browser.press("Space");
    browser.press("g");
    assert_eq!(browser.eval(pressed), json!("false"));
    assert_eq!(step(&browser), 0);
    assert_quiet(&browser);
}

#[test]
fn the_address_leads_to_a_step_and_follows_it() {
    let Some(browser) = Browser::start() else { return };
    let run = deadlock();
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "#step=3");
    assert_eq!(step(&browser), 3);
    assert_eq!(browser.text("#told"), told(&run, 3, Lang::En));
    browser.press("ArrowRight");
    browser.wait("location.hash === '#step=4'");
    browser.eval("location.hash = '#step=2'");
    browser.wait("document.getElementById('slider').value === '2'");
    assert_eq!(browser.text("#told"), told(&run, 2, Lang::En));
    // Nothing is lost by what makes no sense.
    for place in ["#step=999999999", "#step=-1", "#step=<b>", "#nothing"] {
        browser.open(&page.path(), place);
        assert!(step(&browser) <= u64::from(run.history.last_step().0), "{place}");
    }
    browser.open(&page.path(), "#step=999999999");
    assert_eq!(step(&browser), u64::from(run.history.last_step().0));
    assert_quiet(&browser);
}

#[test]
fn slider_timeline_and_findings_go_to_steps() {
    let Some(browser) = Browser::start() else { return };
    let run = deadlock();
    let last = u64::from(run.history.last_step().0);
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "");
    browser.click_at("#slider", 0.999);
    assert_eq!(step(&browser), last);
    // With the focus on the slider the keys are the same, and move it once.
    assert_eq!(browser.eval("document.activeElement.id"), json!("slider"));
    browser.press("ArrowLeft");
    assert_eq!(step(&browser), last - 1);
    browser.press("Home");
    assert_eq!(step(&browser), 0);
    let finding = run.history.all_findings()[0].step.0;
    browser.click("#findings button");
    assert_eq!(step(&browser), u64::from(finding));
    assert_eq!(browser.text("#told"), told(&run, finding, Lang::En));
    browser.press("Home");
    browser.click_at("#timeline svg", 0.9995);
    assert_eq!(step(&browser), last);
    let svg = browser.eval("[document.querySelector('#timeline svg').getAttribute('role'), document.getElementById(document.querySelector('#timeline svg').getAttribute('aria-labelledby')).textContent]");
    assert_eq!(svg[0], json!("img"));
    assert!(svg[1].as_str().unwrap().contains("A: steps made"), "{svg}");
    assert_quiet(&browser);
}

#[test]
fn the_timeline_shows_less_time_in_more_detail() {
    let Some(browser) = Browser::start() else { return };
    let run = program(&COUNTER.replace("ROUNDS", "20"), 1);
    let last = u64::from(run.history.last_step().0);
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "");
    browser.press("End");
    browser.press(">");
    browser.press(">");
    browser.click_at("#timeline svg", 0.9995);
    assert_eq!(step(&browser), last);
    browser.click_at("#timeline svg", 0.5);
    let middle = step(&browser);
    assert!(middle > last * 3 / 4 && middle < last, "{middle} of {last}");
    // The page is turned when the cursor leaves it.
    browser.press("Home");
    browser.click_at("#timeline svg", 0.9995);
    assert!(step(&browser) < last / 2);
    browser.press("<");
    browser.press("<");
    browser.click_at("#timeline svg", 0.9995);
    assert_eq!(step(&browser), last);
    assert_quiet(&browser);
}

#[test]
fn the_language_is_switched_everywhere() {
    let Some(browser) = Browser::start() else { return };
    let run = deadlock();
    let last = run.history.last_step().0;
    let page = Page::of(&run, Lang::Zh);
    browser.open(&page.path(), &format!("#step={last}"));
    assert_eq!(browser.eval("document.documentElement.lang"), json!("zh-Hans"));
    assert_eq!(browser.text("#told"), told(&run, last, Lang::Zh));
    assert_eq!(browser.text("#h-threads"), "线程");
    browser.press("L");
    assert_eq!(browser.eval("document.documentElement.lang"), json!("en"));
    assert_eq!(browser.text("#told"), told(&run, last, Lang::En));
    assert_eq!(browser.text("#h-threads"), "Threads");
    let all = "document.body.innerText + [...document.querySelectorAll('[aria-label],[title]')].map((e) => `${e.ariaLabel} ${e.title}`).join()";
    let shown = browser.eval(all);
    let chinese: String = shown.as_str().unwrap().chars().filter(|c| ('\u{4e00}'..'\u{9fff}').contains(c)).collect();
    assert_eq!(chinese, "中文", "only the button that leads to Chinese is in Chinese");
    browser.click("#language");
    assert_eq!(browser.text("#told"), told(&run, last, Lang::Zh));
    assert_quiet(&browser);
}

/// Everything that is shown is what the recording has at its position.
fn assert_shows(browser: &Browser, history: &History, place: &str) {
    let at = format!("{place}, step {}", history.at().0);
    assert_eq!(cells(browser, "#threads"), threads_of(history.model()), "{at}");
    assert_eq!(cells(browser, "#objects"), objects_of(history.model()), "{at}");
    assert_eq!(variables(browser), variables_of(history.model()), "{at}");
    let output = history.output();
    let lines = output.lines(output.line_count().saturating_sub(300)..output.line_count());
    let lines: Vec<_> = lines.iter().map(|line| format!("{}{}", line.thread.letter(), line.text)).collect();
    assert_eq!(output_of(browser), lines, "{at}");
}

#[test]
fn the_last_picture_is_the_one_of_the_recording() {
    let Some(browser) = Browser::start() else { return };
    for target in ["deadlock/opposite", "philosophers/naive", "condition/correct", "counter/race"] {
        let run = scenario(target, 2);
        let page = Page::of(&run, Lang::En);
        browser.open(&page.path(), "");
        for _ in 0..run.history.last_step().0 {
            browser.press("ArrowRight");
        }
        assert_shows(&browser, &run.history, target);
    }
    assert_quiet(&browser);
}

#[test]
fn any_step_of_a_long_run_is_reached_from_any_other() {
    let Some(browser) = Browser::start() else { return };
    let run = program(&MIX.replace("ROUNDS", "40"), 1);
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "");
    let mut history = run.history.clone();
    let last = history.last_step().0;
    assert!(last > 600, "{last}");
    for to in [last, 128, 127, 129, 400, 399, 5, last - 1, 256, 0, 255, 300, last] {
        browser.eval(&format!("location.hash = '#step={to}'"));
        browser.wait(&format!("document.getElementById('slider').value === '{to}'"));
        history.seek(Step(to));
        assert_shows(&browser, &history, "mix");
    }
    assert_quiet(&browser);
}

const CELLS: &str = "[...document.querySelectorAll('TABLE tbody tr:not(.later)')].map((row) => [...row.cells].map((cell) => cell.textContent))";

fn cells(browser: &Browser, table: &str) -> Vec<Vec<String>> {
    serde_json::from_value(browser.eval(&CELLS.replace("TABLE", table))).unwrap()
}

fn variables(browser: &Browser) -> Vec<Vec<String>> {
    let mut rows = cells(browser, "#variables");
    for row in &mut rows {
        row.truncate(2);
    }
    rows.sort();
    rows
}

fn output_of(browser: &Browser) -> Vec<String> {
    let lines = "[...document.querySelectorAll('#output li:not(.none)')].map((line) => line.textContent)";
    serde_json::from_value(browser.eval(lines)).unwrap()
}

#[test]
fn nothing_moves_while_it_plays() {
    let Some(browser) = Browser::start() else { return };
    let run = scenario("philosophers/naive", 2);
    let page = Page::of(&run, Lang::En);
    let places =
        "[...document.querySelectorAll('main section, .top > *, .controls > *, th[scope=col]')].flatMap((e) => {
        const r = e.getBoundingClientRect();
        return e.closest('.top') ? [r.top, r.height] : [r.left, r.top, r.width, r.height]; })";
    for width in [1280, 390] {
        browser.size(width, 800);
        browser.open(&page.path(), "");
        browser.eval(&format!("window.before = {places}, 0"));
        for number in 1..=run.history.last_step().0 {
            browser.press("ArrowRight");
            // A sixty-fourth of a pixel comes and goes.
            let moved = browser.eval(&format!("Math.max(...{places}.map((now, i) => Math.abs(now - before[i])))"));
            assert!(moved.as_f64().unwrap() < 0.1, "{moved} at step {number}, {width} wide");
        }
        assert_eq!(browser.eval("document.documentElement.scrollWidth <= innerWidth"), json!(true), "{width}");
    }
    assert_quiet(&browser);
}

#[test]
fn of_many_threads_the_one_that_made_the_step_is_in_view() {
    let Some(browser) = Browser::start() else { return };
    let run = program(&COUNTER.replace("ROUNDS", "1").replace("range(4)", "range(60)"), 1);
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "");
    let hidden = "(() => { const [row] = document.querySelectorAll('#threads tr.touched'); const box = row.closest('.scroll').getBoundingClientRect();
        const r = row.getBoundingClientRect(); return r.top < box.top || r.bottom > box.bottom + 1; })()";
    for _ in 0..20 {
        browser.press("Shift+ArrowRight");
        assert_eq!(browser.eval(hidden), json!(false), "step {}", step(&browser));
    }
    assert_quiet(&browser);
}

#[test]
fn the_state_of_a_thread_is_never_cut() {
    let Some(browser) = Browser::start() else { return };
    let run = scenario("philosophers/naive", 1);
    for lang in Lang::ALL {
        let page = Page::of(&run, lang);
        for width in [390, 1024, 1280, 1920] {
            browser.size(width, 800);
            browser.open(&page.path(), "#step=6");
            // Each word in turn, in every row.
            let cut = "run => [...document.querySelectorAll('#threads td.state')].filter((cell) => run.states.some(([sign, , word]) => {
                cell.firstChild.firstChild.textContent = sign;
                cell.firstChild.lastChild.data = typeof word === 'string' ? word : word[LANG];
                return cell.scrollWidth > cell.clientWidth; })).length";
            let cut = cut.replace("LANG", if lang == Lang::En { "0" } else { "1" });
            let found = browser.eval(&format!("({cut})(JSON.parse(document.getElementById('run').textContent))"));
            assert_eq!(found, json!(0), "{lang}, {width} wide");
        }
    }
}

#[test]
fn a_hostile_program_does_no_harm() {
    let Some(browser) = Browser::start() else { return };
    let run = hostile();
    let page = Page::of(&run, Lang::En);
    browser.open(&page.path(), "");
    for _ in 0..run.history.last_step().0 {
        browser.press("ArrowRight");
    }
    browser.press("L");
    browser.eval("window.dispatchEvent(new Event('beforeprint'))");
    assert!(browser.text("#program").contains("</script><script>alert(\"comment\")</script>"));
    assert!(browser.text("#output").contains("</script><script>alert(1)</script>"));
    assert!(browser.text("h1").starts_with("</title></h1><script>alert(6)</script><202E>␛[2J{{ 7 * 7 }}"));
    assert_eq!(browser.eval("document.querySelectorAll('script').length"), json!(2));
    assert_eq!(
        browser.eval("document.querySelectorAll('img, iframe, object, embed, link, b[onload], [onerror]').length"),
        json!(0)
    );
    assert_quiet(&browser);
    // Even what would get in would not run.
    let planted = "new Promise((done) => {
        document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.planted = true';
        document.body.append(script); })";
    assert_eq!(browser.eval(planted), json!("script-src-elem"));
    assert_eq!(browser.eval("window.planted"), Value::Null);
    let loaded = "new Promise((done) => {
        const image = new Image();
        image.onerror = () => done('refused');
        image.onload = () => done('loaded');
        image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='; })";
    assert_eq!(browser.eval(loaded), json!("refused"));
}

#[test]
fn it_can_be_used_without_seeing_it() {
    let Some(browser) = Browser::start() else { return };
    let page = Page::of(&deadlock(), Lang::En);
    browser.open(&page.path(), "#step=5");
    let unnamed = "[...document.querySelectorAll('button, input, [role=region], dialog')].filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || e.getAttribute('aria-labelledby'))).length";
    assert_eq!(browser.eval(unnamed), json!(0));
    assert_eq!(browser.eval("document.querySelectorAll('th:not([scope])').length"), json!(0));
    assert_eq!(browser.eval("document.querySelectorAll('main, header, h1').length"), json!(3));
    assert_eq!(browser.eval("document.getElementById('slider').getAttribute('aria-valuetext')"), json!("Step 5 of 6"));
    // The first Tab leads to the link to the buttons, and whatever has the focus is seen to have it.
    browser.press("Tab");
    assert_eq!(browser.eval("document.activeElement.className"), json!("skip"));
    assert_eq!(browser.eval("getComputedStyle(document.activeElement).outlineStyle"), json!("solid"));
    // The help takes the focus and gives it back.
    browser.press("?");
    assert_eq!(browser.eval("document.getElementById('keys').open"), json!(true));
    browser.press("ArrowRight");
    assert_eq!(step(&browser), 5, "keys of the page do nothing while the help is open");
    browser.press("Escape");
    browser.wait("!document.getElementById('keys').open");
    assert_quiet(&browser);
}

const MIX: &str = "
from threading import Thread, Condition, Semaphore
import queue
items = queue.Queue(3)
places = Semaphore(2)
seen = {}
changed = Condition()
def produce(me):
    for i in range(ROUNDS):
        items.put((me, i))
def consume(me):
    for i in range(ROUNDS):
        item = items.get()
        with places:
            seen[me] = item
        with changed:
            changed.notify_all()
        if i % 10 == 0:
            print(me, 'has', item)
threads = [Thread(target=produce, args=(k,), name=f'producer {k}') for k in range(2)] + [Thread(target=consume, args=(k,), name=f'consumer {k}') for k in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
";
