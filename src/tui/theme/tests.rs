//! Every theme can be read.

use super::*;

/// The red, green and blue of a colour that is the same in every terminal.
fn rgb(colour: Color) -> [u8; 3] {
    match colour {
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Indexed(n @ 16..=231) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            [level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)]
        }
        Color::Indexed(n @ 232..) => [8 + 10 * (n - 232); 3],
        other => panic!("{other:?} looks different in every terminal"),
    }
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: Color) -> f64 {
    let [r, g, b] = rgb(colour).map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast ratio, WCAG 2.2: from 1 to 21.
fn contrast(one: Color, other: Color) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn check_contrast(name: ThemeName, bar: f64) {
    let theme = Themes::default().theme(name).clone();
    let ground = theme.style(Slot::Text);
    let every = Slot::ALL.iter().map(|slot| (format!("{slot:?}"), theme.style(*slot)));
    let threads = theme.threads.iter().enumerate().map(|(n, style)| (format!("thread {n}"), *style));
    for (what, style) in every.chain(threads) {
        let front = style.fg.or(ground.fg).expect("the text has a colour");
        let back = style.bg.or(ground.bg).expect("the text has a background");
        let ratio = contrast(front, back);
        assert!(ratio >= bar, "{name:?}: {what} has a contrast of {ratio:.2}");
    }
}

#[test]
fn light_can_be_read() {
    check_contrast(ThemeName::Light, 4.5);
}

#[test]
fn dark_grounds_can_be_read() {
    for name in [ThemeName::Dark, ThemeName::Deuteranopia, ThemeName::Tritanopia] {
        check_contrast(name, 4.5);
    }
}

#[test]
fn high_contrast_is_high() {
    check_contrast(ThemeName::HighContrast, 7.0);
}

#[test]
fn every_slot_stands_in_its_place() {
    for (place, slot) in Slot::ALL.into_iter().enumerate() {
        assert_eq!(slot as usize, place);
    }
}

#[test]
fn mono_has_no_colour_and_ansi_only_the_sixteen() {
    for (name, allowed) in [(ThemeName::Mono, false), (ThemeName::Ansi, true)] {
        let theme = Themes::default().theme(name).clone();
        for style in Slot::ALL.map(|slot| theme.style(slot)).into_iter().chain(theme.threads) {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                let named = !matches!(colour, Color::Rgb(..) | Color::Indexed(_));
                assert!(colour == Color::Reset || (allowed && named), "{name:?}: {colour:?}");
            }
        }
    }
}

#[test]
fn a_selection_is_seen_in_every_theme() {
    for name in ThemeName::ALL {
        let theme = Themes::default().theme(name).clone();
        for slot in [Slot::Selected, Slot::Cursor, Slot::Focus, Slot::Match] {
            assert_ne!(theme.style(slot), theme.style(Slot::Text), "{name:?}: {slot:?}");
        }
    }
}

#[test]
fn neighbouring_threads_look_different() {
    for name in ThemeName::ALL.into_iter().filter(|name| *name != ThemeName::Mono) {
        let themes = Themes::default();
        let theme = themes.theme(name);
        for n in 0..20 {
            assert_ne!(theme.thread(ThreadId(n)), theme.thread(ThreadId(n + 1)), "{name:?}");
        }
    }
}

#[test]
fn every_embedded_theme_is_one() {
    for name in ThemeName::ALL {
        assert_ne!(*Themes::default().theme(name), Theme::default(), "{name:?}");
    }
}

#[test]
fn a_file_with_a_slot_too_many_or_too_few_is_refused() {
    let with = |text: &str| {
        let themes = Themes::with_own(&[("own".to_owned(), text.to_owned())]);
        themes.flaws().first().map_or(Ok(()), |flaw| Err((flaw.line, flaw.error.clone())))
    };
    let text = ThemeName::Mono.embedded().unwrap().1;
    assert!(with(text).is_ok());
    let more = with(&format!("{text}\nsparkle = \"red\"\n"));
    let line = text.lines().count() + 2;
    assert!(
        matches!(&more, Err((at, ThemeError::Format(why))) if why.to_string().contains("sparkle") && *at == line),
        "{more:?}"
    );
    let less = text.lines().filter(|line| !line.starts_with("focus")).collect::<Vec<_>>().join("\n");
    assert_eq!(with(&less), Err((1, ThemeError::Missing("focus"))));
    assert_eq!(with("inherits = \"mono\"\nthreads = []"), Err((2, ThemeError::NoThreads)));
}

