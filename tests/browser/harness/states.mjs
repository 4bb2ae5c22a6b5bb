// What a reader can open, switch or answer in a page, and how.

/**
 * The states that the fixture must be able to reach. A name that is missing here is a part that the
 * theme does not have yet: it is looked at where it exists and demanded once it is listed.
 */
export const STATES = ['drawer', 'report', 'tab', 'quiz-wrong', 'quiz-right', 'checklist', 'table', 'code', 'register', ...['search', 'search-begin', 'search-none'].flatMap((name) => [name, `${name}-phone`])];

/** The search with a query that both languages of the fixture know, with none, and with one that nobody knows. */
const SEARCHES = {
  search: ['Linux', () => document.querySelectorAll('dialog.search[open] [role=option].hit-section').length > 0 && !document.querySelector('.hit-room')],
  'search-begin': ['', () => Boolean(document.querySelector('dialog.search[open] .search-notes kbd'))],
  'search-none': ['qqzzqqzz', () => document.querySelector('dialog.search[open] .search-notes p')?.textContent.includes('qqzzqqzz') ?? false],
};

const typing = (text) => new Function(`
  document.querySelector('[data-search]').click();
  document.querySelector('dialog.search input').value = ${JSON.stringify(text)};
  document.querySelector('dialog.search input').dispatchEvent(new Event('input'));
`);

const searches = (ending, width) => Object.entries(SEARCHES).map(([name, [text, is]]) => [name + ending, { part: '[data-search]', width, act: typing(text), is }]);

/**
 * Every state: the control that leads there (`part`), the page of the fixture where it is, how wide
 * the window must be, and two functions that run in the page: `act` does what a reader does, `is`
 * says whether the page is in that state now.
 */
export const WAYS = {
  drawer: {
    // Without a drawer the same control is a link that leads down the page.
    part: '.to-menu:is(button, [role=button])',
    width: 360,
    act: () => document.querySelector('.to-menu').click(),
    is: () => Boolean(document.querySelector('dialog.drawer[open]')),
  },
  report: {
    part: '[data-report]',
    width: 1366,
    act: () => document.querySelector('[data-report]').click(),
    is: () => Boolean(document.querySelector('dialog.report[open]')),
  },
  tab: {
    part: '[role=tab]',
    width: 1366,
    act: () => {
      for (const list of document.querySelectorAll('[role=tablist]')) list.querySelector('[role=tab][aria-selected=false]')?.click();
    },
    is: () => document.querySelector('[role=tab]').getAttribute('aria-selected') === 'false',
  },
  'quiz-wrong': {
    part: '.quiz-check',
    width: 360,
    act: () => {
      for (const button of document.querySelectorAll('.quiz-check')) {
        // The right choices come first in every quiz of the fixture, so the last one is wrong.
        [...button.closest('.quiz').querySelectorAll('input')].at(-1).click();
        button.click();
      }
    },
    is: () => [...document.querySelectorAll('.quiz')].every((quiz) => quiz.querySelector('details').open || quiz.querySelector('[role=status]')?.textContent),
  },
  'quiz-right': {
    part: '.quiz-check',
    width: 1366,
    act: () => {
      for (const button of document.querySelectorAll('.quiz-check')) {
        const choices = [...button.closest('.quiz').querySelectorAll('input')];
        choices[0].click();
        if (choices[0].type === 'checkbox') choices[1].click();
        button.click();
      }
    },
    is: () => [...document.querySelectorAll('.quiz')].every((quiz) => quiz.querySelector('details').open || quiz.querySelector('[role=status]')?.textContent),
  },
  checklist: {
    part: '.checklist-reset',
    width: 360,
    act: () => {
      if (!document.querySelector('.checklist input:checked')) document.querySelector('.checklist input').click();
      document.querySelector('.checklist-reset').click();
    },
    is: () => !document.querySelector('.checklist input:checked'),
  },
  table: {
    part: '.prose table',
    width: 360,
    act: () => {
      for (const element of document.querySelectorAll('.prose *')) {
        if (element.querySelector('table') && /auto|scroll/.test(getComputedStyle(element).overflowX)) element.scrollLeft = 60;
      }
    },
    is: () => [...document.querySelectorAll('.prose *')].some((element) => element.querySelector('table') && element.scrollLeft > 0),
  },
  code: {
    part: '.code-wrap:not([hidden])',
    width: 360,
    act: () => {
      for (const button of document.querySelectorAll('.code-wrap')) if (button.checkVisibility()) button.click();
    },
    is: () => [...document.querySelectorAll('.code-wrap')].some((button) => button.getAttribute('aria-pressed') === 'true'),
  },
  ...Object.fromEntries([...searches('', 1366), ...searches('-phone', 360)]),
  register: {
    part: '.register-filter input',
    from: 'vi/directives/index.html',
    width: 1366,
    act: () => {
      const field = document.querySelector('.register-filter input');
      field.value = 'không có gì như thế';
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    },
    is: () => [...document.querySelectorAll('table.register tbody tr')].every((row) => !row.checkVisibility()),
  },
};

/** The page of the fixture that has every block. */
export const EVERYTHING = 'vi/talks/everything.html';

/**
 * Brings the page that is open into a state. False where it lacks the part: without the control,
 * or where that leads nowhere within two seconds, since a script of its own may have to load.
 */
export async function open(page, name) {
  const { part, act, is } = WAYS[name];
  const isThere = await page.evaluate((wanted) => Boolean(document.querySelector(wanted)), part);
  if (!isThere) return false;
  await page.evaluate(act);
  for (const end = Date.now() + 2000; Date.now() < end;) {
    if (await page.evaluate(is)) return true;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
  return false;
}

/** Opens everything in the page that does not lie over the rest; the names of what it found. */
export async function openStates(page) {
  const opened = [];
  for (const name of ['tab', 'quiz-wrong', 'checklist', 'table', 'code', 'register']) {
    if (await open(page, name)) opened.push(name);
  }
  return opened;
}
