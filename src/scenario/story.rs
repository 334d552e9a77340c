//! A story: what happens, what to watch, why the fix works.
//!
//! ```text
//! # Dining philosophers          the title; not shown, the manifest has it
//!
//! Introduction …                 about the scenario as a whole
//!
//! ## naive                       one section for each variant, called by the variant's id
//!
//! Text …
//! ```
//!
//! The text is Markdown with paragraphs, `- ` lists, `code` and **emphasis**, and nothing else, so that it can be
//! shown in a terminal as well as in a browser.

use super::load::Flaw;
use std::sync::Arc;

/// The story of a scenario in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    pub introduction: Arc<str>,
    sections: Vec<(Arc<str>, Arc<str>)>,
}

impl Story {
    /// What is told of this variant.
    #[must_use]
    pub fn section(&self, variant: &str) -> Option<&str> {
        self.sections.iter().find(|(name, _)| &**name == variant).map(|(_, text)| &**text)
    }

    /// Reads a story, which must have one section for each of `variants` and no others.
    pub(super) fn parse(file: &str, text: &str, variants: &[&str], flaws: &mut Vec<Flaw>) -> Story {
        let mut story = Story::default();
        let mut name: Option<&str> = None;
        let mut body = String::new();
        for (line, number) in text.lines().zip(1u32..) {
            if let Some(heading) = line.strip_prefix("## ") {
                story.close(name, &body);
                body.clear();
                let heading = heading.trim();
                if !variants.contains(&heading) {
                    flaws.push(Flaw::new(file, number, format!("there is no variant `{heading}`")));
                } else if story.section(heading).is_some() || name == Some(heading) {
                    flaws.push(Flaw::new(file, number, format!("a second section `{heading}`")));
                }
                name = Some(heading);
            } else if !line.starts_with("# ") {
                body.push_str(line);
                body.push('\n');
            }
        }
        story.close(name, &body);
        let last = u32::try_from(text.lines().count()).unwrap_or(u32::MAX).max(1);
        for variant in variants.iter().filter(|variant| story.section(variant).is_none()) {
            flaws.push(Flaw::new(file, last, format!("the section `## {variant}` is missing")));
        }
        if story.introduction.is_empty() {
            flaws.push(Flaw::new(file, 1, "the introduction before the first section is missing".to_owned()));
        }
        story
    }

    fn close(&mut self, name: Option<&str>, body: &str) {
        match name {
            None => self.introduction = body.trim().into(),
            Some(name) => self.sections.push((name.into(), body.trim().into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Story, Vec<String>) {
        let mut flaws = Vec::new();
        let story = Story::parse("story.en.md", text, &["one", "two"], &mut flaws);
        (story, flaws.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn sections_belong_to_variants() {
        let (story, flaws) = parse("# T\n\nHello.\n\n## one\n\nFirst.\n\nMore.\n\n## two\nSecond.\n");
        assert_eq!(flaws, Vec::<String>::new());
        assert_eq!(&*story.introduction, "Hello.");
        assert_eq!(story.section("one"), Some("First.\n\nMore."));
        assert_eq!(story.section("two"), Some("Second."));
        assert_eq!(story.section("three"), None);
    }

    #[test]
    fn sections_that_lead_nowhere_are_named_with_their_line() {
        let (_, flaws) = parse("# T\n\n## one\nx\n## three\ny\n## one\nz\n");
        assert_eq!(
            flaws,
            [
                "story.en.md:5: there is no variant `three`",
                "story.en.md:7: a second section `one`",
                "story.en.md:8: the section `## two` is missing",
                "story.en.md:1: the introduction before the first section is missing",
            ]
        );
    }
}
