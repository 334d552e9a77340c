//! The instructions, in the style of CPython 3.12's `dis`: a student finds each name in CPython's documentation.
//!
//! Stack effects are written `before → after`, the top of the stack on the right. Jump targets are indices of
//! instructions in the same code. Differences from CPython, all of them simplifications: no `CACHE`, no `NULL` pushed
//! for calls (`LOAD_METHOD` of CPython 3.11 is kept instead), jumps are absolute, globals are numbered.

use super::code::{ConstId, GlobalId, Sym};

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    Add,
    Subtract,
    Multiply,
    TrueDivide,
    FloorDivide,
    Remainder,
    Power,
    LeftShift,
    RightShift,
    And,
    Or,
    Xor,
    MatrixMultiply,
}

/// A comparison operator (`COMPARE_OP`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    Less,
    LessEqual,
    Equal,
    NotEqual,
    Greater,
    GreaterEqual,
}

/// The conversion in an f-string: `!s`, `!r`, `!a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

/// One instruction: 8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Instr {
    /// Does nothing; the first instruction of every function (a point where CPython may switch threads).
    Resume,
    Nop,

    // ---- the stack ----
    /// `a →`
    PopTop,
    /// `x … → x … x`: pushes a copy of the `n`-th operand from the top (1 is the top).
    Copy(u16),
    /// Swaps the top with the `n`-th operand from the top (2 is the one below).
    Swap(u16),

    // ---- constants and variables ----
    /// `→ const`
    LoadConst(ConstId),
    /// `→ local`. Raises `UnboundLocalError`.
    LoadFast(u16),
    /// `a →`
    StoreFast(u16),
    DeleteFast(u16),
    /// `→ local`, unbound allowed, and clears it (an inlined comprehension saves its variable).
    LoadFastAndClear(u16),
    /// `→ global`. Raises `NameError`. Visible when the global is shared.
    LoadGlobal(GlobalId),
    StoreGlobal(GlobalId),
    DeleteGlobal(GlobalId),
    /// Makes an empty cell in deref slot `n`.
    MakeCell(u16),
    /// Makes a cell in deref slot `cell` with the value of a parameter, and clears the local.
    MakeCellFromLocal {
        cell: u16,
        local: u16,
    },
    /// Puts the cells that the function carries into the last `n` deref slots.
    CopyFreeVars(u16),
    /// `→ cell`: the cell itself, for a closure.
    LoadClosure(u16),
    /// `→ value`. Raises `NameError` / `UnboundLocalError`. Visible when the cell is shared and not constant.
    LoadDeref(u16),
    StoreDeref(u16),
    DeleteDeref(u16),
    /// In a class body: the name from the namespace, else the global.
    LoadName {
        name: Sym16,
        global: u16,
    },
    /// In a class body: the name from the namespace, else deref slot `deref`.
    LoadClassDeref {
        name: Sym16,
        deref: u16,
    },
    /// In a class body: `a →`, into the namespace.
    StoreName(Sym),
    DeleteName(Sym),

    // ---- attributes and elements ----
    /// `object → value`
    LoadAttr(Sym),
    /// `object → method self` or `object → value NULL`: what `CALL` wants under its arguments.
    LoadMethod(Sym),
    /// `value object →`
    StoreAttr(Sym),
    /// `object →`
    DeleteAttr(Sym),
    /// `class self → value`: zero-argument `super().name` (the class is `__class__`'s).
    LoadSuperAttr(Sym),
    /// The same, for a call: `class self → method self` or `class self → value NULL`.
    LoadSuperMethod(Sym),
    /// `object index → value`
    BinarySubscr,
    /// `value object index →`
    StoreSubscr,
    /// `object index →`
    DeleteSubscr,
    /// `start stop → slice` (n = 2) or `start stop step → slice` (n = 3)
    BuildSlice(u8),

    // ---- operators ----
    /// `a b → a op b`
    BinaryOp(BinaryOp),
    /// `a b → a op= b`
    InplaceOp(BinaryOp),
    UnaryNegative,
    UnaryPositive,
    UnaryInvert,
    UnaryNot,
    /// `a b → bool` (or whatever a user's method returns)
    CompareOp(CompareOp),
    /// `a b → a is b`; `a is not b` when `true`.
    IsOp(bool),
    /// `item container → item in container`; `not in` when `true`.
    ContainsOp(bool),

    // ---- building ----
    /// `a₁ … aₙ → tuple`
    BuildTuple(u32),
    BuildList(u32),
    BuildSet(u32),
    /// `k₁ v₁ … kₙ vₙ → dict`
    BuildMap(u32),
    /// `s₁ … sₙ → str`
    BuildString(u32),
    /// `list … item → list …`: appends to the list that is the `n`-th operand from the top after popping the item.
    ListAppend(u16),
    SetAdd(u16),
    /// `dict … key value → dict …`
    MapAdd(u16),
    /// `list … iterable → list …`
    ListExtend(u16),
    SetUpdate(u16),
    /// `dict … mapping → dict …` (`{**a}`)
    DictUpdate(u16),
    /// `dict … mapping → dict …` (`f(**a)`: a key given twice is a `TypeError`)
    DictMerge(u16),
    /// `list → tuple`
    ListToTuple,
    /// `sequence → aₙ … a₁` (the first item ends on top)
    UnpackSequence(u32),
    /// `sequence → …`: as `UNPACK_SEQUENCE` with a list of the rest between `before` and `after` items.
    UnpackEx {
        before: u16,
        after: u16,
    },
    /// `value → str`, or `value spec → str` when `spec`.
    FormatValue {
        conversion: Conversion,
        spec: bool,
    },

    /// `value → value bool`: a list, tuple, range or deque, for a sequence pattern of `match`.
    MatchSequence,
    /// `value → value len(value)`
    GetLen,

    // ---- jumps ----
    JumpForward(u32),
    /// A loop's end: a point where CPython may switch threads.
    JumpBackward(u32),
    /// `a →`, jumps when false.
    PopJumpIfFalse(u32),
    PopJumpIfTrue(u32),
    PopJumpIfNone(u32),
    PopJumpIfNotNone(u32),
    /// `a → a` and jumps when false, else `a →` (`and`, `or`, chained comparison).
    JumpIfFalseOrPop(u32),
    JumpIfTrueOrPop(u32),

    // ---- loops ----
    /// `iterable → iterator`
    GetIter,
    /// `iterator → iterator item`, or `iterator →` and jumps when exhausted.
    ForIter(u32),

    // ---- calls ----
    /// `callable a₁ … aₙ → result`
    Call(u16),
    /// `method self a₁ … aₙ → result` (or `callable NULL a₁ … aₙ → result`): after `LOAD_METHOD`.
    CallMethod(u16),
    /// The next call's last arguments are keywords with the names in this tuple constant.
    KwNames(ConstId),
    /// `callable args → result`, or `callable args kwargs → result` when `true`. `args` is a tuple, `kwargs` a dict.
    CallFunctionEx(bool),
    /// `→ function`, popping from the top what the flags say: closure tuple, annotations never, keyword-only defaults
    /// (dict), defaults (tuple). The code is a [`super::code::Const::Code`].
    MakeFunction {
        code: ConstId16,
        flags: MakeFlags,
    },
    /// `a →`: returns it to the caller.
    ReturnValue,
    /// `→ builder`: what makes a class when called with the body function, the name and the bases (and keywords). The
    /// body returns its `__class__` cell, still empty, or `None` when no method needs it.
    LoadBuildClass,

    // ---- generators ----
    /// `→ sent`. First instruction of a generator (after its cells): returns the generator to the caller instead of
    /// running. When it is first resumed, it goes on after this instruction with `None` pushed, as if that were sent.
    ReturnGenerator,
    /// `value → sent`: hands the value to whoever resumed the generator; goes on with what was sent.
    YieldValue,
    /// `iterable → iterator`, for `yield from`.
    GetYieldFromIter,
    /// `iterator sent → iterator yielded`, or `iterator sent → result` and jumps when it is exhausted.
    Send(u32),

    // ---- exceptions ----
    /// `exception → previous exception`: enters a handler; the exception is the one being handled from now on.
    PushExcInfo,
    /// `previous →`: leaves a handler; `previous` is being handled again.
    PopExcept,
    /// `exception type → exception bool`
    CheckExcMatch,
    /// `raise` (0: what is being handled), `raise a` (1), `raise a from b` (2).
    RaiseVarargs(u8),
    /// `exception →`: raises it again, its traceback unchanged.
    Reraise,
    /// `→ AssertionError`
    LoadAssertionError,
    /// `manager → exit result`: `exit` is the bound `__exit__`, `result` what `__enter__` returned.
    BeforeWith,
    /// `exit previous exception → exit previous exception result`: calls `exit` with the exception
    /// (after `PUSH_EXC_INFO`, so the layout is `exit`, `previous`, `exception`).
    WithExceptStart,

    // ---- modules ----
    /// `→ module`: the module with this dotted name (`import a.b` pushes `a`).
    ImportName(Sym),
    /// `→ module`: `import a.b as c` pushes `a.b`.
    ImportDotted(Sym),
    /// `module → module attribute`
    ImportFrom(Sym),
}

/// A symbol in 16 bits: class bodies need two operands in one instruction. The compiler refuses programs with more
/// than 65,535 names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sym16(pub u16);

impl Sym16 {
    #[must_use]
    pub const fn sym(self) -> Sym {
        Sym(self.0 as u32)
    }
}

/// A constant in 16 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConstId16(pub u16);

impl ConstId16 {
    #[must_use]
    pub const fn id(self) -> ConstId {
        ConstId(self.0 as u32)
    }
}

/// What `MAKE_FUNCTION` finds on the stack (pushed in this order: defaults, keyword-only defaults, closure).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MakeFlags {
    pub defaults: bool,
    pub keyword_defaults: bool,
    pub closure: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_is_eight_bytes() {
        assert_eq!(size_of::<Instr>(), 8);
    }
}
