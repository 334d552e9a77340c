// ---- the panels: program, threads, objects, variables, output, findings ----

/** The body of a table with a row for everything that will ever be there, so that nothing moves while the run plays. */
function rowsOf(id, count, columns) {
  const body = document.getElementById(id).tBodies[0];
  const rows = [];
  for (let index = 0; index < count; index += 1) {
    const row = make('tr', 'later');
    for (let column = 0; column < columns; column += 1) {
      const cell = make(column === 0 ? 'th' : 'td');
      if (column === 0) cell.scope = 'row';
      row.append(cell);
    }
    rows.push({ element: row, cells: [...row.cells], shown: undefined, language: -1 });
  }
  body.append(...rows.map((row) => row.element));
  return rows;
}

/** Says that a table stays empty; when another one beside it does not, it gives its place away. */
function showEmpty(id, rows, beside, key) {
  if (rows.length > 0) return;
  const table = document.getElementById(id);
  table.hidden = true;
  if (beside.length > 0) {
    table.closest('section').hidden = true;
    document.querySelector('main').classList.add(`no-${id}`);
  }
  const note = make('p', 'empty', label(key));
  note.dataset.text = key;
  table.after(note);
}

const threadRows = rowsOf('threads', run.rows[0], 6);
const objectRows = rowsOf('objects', run.rows[1], 4);
const variableRows = rowsOf('variables', run.rows[2], 3);
showEmpty('objects', objectRows, variableRows, 'objects-none');
showEmpty('variables', variableRows, objectRows, 'variables-none');

/** Shows rows; `fill` is asked only for those that are different from what is shown. */
function showRows(rows, data, fill) {
  rows.forEach((row, index) => {
    const now = data[index];
    if (row.shown === now && row.language === language) return;
    row.shown = now;
    row.language = language;
    row.element.classList.toggle('later', now === undefined);
    if (now !== undefined) fill(row, now);
  });
}

function cell(element, content) {
  setText(element, content);
  element.title = content;
}

function fillThread(row, data) {
  const [name, state, line, about, waits, holds] = row.cells;
  const id = data[THREAD.id];
  const [sign, className, word, alive] = run.states[data[THREAD.state]];
  name.replaceChildren(badge(id), make('span', 'name', text(data[THREAD.name])));
  name.title = text(data[THREAD.name]);
  state.replaceChildren(signed(sign, said(word)));
  state.className = `state ${className}`;
  cell(line, alive && data[THREAD.line] ? String(data[THREAD.line]) : '');
  cell(about, text(data[THREAD.about]));
  waits.replaceChildren(...(data[THREAD.keeper] >= 0 ? [badge(data[THREAD.keeper])] : []));
  cell(holds, text(data[THREAD.holds]));
  row.element.classList.toggle('over', !alive);
  row.element.classList.toggle('failed', className === 'failed');
}

/** The words for states are never cut: their column is as wide as the widest of them. */
function fitStates() {
  const probe = make('span', 'probe');
  document.body.append(probe);
  const widths = run.states.map(([sign, , word]) => {
    probe.replaceChildren(signed(sign, said(word)));
    return probe.getBoundingClientRect().width;
  });
  probe.remove();
  document.documentElement.style.setProperty('--state', `${Math.ceil(Math.max(...widths))}px`);
}

/** A sign that is not read out, and its word. */
function signed(sign, word) {
  const span = make('span', 'signed');
  const mark = make('span', 'sign', sign);
  mark.setAttribute('aria-hidden', 'true');
  span.append(mark, ' ', word);
  return span;
}

function fillObject(row, data) {
  const [name, kind, state, waiting] = row.cells;
  cell(name, text(data[OBJECT.name]));
  cell(kind, text(data[OBJECT.kind]));
  cell(state, text(data[OBJECT.state]));
  state.className = data[OBJECT.holder] >= 0 ? `held ${colour(data[OBJECT.holder])}` : 'free';
  waiting.replaceChildren(...data[OBJECT.waiters].map(badge));
}

function fillVariable(row, data) {
  const [name, value, guard] = row.cells;
  cell(name, text(data[VARIABLE.name]));
  cell(value, text(data[VARIABLE.value]));
  const stale = data[VARIABLE.stale].length > 0;
  const notes = [stale ? label('variables-stale', { threads: letters(data[VARIABLE.stale]) }) : '', text(data[VARIABLE.guard])];
  cell(guard, notes.filter(Boolean).join('; '));
  guard.className = stale ? 'stale' : '';
}

/** Marks the rows that the step touched. */
function showTouched(rows, places) {
  rows.forEach((row, index) => row.element.classList.toggle('touched', places.includes(index)));
}

// ---- the program ----

const program = document.getElementById('program');
const lines = [...program.querySelectorAll('li')];
let activeLine = 0;
/** What stands before each line: the letters of its threads, as one string. */
const standing = new Map();

