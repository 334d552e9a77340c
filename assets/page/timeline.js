// ---- the timeline: a lane for every thread, a lane for every lock ----

const SVG = 'http://www.w3.org/2000/svg';
const lanes = document.querySelector('#timeline .lanes');

/** A lane is so high, in pixels, and a thread's block so much of it. */
const LANE = 18;
const BLOCK = 12;
/** A letter stands in a block that is at least so wide. */
const LETTER_WIDTH = 11;
/** No more lanes than this are drawn. */
const LANES_MAX = 60;

/** The steps that are shown, the last one excluded; all of them at first. */
const view = { from: 0, to: lastStep + 1 };
let drawn = { left: 0, width: 1, height: 0 };
let cursor = null;

function shape(name, attributes, className = '') {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (className) element.setAttribute('class', className);
  return element;
}

const xOf = (step) => drawn.left + ((step - view.from) / (view.to - view.from)) * (drawn.width - drawn.left);

/** The step at this distance from the left edge. */
function stepAt(x) {
  const share = (x - drawn.left) / (drawn.width - drawn.left);
  return Math.max(0, Math.min(lastStep, Math.floor(view.from + share * (view.to - view.from))));
}

/** Adjoining steps as [from, to), to being excluded. */
function stretches(steps) {
  const found = [];
  for (const step of steps) {
    const last = found[found.length - 1];
    if (last && last[1] === step) last[1] = step + 1;
    else found.push([step, step + 1]);
  }
  return found;
}

/** Changes as [from, to, value). */
function spans(changes) {
  return changes.map(([step, value], index) => [step, changes[index + 1]?.[0] ?? lastStep + 1, value]);
}

/** A path of boxes of this height, for the stretches that are in view. */
function boxes(found, top, height) {
  let path = '';
  for (const [from, to] of found) {
    if (to <= view.from || from >= view.to) continue;
    const left = xOf(Math.max(from, view.from));
    const right = xOf(Math.min(to, view.to));
    path += `M${left.toFixed(2)} ${top}H${right.toFixed(2)}v${height}H${left.toFixed(2)}z`;
  }
  return path;
}

/** Threads that are drawn, then locks. */
const threadLanes = tracks.slice(0, LANES_MAX).map((track, thread) => ({ track, thread }));
const lockLanes = run.lanes.slice(0, Math.max(0, LANES_MAX - threadLanes.length)).map((place, lane) => ({ place, lane }));

/** Steps in which a thread of this state is drawn as waiting in one way or another. */
const LOOKS = ['', 'idle', 'stopped', 'waited', 'waited', 'slept', 'slept', '', '', ''];

function drawThread(svg, { track, thread }, top) {
  const ran = stretches(track.ran);
  const paths = { idle: '', stopped: '', waited: '', slept: '' };
  const middle = top + LANE / 2;
  for (const span of spans(track.states)) {
    const look = LOOKS[span[2]];
    if (look === 'idle') paths.idle += boxes([span], middle - 0.75, 1.5);
    else if (look) paths[look] += boxes([span], middle - BLOCK / 2, BLOCK);
  }
  for (const [look, path] of Object.entries(paths)) if (path) svg.append(shape('path', { d: path }, `lane-${look}`));
  svg.append(shape('path', { d: boxes(ran, middle - BLOCK / 2, BLOCK) }, `lane-ran ${colour(thread)}`));
  const failed = track.states.find(([, state]) => run.states[state][1] === 'failed');
  if (failed && failed[0] >= view.from && failed[0] < view.to) {
    const sign = shape('text', { x: xOf(failed[0] + 1) + 2, y: middle + 4 }, 'lane-failed');
    sign.textContent = '!';
    svg.append(sign);
  }
}

function drawLock(svg, { lane }, top) {
  const middle = top + LANE / 2;
  for (const [from, to, holder] of spans(holders[lane])) {
    if (holder < 0 || to <= view.from || from >= view.to) continue;
    const [left, right] = [xOf(Math.max(from, view.from)), xOf(Math.min(to, view.to))];
    svg.append(shape('rect', { x: left, y: middle - 5, width: right - left, height: 10 }, `lane-held ${colour(holder)}`));
    if (right - left >= LETTER_WIDTH) {
      const name = shape('text', { x: (left + right) / 2, y: middle + 4 }, 'lane-letter');
      name.textContent = letter(holder);
      svg.append(name);
    }
  }
}

/** Patterns tell the ways of waiting apart without colour. */
function patterns() {
  const defs = shape('defs', {});
  const add = (id, size, d) => {
    const pattern = shape('pattern', { id, width: size, height: BLOCK, patternUnits: 'userSpaceOnUse', y: (LANE - BLOCK) / 2 });
    pattern.append(shape('rect', { width: size, height: BLOCK }, 'ground'), shape('path', { d }));
    defs.append(pattern);
  };
  add('p-stopped', 8, 'M1 3l6 6M7 3l-6 6');
  add('p-waited', 8, 'M0 6q2-4 4 0t4 0');
  add('p-slept', 6, 'M2.500 6h1');
  return defs;
}

function laneName(y, content, className) {
  const name = shape('text', { x: 0, y: y + LANE / 2 + 4 }, className);
  name.textContent = content;
  return name;
}

