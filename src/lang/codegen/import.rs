//! Imports.

use super::Gen;
use crate::lang::code::Sym;
use crate::lang::instr::Instr;
use crate::lang::tree::{Import, ImportName};

impl<'a> Gen<'a> {
    pub(super) fn import(&mut self, imports: &'a [Import]) {
        for import in imports {
            self.at(import.module.span, |this| {
                this.emit(if import.alias {
                    Instr::ImportDotted(import.module.name)
                } else {
                    Instr::ImportName(import.module.name)
                });
                this.store_name(import.binds.name);
            });
        }
    }

    pub(super) fn import_from(&mut self, module: Sym, names: &'a [ImportName]) {
        self.emit(Instr::ImportDotted(module));
        for name in names {
            self.at(name.name.span, |this| {
                this.emit(Instr::ImportFrom(name.name.name));
                this.store_name(name.binds.name);
            });
        }
        self.emit(Instr::PopTop);
    }
}
