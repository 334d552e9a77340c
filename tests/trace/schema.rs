//! Real traces keep to the schema, by the judgement of a validator that knows nothing of ours; broken lines do not.

use crate::doc::line;
use crate::{samples, worlds};
use jsonschema::Validator;
use lockstep::trace::{SCHEMA, Writer};
use serde_json::Value;

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn check(validator: &Validator, line: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    validator.validate(&value).map_err(|error| error.to_string())
}

#[test]
fn one_of_everything_keeps_to_it() {
    let validator = validator();
    for record in samples::records() {
        let line = line(&record);
        check(&validator, &line).unwrap_or_else(|error| panic!("{line}\n{error}"));
    }
    let bytes = Writer::new(Vec::new(), &samples::header()).finish().unwrap();
    let header = std::str::from_utf8(&bytes).unwrap().lines().next().unwrap();
    check(&validator, header).unwrap();
}

#[test]
fn every_scenario_keeps_to_it_in_both_worlds() {
    let validator = validator();
    for target in worlds::targets() {
        for run in [worlds::simulated(&target), worlds::live(&target)] {
            for line in std::str::from_utf8(&run.bytes).unwrap().lines() {
                check(&validator, line).unwrap_or_else(|error| panic!("{target}: {line}\n{error}"));
            }
        }
    }
}

/// Every field that is needed is needed, and every word has to be a known one.
#[test]
fn broken_lines_do_not_keep_to_it() {
    // What may be missing, and words of which there are many.
    const OPTIONAL: [&str; 3] = ["choice", "key", "timeout"];
    const FREE: [&str; 12] =
        ["name", "text", "key", "value", "call", "question", "item", "prompt", "result", "exception", "what", "choice"];
    let validator = validator();
    let refused = |line: &Value, why: &str| {
        assert!(validator.validate(line).is_err(), "{why}: {line}");
    };
    for record in samples::records() {
        let whole: Value = serde_json::from_str(&line(&record)).unwrap();
        for (name, value) in whole.as_object().unwrap() {
            let mut lacking = whole.clone();
            lacking.as_object_mut().unwrap().remove(name);
            if !OPTIONAL.contains(&name.as_str()) {
                refused(&lacking, &format!("without {name}"));
            }
            let mut wrong = whole.clone();
            wrong[name.as_str()] = Value::Array(vec![Value::Bool(true)]);
            refused(&wrong, name);
            if value.is_string() && !FREE.contains(&name.as_str()) {
                wrong[name.as_str()] = "unknown".into();
                refused(&wrong, name);
            }
            if value.is_number() && !FREE.contains(&name.as_str()) {
                wrong[name.as_str()] = (-1).into();
                refused(&wrong, name);
            }
        }
    }
    for other in ["{}", "[]", "null", "3", r#"{"lockstep_trace":2,"target":"x","sources":[]}"#] {
        refused(&serde_json::from_str(other).unwrap(), "it is no line");
    }
}
