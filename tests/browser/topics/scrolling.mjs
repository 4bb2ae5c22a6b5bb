// What is wider than the page: reached, named and pointed out while it is, left alone otherwise.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../harness/actions.mjs';
import { PHONE, widen } from '../harness/look.mjs';
import { leave, newReader } from '../harness/places.mjs';
import { EVERYTHING } from '../harness/states.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'what is wider than the page';

const say = speaker('vi');

export function register(context) {
  const site = context.sites.fixture;
  let page;
  before(async () => { page = await newReader(context); });
  after(() => leave(page));
  /** Waits until each box is a region exactly if it scrolls; what they are then. */
  const settled = async () => {
    let all;
    await until(() => JSON.stringify(all), async () => {
      all = await boxes(page);
      return all.every((box) => box.over === Boolean(box.label) && box.over === (box.role === 'region') && box.over === (box.stop === '0'));
    });
    return all;
  };

  test('a box is a region with a name only while it scrolls', async () => {
    await widen(page, PHONE);
    await page.goto(site.url(EVERYTHING));
    const narrow = await settled();
    // Firefox breaks a long formula instead.
    const kinds = ['PRE', 'TABLE', ...(context.name === 'chromium' ? ['MATH'] : [])];
    for (const kind of kinds) assert.ok(narrow.some((box) => box.kind === kind && box.over), `a ${kind} scrolls on a phone`);
    assert.ok(narrow.some((box) => !box.over), 'something fits');
    await widen(page, 2400);
    const wide = await settled();
    const still = (all) => all.filter((box) => box.over).length;
    assert.ok(still(wide) < still(narrow), `${still(wide)} of ${still(narrow)}`);
    await widen(page, PHONE);
    assert.deepEqual(await settled(), narrow, 'and back');
  });

  test('its name says what it is, once in a page', async () => {
    // The last has two of the same name.
    for (const file of [EVERYTHING, 'vi/talks/first.html', 'vi/guidelines/untranslated.html']) {
      await page.goto(site.url(file));
      const labels = (await settled()).filter((box) => box.over).map((box) => box.label);
      assert.ok(labels.length > 1, `${file}: ${labels}`);
      assert.deepEqual(labels.filter((label, i) => labels.indexOf(label) !== i), [], file);
    }
    await page.goto(site.url(EVERYTHING));
    const labels = (await settled()).filter((box) => box.over).map((box) => box.label);
    const heading = 'Mã, bảng, công thức';
    const expected = [say('js_code', { name: 'sao-luu.sh' }), say('js_table', { name: heading })];
    if (context.name === 'chromium') expected.push(say('js_formula', { name: heading }));
    for (const wanted of expected) {
      assert.ok(labels.includes(wanted), `${wanted} in ${labels.join('; ')}`);
    }
  });

  test('the keyboard scrolls it', async () => {
    await page.bringToFront();
    await page.evaluate(() => document.querySelector('.table > .scroll').focus());
    await page.keyboard.press('ArrowRight');
    await until(() => 'for the table to scroll', () => page.evaluate(() => document.querySelector('.table > .scroll').scrollLeft > 0));
  });

  test('a touch screen is told of it in words until it has been swiped', async (t) => {
    // Firefox cannot be told that it is touched.
    if (context.name !== 'chromium') return t.skip('only Chromium can play a touch screen');
    const hint = () => page.evaluate(() => getComputedStyle(document.querySelector('.table'), '::after').content);
    await page.goto(site.url(EVERYTHING));
    await settled();
    assert.equal(await hint(), 'none', 'a mouse is told nothing');
    await page.setViewport({ width: PHONE, height: 740, hasTouch: true, isMobile: true });
    await page.goto(site.url(EVERYTHING));
    await settled();
    assert.ok((await hint()).includes(say('js_scroll')), await hint());
    await page.evaluate(() => { document.querySelector('.table > .scroll').scrollLeft = 40; });
    await until(hint, async () => await hint() === 'none');
    return widen(page, PHONE);
  });
}

/** Everything that scrolls sideways where it is too wide, as far as it shows. */
function boxes(page) {
  return page.evaluate(() => [...document.querySelectorAll('.prose .scroll, .prose .code pre, .prose .math')].filter((box) => box.checkVisibility()).map((box) => ({
    kind: box.matches('.math') ? 'MATH' : box.matches('pre') ? 'PRE' : 'TABLE',
    over: box.scrollWidth > box.clientWidth + 1,
    role: box.getAttribute('role'),
    stop: box.getAttribute('tabindex'),
    label: box.getAttribute('aria-label') ?? '',
  })));
}
