// Checklists: ticks stay, are counted, can be taken back, and are printed or left out.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { press, until } from '../harness/actions.mjs';
import { inEachPlace, leave, newReader, textOf, told } from '../harness/places.mjs';
import { EVERYTHING } from '../harness/states.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'checklists';

const say = speaker('vi');
/** As the fixture publishes the list. */
const PUBLISHED = [false, true, false];

export function register(context) {
  const site = context.sites.fixture;

  inEachPlace(site, (urlOf) => {
    let page;
    before(async () => { page = await newReader(context); });
    after(() => leave(page));

    test('a list is as published until something is ticked', async () => {
      for (let visit = 1; visit <= 2; visit += 1) {
        await page.goto(urlOf(EVERYTHING));
        await expect(page, PUBLISHED);
      }
    });

    test('ticks are counted, and are there after a reload and on the way back', async () => {
      await press(page, box(1));
      await expect(page, [true, true, false]);
      await press(page, box(2));
      await expect(page, [true, false, false]);
      await page.reload();
      await expect(page, [true, false, false]);
      await page.goto(urlOf('vi/guidelines/checklist.html'));
      assert.deepEqual(await ticks(page), [false, true], 'another list is another list');
      await page.goto(urlOf(EVERYTHING));
      await expect(page, [true, false, false]);
    });

    test('a tick stays with its words when the list is edited', async () => {
      const file = path.join(site.root, EVERYTHING);
      const html = site.text(EVERYTHING);
      const [first, second, third] = html.match(/<ul class="checklist">\n(.*\n.*\n.*)\n/)[1].split('\n');
      const edited = [third, second, first].join('\n');
      try {
        fs.writeFileSync(file, html.replace([first, second, third].join('\n'), edited));
        await page.reload();
        await expect(page, [false, false, true]);
        fs.writeFileSync(file, html.replace(first, first.replace('mặc định', 'của nhà sản xuất')));
        await page.reload();
        await expect(page, [false, false, false]);
      } finally {
        fs.writeFileSync(file, html);
      }
      await page.reload();
      await expect(page, [true, false, false]);
    });

    test('a list is cleared, and brought back', async () => {
      const label = await textOf(page, '.checklist-reset');
      await press(page, '.checklist-reset');
      await expect(page, [false, false, false]);
      assert.equal(await textOf(page, '.checklist-reset'), say('js_checklist_undo'));
      await until(() => 'for the list to say that it is cleared', async () => await told(page) === say('js_checklist_cleared'));
      await press(page, '.checklist-reset');
      await expect(page, [true, false, false]);
      assert.equal(await textOf(page, '.checklist-reset'), label);
      await page.reload();
      await expect(page, [true, false, false]);
    });

    test('what is ticked after clearing takes the way back away', async () => {
      const label = await textOf(page, '.checklist-reset');
      await press(page, '.checklist-reset');
      await press(page, box(3));
      assert.equal(await textOf(page, '.checklist-reset'), label);
      await press(page, '.checklist-reset');
      await expect(page, [false, false, false]);
      // All is cleared, which is not the same as nothing having been ticked yet.
      await page.reload();
      await expect(page, [false, false, false]);
    });
  });

  const refusals = [
    ['the browser refuses to store', () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }],
    ['the browser stores nothing', () => { Storage.prototype.setItem = () => {}; }],
    ['there is no storage', () => { Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }); }],
  ];
  for (const [what, prepare] of refusals) {
    test(`where ${what} the page says so once, and boxes tick`, async () => {
      const page = await newReader(context, prepare);
      await page.goto(site.url(EVERYTHING));
      assert.deepEqual(await notes(page), [], 'nothing is said before it matters');
      await press(page, box(1));
      await press(page, box(3));
      await expect(page, [true, true, true]);
      assert.deepEqual(await notes(page), [say('js_checklist_unsaved')]);
      await until(() => 'for readers to be told', async () => await told(page) === say('js_checklist_unsaved'));
      await press(page, '.checklist-reset');
      await press(page, '.checklist-reset');
      await expect(page, [true, true, true]);
      assert.deepEqual(await notes(page), [say('js_checklist_unsaved')]);
      await leave(page);
    });
  }

  test('boxes are printed as they are, or empty', async () => {
    const page = await newReader(context);
    await page.goto(site.url(EVERYTHING));
    const pressed = () => page.evaluate(() => document.querySelector('.checklist-print').getAttribute('aria-pressed'));
    // A box of the browser's own shows its tick; one without appearance is a frame.
    const drawn = async (media) => {
      await page.emulateMediaType(media);
      const found = await page.evaluate(() => [...document.querySelectorAll('.checklist input')].map((one) => getComputedStyle(one).appearance !== 'none'));
      await page.emulateMediaType(null);
      return found;
    };
    for (const empty of [false, true, false]) {
      assert.equal(await pressed(), String(empty));
      // Firefox cannot be shown as paper without printing.
      if (context.name === 'chromium') {
        assert.deepEqual(await drawn('print'), PUBLISHED.map(() => !empty));
        assert.deepEqual(await drawn('screen'), PUBLISHED.map(() => true));
      }
      await expect(page, PUBLISHED);
      await press(page, '.checklist-print');
    }
    await leave(page);
  });
}

const box = (number) => `.checklist li:nth-child(${number}) input`;
const ticks = (page) => page.evaluate(() => [...document.querySelectorAll('.checklist input')].map((one) => one.checked));
const notes = (page) => page.evaluate(() => [...document.querySelectorAll('.checklist-note')].filter((one) => one.checkVisibility()).map((one) => one.textContent));

/** The boxes are ticked as `wanted`, and the list says how many that are. */
async function expect(page, wanted) {
  assert.deepEqual(await ticks(page), wanted);
  assert.equal(await textOf(page, '.checklist-count'), say('js_checklist_count', { n: wanted.filter(Boolean).length, all: wanted.length }));
}
