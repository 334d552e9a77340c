//! What the parser says about a text that is not Python, as messages of the catalogue. In English they are its own words.

use crate::said::Said;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{InterpolatedStringErrorType, LexicalErrorType, ParseErrorType};

/// What the parser says of a place where something else should stand. It has no kinds for that, only these texts.
const PLACES: &[(&str, &str)] = &[
    ("Expected a statement", "diag-parse-statement"),
    ("Expected an `elif` or `else` clause, or the end of the `if` statement.", "diag-parse-after-if"),
    ("Expected an `except` or `finally` clause or the end of the `try` statement.", "diag-parse-after-try"),
    ("Expected an assignment target", "diag-parse-assignment"),
    ("Expected an import name or a ')'", "diag-parse-import-paren"),
    ("Expected an import name", "diag-parse-import"),
    ("Expected an expression or the end of the slice list", "diag-parse-slice"),
    ("Expected an expression or a ']'", "diag-parse-bracket"),
    ("Expected an expression or a '}'", "diag-parse-brace"),
    ("Expected an expression or a ')'", "diag-parse-paren"),
    ("Expected an expression", "diag-parse-expression"),
    ("Expected a pattern or the end of the sequence pattern", "diag-parse-sequence"),
    ("Expected a mapping pattern or the end of the mapping pattern", "diag-parse-mapping"),
    ("Expected a pattern or a ')'", "diag-parse-pattern-paren"),
    ("Expected a pattern", "diag-parse-pattern"),
    ("Expected a delete target", "diag-parse-delete"),
    ("Expected an identifier", "diag-parse-identifier"),
    ("Expected a parameter or the end of the parameter list", "diag-parse-parameter"),
    ("Expected an expression or the end of the with item list", "diag-parse-with"),
    ("Expected a module name", "diag-parse-module"),
    ("Expected symbol after `as`", "diag-parse-after-as"),
    ("Exception missing in `raise` statement with cause", "diag-parse-raise"),
    ("Star import cannot be parenthesized", "diag-parse-star-paren"),
    ("Star import must be the only import", "diag-parse-star-only"),
    ("Invalid mapping pattern key", "diag-parse-mapping-key"),
    ("Positional patterns cannot follow keyword patterns", "diag-parse-pattern-order"),
];

/// The message of an error.
pub(super) fn said(error: &ParseErrorType) -> Said {
    use ParseErrorType as E;
    if let Some(key) = plain(error) {
        return Said::new(key);
    }
    match error {
        E::OtherError(text) => PLACES
            .iter()
            .find(|(known, _)| known == text)
            .map_or_else(|| Said::new("diag-syntax-other").with("text", lower_first(text)), |(_, key)| Said::new(key)),
        E::StringAnnotationError(text) => Said::new("diag-syntax-annotation").with("text", lower_first(text)),
        E::ExpectedToken { expected, found } => {
            Said::new("diag-syntax-expected-token").with("expected", token(*expected)).with("found", token(*found))
        }
        E::UnexpectedTokenAfterAsync(found) => Said::new("diag-syntax-after-async").with("found", token(*found)),
        E::FStringError(problem) => in_string("diag-f-string", problem),
        E::TStringError(problem) => in_string("diag-t-string", problem),
        E::Lexical(error) => lexical(error),
        _ => Said::new("diag-syntax-other").with("text", lower_first(&error.to_string())),
    }
}