function showProgram() {
  const now = new Map();
  for (const row of frame.threads) {
    const line = standsOn(row);
    if (line === 0) continue;
    if (now.has(line)) now.get(line).push(row[THREAD.id]);
    else now.set(line, [row[THREAD.id]]);
  }
  for (const line of new Set([...standing.keys(), ...now.keys()])) showStanding(line, now.get(line) ?? []);
  const row = frame.threads[Math.max(frame.actor, 0)];
  showActive(row ? row[THREAD.line] : 0);
}

/** Cursors that are shown on one line. */
const CURSORS_MAX = Math.min(innerWidth < 900 ? 3 : 6, Math.max(2, crowd));
document.documentElement.style.setProperty('--cursors', CURSORS_MAX);

function showStanding(line, threads) {
  const key = `${language} ${threads.join(' ')}`;
  const element = lines[line - 1];
  if (!element || standing.get(line) === key) return;
  if (threads.length > 0) standing.set(line, key);
  else standing.delete(line);
  const place = element.firstElementChild;
  const more = threads.length > CURSORS_MAX ? [make('b', 'badge', '+')] : [];
  place.replaceChildren(...threads.slice(0, CURSORS_MAX - more.length).map(badge), ...more);
  place.title = threads.length > 0 ? label('page-thread-at', { threads: letters(threads) }) : '';
}

function showActive(line) {
  if (line !== activeLine) {
    const before = lines[activeLine - 1];
    if (before) {
      before.classList.remove('active');
      before.removeAttribute('aria-current');
    }
    activeLine = line;
  }
  const element = lines[line - 1];
  if (!element) return;
  element.classList.add('active');
  element.setAttribute('aria-current', 'step');
  intoView(program, element);
}

/** Scrolls the box, and nothing else, until the element is well inside. */
function intoView(box, element) {
  const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  const margin = Math.min(box.clientHeight / 4, 3 * element.offsetHeight);
  if (top - margin < box.scrollTop) box.scrollTop = top - margin;
  else if (top + element.offsetHeight + margin > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + element.offsetHeight + margin - box.clientHeight;
  }
}

/** Shows more of what long lines have on one side. */
function sideways(notches) {
  program.scrollLeft += notches * 4 * EM;
}

// ---- output ----

/** Lines of output that are shown. */
const OUTPUT_MAX = 300;
const outputList = document.getElementById('output');
const outputScroll = document.getElementById('output-scroll');
let outputShown = '';

function showOutput() {
  let count = 0;
  let high = run.output.length;
  while (count < high) {
    const middle = (count + high) >> 1;
    if (run.output[middle][0] <= frame.step) count = middle + 1;
    else high = middle;
  }
  const key = `${language} ${count}`;
  const fresh = count > 0 && run.output[count - 1][0] === frame.step;
  if (key !== outputShown) {
    outputShown = key;
    const rows = outputLines(count).map(([thread, line]) => {
      const row = make('li');
      row.append(badge(thread), make('span', '', line));
      return row;
    });
    outputList.replaceChildren(...(rows.length > 0 ? rows : [make('li', 'none', label('output-none'))]));
    outputScroll.scrollTop = outputScroll.scrollHeight;
  }
  outputList.classList.toggle('fresh', fresh);
}

/** The last lines of the first pieces, each with who began it. */
function outputLines(count) {
  const found = [];
  let open = false;
  for (const [, thread, body, ends] of run.output.slice(Math.max(0, count - 4 * OUTPUT_MAX), count)) {
    if (open) found[found.length - 1][1] += text(body);
    else found.push([thread, text(body)]);
    open = !ends;
  }
  return found.slice(-OUTPUT_MAX);
}

// ---- findings ----

const findingsList = document.getElementById('findings');

function makeFindings(go) {
  const rows = run.findings.map(([step, kind, sentence]) => {
    const row = make('li');
    const button = make('button', 'jump');
    button.type = 'button';
    const sign = make('span', 'sign', '!');
    sign.setAttribute('aria-hidden', 'true');
    button.append(sign, make('b', '', ` ${text(kind)} `), make('span', 'at', label('timeline-step', { step })));
    button.addEventListener('click', () => go(step));
    row.append(button, make('p', '', text(sentence)));
    return row;
  });
  findingsList.replaceChildren(...(rows.length > 0 ? rows : [make('li', 'none', label('page-findings-none'))]));
}

function showFindings() {
  run.findings.forEach(([step], index) => {
    const row = findingsList.children[index];
    row.classList.toggle('ahead', step > frame.step);
    row.classList.toggle('now', step === frame.step);
  });
}

// ---- everything ----

const threadsBox = document.getElementById('threads').parentElement;

function showTables() {
  const step = run.steps[frame.step];
  showRows(threadRows, frame.threads, fillThread);
  showRows(objectRows, frame.objects, fillObject);
  showRows(variableRows, frame.variables, fillVariable);
  threadRows.forEach((row, index) => row.element.classList.toggle('touched', index === frame.actor && frame.step > 0));
  // Of many threads, the one that made the step stays in view.
  if (threadRows[frame.actor]) intoView(threadsBox, threadRows[frame.actor].element);
  showTouched(objectRows, step[STEP.touchedObjects]);
  showTouched(variableRows, step[STEP.touchedVariables]);
  showProgram();
  showOutput();
  showFindings();
}
