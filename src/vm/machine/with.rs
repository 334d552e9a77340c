//! `with` statements.

use super::attributes::Found;
use super::{Flow, Machine, Step};
use crate::lang::Sym;
use crate::vm::frame::Then;
use crate::vm::native::Raise;
use crate::vm::object::{Bound, Obj};
use crate::vm::value::Value;
use std::sync::Arc;

impl Machine<'_> {
    /// `manager → exit result`
    pub(super) fn before_with(&mut self) -> Step {
        let manager = self.peek(1);
        let (enter, exit) = (self.vm.tables.names.enter, self.vm.tables.names.exit);
        let Some((enter, receiver)) = self.context_method(manager, enter)? else {
            return Err(self.no_context_manager(manager, ""));
        };
        let Some((exit, _)) = self.context_method(manager, exit)? else {
            return Err(self.no_context_manager(manager, " (missed __exit__ method)"));
        };
        self.pop();
        let exit = self.alloc(Obj::Bound(Arc::new(Bound { function: exit, receiver })));
        self.push(exit);
        self.call_with(enter, &[receiver], Then::Push)
    }

    /// A special method of a value, with its receiver.
    fn context_method(&mut self, value: Value, name: Sym) -> Result<Option<(Value, Value)>, Raise> {
        Ok(match self.find(value, name)? {
            Some((Found::Method { function, receiver }, _)) => Some((function, receiver)),
            _ => None,
        })
    }

    fn no_context_manager(&mut self, manager: Value, detail: &str) -> Raise {
        let text =
            format!("'{}' object does not support the context manager protocol{detail}", self.type_name(manager));
        self.type_error(&text)
    }

    /// `exit previous exception → exit previous exception result`
    pub(super) fn with_except_start(&mut self) -> Step {
        let (exit, exception) = (self.peek(3), self.peek(1));
        let class = self.class_value(exception);
        let args = [class, exception, Value::None];
        let step = self.call_with(exit, &args, Then::Push)?;
        Ok(match step {
            Flow::Next => Flow::Reload,
            other => other,
        })
    }
}
