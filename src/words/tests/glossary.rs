//! One thing has one name in Chinese, in the catalogue and in the stories.

use super::super::Lang;
use super::super::catalogue::sources;
use std::path::Path;

/// What a thing is called, and what it is not called, though others do.
const GLOSSARY: &[(&str, &[&str])] = &[
    ("线程", &["执行绪", "线程锁"]),
    ("锁", &["互斥量", "互斥锁", "互斥体", "互斥元"]),
    ("可重入锁", &["递归锁", "重入锁的"]),
    ("死锁", &["死结", "锁死"]),
    ("活锁", &["活结"]),
    ("数据竞争", &["竞态", "竞争条件", "数据争用", "资料竞争", "数据竞态"]),
    ("条件变量", &["条件量", "状态变量", "条件参数"]),
    ("信号量", &["信号灯量", "旗语", "信号标", "号志", "旗标"]),
    ("调度", &["排程", "线程调度器", "调度程序", "调度算法器"]),
    ("交错", &["交织", "交叉执行", "穿插执行"]),
    ("见证", &["见证者", "证据", "反例"]),
    ("事件", &["事件量", "事件对象体"]),
    ("屏障", &["栅栏", "路障", "关卡"]),
    ("阻塞", &["阻断", "堵塞", "挂起"]),
    ("休眠", &["睡眠"]),
    ("忙等", &["忙等待", "自旋等待", "忙碌等待"]),
    ("虚假唤醒", &["伪唤醒"]),
    ("更新丢失", &["丢失更新", "遗失更新"]),
    ("唤醒丢失", &["丢失唤醒", "遗失唤醒"]),
    ("程序", &["程式"]),
    ("变量", &["变数"]),
    ("函数", &["函式"]),
    ("队列", &["伫列"]),
    ("线程切换", &["上下文切换", "语境切换"]),
];

fn held(name: &str, text: &str, wrong: &mut Vec<String>) {
    for (number, line) in text.lines().enumerate() {
        for (right, others) in GLOSSARY {
            let strays = others.iter().filter(|other| line.contains(**other));
            wrong.extend(strays.map(|other| format!("{name}:{}: {other}: it is called {right} here", number + 1)));
        }
    }
}

#[test]
fn one_thing_has_one_name() {
    let mut wrong = Vec::new();
    for text in sources(Lang::Zh) {
        held(text.lines().next().unwrap_or_default(), text, &mut wrong);
    }
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for folder in std::fs::read_dir(scenarios).expect("the scenarios are there") {
        for file in ["story.zh.md", "scenario.json"] {
            let path = folder.as_ref().expect("readable").path().join(file);
            let text = std::fs::read_to_string(&path).expect("every scenario has both");
            held(&path.display().to_string(), &text, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_glossary_does_not_forbid_its_own_words() {
    for (right, others) in GLOSSARY {
        for (_, forbidden) in GLOSSARY {
            assert!(!forbidden.iter().any(|word| right.contains(word)), "{right} is forbidden elsewhere");
        }
        assert!(!others.contains(right));
    }
}
