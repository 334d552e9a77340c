//! What the readers of JSON and TOML say of a broken file, as data.
//!
//! They speak English, in sentences of a few forms: `missing field` and a name, `invalid type:` with what is there and what
//! should be. A sentence of a known form becomes a message of the catalogue, with the names in it as they are; any other is
//! repeated in brackets ([`reader`]). The forms are those of `serde` 1 (`de::Error`, `de::Unexpected`), `serde_json` 1
//! (`error::ErrorCode`) and `toml_parser` 1, and what the files of this program have to say themselves on their way through
//! `serde`. Should one of them speak otherwise some day, nothing is lost but the translation.

use super::{Filling, Said};

/// A form, with its variables in braces, and the message that it is. The first that fits counts.
type Form = (&'static str, &'static str);

/// What serde says, and what others say through it.
const SENTENCES: [Form; 24] = [
    ("missing field `{name}`", "format-missing"),
    ("duplicate field `{name}`", "format-duplicate"),
    ("unknown field `{name}`, there are no fields", "format-no-fields"),
    ("unknown field `{name}`, expected {known}", "format-field"),
    ("unknown variant `{name}`, expected {known}", "format-variant"),
    ("invalid type: {found}, expected {wanted}", "format-type"),
    ("invalid value: {found}, expected {wanted}", "format-value"),
    ("invalid length {count}, expected {wanted}", "format-length"),
    ("expected {signs}", "format-signs"),
    ("a key such as \"x\", or a list of them", "format-keys"),
    ("the integer is too large", "format-large"),
    ("there is at least one outcome", "format-no-outcome"),
    ("every outcome names the same globals", "format-outcome-globals"),
    ("the same outcome twice", "format-outcome-twice"),
    ("the same thing twice", "format-thing-twice"),
    ("`{name}` twice", "format-twice"),
    ("[\"en\"], [\"zh\"] or [\"en\", \"zh\"]", "format-languages"),
    ("`{name}` is not a name: use small letters, digits and `-`", "format-id"),
    ("it is not said how seed {seed} ends", "format-seed-missing"),
    ("seed {seed} cannot end in two ways", "format-seed-twice"),
    ("seed {seed} is not among the seeds 1 to 20", "format-seed"),
    ("{syntax}, expected {signs}", "format-syntax-signs"),
    ("{syntax}, expected {more}", "format-syntax"),
    ("{syntax}", "format-syntax"),
];

/// What is wrong with the signs of a file, of either format.
const SYNTAX: [Form; 52] = [
    ("EOF while parsing a list", "format-eof"),
    ("EOF while parsing an object", "format-eof"),
    ("EOF while parsing a string", "format-eof"),
    ("EOF while parsing a value", "format-eof"),
    ("expected ident", "format-no-value"),
    ("expected value", "format-no-value"),
    ("invalid escape", "format-escape"),
    ("missing escaped value", "format-escape"),
    ("invalid unicode code point", "format-escape"),
    ("lone leading surrogate in hex escape", "format-escape"),
    ("unexpected end of hex escape", "format-escape"),
    ("too few unicode value digits", "format-escape"),
    ("control character (\\u0000-\\u001F) found while parsing a string", "format-control"),
    ("invalid number", "format-number-wrong"),
    ("number out of range", "format-large"),
    ("integer number overflowed", "format-large"),
    ("key must be a string", "format-key-string"),
    ("trailing comma", "format-comma-extra"),
    ("extra comma in array", "format-comma-extra"),
    ("extra comma in inline table", "format-comma-extra"),
    ("trailing characters", "format-trailing"),
    ("unexpected content", "format-trailing"),
    ("unexpected key or value", "format-trailing"),
    ("recursion limit exceeded", "format-deep"),
    ("cannot recurse further; max recursion depth met", "format-deep"),
    ("unclosed table", "format-unclosed"),
    ("unclosed array table", "format-unclosed"),
    ("unclosed array", "format-unclosed"),
    ("unclosed inline table", "format-unclosed"),
    ("key with no value", "format-key-alone"),
    ("missing assignment between key-value pairs", "format-key-alone"),
    ("missing value", "format-no-value"),
    ("missing value for key", "format-no-value"),
    ("duplicate key", "format-key-twice"),
    ("invalid key", "format-key-wrong"),
    ("invalid unquoted key", "format-key-wrong"),
    ("unquoted keys cannot be empty", "format-key-wrong"),
    ("missing key for inline table element", "format-key-wrong"),
    ("string values must be quoted", "format-quotes"),
    ("missing opening quote", "format-quotes"),
    ("invalid string", "format-string-wrong"),
    ("invalid basic string", "format-string-wrong"),
    ("invalid literal string", "format-string-wrong"),
    ("invalid multi-line basic string", "format-string-wrong"),
    ("invalid multi-line literal string", "format-string-wrong"),
    ("missing comma between array elements", "format-no-comma"),
    ("missing comma between key-value pairs", "format-no-comma"),
    ("extra `=`", "format-equals-extra"),
    ("extra assignment between key-value pairs", "format-equals-extra"),
    ("unexpected `=` in array", "format-equals-extra"),
    ("invalid value", "format-value-wrong"),
    ("unexpected leading zero", "format-number-wrong"),
];

