// What a reader does with the search of a page, and what they see of it.
import { until } from './actions.mjs';

export const DIALOG = 'dialog.search[open]';
const OPTION = `${DIALOG} [role=option]`;

/** Whether the dialog is open. */
export const isOpen = (page) => page.evaluate((wanted) => Boolean(document.querySelector(wanted)), DIALOG);

/** Opens the search with the slash, in front of all other windows. */
export async function openSearch(page) {
  await page.bringToFront();
  await page.keyboard.press('/');
  await until(() => 'for the search', () => isOpen(page));
}

/** The links of the list, in order. */
export const options = (page) => page.evaluate((wanted) => [...document.querySelectorAll(wanted)].map((link) => ({
  href: link.href,
  lang: link.closest('[lang]').lang,
  text: link.textContent,
  title: link.querySelector('.hit-title')?.textContent ?? null,
  marks: [...link.querySelectorAll('mark')].map((mark) => mark.textContent),
  twin: link.matches('.hit-twin'),
})), OPTION);

/** What stands above or in the place of the list. */
export const notes = (page) => page.evaluate((wanted) => document.querySelector(wanted)?.innerText ?? '', `${DIALOG} .search-notes`);

/** What the field holds. */
export const typed = (page) => page.evaluate((wanted) => document.querySelector(wanted)?.value, `${DIALOG} input`);

/** Types, and waits for the list of that query, in which the page is a result and `isRight` holds. */
export async function search(page, text, isRight = () => true) {
  await page.evaluate((wanted) => {
    const field = document.querySelector(wanted);
    field.focus();
    field.select();
  }, `${DIALOG} input`);
  await page.keyboard.type(text);
  let found = [];
  await until(async () => `for “${text}”; there is ${JSON.stringify(found).slice(0, 300)}, ${await notes(page)}`, async () => {
    found = await options(page);
    return found.length > 0 && new URL(found[0].href).searchParams.get('hl') === text && isRight(found);
  });
  return found;
}

/** Puts a text into the field that no keyboard has. */
export const paste = (page, text) => page.evaluate((wanted, value) => {
  const field = document.querySelector(wanted);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}, `${DIALOG} input`, text);

/** The places that are marked in the page. */
export const marks = (page) => page.evaluate(() => [...document.querySelectorAll('mark.found')].map((mark) => mark.textContent));