/// The keys of errors about which nothing more is known than their kind.
const fn plain(error: &ParseErrorType) -> Option<&'static str> {
    use ParseErrorType as E;
    Some(match error {
        E::UnparenthesizedNamedExpression => "diag-syntax-named",
        E::UnparenthesizedTupleExpression => "diag-syntax-tuple",
        E::UnparenthesizedGeneratorExpression => "diag-syntax-generator",
        E::InvalidYieldExpressionUsage => "diag-syntax-yield",
        E::InvalidLambdaExpressionUsage => "diag-syntax-lambda",
        E::InvalidStarredExpressionUsage => "diag-syntax-starred",
        E::PositionalAfterKeywordArgument => "diag-syntax-positional",
        E::PositionalAfterKeywordUnpacking => "diag-syntax-positional-unpacking",
        E::InvalidArgumentUnpackingOrder => "diag-syntax-unpacking-order",
        E::IterableUnpackingInComprehension => "diag-syntax-unpacking-comprehension",
        E::EmptySlice => "diag-syntax-slice",
        E::EmptyGlobalNames => "diag-syntax-global",
        E::EmptyNonlocalNames => "diag-syntax-nonlocal",
        E::EmptyDeleteTargets => "diag-syntax-delete",
        E::EmptyImportNames => "diag-syntax-import",
        E::EmptyTypeParams => "diag-syntax-type-parameters",
        E::ParamAfterVarKeywordParam => "diag-syntax-after-keywords",
        E::NonDefaultParamAfterDefaultParam => "diag-syntax-default",
        E::ExpectedKeywordParam => "diag-syntax-keyword-only",
        E::VarParameterWithDefault => "diag-syntax-star-default",
        E::InvalidStarPatternUsage => "diag-syntax-star-pattern",
        E::InvalidMatchPatternTarget => "diag-syntax-underscore",
        E::ExpectedRealNumber => "diag-syntax-real",
        E::ExpectedImaginaryNumber => "diag-syntax-imaginary",
        E::ExpectedExpression => "diag-syntax-expression",
        E::UnexpectedIndentation => "diag-syntax-indentation",
        E::InvalidAssignmentTarget => "diag-syntax-target",
        E::InvalidAnnotatedAssignmentTarget => "diag-syntax-target-annotated",
        E::InvalidNamedAssignmentTarget => "diag-syntax-target-named",
        E::InvalidAugmentedAssignmentTarget => "diag-syntax-target-augmented",
        E::InvalidDeleteTarget => "diag-syntax-target-delete",
        E::UnexpectedExpressionToken => "diag-syntax-expression-end",
        E::SimpleStatementsOnSameLine => "diag-syntax-statements",
        E::SimpleAndCompoundStatementOnSameLine => "diag-syntax-compound",
        _ => return None,
    })
}

fn lexical(error: &LexicalErrorType) -> Said {
    use LexicalErrorType as E;
    Said::new(match error {
        E::StringError => "diag-syntax-string",
        E::UnclosedStringError => "diag-syntax-string-unclosed",
        E::UnicodeError => "diag-syntax-unicode",
        E::MissingUnicodeLbrace => "diag-syntax-unicode-open",
        E::MissingUnicodeRbrace => "diag-syntax-unicode-close",
        E::InvalidByteLiteral => "diag-syntax-bytes",
        E::LineContinuationError => "diag-syntax-continuation",
        E::Eof => "diag-syntax-eof",
        E::IndentationError => "diag-unindent",
        E::FStringError(problem) => return in_string("diag-f-string", problem),
        E::TStringError(problem) => return in_string("diag-t-string", problem),
        E::UnrecognizedToken { .. } | E::OtherError(_) => {
            return Said::new("diag-syntax-other").with("text", lower_first(&error.to_string()));
        }
    })
}

/// `kind` is the key of what such a string is called.
fn in_string(kind: &'static str, problem: &InterpolatedStringErrorType) -> Said {
    use InterpolatedStringErrorType as E;
    let problem = Said::new(match problem {
        E::UnclosedLbrace => "diag-syntax-f-brace",
        E::InvalidConversionFlag => "diag-syntax-f-conversion",
        E::SingleRbrace => "diag-syntax-f-single-brace",
        E::UnterminatedString => "diag-syntax-f-unclosed",
        E::UnterminatedTripleQuotedString => "diag-syntax-f-unclosed-triple",
        E::LambdaWithoutParentheses => "diag-syntax-f-lambda",
        E::ConversionFlagNotImmediatelyAfterExclamation => "diag-syntax-f-exclamation",
        E::NewlineInFormatSpec => "diag-syntax-f-newline",
    });
    Said::new("diag-syntax-in-string").with("kind", Said::new(kind)).with("problem", problem)
}

