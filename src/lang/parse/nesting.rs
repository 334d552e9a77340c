//! How deep a program may be nested, checked on the lexemes before anything recursive sees it.
//!
//! The depth of a place is the number of brackets open around it plus, for each of them (and outside of them, for the
//! statement), the operators since the last comma: `a + b + c` is two levels deep, and so are `f(x)(y)` and `a.b.c`.

use ruff_python_ast::token::TokenKind as Kind;
use ruff_python_parser::{Mode, lexer::lex};

/// The deepest expression that is compiled (CPython refuses more than 200 parentheses).
const MAX_DEPTH: u32 = 200;
/// The deepest block (CPython refuses more than 100 indentation levels).
const MAX_INDENT: u32 = 100;

/// What is nested too deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooDeep {
    Expression,
    Block,
}

/// The first line (from 1) on which the text is too deep.
pub(super) fn check(text: &str) -> Option<(u32, TooDeep)> {
    let what = depth_of(text)?;
    // The lexer tells no positions: find the shortest beginning of the text that is too deep.
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).chain([text.len()]).collect();
    let before = ends.partition_point(|end| depth_of(&text[..*end]).is_none());
    Some((u32::try_from(before + 1).unwrap_or(u32::MAX), what))
}

fn depth_of(text: &str) -> Option<TooDeep> {
    let mut lexer = lex(text, Mode::Module);
    let mut levels: Vec<u32> = vec![0];
    let mut depth: u32 = 0;
    let mut indent: u32 = 0;
    let mut operators_in_row = false;
    loop {
        let kind = lexer.next_token();
        match kind {
            Kind::EndOfFile => return None,
            Kind::Indent => indent += 1,
            Kind::Dedent => indent = indent.saturating_sub(1),
            Kind::Lpar | Kind::Lsqb | Kind::Lbrace | Kind::FStringStart | Kind::TStringStart => {
                // A call or subscript is itself a level of the expression around it.
                bump(&mut levels, &mut depth);
                levels.push(0);
                depth += 1;
            }
            Kind::Rpar | Kind::Rsqb | Kind::Rbrace | Kind::FStringEnd | Kind::TStringEnd if levels.len() > 1 => {
                depth -= levels.pop().unwrap_or(0) + 1;
            }
            Kind::Comma | Kind::Semi => clear(&mut levels, &mut depth),
            Kind::Newline => {
                levels.truncate(1);
                levels[0] = 0;
                depth = 0;
            }
            Kind::Lambda | Kind::Colon | Kind::Await | Kind::Yield | Kind::Else => bump(&mut levels, &mut depth),
            // `and`, `or` and comparisons are flat, unless they alternate; counting half of them is enough.
            Kind::And | Kind::Or => {
                operators_in_row = !operators_in_row;
                if operators_in_row {
                    bump(&mut levels, &mut depth);
                }
            }
            kind if kind.is_operator() => bump(&mut levels, &mut depth),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(TooDeep::Expression);
        }
        if indent > MAX_INDENT {
            return Some(TooDeep::Block);
        }
    }
}

fn bump(levels: &mut [u32], depth: &mut u32) {
    if let Some(level) = levels.last_mut() {
        *level += 1;
        *depth += 1;
    }
}

fn clear(levels: &mut [u32], depth: &mut u32) {
    if let Some(level) = levels.last_mut() {
        *depth -= *level;
        *level = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_programs_are_not_deep() {
        let list = format!("x = [{}]\n", "f(a.b, 1 + 2), ".repeat(5000));
        assert_eq!(check(&list), None);
        assert_eq!(check(&"if x:\n    y = -1\n".repeat(1000)), None);
        assert_eq!(check(&format!("x = {}1\n", "1 + ".repeat(150))), None);
    }

    #[test]
    fn every_kind_of_depth_is_seen() {
        for deep in [
            format!("x = {}1{}", "(".repeat(10_000), ")".repeat(10_000)),
            format!("x = {}", "[".repeat(10_000)),
            format!("x = {}1", "-".repeat(10_000)),
            format!("x = {}1", "not ".repeat(10_000)),
            format!("x = a{}", ".b".repeat(10_000)),
            format!("x = a{}", "()".repeat(10_000)),
            format!("x = {}1", "1 + ".repeat(10_000)),
            format!("x = {}1", "1 if 1 else ".repeat(10_000)),
            format!("x = {}1", "lambda: ".repeat(10_000)),
            format!("x = {}1", "1 and 2 or ".repeat(10_000)),
        ] {
            assert_eq!(check(&format!("a = 1\n{deep}\n")), Some((2, TooDeep::Expression)), "{}", &deep[..20]);
        }
        let blocks = (0..150).fold(String::new(), |text, n| text + &" ".repeat(n) + "if x:\n");
        assert_eq!(check(&blocks).map(|(_, what)| what), Some(TooDeep::Block));
    }
}
