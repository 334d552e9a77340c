//! Binding arguments to parameters, with CPython's messages when they do not fit.

use super::Machine;
use crate::lang::{Code, Sym};
use crate::vm::lib::entry;
use crate::vm::native::Raise;
use crate::vm::object::{Function, Obj};
use crate::vm::value::Value;
use std::sync::Arc;

impl Machine<'_> {
    /// Rearranges the arguments, which lie on the stack from `args` on, into the layout of `code`'s parameters.
    pub(super) fn bind_arguments(
        &mut self,
        code: &Code,
        function: &Function,
        args: usize,
        names: Option<&[Sym]>,
    ) -> Result<(), Raise> {
        let params = code.params;
        let (positional, keyword_only) = (params.positional as usize, params.keyword_only as usize);
        let given = self.t.stack.split_off(args);
        let names = names.unwrap_or_default();
        let (values, keyword_values) = given.split_at(given.len() - names.len());
        let mut bound = vec![Value::Null; positional + keyword_only];
        let direct = values.len().min(positional);
        bound[..direct].copy_from_slice(&values[..direct]);
        let mut extra: Vec<(Sym, Value)> = Vec::new();
        for (name, value) in names.iter().zip(keyword_values) {
            self.bind_keyword(code, function, *name, *value, &mut bound, &mut extra)?;
        }
        if values.len() > positional && !params.varargs {
            return Err(self.too_many(code, function, values.len(), &bound));
        }
        fill_defaults(code, function, &mut bound);
        self.check_missing(code, function, &bound[..positional], "positional")?;
        self.check_missing_keywords(code, function, &bound[positional..])?;
        self.t.stack.extend_from_slice(&bound);
        if params.varargs {
            let rest: Arc<[Value]> = values[direct..].into();
            let rest = self.alloc(Obj::Tuple(rest));
            self.push(rest);
        }
        if params.varkwargs {
            let dict = self.keyword_dict(&extra)?;
            self.push(dict);
        }
        Ok(())
    }

    fn bind_keyword(
        &mut self,
        code: &Code,
        function: &Function,
        name: Sym,
        value: Value,
        bound: &mut [Value],
        extra: &mut Vec<(Sym, Value)>,
    ) -> Result<(), Raise> {
        let only = code.params.positional_only as usize;
        let place = code.locals[..bound.len()].iter().position(|local| *local == name);
        match place {
            Some(place) if place >= only => {
                if !matches!(bound[place], Value::Null) {
                    let text = format!(
                        "{}() got multiple values for argument '{}'",
                        self.name(function.qualname),
                        self.name(name)
                    );
                    return Err(self.type_error(&text));
                }
                bound[place] = value;
                Ok(())
            }
            _ if code.params.varkwargs => {
                extra.push((name, value));
                Ok(())
            }
            Some(_) => {
                let text = format!(
                    "{}() got some positional-only arguments passed as keyword arguments: '{}'",
                    self.name(function.qualname),
                    self.name(name)
                );
                Err(self.type_error(&text))
            }
            None => {
                let text = format!(
                    "{}() got an unexpected keyword argument '{}'",
                    self.name(function.qualname),
                    self.name(name)
                );
                Err(self.type_error(&text))
            }
        }
    }

    fn too_many(&mut self, code: &Code, function: &Function, given: usize, bound: &[Value]) -> Raise {
        let positional = code.params.positional as usize;
        let required = positional - function.defaults.len().min(positional);
        let takes =
            if required == positional { positional.to_string() } else { format!("from {required} to {positional}") };
        let plural = if required == 1 && positional == 1 { "" } else { "s" };
        let keyword_only = bound[positional..].iter().filter(|value| !matches!(value, Value::Null)).count();
        let given_text = if keyword_only > 0 {
            format!(
                "{given} positional argument{} (and {keyword_only} keyword-only argument{}) were",
                if given == 1 { "" } else { "s" },
                if keyword_only == 1 { "" } else { "s" }
            )
        } else {
            format!("{given} {}", if given == 1 { "was" } else { "were" })
        };
        let name = self.name(function.qualname);
        let text = format!("{name}() takes {takes} positional argument{plural} but {given_text} given");
        self.type_error(&text)
    }

    fn check_missing(&mut self, code: &Code, function: &Function, bound: &[Value], kind: &str) -> Result<(), Raise> {
        let missing: Vec<Sym> = bound
            .iter()
            .zip(&code.locals)
            .filter(|(value, _)| matches!(value, Value::Null))
            .map(|(_, name)| *name)
            .collect();
        self.report_missing(function, &missing, kind)
    }

    fn check_missing_keywords(&mut self, code: &Code, function: &Function, bound: &[Value]) -> Result<(), Raise> {
        let first = code.params.positional as usize;
        let missing: Vec<Sym> = bound
            .iter()
            .zip(&code.locals[first..])
            .filter(|(value, _)| matches!(value, Value::Null))
            .map(|(_, name)| *name)
            .collect();
        self.report_missing(function, &missing, "keyword-only")
    }

    fn report_missing(&mut self, function: &Function, missing: &[Sym], kind: &str) -> Result<(), Raise> {
        if missing.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = missing.iter().map(|name| format!("'{}'", self.name(*name))).collect();
        let plural = if names.len() == 1 { "" } else { "s" };
        let text = format!(
            "{}() missing {} required {kind} argument{plural}: {}",
            self.name(function.qualname),
            names.len(),
            enumerate(&names)
        );
        Err(self.type_error(&text))
    }

    /// The dict for `**kwargs`.
    pub(super) fn keyword_dict(&mut self, entries: &[(Sym, Value)]) -> Result<Value, Raise> {
        let dict = self.alloc(Obj::Dict(Arc::default()));
        if let Value::Ref(at) = dict {
            for (name, value) in entries {
                let text = self.vm.name(self.program, *name).to_owned();
                let key = self.alloc(Obj::Str(text.into()));
                entry::dict_set(&mut self.cx(), at, key, *value)?;
            }
        }
        Ok(dict)
    }
}

/// Gives parameters without an argument their defaults.
fn fill_defaults(code: &Code, function: &Function, bound: &mut [Value]) {
    let positional = code.params.positional as usize;
    let first = positional - function.defaults.len().min(positional);
    for (place, default) in (first..positional).zip(&function.defaults) {
        if matches!(bound[place], Value::Null) {
            bound[place] = *default;
        }
    }
    for (value, local) in bound.iter_mut().zip(&code.locals).skip(positional) {
        if matches!(value, Value::Null)
            && let Some((_, default)) = function.keyword_defaults.iter().find(|(name, _)| name == local)
        {
            *value = *default;
        }
    }
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`.
fn enumerate(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}
