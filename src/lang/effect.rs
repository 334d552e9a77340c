//! How instructions change the operand stack and where they lead.

use super::instr::Instr;

impl Instr {
    /// Where the instruction may jump to.
    #[must_use]
    pub const fn target(self) -> Option<u32> {
        match self {
            Instr::JumpForward(target)
            | Instr::JumpBackward(target)
            | Instr::PopJumpIfFalse(target)
            | Instr::PopJumpIfTrue(target)
            | Instr::PopJumpIfNone(target)
            | Instr::PopJumpIfNotNone(target)
            | Instr::JumpIfFalseOrPop(target)
            | Instr::JumpIfTrueOrPop(target)
            | Instr::ForIter(target)
            | Instr::Send(target) => Some(target),
            _ => None,
        }
    }

    /// The same instruction with another target.
    pub(super) const fn with_target(self, target: u32) -> Instr {
        match self {
            Instr::JumpForward(_) => Instr::JumpForward(target),
            Instr::JumpBackward(_) => Instr::JumpBackward(target),
            Instr::PopJumpIfFalse(_) => Instr::PopJumpIfFalse(target),
            Instr::PopJumpIfTrue(_) => Instr::PopJumpIfTrue(target),
            Instr::PopJumpIfNone(_) => Instr::PopJumpIfNone(target),
            Instr::PopJumpIfNotNone(_) => Instr::PopJumpIfNotNone(target),
            Instr::JumpIfFalseOrPop(_) => Instr::JumpIfFalseOrPop(target),
            Instr::JumpIfTrueOrPop(_) => Instr::JumpIfTrueOrPop(target),
            Instr::ForIter(_) => Instr::ForIter(target),
            Instr::Send(_) => Instr::Send(target),
            other => other,
        }
    }

    /// True when the instruction after it is never reached from it.
    #[must_use]
    pub const fn leaves(self) -> bool {
        matches!(
            self,
            Instr::JumpForward(_)
                | Instr::JumpBackward(_)
                | Instr::ReturnValue
                | Instr::RaiseVarargs(_)
                | Instr::Reraise
        )
    }

    /// How many operands it takes and how many it leaves, when it does not jump.
    #[must_use]
    pub const fn effect(self) -> (u32, u32) {
        match self {
            Instr::Resume
            | Instr::Nop
            | Instr::DeleteFast(_)
            | Instr::DeleteGlobal(_)
            | Instr::MakeCell(_)
            | Instr::MakeCellFromLocal { .. }
            | Instr::CopyFreeVars(_)
            | Instr::DeleteDeref(_)
            | Instr::DeleteName(_)
            | Instr::JumpForward(_)
            | Instr::JumpBackward(_)
            | Instr::KwNames(_) => (0, 0),
            Instr::PopTop
            | Instr::StoreFast(_)
            | Instr::StoreGlobal(_)
            | Instr::StoreDeref(_)
            | Instr::StoreName(_)
            | Instr::DeleteAttr(_)
            | Instr::PopJumpIfFalse(_)
            | Instr::PopJumpIfTrue(_)
            | Instr::PopJumpIfNone(_)
            | Instr::PopJumpIfNotNone(_)
            | Instr::JumpIfFalseOrPop(_)
            | Instr::JumpIfTrueOrPop(_)
            | Instr::ReturnValue
            | Instr::PopExcept
            | Instr::Reraise => (1, 0),
            Instr::Copy(n) => (n as u32, n as u32 + 1),
            Instr::Swap(n) => (n as u32, n as u32),
            Instr::LoadConst(_)
            | Instr::LoadFast(_)
            | Instr::LoadFastAndClear(_)
            | Instr::LoadGlobal(_)
            | Instr::LoadClosure(_)
            | Instr::LoadDeref(_)
            | Instr::LoadName { .. }
            | Instr::LoadClassDeref { .. }
            | Instr::LoadBuildClass
            | Instr::LoadAssertionError
            | Instr::ImportName(_)
            | Instr::ImportDotted(_)
            | Instr::ReturnGenerator => (0, 1),
            Instr::LoadAttr(_)
            | Instr::UnaryNegative
            | Instr::UnaryPositive
            | Instr::UnaryInvert
            | Instr::UnaryNot
            | Instr::ListToTuple
            | Instr::GetIter
            | Instr::GetYieldFromIter
            | Instr::YieldValue => (1, 1),
            Instr::MatchSequence
            | Instr::GetLen
            | Instr::LoadMethod(_)
            | Instr::ForIter(_)
            | Instr::PushExcInfo
            | Instr::BeforeWith
            | Instr::ImportFrom(_) => (1, 2),
            Instr::StoreAttr(_) | Instr::DeleteSubscr => (2, 0),
            Instr::LoadSuperMethod(_) | Instr::CheckExcMatch | Instr::Send(_) => (2, 2),
            Instr::LoadSuperAttr(_)
            | Instr::BinarySubscr
            | Instr::BinaryOp(_)
            | Instr::InplaceOp(_)
            | Instr::CompareOp(_)
            | Instr::IsOp(_)
            | Instr::ContainsOp(_) => (2, 1),
            Instr::StoreSubscr => (3, 0),
            Instr::BuildSlice(n) => (n as u32, 1),
            Instr::BuildTuple(n) | Instr::BuildList(n) | Instr::BuildSet(n) | Instr::BuildString(n) => (n, 1),
            Instr::BuildMap(n) => (2 * n, 1),
            Instr::ListAppend(n)
            | Instr::SetAdd(n)
            | Instr::ListExtend(n)
            | Instr::SetUpdate(n)
            | Instr::DictUpdate(n)
            | Instr::DictMerge(n) => (n as u32 + 1, n as u32),
            Instr::MapAdd(n) => (n as u32 + 2, n as u32),
            Instr::UnpackSequence(n) => (1, n),
            Instr::UnpackEx { before, after } => (1, before as u32 + 1 + after as u32),
            Instr::FormatValue { spec, .. } => (1 + spec as u32, 1),
            Instr::Call(n) => (n as u32 + 1, 1),
            Instr::CallMethod(n) => (n as u32 + 2, 1),
            Instr::CallFunctionEx(keywords) => (2 + keywords as u32, 1),
            Instr::MakeFunction { flags, .. } => {
                (flags.defaults as u32 + flags.keyword_defaults as u32 + flags.closure as u32, 1)
            }
            Instr::RaiseVarargs(n) => (n as u32, 0),
            Instr::WithExceptStart => (3, 4),
        }
    }

    /// How many operands it takes and how many it leaves, when it jumps.
    #[must_use]
    pub const fn jump_effect(self) -> (u32, u32) {
        match self {
            Instr::JumpIfFalseOrPop(_) | Instr::JumpIfTrueOrPop(_) => (1, 1),
            Instr::ForIter(_) => (1, 0),
            Instr::Send(_) => (2, 1),
            other => other.effect(),
        }
    }
}
