// ---- words: everything stands in the page in both languages ----

const TAGS = ['en', 'zh-Hans'];
let language = document.documentElement.lang === 'en' ? 0 : 1;

/** A text that is the same in both languages, or a pair. */
const said = (text) => (typeof text === 'string' ? text : text[language]);
const text = (number) => said(run.strings[number]);

/** What the page says about itself, with `{name}` filled in. */
function label(key, values = {}) {
  return said(run.labels[key]).replace(/\{([a-z-]+)\}/g, (place, name) => (name in values ? values[name] : place));
}

/** The sentences about a step. */
const sentences = (step) => run.steps[step][STEP.told].map(text).join(language === 0 ? ' ' : '');

const letter = (thread) => run.letters[thread] ?? '';
const letters = (threads) => threads.map(letter).join(' ');

/** Everything with a fixed text, in the language of now. */
function sayLabels() {
  document.documentElement.lang = TAGS[language];
  document.getElementById('language').lang = TAGS[1 - language];
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = label(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) sayLabel(element);
  const rules = run.rules.map((rule) => make('li', '', said(rule)));
  document.getElementById('rules').replaceChildren(...rules);
}

/** The name of a button, with its key for those who point at it. */
function sayLabel(element) {
  const name = label(element.dataset.label);
  element.setAttribute('aria-label', name);
  if (element.dataset.key) element.title = `${name} (${element.dataset.key})`;
}

// ---- making elements; text is only ever text ----

/** The size of a letter of the page, in pixels. */
const EM = parseFloat(getComputedStyle(document.documentElement).fontSize);

function make(tag, className = '', content = '') {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (content) element.textContent = content;
  return element;
}

/** Colours for threads repeat after so many. */
const COLOURS = 7;
const colour = (thread) => `t${thread % COLOURS}`;

/** The letter of a thread in its colour. */
const badge = (thread) => make('b', `badge ${colour(thread)}`, letter(thread));

function setText(element, content) {
  if (element.textContent !== content) element.textContent = content;
}
