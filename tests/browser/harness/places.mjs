// The two places that a handbook is opened from, and a reader who has never been there.
import { after, before, describe } from 'node:test';
import { LAPTOP, widen } from './look.mjs';
import { serve } from './serve.mjs';

/**
 * Registers the same tests for `site` in a folder and on a server. `registerIn` gets a function that
 * says where a page lies.
 */
export function inEachPlace(site, registerIn) {
  describe('from a folder', () => registerIn((file, rest) => site.url(file, rest), 'folder'));
  describe('from a server', () => {
    let server;
    before(async () => { server = await serve(site, '/'); });
    after(() => server.close());
    registerIn((file, rest) => server.url(file, rest), 'server');
  });
}

/**
 * A page of a reader for whom nothing is kept yet; `prepare` runs ahead of the scripts of every page
 * that opens in it. `leave` closes it and forgets all.
 */
export async function newReader(context, prepare) {
  const page = await context.page({}, await context.browser.createBrowserContext());
  await widen(page, LAPTOP);
  if (prepare) await page.evaluateOnNewDocument(prepare);
  return page;
}

/** Closes the page of a reader, and with it what was kept for them. */
export const leave = (page) => page.browserContext().close();

/** The text of what `selector` finds first. */
export const textOf = (page, selector) => page.evaluate((wanted) => document.querySelector(wanted).textContent.trim(), selector);

/** What a screen reader was last told about a button. */
export const told = (page) => page.evaluate(() => document.querySelector('.for-readers[role=status]')?.textContent ?? '');
