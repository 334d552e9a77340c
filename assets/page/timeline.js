// ---- the timeline: a lane for every thread, a lane for every lock ----

const SVG = 'http://www.w3.org/2000/svg';
const lanes = document.querySelector('#timeline .lanes');

/** Heights and widths in pixels; they grow with the letters of the page. */
const LANE = Math.round(1.12 * EM);
const BLOCK = Math.round(0.78 * EM);
const LETTER = 0.48 * EM;
const FOOT = Math.round(1.1 * EM);
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
const lockLanes = run.lanes
  .flatMap((place, lane) => holders[lane].map((changes, index) => ({ place, lane, changes, isFirst: index === 0 })))
  .slice(0, Math.max(0, LANES_MAX - threadLanes.length));

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
    const sign = shape('text', { x: xOf(failed[0] + 1) + 2, y: middle + 0.27 * EM }, 'lane-failed');
    sign.textContent = '!';
    svg.append(sign);
  }
}

function drawLock(svg, { changes }, top) {
  const middle = top + LANE / 2;
  for (const [from, to, holder] of spans(changes)) {
    if (holder < 0 || to <= view.from || from >= view.to) continue;
    const [left, right] = [xOf(Math.max(from, view.from)), xOf(Math.min(to, view.to))];
    svg.append(shape('rect', { x: left, y: middle - BLOCK / 2 + 1, width: right - left, height: BLOCK - 2 }, `lane-held ${colour(holder)}`));
    if (right - left >= 1.5 * LETTER) {
      const name = shape('text', { x: (left + right) / 2, y: middle + 0.27 * EM }, 'lane-letter');
      name.textContent = letter(holder);
      svg.append(name);
    }
  }
}

/** Patterns tell the ways of waiting apart without colour. */
function patterns() {
  const defs = shape('defs', {});
  const add = (id, size, d) => {
    // A tile is as high as a lane, so that it looks the same in all of them.
    const pattern = shape('pattern', { id, width: size, height: LANE, patternUnits: 'userSpaceOnUse' });
    pattern.append(shape('path', { d, transform: `translate(0 ${LANE / 2})` }));
    defs.append(pattern);
  };
  add('p-stopped', 8, 'M1 -3l6 6M7 -3l-6 6');
  add('p-waited', 8, 'M0 0q2-5 4 0t4 0');
  add('p-slept', 6, 'M2.5 0h1');
  return defs;
}

function laneName(y, content, className) {
  const name = shape('text', { x: 0, y: y + LANE / 2 + 0.27 * EM }, className);
  name.textContent = content;
  return name;
}

/** On paper it is as wide as the page, whatever the window is, and shows all steps. */
const PAPER = 720;

function drawForPaper() {
  const { from, to } = view;
  Object.assign(view, { from: 0, to: lastStep + 1 });
  drawTimeline(PAPER);
  Object.assign(view, { from, to });
}

function drawTimeline(wide = lanes.clientWidth) {
  const width = Math.max(200, wide);
  const names = [...threadLanes.map(({ thread }) => letter(thread)), ...lockLanes.map(({ place }) => nameOf(place))];
  const left = Math.min(width / 5, EM / 2 + LETTER * (1 + Math.max(...names.map(cells))));
  const rows = threadLanes.length + lockLanes.length;
  drawn = { left, width, height: rows * LANE + FOOT };
  const svg = shape('svg', { viewBox: `0 0 ${width} ${drawn.height}`, width, height: drawn.height, role: 'img', 'aria-labelledby': 'timeline-text' });
  svg.append(patterns());
  threadLanes.forEach((lane, index) => {
    drawThread(svg, lane, index * LANE);
    svg.append(laneName(index * LANE, letter(lane.thread), `lane-name ${colour(lane.thread)}`));
  });
  lockLanes.forEach((lane, index) => {
    const top = (threadLanes.length + index) * LANE;
    drawLock(svg, lane, top);
    if (lane.isFirst) svg.append(laneName(top, shortened(nameOf(lane.place), (left - EM / 2) / LETTER), 'lane-name lock'));
  });
  drawFindings(svg);
  cursor = shape('path', { d: '' }, 'cursor');
  cursor.name = shape('text', { y: drawn.height - 0.25 * EM }, 'cursor-name');
  const future = shape('rect', { x: 0, y: 0, width: 0, height: rows * LANE }, 'future');
  svg.append(future, cursor, cursor.name);
  lanes.replaceChildren(svg);
  cursor.future = future;
  showCursor();
}

function drawFindings(svg) {
  for (const [step, kind] of run.findings) {
    if (step < view.from || step >= view.to) continue;
    const sign = shape('text', { x: (xOf(step) + xOf(step + 1)) / 2, y: drawn.height - 0.2 * EM }, 'lane-finding');
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
  const bottom = drawn.height - FOOT;
  cursor.setAttribute('d', inside ? `M${left} 0H${right}V${bottom}H${left}z` : '');
  showCursorName(inside, left, right);
  const from = Math.max(drawn.left, Math.min(right, drawn.width));
  cursor.future.setAttribute('x', from);
  cursor.future.setAttribute('width', frame.step < view.from ? drawn.width - drawn.left : drawn.width - from);
}

/** The number of the step, below it, and never over a finding. */
function showCursorName(inside, left, right) {
  cursor.name.textContent = inside ? label('timeline-step', { step: frame.step }) : '';
  const toTheLeft = right > drawn.width - 8 * EM;
  cursor.name.setAttribute('x', toTheLeft ? left - 0.3 * EM : right + 0.3 * EM);
  cursor.name.setAttribute('text-anchor', toTheLeft ? 'end' : 'start');
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
  for (const { place, lane } of lockLanes.filter(({ isFirst }) => isFirst)) {
    const who = [...new Set(holders[lane].flat().map(([, holder]) => holder))].filter((holder) => holder >= 0);
    if (who.length > 0) parts.push(label('page-lane-held', { object: nameOf(place), threads: letters(who) }));
  }
  document.getElementById('timeline-text').textContent = parts.join(' ');
}

/** What the blocks mean, for the help and for paper. */
function makeLegends() {
  const looks = [
    ['lane-ran t0', 'page-lane-ran'],
    ['lane-idle', 'page-lane-idle'],
    ['lane-stopped', 'state-blocked'],
    ['lane-waited', 'state-waiting'],
    ['lane-slept', 'state-sleeping'],
  ];
  for (const legend of document.querySelectorAll('.legend')) {
    legend.replaceChildren(make('b', '', label('page-legend')), ...looks.map(([look, key]) => sample(look, label(key))));
  }
}

function sample(look, word) {
  const height = look === 'lane-idle' ? 1.5 : BLOCK;
  const svg = shape('svg', { viewBox: `0 0 ${2 * EM} ${LANE}`, width: 2 * EM, height: LANE, 'aria-hidden': 'true' });
  svg.append(shape('rect', { width: 2 * EM, height, y: (LANE - height) / 2 }, look));
  const item = make('span');
  item.append(svg, ` ${word}`);
  return item;
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
