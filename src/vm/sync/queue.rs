//! Queues. The kernel counts items and decides who waits; the items themselves are here.

use super::primitive::{flag, id, make, number, receiver, simple};
use super::priority;
use crate::ids::{Nanos, ObjectId};
use crate::lang::Program;
use crate::vm::Vm;
use crate::vm::lib::arguments::{self, bind};
use crate::vm::native::{Answer, Args, Cx, Effect::Pure, NativeResult, Raise, Registry};
use crate::vm::object::{Obj, PrimitiveKind};
use crate::vm::op::{Op, Patience, PrimitiveSpec, Question, QueueOrder};
use crate::vm::types;
use crate::vm::value::{Ref, Value};
use std::sync::Arc;

pub(super) fn register(registry: &mut Registry) {
    registry.constructor(types::QUEUE, Pure, |cx, args| queue(cx, args, QueueOrder::Fifo));
    registry.constructor(types::LIFO_QUEUE, Pure, |cx, args| queue(cx, args, QueueOrder::Lifo));
    registry.constructor(types::PRIORITY_QUEUE, Pure, |cx, args| queue(cx, args, QueueOrder::Priority));
    registry.constructor(types::SIMPLE_QUEUE, Pure, |cx, args| queue(cx, args, QueueOrder::Simple));
    for owner in [types::QUEUE, types::SIMPLE_QUEUE] {
        registry.method(owner, "put", Pure, put);
        registry.method(owner, "put_nowait", Pure, |cx, args| offer(cx, args, args.get(1), Patience::None));
        registry.method(owner, "get", Pure, get);
        registry.method(owner, "get_nowait", Pure, |cx, args| take(cx, args, Patience::None));
        registry.method(owner, "qsize", Pure, |cx, args| ask(cx, args, Question::Qsize));
        registry.method(owner, "empty", Pure, |cx, args| ask(cx, args, Question::Empty));
    }
    registry.method(types::QUEUE, "full", Pure, |cx, args| ask(cx, args, Question::Full));
    registry.method(types::QUEUE, "task_done", Pure, |cx, args| simple(cx, args, Op::TaskDone));
    registry.method(types::QUEUE, "join", Pure, |cx, args| simple(cx, args, Op::QueueJoin));
    registry.method(types::QUEUE, "shutdown", Pure, shutdown);
    registry.getter(types::QUEUE, "maxsize", |cx, args| {
        let size = receiver(cx, args).map_or(0, |(_, queue)| queue.size);
        Ok(Answer::Value(Value::Int(size)))
    });
    registry.getter(types::QUEUE, "unfinished_tasks", |cx, args| ask(cx, args, Question::Unfinished));
}

fn queue(cx: &mut Cx<'_>, args: Args<'_>, order: QueueOrder) -> NativeResult {
    let size = if order == QueueOrder::Simple {
        0
    } else {
        let bound = bind(cx, args, 0, "Queue", &["maxsize"], 0)?;
        number(cx, bound[0], 0)?
    };
    let maxsize = u32::try_from(size.max(0)).unwrap_or(u32::MAX);
    let spec = PrimitiveSpec::Queue { order, maxsize };
    Ok(Answer::Value(Value::Ref(make(cx, PrimitiveKind::Queue(order), spec, Value::Null, size))))
}

fn ask(cx: &mut Cx<'_>, args: Args<'_>, question: Question) -> NativeResult {
    simple(cx, args, |object| Op::Query { object, question })
}

/// `block=True, timeout=None`
fn queue_patience(cx: &mut Cx<'_>, block: Option<Value>, timeout: Option<Value>) -> Result<Patience, Raise> {
    if !flag(cx, block, true)? {
        return Ok(Patience::None);
    }
    let Some(timeout) = timeout.filter(|timeout| !matches!(timeout, Value::None)) else {
        return Ok(Patience::Forever);
    };
    let seconds = arguments::float(cx, timeout)?;
    if seconds < 0.0 {
        return Err(cx.value_error("'timeout' must be a non-negative number"));
    }
    Ok(Patience::For(Nanos::from_secs_f64(seconds)))
}

/// `put(item, block=True, timeout=None)`
fn put(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "put", &["item", "block", "timeout"], 1)?;
    let patience = queue_patience(cx, bound[1], bound[2])?;
    offer(cx, args, bound[0], patience)
}

