// Nothing jumps while a page loads or is read on a slow phone, and the phone is not kept busy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../harness/actions.mjs';
import { PHONE, widen } from '../harness/look.mjs';
import { pagesOf } from '../harness/pages.mjs';
import { SLOWER, listen, read } from '../harness/steady.mjs';
import { EVERYTHING } from '../harness/states.mjs';

export const title = 'steadiness';

/** How much may move, as layout shift: less than anybody sees. */
const SHIFT = 0.001;
/** The longest that scripts may hold up a page that opens, in ms, on the slow phone. */
const LONG = 50;
/** How often a page is opened at most: other work on the machine can only make it worse. */
const RUNS = 3;
const NODES = 1500;
const SCREENS = 10;

export function register(context) {
  // Only Chromium tells of shifts, and only it can be slowed down.
  if (context.name !== 'chromium') return;
  const { fixture, handbook } = context.sites;
  // Both languages are built alike; of the handbook the longest pages are enough.
  const pages = [
    ...pagesOf(fixture).filter((one) => one.lang === 'vi' || one.kind === 'fallback'),
    ...pagesOf(handbook).filter((one) => one.lang === 'vi' && ['home', 'register', 'talk', 'guideline'].includes(one.kind)),
  ];
  const wrong = { shift: [], script: [], nodes: [] };
  let page;
  before(async () => {
    page = await context.page();
    // A page that lies behind another is not drawn, so nothing in it would move.
    await page.bringToFront();
    await widen(page, PHONE);
    await listen(page);
  });
  after(() => page.close());

  test('what moves would be seen', async () => {
    await page.goto(fixture.url(EVERYTHING));
    await page.evaluate(() => {
      document.querySelector('main').prepend(Object.assign(document.createElement('div'), { textContent: 'x\n'.repeat(50), style: 'white-space: pre' }));
    });
    await until(() => 'for a shift to be told of', () => page.evaluate((limit) => sotaySteady.shift > limit, SHIFT));
  });

  test('every kind of page is loaded and read', async () => {
    const session = await page.createCDPSession();
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    for (const one of pages) {
      const readings = [];
      do readings.push(await read(page, one.url)); while (readings.at(-1).shift > SHIFT && readings.length < RUNS);
      const { shift, moved, nodes, screens } = readings.at(-1);
      if (shift > SHIFT) wrong.shift.push(`${one.name}: ${shift.toFixed(4)} of ${moved.join(', ')}`);
      if (nodes > NODES * Math.max(1, screens / SCREENS)) wrong.nodes.push(`${one.name}: ${nodes} on ${screens.toFixed(1)} screens`);
      const times = [];
      do times.push(SLOWER * await scriptTime(page, session, one)); while (times.at(-1) > LONG && times.length < RUNS);
      if (times.at(-1) > LONG) wrong.script.push(`${one.name}: ${Math.round(Math.min(...times))} ms`);
    }
    assert.ok(pages.length > 12, `only ${pages.length} pages`);
  });

  test('nothing moves by itself', () => assert.deepEqual(wrong.shift, []));
  test('scripts hold no page up for 50 ms', () => assert.deepEqual(wrong.script, []));
  test('no page has more than 1,500 elements for ten screens', () => assert.deepEqual(wrong.nodes, []));
}

/** How much of its own time the machine spent on all scripts of a page until it was there, in ms. */
async function scriptTime(page, session, one) {
  const sum = async () => (await session.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'ScriptDuration').value * 1000;
  const before = await sum();
  await page.goto(one.url);
  const after = await sum();
  // A page in a process of its own counts afresh.
  return after >= before ? after - before : after;
}
