//! The catalogue as a list.

use crate::scenario::{BugKind, Catalogue, Level, Localized, Scenario, Setting, Variant, Verdict};
use crate::words::{Lang, Words};
use serde::Serialize;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// For people: every scenario with its variants, by topic.
pub fn text(catalogue: &Catalogue, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let lang = words.lang();
    let targets = catalogue.scenarios().iter().flat_map(|s| s.variants.iter().map(|v| s.id.len() + 1 + v.id.len()));
    let width = targets.max().unwrap_or(0);
    for (index, scenario) in catalogue.scenarios().iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}  {}", scenario.id, pick(&scenario.title, lang))?;
        writeln!(out, "  {}", pick(&scenario.summary, lang))?;
        let titles = scenario.variants.iter().map(|variant| pick(&variant.title, lang).width());
        let title_width = titles.max().unwrap_or(0);
        for variant in &scenario.variants {
            let target = format!("{}/{}", scenario.id, variant.id);
            let title = pick(&variant.title, lang);
            let gap = " ".repeat(title_width - title.width());
            writeln!(out, "    {target:width$}  {title}{gap}  {}", verdict(&variant.expected.verdict, words))?;
        }
        for parameter in &scenario.parameters {
            let defaults = scenario.variants.iter().flat_map(|variant| &variant.settings);
            let default = defaults.into_iter().find(|setting| setting.parameter.name == parameter.name);
            let default = default.map_or(parameter.min, |setting| setting.default);
            let (name, min, max) = (&parameter.name, parameter.min, parameter.max);
            writeln!(out, "    -p {name}={default} ({min}..{max})  {}", pick(&parameter.about, lang))?;
        }
    }
    Ok(())
}

fn pick(text: &Localized, lang: Lang) -> &str {
    match lang {
        Lang::En => &text.en,
        Lang::Zh => &text.zh,
    }
}

/// The verdict in words, such as "can deadlock".
fn verdict(verdict: &Verdict, words: &Words) -> String {
    match verdict {
        Verdict::Proved => words.t("list-proved"),
        Verdict::Bug(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|kind| words.t(bug_key(*kind))).collect();
            words.list(&kinds)
        }
    }
}

const fn bug_key(kind: BugKind) -> &'static str {
    match kind {
        BugKind::Deadlock => "list-deadlock",
        BugKind::Stuck => "list-stuck",
        BugKind::Livelock => "list-livelock",
        BugKind::Assertion => "list-assertion",
        BugKind::Crash => "list-crash",
    }
}

/// For other programs.
pub fn json(catalogue: &Catalogue, out: &mut dyn Write) -> io::Result<()> {
    let list =
        ListJson { lockstep: 1, scenarios: catalogue.scenarios().iter().map(|s| ScenarioJson::new(s)).collect() };
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}

#[derive(Serialize)]
struct ListJson<'a> {
    lockstep: u32,
    scenarios: Vec<ScenarioJson<'a>>,
}

#[derive(Serialize)]
struct ScenarioJson<'a> {
    id: &'a str,
    title: &'a Localized,
    summary: &'a Localized,
    topic: &'a Localized,
    level: Level,
    variants: Vec<VariantJson<'a>>,
}

#[derive(Serialize)]
struct VariantJson<'a> {
    /// What to type.
    target: String,
    id: &'a str,
    title: &'a Localized,
    summary: &'a Localized,
    /// `proved` or `bug`.
    verdict: &'static str,
    bugs: &'a [BugKind],
    parameters: Vec<SettingJson<'a>>,
}

#[derive(Serialize)]
struct SettingJson<'a> {
    name: &'a str,
    about: &'a Localized,
    default: i64,
    min: i64,
    max: i64,
}

impl<'a> ScenarioJson<'a> {
    fn new(scenario: &'a Scenario) -> ScenarioJson<'a> {
        ScenarioJson {
            id: &scenario.id,
            title: &scenario.title,
            summary: &scenario.summary,
            topic: &scenario.topic,
            level: scenario.level,
            variants: scenario.variants.iter().map(|variant| VariantJson::new(&scenario.id, variant)).collect(),
        }
    }
}

impl<'a> VariantJson<'a> {
    fn new(scenario: &str, variant: &'a Variant) -> VariantJson<'a> {
        let (verdict, bugs) = match &variant.expected.verdict {
            Verdict::Proved => ("proved", &[][..]),
            Verdict::Bug(kinds) => ("bug", &kinds[..]),
        };
        VariantJson {
            target: format!("{scenario}/{}", variant.id),
            id: &variant.id,
            title: &variant.title,
            summary: &variant.summary,
            verdict,
            bugs,
            parameters: variant.settings.iter().map(SettingJson::new).collect(),
        }
    }
}

impl<'a> SettingJson<'a> {
    fn new(setting: &'a Setting) -> SettingJson<'a> {
        let parameter = &setting.parameter;
        SettingJson {
            name: &parameter.name,
            about: &parameter.about,
            default: setting.default,
            min: parameter.min,
            max: parameter.max,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn every_variant_stands_in_the_list_in_both_languages() {
        let catalogue = Catalogue::embedded();
        for lang in [Lang::En, Lang::Zh] {
            let list = written(|out| text(&catalogue, &Words::new(lang), out));
            for scenario in catalogue.scenarios() {
                for variant in &scenario.variants {
                    let target = format!("    {}/{} ", scenario.id, variant.id);
                    assert!(list.contains(&target), "{target}");
                }
            }
            assert!(!list.contains("list-"), "a key without words: {list}");
        }
        let list = written(|out| text(&catalogue, &Words::new(Lang::Zh), out));
        assert!(list.contains("哲学家就餐"));
    }

    #[test]
    fn the_json_has_what_a_program_needs() {
        let list = written(|out| json(&Catalogue::embedded(), out));
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        assert_eq!(list["lockstep"], 1);
        let naive = &list["scenarios"][2]["variants"][0];
        assert_eq!(naive["target"], "philosophers/naive");
        assert_eq!(naive["verdict"], "bug");
        assert_eq!(naive["bugs"], serde_json::json!(["deadlock"]));
        assert_eq!(naive["parameters"][0]["name"], "N");
        assert_eq!(naive["parameters"][0]["default"], 3);
    }
}
