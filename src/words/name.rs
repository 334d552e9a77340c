//! What objects are called. Names are made where the program runs and say things in English: `self.lock of Account
//! 'alex'`, `Lock at line 7`. Here they get the word order of the language.

use super::{Words, safe};
use crate::event::Text;
use crate::ids::ObjectId;
use crate::model::{Model, ObjectView};

impl Words {
    /// The name in the language of these words, for a column, harmless for a terminal.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        if let Some((part, whole)) = name.split_once(" of ")
            && is_path(part)
        {
            let whole = self.name(whole);
            let key = if part == "lock" { "name-own-lock" } else { "name-part" };
            return self.with(key, &[("part", part.into()), ("whole", whole.into())]);
        }
        match name.split_once(" at line ") {
            Some((kind, line)) if is_path(kind) => {
                self.with("name-at-line", &[("kind", kind.into()), ("line", line.into())])
            }
            _ => safe(name).into_owned(),
        }
    }

    /// What the object is called in a sentence.
    #[must_use]
    pub fn object_name(&self, object: ObjectId, model: &Model) -> String {
        if model.object(object).is_some_and(ObjectView::is_gil) {
            return self.t("name-the-gil");
        }
        self.called(&model.object_name(object))
    }

    /// What the lock of a condition is called, if it has a name of its own, or that of another condition.
    pub(super) fn own_lock(&self, condition: ObjectId, model: &Model) -> Option<String> {
        let lock = model.lock_of(condition);
        let name = model.object_name(lock);
        let shared = lock == condition || name.strip_prefix("lock of ") == Some(&*model.object_name(condition));
        (!shared).then(|| self.object_name(lock, model))
    }

    /// What an object is called that has this name where the program runs.
    #[must_use]
    pub fn called(&self, name: &str) -> String {
        match name.strip_prefix("lock of ") {
            Some(whole) => self.with("name-the-lock", &[("whole", self.name(whole).into())]),
            None => self.name(name),
        }
    }

    /// A location: the object's name, with the attribute or element if there is one.
    pub(super) fn place(&self, object: ObjectId, key: Option<&Text>, model: &Model) -> String {
        let name = self.object_name(object, model);
        key.map_or_else(|| name.clone(), |key| format!("{name}{key}"))
    }
}

/// True for `lock`, `self.lock`, `locks[2]`.
fn is_path(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn names_follow_the_word_order() {
        let cases = [
            ("fork[2]", "fork[2]", "fork[2]"),
            ("lock of changed", "lock of changed", "changed 的锁"),
            ("self.lock of Account 'a of b'", "self.lock of Account 'a of b'", "Account 'a of b' 的 self.lock"),
            ("Lock at line 7", "Lock at line 7", "第 7 行的 Lock"),
            ("lock of Condition at line 7", "lock of Condition at line 7", "第 7 行的 Condition 的锁"),
            ("'x of y'", "'x of y'", "'x of y'"),
            ("a\u{1b}b", "a␛b", "a␛b"),
        ];
        for (name, en, zh) in cases {
            assert_eq!(Words::new(Lang::En).name(name), en);
            assert_eq!(Words::new(Lang::Zh).name(name), zh);
        }
    }
}
