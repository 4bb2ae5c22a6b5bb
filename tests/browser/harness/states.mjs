// What a reader can open, switch or answer in a page, and how.

/**
 * The states that the fixture must be able to reach. A name that is missing here is a part that the
 * theme does not have yet: it is looked at where it exists and demanded once it is listed.
 */
export const STATES = ['drawer', 'report', 'tab', 'quiz-wrong', 'quiz-right', 'checklist', 'table', 'code', 'register'];

/**
 * Every state: where it can be reached, how wide the window is, and what runs in the page to get
 * there. `open` answers whether the page is in that state now.
 */
export const WAYS = {
  drawer: {
    width: 360,
    open: () => {
      // Without a drawer the same control is a link that leads down the page.
      const control = document.querySelector('.to-menu');
      if (control?.getAttribute('aria-haspopup') === 'dialog') control.click();
      return Boolean(document.querySelector('dialog.drawer[open]'));
    },
  },
  report: {
    width: 1366,
    open: async () => {
      document.querySelector('[data-report]')?.click();
      // Its script is loaded when it is first wanted.
      for (let i = 0; i < 40 && !document.querySelector('dialog.report[open]'); i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return Boolean(document.querySelector('dialog.report[open]'));
    },
  },
  tab: {
    width: 1366,
    open: () => {
      for (const list of document.querySelectorAll('[role=tablist]')) list.querySelector('[role=tab][aria-selected=false]')?.click();
      const lists = [...document.querySelectorAll('[role=tablist]')].filter((list) => list.getClientRects().length);
      return lists.length > 0 && lists.every((list) => list.querySelector('[role=tab]').ariaSelected === 'false');
    },
  },
  'quiz-wrong': {
    width: 360,
    open: () => {
      // The right choice comes first in every quiz of the fixture, so the last one is wrong.
      const buttons = [...document.querySelectorAll('.quiz-check')];
      for (const button of buttons) {
        [...button.closest('.quiz').querySelectorAll('input')].at(-1).click();
        button.click();
      }
      return buttons.length > 1;
    },
  },
  'quiz-right': {
    width: 1366,
    open: () => {
      const buttons = [...document.querySelectorAll('.quiz-check')];
      for (const button of buttons) {
        const choices = [...button.closest('.quiz').querySelectorAll('input')];
        choices[0].click();
        if (choices[0].type === 'checkbox') choices[1].click();
        button.click();
      }
      return buttons.length > 1;
    },
  },
  checklist: {
    width: 360,
    open: () => {
      document.querySelector('.checklist input')?.click();
      const reset = document.querySelector('.checklist-reset');
      reset?.click();
      return Boolean(reset);
    },
  },
  table: {
    width: 360,
    open: () => {
      const wide = [...document.querySelectorAll('.prose *')].filter((element) => element.querySelector('table')
        && /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth);
      for (const element of wide) element.scrollLeft = 60;
      return wide.length > 0 && wide.every((element) => element.scrollLeft > 0);
    },
  },
  code: {
    width: 360,
    open: () => {
      const buttons = [...document.querySelectorAll('.code-wrap')].filter((button) => button.getClientRects().length);
      for (const button of buttons) button.click();
      return buttons.length > 0;
    },
  },
  register: {
    from: 'vi/directives/index.html',
    width: 1366,
    open: () => {
      const field = document.querySelector('.register-filter :is(input, select)');
      if (!field) return false;
      if (field.tagName === 'SELECT') field.selectedIndex = field.options.length - 1;
      else field.value = 'không có gì như thế';
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
      return true;
    },
  },
};

/** The page of the fixture that has every block. */
export const EVERYTHING = 'vi/talks/everything.html';

/** Opens everything in the page that does not lie over the rest; the names of what it found. */
export async function openStates(page) {
  const opened = [];
  for (const name of ['tab', 'quiz-wrong', 'checklist', 'table', 'code', 'register']) {
    if (await page.evaluate(WAYS[name].open)) opened.push(name);
  }
  return opened;
}
