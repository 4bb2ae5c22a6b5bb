// Copying and wrapping of code: what is copied is exactly what stands there, and is said.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { press, until } from '../harness/actions.mjs';
import { PHONE, widen } from '../harness/look.mjs';
import { inEachPlace, leave, newReader, textOf, told } from '../harness/places.mjs';
import { EVERYTHING } from '../harness/states.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'copying code';

const say = speaker('vi');
/** A button that copies a long text with marks, several lines and tags around its words. */
const LONG = '.code:has(.code-title) .code-copy';

/** Notes what is copied as a reader would: by selecting it. */
function withClipboard() {
  globalThis.sotayByHand = 0;
  document.addEventListener('copy', () => { sotayByHand += 1; });
}

/** The same in a browser without the clipboard that scripts can ask, as over plain http. */
function withoutClipboard() {
  globalThis.sotayByHand = 0;
  document.addEventListener('copy', () => { sotayByHand += 1; });
  Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
}

/** A browser that copies nothing at all. */
function withoutCopying() {
  Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
  Document.prototype.execCommand = () => false;
}

export function register(context) {
  const site = context.sites.fixture;

  describe('the button', () => {
    inEachPlace(site, (urlOf) => {
      for (const [what, prepare, byHand] of [['with a clipboard', withClipboard, 0], ['without one', withoutClipboard, 1]]) {
        test(`copies exactly the text, ${what}`, async () => {
          const page = await newReader(context, prepare);
          await page.bringToFront();
          await page.goto(urlOf(EVERYTHING));
          const wanted = await page.evaluate((button) => document.querySelector(button).closest('.code').querySelector('pre').textContent, LONG);
          assert.match(wanted, /^#!\/bin\/bash\ntar .*\n# một lời giải thích .*\n.*\nsync\n$/);
          const label = await textOf(page, LONG);
          await press(page, LONG);
          await until(() => 'for the button to say so', async () => await textOf(page, LONG) === say('js_copied'), 1900);
          await until(() => 'for readers to be told', async () => await told(page) === say('js_copied'));
          assert.ok(await page.evaluate((button) => document.activeElement === document.querySelector(button), LONG), 'focus stays');
          assert.equal(await page.evaluate(() => sotayByHand), byHand);
          assert.equal(await pasted(page), wanted);
          // Two seconds later, which once is enough to wait for.
          if (byHand) await until(() => 'for the button to be itself again', async () => await textOf(page, LONG) === label, 4000);
          await leave(page);
        });
      }
    });

    test('says so where nothing could be copied, and keeps its name', async () => {
      const page = await newReader(context, withoutCopying);
      await page.goto(site.url(EVERYTHING));
      const label = await textOf(page, LONG);
      await press(page, LONG);
      await until(() => 'for readers to be told', async () => await told(page) === say('js_not_copied'));
      assert.equal(await textOf(page, LONG), label);
      assert.equal(await page.evaluate(() => document.querySelectorAll('textarea').length), 0, 'nothing is left behind');
      await leave(page);
    });

    test('is missing where the author wants none, and copies a citation', async () => {
      const page = await newReader(context);
      await page.bringToFront();
      await page.goto(site.url(EVERYTHING));
      assert.equal(await page.evaluate(() => [...document.querySelectorAll('.code')].filter((block) => !block.querySelector('.code-copy')).length), 1);
      await press(page, '.cite summary');
      await press(page, '[data-copy]');
      await until(() => 'for the button to say so', async () => await textOf(page, '[data-copy]') === say('js_copied'), 1900);
      const citation = await textOf(page, '.citation');
      assert.match(citation, /“Trang có mọi khối nội dung”/);
      assert.equal(await pasted(page), citation);
      await leave(page);
    });
  });

  describe('wrapping', () => {
    let page;
    before(async () => {
      page = await newReader(context);
      await page.goto(site.url(EVERYTHING));
    });
    after(() => leave(page));
    const buttons = () => page.evaluate(() => [...document.querySelectorAll('.code')].map((block) => {
      const pre = block.querySelector('pre');
      const button = block.querySelector('.code-wrap');
      return { over: pre.scrollWidth > pre.clientWidth + 1, shown: button.checkVisibility(), pressed: button.getAttribute('aria-pressed') };
    }));
    const wrap = '.code:has(.code-title) .code-wrap';
    const at = async () => (await buttons())[1];

    test('is offered only where a line is too long', async () => {
      await until(async () => JSON.stringify(await buttons()), async () => (await at()).shown);
      const all = await buttons();
      assert.deepEqual(all.map((one) => one.shown), all.map((one) => one.over));
      assert.ok(all.some((one) => !one.shown), JSON.stringify(all));
      await widen(page, PHONE);
      await until(async () => JSON.stringify(await buttons()), async () => (await buttons()).every((one) => one.shown === one.over));
      await widen(page, 2400);
      await until(async () => JSON.stringify(await buttons()), async () => (await buttons()).every((one) => one.shown === one.over));
      await widen(page, 1366);
      await until(async () => JSON.stringify(await buttons()), async () => (await at()).shown);
    });

    test('breaks the lines, says so, and takes it back', async () => {
      for (const [over, pressed] of [[false, 'true'], [true, 'false'], [false, 'true']]) {
        await press(page, wrap);
        await until(async () => JSON.stringify(await at()), async () => {
          const now = await at();
          return now.over === over && now.pressed === pressed && now.shown;
        });
      }
      const text = await page.evaluate((button) => document.querySelector(button).closest('.code').querySelector('pre').textContent, wrap);
      assert.equal(text.split('\n').length, 6, 'the text itself is what it was');
    });
  });
}

/** What is pasted into a field of the page, as a reader does. */
async function pasted(page) {
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'pasted';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.down('Control');
  await page.keyboard.press('v', { commands: ['paste'] });
  await page.keyboard.up('Control');
  await until(() => 'for something to be pasted', () => page.evaluate(() => document.getElementById('pasted').value !== ''), 2000);
  return page.evaluate(() => {
    const field = document.getElementById('pasted');
    field.remove();
    return field.value;
  });
}
