// ---- the handout: what is only on paper ----

function makeHandout() {
  const place = document.getElementById('handout');
  const items = run.handout.flatMap((step, index) => {
    const item = make('li');
    item.append(make('span', 'at', String(step)), ' ', lead(step), make('span', '', sentences(step)));
    const left = index > 0 ? step - run.handout[index - 1] - 1 : 0;
    return left > 0 ? [make('li', 'gap', label('page-gap', { n: left })), item] : [item];
  });
  const parts = [make('h2', '', label('page-run'))];
  if (run.handout.length <= lastStep) {
    parts.push(make('p', '', label('page-part', { n: run.handout.length, total: lastStep })));
  }
  const list = make('ol', 'sentences');
  list.append(...items);
  place.replaceChildren(...parts, list);
}

/** Who made the step. */
function lead(step) {
  const actor = run.steps[step][STEP.actor];
  return actor >= 0 ? badge(actor) : make('b', 'badge', '');
}
