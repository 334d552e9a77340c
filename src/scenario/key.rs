//! Keys in stories and notes.
//!
//! What a key does can be changed (docs/CLI.md), so a text names the action: `{key:explore}`. Shown, that is the key which does it
//! where the text is read. The names are those under which keys are changed, of the stage and of everywhere. Which thread a
//! digit runs cannot be changed: digits stand in a text as they are.

use super::nearest;
use crate::said::Said;
use std::borrow::Cow;

/// The actions that a text can name, and the keys that they usually have.
const USUAL: &str = "play=Space step=Right back=Left enter=Enter predict=p explore=x challenge=c hint=H compare=d \
    next-event=Shift-Right previous-event=Shift-Left next-line=e start=g end=G faster=+ slower=- restart=r \
    reseed=R scheduler=s atomicity=a break=b variant=v world=w follow=f next-pane=Tab previous-pane=Shift-Tab \
    up=Up down=Down page-up=PageUp page-down=PageDown show-left=[ show-right=] zoom=z notes=i present=P \
    zoom-in=> zoom-out=< search=/ copy=y save=S open=o edit=E theme=t language=L mouse=F12 help=? palette=: \
    leave=Esc suspend=Ctrl-Z quit=Ctrl-C";

/// The actions that a text can name, each with the key that it usually has. (A test of the interface compares them with its
/// keys.)
pub fn usual_keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    USUAL.split(' ').filter_map(|pair| pair.split_once('='))
}

fn names() -> impl Iterator<Item = &'static str> {
    usual_keys().map(|(name, _)| name)
}

/// The text with the usual keys, as code: for where there are no others.
#[must_use]
pub fn with_usual_keys(text: &str) -> Cow<'_, str> {
    with_keys(text, |name| {
        let (_, key) = usual_keys().find(|(known, _)| *known == name)?;
        Some(format!("`{key}`"))
    })
}

const OPEN: &str = "{key:";

/// The text with each action that it names replaced by what `key` says of it. What it says nothing of stays as it is.
pub fn with_keys(text: &str, mut key: impl FnMut(&str) -> Option<String>) -> Cow<'_, str> {
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next(rest) {
        filled.push_str(before);
        match key(name) {
            Some(key) => filled.push_str(&key),
            None => filled.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

/// What is named in the text and is no action.
fn unknown(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let names = std::iter::from_fn(move || {
        let (_, name, after) = next(rest)?;
        rest = after;
        Some(name)
    });
    names.filter(|name| !is_known(name))
}

/// Why a text cannot be told as it is: the first name in it that is no action.
pub(super) fn flaw(text: &str) -> Option<Said> {
    let name = unknown(text).next()?;
    Some(match nearest(name, names()) {
        Some(near) => Said::new("flaw-key-near").with("name", name).with("near", near),
        None => Said::new("flaw-key").with("name", name),
    })
}

fn is_known(name: &str) -> bool {
    names().any(|known| known == name)
}

/// The first name in the text, with what stands before and behind it. What is not closed on its line is taken up to the end of
/// that, its beginning included, and so names nothing.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(OPEN)?;
    let end = rest.find(['}', '\n']).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    Some(match after.strip_prefix('}') {
        Some(after) => (before, name, after),
        None => (before, &text[before.len()..text.len() - after.len()], after),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_keys_and_the_rest_stays() {
        let shown = |text: &str| with_keys(text, |name| is_known(name).then(|| format!("<{name}>"))).into_owned();
        assert_eq!(shown("按 {key:explore}，再按 {key:play}。"), "按 <explore>，再按 <play>。");
        assert_eq!(with_usual_keys("{key:play}, {key:explore} {key:no}"), "`Space`, `x` {key:no}");
        assert_eq!(shown("{key:play}{key:no}{key:compare}"), "<play>{key:no}<compare>");
        for same in ["", "{key", "`{x}`", "{key:", "{key:play\nx}", "{ key:play }"] {
            assert_eq!(shown(same), same);
        }
    }

    #[test]
    fn what_is_no_action_is_found() {
        let found = |text| unknown(text).collect::<Vec<_>>();
        assert_eq!(found("{key:play} {key:paly} {key:} {key:step"), ["paly", "", "{key:step"]);
        assert_eq!(found("{key:run-numbered}\n{key:sp\n"), ["run-numbered", "{key:sp"]);
    }
}
