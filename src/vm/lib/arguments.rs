//! Arguments of natives: how many, which, and what CPython says when they are wrong.

use crate::vm::Value;
use crate::vm::native::{Args, Cx, Raise};
use smallvec::SmallVec;

/// What [`bind`] finds: one place per parameter.
pub type Bound = SmallVec<[Option<Value>; 6]>;

/// The arguments after the receiver, between `low` and `high` of them and no keywords. `name` is `list.append` or `len`.
pub fn rest<'a>(cx: &mut Cx<'_>, args: Args<'a>, name: &str, low: usize, high: usize) -> Result<&'a [Value], Raise> {
    let given = args.positional.get(1..).unwrap_or_default();
    check(cx, args, given, name, low, high)?;
    Ok(given)
}

/// All arguments of a function, between `low` and `high` of them and no keywords.
pub fn all<'a>(cx: &mut Cx<'_>, args: Args<'a>, name: &str, low: usize, high: usize) -> Result<&'a [Value], Raise> {
    check(cx, args, args.positional, name, low, high)?;
    Ok(args.positional)
}

fn check(cx: &mut Cx<'_>, args: Args<'_>, given: &[Value], name: &str, low: usize, high: usize) -> Result<(), Raise> {
    if !args.keywords.is_empty() {
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    let count = given.len();
    if (low..=high).contains(&count) {
        return Ok(());
    }
    let short = name.rsplit('.').next().unwrap_or(name);
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let text = match (low, high) {
        (0, 0) => format!("{name}() takes no arguments ({count} given)"),
        (1, 1) => format!("{name}() takes exactly one argument ({count} given)"),
        _ if low == high => format!("{short} expected {low} arguments, got {count}"),
        _ if count < low => format!("{short} expected at least {low} argument{}, got {count}", plural(low)),
        _ => format!("{short} expected at most {high} argument{}, got {count}", plural(high)),
    };
    Err(cx.type_error(text))
}

/// Arguments by position or by name, after `skip` of them (1 for methods). The first `required` must be there.
pub fn bind(
    cx: &mut Cx<'_>,
    args: Args<'_>,
    skip: usize,
    name: &str,
    parameters: &[&str],
    required: usize,
) -> Result<Bound, Raise> {
    let given = args.positional.get(skip..).unwrap_or_default();
    if given.len() > parameters.len() {
        let most = parameters.len();
        let plural = if most == 1 { "" } else { "s" };
        let total = given.len() + args.keywords.len();
        let text = format!("{name}() takes at most {most} argument{plural} ({total} given)");
        return Err(cx.type_error(text));
    }
    let mut bound: Bound = given.iter().copied().map(Some).collect();
    bound.resize(parameters.len(), None);
    for (sym, value) in args.keywords {
        let key = cx.name(*sym);
        let place = parameters.iter().position(|parameter| *parameter == key && !parameter.is_empty());
        let Some(place) = place else {
            let text = format!("'{key}' is an invalid keyword argument for {name}()");
            return Err(cx.type_error(text));
        };
        if bound[place].is_some() {
            let text =
                format!("argument for {name}() given by name ('{}') and position ({})", parameters[place], place + 1);
            return Err(cx.type_error(text));
        }
        bound[place] = Some(*value);
    }
    if let Some(place) = bound[..required].iter().position(Option::is_none) {
        let text = format!("{name}() missing required argument '{}' (pos {})", parameters[place], place + 1);
        return Err(cx.type_error(text));
    }
    Ok(bound)
}

/// An int argument.
pub fn int(cx: &mut Cx<'_>, value: Value) -> Result<i64, Raise> {
    if let Some(n) = super::view::int(value) {
        return Ok(n);
    }
    if let Some(method) = cx.special(value, "__index__")
        && let Value::Int(n) = cx.call(method, &[value])?
    {
        return Ok(n);
    }
    let text = format!("'{}' object cannot be interpreted as an integer", cx.type_name(value));
    Err(cx.type_error(text))
}

/// A number argument, as a float.
pub fn float(cx: &mut Cx<'_>, value: Value) -> Result<f64, Raise> {
    if let Some(number) = super::view::number(value) {
        return Ok(number.as_float());
    }
    if let Some(method) = cx.special(value, "__float__")
        && let Value::Float(x) = cx.call(method, &[value])?
    {
        return Ok(x);
    }
    let text = format!("must be real number, not {}", cx.type_name(value));
    Err(cx.type_error(text))
}