function drawTimeline() {
  const width = Math.max(200, lanes.clientWidth);
  const names = [...threadLanes.map(({ thread }) => letter(thread)), ...lockLanes.map(({ place }) => nameOf(place))];
  const left = Math.min(width / 5, 10 + 7 * Math.max(...names.map(cells)));
  const rows = threadLanes.length + lockLanes.length;
  drawn = { left, width, height: rows * LANE + 16 };
  const svg = shape('svg', { viewBox: `0 0 ${width} ${drawn.height}`, width, height: drawn.height, role: 'img', 'aria-labelledby': 'timeline-text' });
  svg.append(patterns());
  threadLanes.forEach((lane, index) => {
    drawThread(svg, lane, index * LANE);
    svg.append(laneName(index * LANE, letter(lane.thread), `lane-name ${colour(lane.thread)}`));
  });
  lockLanes.forEach((lane, index) => {
    const top = (threadLanes.length + index) * LANE;
    drawLock(svg, lane, top);
    svg.append(laneName(top, shortened(nameOf(lane.place), left / 7 - 1), 'lane-name lock'));
  });
  drawFindings(svg);
  cursor = shape('path', { d: '' }, 'cursor');
  const future = shape('rect', { x: 0, y: 0, width: 0, height: rows * LANE }, 'future');
  svg.append(future, cursor);
  lanes.replaceChildren(svg);
  cursor.future = future;
  showCursor();
}

function drawFindings(svg) {
  for (const [step, kind] of run.findings) {
    if (step < view.from || step >= view.to) continue;
    const sign = shape('text', { x: (xOf(step) + xOf(step + 1)) / 2, y: drawn.height - 3 }, 'lane-finding');
    sign.textContent = '!';
    const title = shape('title', {});
    title.textContent = text(kind);
    sign.append(title);
    svg.append(sign);
  }
}

/** The name of an object as it is called at the end. */
function nameOf(place) {
  for (let index = kept.length - 1; index >= 0; index -= 1) {
    const row = frame.objects[place] ?? kept[index].objects[place];
    if (row) return text(row[OBJECT.name]);
  }
  return '';
}

/** About how wide a text is, a Latin letter being 1. */
const cells = (content) => [...content].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0);

function shortened(content, room) {
  if (cells(content) <= room) return content;
  let [result, used] = ['', 1];
  for (const c of content) {
    used += cells(c);
    if (used > room) break;
    result += c;
  }
  return `${result}\u2026`;
}

function showCursor() {
  if (!cursor) return;
  const inside = frame.step >= view.from && frame.step < view.to;
  const [left, right] = [xOf(frame.step), Math.max(xOf(frame.step + 1), xOf(frame.step) + 2)];
  const bottom = drawn.height - 16;
  cursor.setAttribute('d', inside ? `M${left} 0H${right}V${bottom}H${left}zM${(left + right) / 2} ${bottom}l-4 7h8z` : '');
  const from = Math.max(drawn.left, Math.min(right, drawn.width));
  cursor.future.setAttribute('x', from);
  cursor.future.setAttribute('width', frame.step < view.from ? drawn.width - drawn.left : drawn.width - from);
}

/** Shows half as many steps around the cursor, or twice as many. */
function zoom(factor) {
  const length = Math.max(Math.min(20, lastStep + 1), Math.min(lastStep + 1, Math.round((view.to - view.from) * factor)));
  center(length);
  drawTimeline();
}

function center(length) {
  view.from = Math.max(0, Math.min(lastStep + 1 - length, Math.round(frame.step - length / 2)));
  view.to = view.from + length;
}

/** Turns the page when the cursor leaves it. */
function followCursor() {
  if (frame.step >= view.from && frame.step < view.to) return showCursor();
  center(view.to - view.from);
  return drawTimeline();
}

/** The timeline for those who do not see it. */
function describeTimeline() {
  const parts = [label('page-time-alternative', { total: lastStep })];
  for (const { track, thread } of threadLanes) {
    const held = spans(track.states).filter((span) => ['stopped', 'waited', 'slept'].includes(LOOKS[span[2]]));
    const steps = held.reduce((sum, [from, to]) => sum + to - from, 0);
    parts.push(label('page-lane-thread', { thread: letter(thread), ran: track.ran.length, 'held-up': steps }));
  }
  for (const { place, lane } of lockLanes) {
    const who = [...new Set(holders[lane].map(([, holder]) => holder))].filter((holder) => holder >= 0);
    if (who.length > 0) parts.push(label('page-lane-held', { object: nameOf(place), threads: letters(who) }));
  }
  document.getElementById('timeline-text').textContent = parts.join(' ');
}

function makeTimeline(go) {
  const seekTo = (event) => go(stepAt(event.clientX - lanes.firstElementChild.getBoundingClientRect().left));
  lanes.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    lanes.setPointerCapture(event.pointerId);
    seekTo(event);
  });
  lanes.addEventListener('pointermove', (event) => {
    if (lanes.hasPointerCapture(event.pointerId)) seekTo(event);
  });
  let width = 0;
  new ResizeObserver(() => {
    if (lanes.clientWidth !== width) {
      width = lanes.clientWidth;
      drawTimeline();
    }
  }).observe(lanes);
}