#[test]
fn a_theme_has_what_it_inherits() {
    let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let files = [
        own("mine", "inherits = \"base\"\n[styles]\nerror = \"magenta\"\n"),
        own("base", "inherits = \"mono\"\nthreads = [\"red\"]\n"),
        own("light", "inherits = \"light\"\n[styles]\ndim = \"16 on 231\"\n"),
    ];
    let themes = Themes::with_own(&files);
    assert_eq!(themes.flaws(), []);
    let (mine, mono) = (themes.theme(themes.find("mine").unwrap()), themes.theme(ThemeName::Mono));
    assert_eq!(mine.style(Slot::Error), Style::new().fg(Color::Magenta));
    assert_eq!(mine.style(Slot::Focus), mono.style(Slot::Focus));
    assert_eq!(mine.thread(ThreadId(3)), Style::new().fg(Color::Red));
    // One that has the name of an embedded theme stands in its place, once.
    let light = themes.theme(themes.find("light").unwrap());
    assert_eq!(light.style(Slot::Dim).fg, Some(Color::Indexed(16)));
    assert_eq!(light.style(Slot::Error), themes.theme(ThemeName::Light).style(Slot::Error));
    let names: Vec<&str> = themes.every().map(|name| themes.name(name)).collect();
    assert_eq!(names, ["mine", "base", "light", "ansi", "dark", "high-contrast", "deuteranopia", "tritanopia", "mono"]);
    let mut name = ThemeName::Own(0);
    for _ in &names {
        name = themes.next(name);
    }
    assert_eq!(name, ThemeName::Own(0));
}

#[test]
fn who_inherits_nobody_or_oneself_is_told_so() {
    let message = |files: &[(&str, &str)]| {
        let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Themes::with_own(&files).flaws()[0].error.to_string()
    };
    let (a, b) = (("a", "inherits = \"b\""), ("b", "inherits = \"a\""));
    assert_eq!(message(&[a, b]), "it inherits itself: a > b > a");
    assert!(message(&[a]).starts_with("it inherits 'b', which does not exist; there are a, ansi, dark,"));
    let own = message(&[("dark", "inherits = \"mine\""), ("mine", "inherits = \"dark\"\n[styles]\ntext = \"redd\"")]);
    assert_eq!(own, "it inherits 'mine', in which something is wrong");
    let unknown = Themes::default().find("drak").unwrap_err().to_string();
    assert!(unknown.starts_with("there is no theme 'drak'; there are ansi, dark, light,"), "{unknown}");
}

#[test]
fn each_mistake_is_told_once_where_it_stands() {
    let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let files = [
        own("dark", "inherits = \"dark\"\n[styles]\nblocked = \"#ff\"\nnew = \"300 on redd, loud\"\n"),
        own("heir", "# mine\ninherits = \"dark\"\n[styles]\ntext = \"red, loud\"\n"),
        own("good", "inherits = \"light\"\n"),
    ];
    let themes = Themes::with_own(&files);
    let told: Vec<String> =
        themes.flaws().iter().map(|flaw| format!("{}:{}: {}", flaw.name, flaw.line, flaw.error)).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("dark:3: there is no colour `#ff`; there are default, black, red, "), "{told:?}");
    assert!(told[1].starts_with("dark:4: there is no colour `redd`; "), "{told:?}");
    assert_eq!(told[2], "heir:2: it inherits 'dark', in which something is wrong");
    assert!(told[3].starts_with("heir:4: there is no `loud` among"), "{told:?}");
    // The others are there.
    assert!(themes.find("good").is_ok() && themes.find("heir").is_err());
}

/// What a colour looks like to eyes without one kind of cones: G. Machado, M. Oliveira and L. Fernandes, "A
/// physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15(6), 2009, table 1, severity 1.0.
const DEUTERANOPIA: [[f64; 3]; 3] =
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]];
const TRITANOPIA: [[f64; 3]; 3] =
    [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]];

/// CIE 1976 L*a*b* of a colour as such eyes see it.
fn lab(colour: Color, eyes: &[[f64; 3]; 3]) -> [f64; 3] {
    let linear = rgb(colour).map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let product = |matrix: &[[f64; 3]; 3], v: [f64; 3]| matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);
    let seen = product(eyes, linear).map(|part| part.clamp(0.0, 1.0));
    let xyz = product(&[[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen);
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let [x, y, z] = [f(xyz[0] / 0.9505), f(xyz[1]), f(xyz[2] / 1.089)];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn check_eyes(name: ThemeName, eyes: &[[f64; 3]; 3]) {
    let theme = Themes::default().theme(name).clone();
    let distance = |one: Style, other: Style| {
        let (a, b) = (lab(one.fg.unwrap(), eyes), lab(other.fg.unwrap(), eyes));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    };
    let pairs = [
        (Slot::Good, Slot::Error),
        (Slot::Good, Slot::Warning),
        (Slot::Warning, Slot::Error),
        (Slot::Ready, Slot::Blocked),
        (Slot::Ready, Slot::Waiting),
        (Slot::Blocked, Slot::Waiting),
        (Slot::Blocked, Slot::Sleeping),
        (Slot::Ready, Slot::Text),
    ];
    for (one, other) in pairs {
        let far = distance(theme.style(one), theme.style(other));
        assert!(far >= 20.0, "{name:?}: {one:?} and {other:?} are {far:.1} apart");
    }
    for n in 0..theme.threads.len() {
        let far = distance(theme.threads[n], theme.threads[(n + 1) % theme.threads.len()]);
        assert!(far >= 20.0, "{name:?}: threads {n} and {} are {far:.1} apart", n + 1);
    }
}

#[test]
fn states_can_be_told_apart_without_red_and_green() {
    check_eyes(ThemeName::Deuteranopia, &DEUTERANOPIA);
}

#[test]
fn states_can_be_told_apart_without_blue_and_green() {
    check_eyes(ThemeName::Tritanopia, &TRITANOPIA);
}
