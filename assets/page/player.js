// ---- playing: buttons, keys, the slider, the address ----

const byId = (id) => document.getElementById(id);
const slider = byId('slider');
const told = byId('told');

/** Steps a second, as on the stage; the last one is as fast as it goes. */
const SPEEDS = [1, 2, 4, 8, 16, 32, 64, 256, 1024, 4096, Infinity];
let speed = 2;
let playing = false;
let due = 0;
let before = 0;

function show() {
  showTables();
  followCursor();
  slider.value = String(frame.step);
  const place = label('page-step-of', { step: frame.step, total: lastStep });
  slider.setAttribute('aria-valuetext', place);
  // Spaces as wide as digits: the number does not move what stands beside it.
  setText(byId('place'), `${String(frame.step).padStart(String(lastStep).length, '\u2007')}/${lastStep}`);
  setText(told, sentences(frame.step));
  const time = (frame.time / 1e9).toFixed(3);
  setText(byId('clock'), label('header-clock', { time, step: frame.step, switches: frame.switches }));
  showStatus();
}

function showStatus() {
  const going = playing ? ['', '\u25b6\ufe0e', run.labels['status-playing']] : ['', '\u2016', run.labels['status-paused']];
  const [className, sign, word] = frame.step === lastStep ? run.end : going;
  const status = byId('status');
  status.className = `status ${className}`;
  status.replaceChildren(signed(sign, said(word)));
}

function go(step) {
  seek(Math.max(0, Math.min(lastStep, step)));
  show();
  writeAddress();
}

// ---- time ----

function play(on) {
  if (on && frame.step === lastStep) go(0);
  playing = on;
  const button = byId('play');
  button.setAttribute('aria-pressed', String(on));
  button.dataset.label = on ? 'page-pause' : 'page-play';
  sayLabel(button);
  listenTo(!on);
  due = 0;
  before = performance.now();
  if (on) requestAnimationFrame(tick);
  showStatus();
  writeAddress();
}

/** Sentences that follow each other faster than they can be heard are not read out; the one where it stops is. */
function listenTo(each) {
  const was = told.getAttribute('aria-live');
  const live = each || SPEEDS[speed] <= 1 ? 'polite' : 'off';
  if (live === was) return;
  told.setAttribute('aria-live', live);
  if (live === 'off') return;
  told.textContent = '';
  requestAnimationFrame(() => setText(told, sentences(frame.step)));
}

function tick(now) {
  if (!playing) return;
  const seconds = Math.min(0.5, (now - before) / 1000);
  before = now;
  due += SPEEDS[speed] === Infinity ? lastStep / 60 + 1 : seconds * SPEEDS[speed];
  const steps = Math.floor(due);
  due -= steps;
  if (steps > 0) go(frame.step + steps);
  if (frame.step === lastStep) play(false);
  else requestAnimationFrame(tick);
}

function setSpeed(index) {
  speed = Math.max(0, Math.min(SPEEDS.length - 1, index));
  const each = SPEEDS[speed];
  listenTo(!playing);
  setText(byId('speed'), each === Infinity ? label('page-speed-most') : label('page-speed', { n: each }));
}

/** Moving by hand stops the run. */
function move(step) {
  if (playing) play(false);
  go(step);
}

// ---- the address: #step=37 ----

let addressTimer = 0;

/** Browsers take only so many changes of the address in a second. What somebody else writes meanwhile is to be read. */
function writeAddress() {
  if (addressTimer) return;
  const before = location.hash;
  addressTimer = setTimeout(() => {
    addressTimer = 0;
    if (location.hash !== before) return;
    const address = `#step=${frame.step}`;
    if (location.hash !== address) history.replaceState(null, '', address);
  }, playing ? 500 : 60);
}

function readAddress() {
  const found = /^#step=(\d{1,9})$/.exec(location.hash);
  return found ? Math.min(lastStep, Number(found[1])) : null;
}

// ---- what can be asked for ----

const THEMES = ['', 'light', 'dark'];

function nextTheme() {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  // The first press always changes something.
  const order = dark ? ['', 'light', 'dark'] : ['', 'dark', 'light'];
  const next = order[(order.indexOf(root.dataset.theme ?? '') + 1) % THEMES.length];
  if (next) root.dataset.theme = next;
  else delete root.dataset.theme;
}

function nextLanguage() {
  language = 1 - language;
  sayEverything();
}

function sayEverything() {
  sayLabels();
  fitStates();
  setSpeed(speed);
  makeFindings(move);
  sayMissing();
  byId('outcome').replaceChildren(signed(run.end[1], said(run.end[2])));
  byId('outcome').className = `status outcome ${run.end[0]}`;
  describeTimeline();
  makeHandout();
  makeLegends();
  drawTimeline();
  show();
}

function sayMissing() {
  const keys = ['page-cut', 'page-more-rows', 'page-more-output'];
  byId('missing').textContent = keys.filter((_, index) => run.missing[index]).map((key) => label(key)).join(' ');
}

function help() {
  const dialog = byId('keys');
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

const DO = {
  play: () => play(!playing),
  step: () => move(frame.step + 1),
  back: () => move(frame.step - 1),
  next: () => move(marked(1, MARK.interest)),
  previous: () => move(marked(-1, MARK.interest)),
  start: () => move(0),
  end: () => move(lastStep),
  faster: () => setSpeed(speed + 1),
  slower: () => setSpeed(speed - 1),
  language: nextLanguage,
  theme: nextTheme,
  help,
};

/** The keys of the stage. */
const KEYS = {
  ' ': 'play', ArrowRight: 'step', l: 'step', n: 'step', ArrowLeft: 'back', h: 'back', Backspace: 'back',
  'Shift ArrowRight': 'next', 'Shift ArrowLeft': 'previous', g: 'start', Home: 'start', G: 'end', End: 'end',
  '+': 'faster', '=': 'faster', '-': 'slower', L: 'language', t: 'theme', '?': 'help', F1: 'help',
};

/** Keys for which there are no buttons. */
const LOOK = {
  '>': () => zoom(0.5), '.': () => zoom(0.5), '<': () => zoom(2), ',': () => zoom(2),
  '[': () => sideways(-1), ']': () => sideways(1),
};

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const key = event.shiftKey && event.key.length > 1 ? `Shift ${event.key}` : event.key;
  if (byId('keys').open && key !== '?') return;
  // A button that has the focus is pressed by the space bar, as everywhere.
  if (key === ' ' && event.target.closest?.('button, a, summary')) return;
  if (key in LOOK) LOOK[key]();
  else if (key in KEYS) DO[KEYS[key]]();
  else return;
  event.preventDefault();
}

function listen() {
  for (const [id, act] of Object.entries(DO)) byId(id).addEventListener('click', act);
  // A click leaves the focus where it was: the space bar goes on playing and pausing.
  for (const button of document.querySelectorAll('.controls button')) {
    button.addEventListener('mousedown', (event) => event.preventDefault());
  }
  document.addEventListener('keydown', pressed);
  slider.max = String(lastStep);
  slider.addEventListener('input', () => move(Number(slider.value)));
  window.addEventListener('hashchange', () => {
    const step = readAddress();
    if (step !== null) move(step);
  });
  window.addEventListener('beforeprint', drawForPaper);
  window.addEventListener('afterprint', () => drawTimeline());
}

seek(readAddress() ?? 0);
makeTimeline(move);
listen();
sayEverything();
document.documentElement.dataset.ready = 'true';
performance.mark('ready');