/// What a piece of text is called: itself, or what kind of piece it is.
fn token(kind: TokenKind) -> Said {
    let shown = kind.to_string();
    if let Some(code) = shown.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        return Said::new("diag-token-code").with("code", code);
    }
    Said::new(match kind {
        TokenKind::Newline => "diag-token-newline",
        TokenKind::Indent => "diag-token-indent",
        TokenKind::Dedent => "diag-token-dedent",
        TokenKind::EndOfFile => "diag-token-end",
        TokenKind::Name => "diag-token-name",
        TokenKind::Int => "diag-token-int",
        TokenKind::Float => "diag-token-float",
        TokenKind::Complex => "diag-token-complex",
        TokenKind::String => "diag-token-string",
        TokenKind::Comment => "diag-token-comment",
        _ => return Said::new("diag-token-other").with("name", shown),
    })
}

/// A text without its capital letter.
pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !text.starts_with("IPython") => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_english_it_is_what_the_parser_says() {
        use InterpolatedStringErrorType as I;
        use LexicalErrorType as L;
        use ParseErrorType as E;
        let errors = [
            E::UnparenthesizedNamedExpression,
            E::UnparenthesizedTupleExpression,
            E::UnparenthesizedGeneratorExpression,
            E::InvalidYieldExpressionUsage,
            E::InvalidLambdaExpressionUsage,
            E::InvalidStarredExpressionUsage,
            E::PositionalAfterKeywordArgument,
            E::PositionalAfterKeywordUnpacking,
            E::InvalidArgumentUnpackingOrder,
            E::IterableUnpackingInComprehension,
            E::EmptySlice,
            E::EmptyGlobalNames,
            E::EmptyNonlocalNames,
            E::EmptyDeleteTargets,
            E::EmptyImportNames,
            E::EmptyTypeParams,
            E::ParamAfterVarKeywordParam,
            E::NonDefaultParamAfterDefaultParam,
            E::ExpectedKeywordParam,
            E::VarParameterWithDefault,
            E::InvalidStarPatternUsage,
            E::InvalidMatchPatternTarget,
            E::ExpectedRealNumber,
            E::ExpectedImaginaryNumber,
            E::ExpectedExpression,
            E::UnexpectedIndentation,
            E::InvalidAssignmentTarget,
            E::InvalidAnnotatedAssignmentTarget,
            E::InvalidNamedAssignmentTarget,
            E::InvalidAugmentedAssignmentTarget,
            E::InvalidDeleteTarget,
            E::UnexpectedExpressionToken,
            E::SimpleStatementsOnSameLine,
            E::SimpleAndCompoundStatementOnSameLine,
            E::Lexical(L::StringError),
            E::Lexical(L::UnclosedStringError),
            E::Lexical(L::UnicodeError),
            E::Lexical(L::MissingUnicodeLbrace),
            E::Lexical(L::MissingUnicodeRbrace),
            E::Lexical(L::InvalidByteLiteral),
            E::Lexical(L::LineContinuationError),
            E::Lexical(L::Eof),
            E::Lexical(L::IndentationError),
            E::FStringError(I::UnclosedLbrace),
            E::FStringError(I::InvalidConversionFlag),
            E::FStringError(I::SingleRbrace),
            E::FStringError(I::UnterminatedString),
            E::FStringError(I::UnterminatedTripleQuotedString),
            E::FStringError(I::LambdaWithoutParentheses),
            E::FStringError(I::ConversionFlagNotImmediatelyAfterExclamation),
            E::FStringError(I::NewlineInFormatSpec),
            E::TStringError(I::UnclosedLbrace),
            E::Lexical(L::FStringError(I::SingleRbrace)),
            E::Lexical(L::OtherError("Nobody knows".into())),
            E::OtherError("Nobody knows".to_owned()),
            E::StringAnnotationError("No annotation"),
            E::UnexpectedTokenAfterAsync(TokenKind::Name),
            E::ExpectedToken { expected: TokenKind::Colon, found: TokenKind::EndOfFile },
            E::ExpectedToken { expected: TokenKind::Dedent, found: TokenKind::FStringStart },
        ];
        let places = PLACES.iter().map(|(text, _)| E::OtherError((*text).to_owned()));
        for error in errors.into_iter().chain(places) {
            assert_eq!(said(&error).to_string(), lower_first(&error.to_string()), "{error:?}");
        }
    }
}
