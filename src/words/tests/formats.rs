//! What the readers of JSON and TOML say.

use crate::said;
use crate::words::{Lang, Words};

#[test]
fn what_readers_of_formats_say_is_told_in_the_language() {
    let told = |message| Lang::ALL.map(|lang| Words::new(lang).said(&said::reader(message)));
    for (message, en, zh) in [
        ("missing field `target`", "missing field `target`", "缺少字段 `target`"),
        ("unknown field `a`, expected `b`", "unknown field `a`, expected `b`", "没有字段 `a`，这里可以写 `b`"),
        (
            "unknown variant `x`, expected one of `data`, `lock`",
            "unknown variant `x`, expected `data`, `lock`",
            "不认识 `x`，这里可以写 `data`、`lock`",
        ),
        (
            "invalid type: string \"a, expected u8\", expected a map",
            "invalid type: string \"a, expected u8\", expected an object",
            "类型不对：这里是字符串 \"a, expected u8\"，应为对象",
        ),
        (
            "invalid value: integer `-3`, expected u64",
            "invalid value: integer `-3`, expected a whole number from 0 on",
            "值不对：这里是整数 `-3`，应为不小于 0 的整数",
        ),
        ("expected `,` or `}`", "expected `,`, `}`", "此处应为 `,`、`}`"),
        ("unclosed table, expected `]`", "a bracket is not closed, expected `]`", "括号没有合上，此处应为 `]`"),
        ("something new", "not understood (something new)", "看不懂（something new）"),
        ("seed 3 cannot end in two ways", "seed 3 cannot end in two ways", "种子 3 不能有两种结局"),
    ] {
        assert_eq!(told(message), [en, zh], "{message}");
    }
}
