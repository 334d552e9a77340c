//! Tracebacks, to the character as CPython prints them.

use super::Vm;
use super::lib::entry;
use super::object::{Exception, Obj, TraceLine};
use super::value::{Ref, Value};
use crate::ids::ThreadId;
use crate::lang::Program;
use std::fmt::Write;
use std::sync::Arc;

const HEADING: &str = "Traceback (most recent call last):\n";
const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

impl Vm {
    /// An uncaught exception: its last line, the whole text, and the line of the user's program where it was raised.
    /// `texts` are what the `__str__` methods of the program say.
    pub(super) fn report(
        &self,
        program: &Program,
        thread: ThreadId,
        exception: Ref,
        texts: &[(Ref, Arc<str>)],
    ) -> (String, String, u32) {
        let summary = self.exception_line(program, exception, texts);
        let mut text = String::new();
        if thread != ThreadId::MAIN {
            let _ = writeln!(text, "Exception in thread {}:", self.thread_name(program, thread));
        }
        self.chain_text(program, exception, texts, &mut text, 0);
        if !text.contains(HEADING) && thread != ThreadId::MAIN {
            // The thread died before its first line, in a frame of the library: CPython shows that one.
            let at = text.find('\n').map_or(0, |end| end + 1);
            text.insert_str(at, HEADING);
        }
        let line = match self.heap.get(exception) {
            Obj::Exception(parts) => {
                let own = parts.trace.iter().find(|entry| !is_hidden(program, **entry));
                own.map_or(0, |entry| entry.line)
            }
            _ => 0,
        };
        (summary, text, line)
    }

    fn chain_text(&self, program: &Program, at: Ref, texts: &[(Ref, Arc<str>)], text: &mut String, depth: u32) {
        let Obj::Exception(exception) = self.heap.get(at) else { return };
        if depth < 50 {
            if let Value::Ref(cause) = exception.cause {
                self.chain_text(program, cause, texts, text, depth + 1);
                text.push_str(CAUSE);
            } else if let Value::Ref(context) = exception.context
                && !exception.suppress_context
            {
                self.chain_text(program, context, texts, text, depth + 1);
                text.push_str(CONTEXT);
            }
        }
        trace_text(self, program, exception, text);
        let _ = writeln!(text, "{}", self.exception_line(program, at, texts));
    }

    /// `ValueError: x`
    fn exception_line(&self, program: &Program, at: Ref, texts: &[(Ref, Arc<str>)]) -> String {
        let Obj::Exception(exception) = self.heap.get(at) else { return String::new() };
        let name = self.qualified_class(program, exception.class);
        let own = texts.iter().find(|(exception, _)| *exception == at);
        let message = own.map_or_else(|| self.exception_text(program, at), |(_, text)| text.to_string());
        if message.is_empty() { name } else { format!("{name}: {message}") }
    }

    /// A class as a traceback names it: with its module, unless that is the user's or the built-ins'.
    pub(super) fn qualified_class(&self, program: &Program, class: Value) -> String {
        match class {
            Value::Type(id) => match super::types::info(id).module {
                "" => super::types::name(id).to_owned(),
                module => format!("{module}.{}", super::types::name(id)),
            },
            Value::Ref(at) => match self.heap.get(at) {
                Obj::Class(class) => {
                    let name = self.name(program, class.qualname);
                    match self.name(program, class.module) {
                        "__main__" | "builtins" => name.to_owned(),
                        module => format!("{module}.{name}"),
                    }
                }
                _ => String::new(),
            },
            _ => String::new(),
        }
    }

    /// An exception and those it came from.
    pub(super) fn exception_chain(&self, exception: Ref) -> Vec<Ref> {
        let mut chain = vec![exception];
        let mut next = 0;
        while let Some(at) = chain.get(next).copied()
            && chain.len() < 50
        {
            next += 1;
            if let Obj::Exception(parts) = self.heap.get(at) {
                chain.extend([parts.cause, parts.context].into_iter().filter_map(|value| match value {
                    Value::Ref(at) => Some(at),
                    _ => None,
                }));
            }
        }
        chain
    }

    /// What `str(exception)` gives for a built-in exception.
    pub(super) fn exception_text(&self, program: &Program, at: Ref) -> String {
        let Obj::Exception(exception) = self.heap.get(at) else { return String::new() };
        let key_error = self.is_instance(Value::Ref(at), Value::Type(super::types::KEY_ERROR));
        match &exception.args[..] {
            [] => String::new(),
            [one] if key_error => entry::peek(self, program, *one, usize::MAX),
            [one] => match self.heap.str(*one) {
                Some(text) => text.to_string(),
                None => entry::peek(self, program, *one, usize::MAX),
            },
            many => {
                let parts: Vec<String> = many.iter().map(|arg| entry::peek(self, program, *arg, usize::MAX)).collect();
                format!("({})", parts.join(", "))
            }
        }
    }
}

fn is_hidden(program: &Program, entry: TraceLine) -> bool {
    program.modules[program.code(entry.code).module.index()].hidden
}

/// The lines of the frames, outermost first; of a line that repeats more than three times, how often.
fn trace_text(vm: &Vm, program: &Program, exception: &Exception, text: &mut String) {
    let shown: Vec<TraceLine> =
        exception.trace.iter().rev().copied().filter(|entry| !is_hidden(program, *entry)).collect();
    if shown.is_empty() {
        return;
    }
    text.push_str(HEADING);
    let mut repeated = 0;
    for (place, entry) in shown.iter().enumerate() {
        repeated = if place > 0 && shown[place - 1] == *entry { repeated + 1 } else { 0 };
        if repeated < 3 {
            entry_text(vm, program, *entry, text);
        }
        let last = shown.get(place + 1) != Some(entry);
        if last && repeated >= 3 {
            let more = repeated - 2;
            let plural = if more == 1 { "" } else { "s" };
            let _ = writeln!(text, "  [Previous line repeated {more} more time{plural}]");
        }
    }
}

fn entry_text(vm: &Vm, program: &Program, entry: TraceLine, text: &mut String) {
    let code = program.code(entry.code);
    let source = &program.modules[code.module.index()].source;
    let name = vm.name(program, code.name);
    let _ = writeln!(text, "  File \"{}\", line {}, in {name}", source.name, entry.line);
    let line = source.line_text(entry.line).trim();
    if !line.is_empty() {
        let _ = writeln!(text, "    {line}");
    }
}