/// What is there.
const FOUND: [Form; 9] = [
    ("boolean `{text}`", "format-a-boolean"),
    ("integer `{text}`", "format-an-integer"),
    ("floating point `{text}`", "format-a-float"),
    ("string {text}", "format-a-string"),
    ("null", "format-a-null"),
    ("unit value", "format-a-null"),
    ("sequence", "format-a-list"),
    ("map", "format-a-map"),
    ("datetime", "format-a-date"),
];

/// What should be.
const WANTED: [Form; 21] = [
    ("a string", "format-some-string"),
    ("a borrowed string", "format-some-string"),
    ("path string", "format-some-string"),
    ("string or map", "format-some-string"),
    ("variant identifier", "format-some-string"),
    ("a boolean", "format-some-boolean"),
    ("a sequence", "format-some-list"),
    ("a map", "format-some-map"),
    ("struct {name}", "format-some-map"),
    ("internally tagged enum {name}", "format-some-map"),
    ("a string or an integer of 64 bits", "format-some-text"),
    ("u8", "format-some-u8"),
    ("u16", "format-some-u16"),
    ("u32", "format-some-u32"),
    ("u64", "format-some-natural"),
    ("usize", "format-some-natural"),
    ("i32", "format-some-integer"),
    ("i64", "format-some-integer"),
    ("f64", "format-some-number"),
    ("\"proved\", or a list of what goes wrong, such as [\"deadlock\"]", "format-some-verdict"),
    ("\"finished\", \"deadlock\", \"crash\", \"limit\", or such a name with a list of seeds", "format-some-ends"),
];

/// What a reader says, without the place.
#[must_use]
pub fn reader(message: &str) -> Said {
    classified(message).unwrap_or_else(|| Said::new("format-other").with("text", message))
}

fn classified(message: &str) -> Option<Said> {
    SENTENCES.iter().find_map(|form| said(*form, message))
}

/// The message, when the text is of this form and so is all that fills its variables.
fn said((form, key): Form, text: &str) -> Option<Said> {
    fitting(form, text)?.into_iter().try_fold(Said::new(key), |said, (name, part)| {
        Some(match name {
            "found" => said.with(name, phrase(&FOUND, part)?),
            "wanted" => said.with(name, phrase(&WANTED, part)?),
            "syntax" => said.with(name, phrase(&SYNTAX, part)?),
            "known" | "signs" => said.with(name, quoted(part)?),
            _ => said.with(name, part),
        })
    })
}

fn phrase(forms: &[Form], text: &str) -> Option<Said> {
    forms.iter().find_map(|form| said(*form, text))
}

/// What stands in place of the variables of a form. Where that can be said of several places, it is the last one: what is
/// there comes from the file and may contain anything, what should be does not.
fn fitting<'a>(form: &'static str, text: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let Some((before, rest)) = form.split_once('{') else { return (form == text).then(Vec::new) };
    let (name, after) = rest.split_once('}')?;
    let text = text.strip_prefix(before)?;
    match after.split_once('{') {
        None => Some(vec![(name, text.strip_suffix(after)?)]),
        Some((between, _)) => {
            let end = text.rfind(between)?;
            let mut found = vec![(name, &text[..end])];
            found.extend(fitting(&after[between.len()..], &text[end + between.len()..])?);
            Some(found)
        }
    }
}

/// The names in "one of `a`, `b`", and nothing but names.
fn quoted(text: &str) -> Option<Filling> {
    let parts: Vec<&str> = text.split('`').collect();
    let (names, between): (Vec<_>, Vec<_>) = parts.iter().enumerate().partition(|(place, _)| place % 2 == 1);
    let plain = between.iter().all(|(_, part)| matches!(**part, "" | "one of " | ", " | " or "));
    let names: Vec<String> = names.iter().map(|(_, name)| format!("`{name}`")).collect();
    (plain && !names.is_empty()).then_some(Filling::List(names))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn the_rest_is_repeated_as_it_is() {
        for message in ["something new", "invalid type: map, expected a miracle", "", "expected x", "missing field `"] {
            assert_eq!(reader(message), Said::new("format-other").with("text", message));
        }
    }

    #[test]
    fn the_readers_speak_in_these_forms() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            #[expect(dead_code, reason = "only what is wrong with it is looked at")]
            name: String,
        }
        for text in
            ["", "{", "{\"name\"", "{\"name\":", "{\"name\":3}", "{\"nam\":3}", "{\"name\":\"a\",}", "{}", "{} x", "[1"]
        {
            let error = serde_json::from_str::<File>(text).unwrap_err().to_string();
            let error = error.rsplit_once(" at line ").map_or(&*error, |(message, _)| message);
            assert!(classified(error).is_some(), "JSON: {text}: {error}");
        }
        for text in [
            "name",
            "name =",
            "name = a",
            "name = \"a",
            "[name",
            "name = 3",
            "nam = 3",
            "",
            "name = \"a\"\nname = \"b\"",
            "name = [1 2]",
            "name = 'a' b",
            "= 3",
            "name = \"\\q\"",
            "name = 01",
            "name == 3",
        ] {
            let error = toml::from_str::<File>(text).unwrap_err().message().to_owned();
            assert!(classified(&error).is_some(), "TOML: {text}: {error}");
        }
    }
}