fn offer(cx: &mut Cx<'_>, args: Args<'_>, item: Option<Value>, patience: Patience) -> NativeResult {
    let queue = id(cx, args)?;
    let Some(item) = item else { return Err(cx.type_error("put() missing required argument 'item' (pos 1)")) };
    if cx.reply.take().is_none() {
        return Ok(Answer::Ask(Op::Put { queue, item, patience }));
    }
    let Some((at, primitive)) = receiver(cx, args) else { return Ok(Answer::Value(Value::None)) };
    if primitive.kind == PrimitiveKind::Queue(QueueOrder::Priority) {
        priority::push(cx, at, item)?;
    } else if let Obj::Primitive(primitive) = cx.vm.heap.get_mut(at) {
        Arc::make_mut(primitive).items.push_back(item);
    }
    cx.vm.heap.charge(16);
    // Whoever gets it may be another thread.
    cx.vm.share(item);
    Ok(Answer::Value(Value::None))
}

/// `get(block=True, timeout=None)`
fn get(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "get", &["block", "timeout"], 0)?;
    let patience = queue_patience(cx, bound[0], bound[1])?;
    take(cx, args, patience)
}

fn take(cx: &mut Cx<'_>, args: Args<'_>, patience: Patience) -> NativeResult {
    let queue = id(cx, args)?;
    if cx.reply.take().is_none() {
        return Ok(Answer::Ask(Op::Get { queue, patience }));
    }
    let Some((at, primitive)) = receiver(cx, args) else { return Ok(Answer::Value(Value::None)) };
    let item = match primitive.kind {
        PrimitiveKind::Queue(QueueOrder::Priority) => priority::pop(cx, at)?,
        kind => match cx.vm.heap.get_mut(at) {
            Obj::Primitive(primitive) => {
                let items = &mut Arc::make_mut(primitive).items;
                if kind == PrimitiveKind::Queue(QueueOrder::Lifo) { items.pop_back() } else { items.pop_front() }
            }
            _ => None,
        },
    };
    Ok(Answer::Value(item.unwrap_or(Value::None)))
}

/// `shutdown(immediate=False)`
fn shutdown(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "shutdown", &["immediate"], 0)?;
    let immediate = flag(cx, bound[0], false)?;
    let queue = id(cx, args)?;
    if cx.reply.take().is_none() {
        return Ok(Answer::Ask(Op::Shutdown { queue, immediate }));
    }
    if immediate
        && let Some((at, _)) = receiver(cx, args)
        && let Obj::Primitive(primitive) = cx.vm.heap.get_mut(at)
    {
        Arc::make_mut(primitive).items.clear();
    }
    Ok(Answer::Value(Value::None))
}

impl Vm {
    /// The items of a queue as `repr`s of at most `limit` characters, in the order in which they will come out.
    #[must_use]
    pub fn queue_items(&self, program: &Program, queue: ObjectId, limit: usize) -> Vec<String> {
        let Some(at) = self.primitive(queue) else { return vec![] };
        self.items_in_order(at).into_iter().map(|item| self.repr(program, item, limit)).collect()
    }

    /// The item that will come out next.
    #[must_use]
    pub fn queue_first(&self, queue: ObjectId) -> Option<Value> {
        let Obj::Primitive(primitive) = self.heap.get(self.primitive(queue)?) else { return None };
        match primitive.kind {
            PrimitiveKind::Queue(QueueOrder::Lifo) => primitive.items.back().copied(),
            // The root of the heap, or the first in line.
            _ => primitive.items.front().copied(),
        }
    }

    fn items_in_order(&self, at: Ref) -> Vec<Value> {
        let Obj::Primitive(primitive) = self.heap.get(at) else { return vec![] };
        let mut items: Vec<Value> = primitive.items.iter().copied().collect();
        match primitive.kind {
            PrimitiveKind::Queue(QueueOrder::Lifo) => items.reverse(),
            PrimitiveKind::Queue(QueueOrder::Priority) => {
                items.sort_by(|left, right| priority::plain_order(&self.heap, *left, *right));
            }
            PrimitiveKind::Barrier => items.clear(),
            _ => {}
        }
        items
    }
}
