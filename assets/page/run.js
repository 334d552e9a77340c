// ---- the run: what each step changed, and the picture at any of them ----

const run = JSON.parse(document.getElementById('run').textContent);

/** What stands where in a step, and in rows. */
const STEP = { actor: 0, marks: 1, time: 2, told: 3, threads: 4, objects: 5, variables: 6, touchedObjects: 7, touchedVariables: 8 };
const THREAD = { id: 0, name: 1, state: 2, line: 3, about: 4, keeper: 5, holds: 6 };
const OBJECT = { place: 0, name: 1, kind: 2, state: 3, holder: 4, waiters: 5, holders: 6 };
const VARIABLE = { place: 0, name: 1, value: 2, guard: 3, stale: 4 };
const MARK = { switched: 1, interest: 2, finding: 4 };

/** So many steps lie between two pictures that are kept. */
const KEPT_EVERY = 128;

const lastStep = run.steps.length - 1;

function blank() {
  return { step: -1, actor: -1, time: 0, switches: 0, threads: [], objects: [], variables: [] };
}

function copyOf(frame) {
  return {
    ...frame,
    threads: frame.threads.slice(),
    objects: frame.objects.slice(),
    variables: frame.variables.slice(),
  };
}

/** Takes the next step into the picture. A row is never changed, only replaced. */
function forward(frame) {
  const step = run.steps[frame.step + 1];
  frame.step += 1;
  if (step[STEP.actor] >= 0) frame.actor = step[STEP.actor];
  frame.time += step[STEP.time];
  if (step[STEP.marks] & MARK.switched) frame.switches += 1;
  for (const row of step[STEP.threads]) frame.threads[row[THREAD.id]] = row;
  for (const row of step[STEP.objects]) frame.objects[row[OBJECT.place]] = row;
  for (const row of step[STEP.variables]) frame.variables[row[VARIABLE.place]] = row;
}

/** The line on which a thread stands, about to do something; 0 when there is none. */
const standsOn = (row) => (row && row[THREAD.about] !== 0 && run.states[row[THREAD.state]][3] ? row[THREAD.line] : 0);

/** Pictures along the run, and for the timeline what every thread and lock was doing when. */
const kept = [];
const tracks = run.letters.map(() => ({ states: [], ran: [] }));
/** Of each lock a list of changes; of a semaphore one for every place that was taken at the same time. */
const holders = run.lanes.map(() => [[]]);
/** More places than these are not drawn. */
const PLACES_MAX = 8;
/** So many threads stand on one line at most. */
let crowd = 1;

(() => {
  const frame = blank();
  const crowds = new Map();
  const count = (line, more) => {
    if (line === 0) return;
    crowds.set(line, (crowds.get(line) ?? 0) + more);
    crowd = Math.max(crowd, crowds.get(line));
  };
  while (frame.step < lastStep) {
    for (const row of run.steps[frame.step + 1][STEP.threads]) {
      count(standsOn(frame.threads[row[THREAD.id]]), -1);
      count(standsOn(row), 1);
    }
    forward(frame);
    if (frame.step % KEPT_EVERY === 0) kept.push(copyOf(frame));
    const step = run.steps[frame.step];
    if (step[STEP.actor] >= 0) tracks[step[STEP.actor]].ran.push(frame.step);
    for (const row of step[STEP.threads]) note(tracks[row[THREAD.id]].states, frame.step, row[THREAD.state]);
    for (const row of step[STEP.objects]) {
      const lane = run.lanes.indexOf(row[OBJECT.place]);
      if (lane >= 0) noteHolders(holders[lane], frame.step, row);
    }
  }
})();

/** Adds a change to a list of [step, value]. */
function note(changes, step, value) {
  if (changes.length === 0 || changes[changes.length - 1][1] !== value) changes.push([step, value]);
}

/** Whoever takes a place of a semaphore gets the first that is free, and stays there. */
function noteHolders(places, step, row) {
  const held = row[OBJECT.holders] ?? [row[OBJECT.holder]];
  const now = places.map((changes) => changes[changes.length - 1]?.[1] ?? -1).map((holder) => (held.includes(holder) ? holder : -1));
  for (const holder of held) {
    if (holder < 0 || now.includes(holder)) continue;
    const free = now.indexOf(-1);
    if (free >= 0) now[free] = holder;
    else if (places.length < PLACES_MAX) {
      places.push([]);
      now.push(holder);
    }
  }
  now.forEach((holder, place) => note(places[place], step, holder));
}

let frame = copyOf(kept[0]);

/** Makes `frame` the picture at this step. */
function seek(step) {
  if (step < frame.step || step > frame.step + KEPT_EVERY) frame = copyOf(kept[Math.floor(step / KEPT_EVERY)]);
  while (frame.step < step) forward(frame);
}

/** The next step in this direction with the mark; the end of the run when there is none. */
function marked(direction, mark) {
  let step = frame.step + direction;
  while (step > 0 && step < lastStep && !(run.steps[step][STEP.marks] & mark)) step += direction;
  return Math.max(0, Math.min(lastStep, step));
}
