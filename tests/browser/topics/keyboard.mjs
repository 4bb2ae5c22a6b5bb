// Without a mouse: every control is reached in order, seen when it is reached, and left again.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../harness/actions.mjs';
import { LAPTOP, PHONE, widen } from '../harness/look.mjs';
import { EVERYTHING, STATES, WAYS } from '../harness/states.mjs';

export const title = 'keyboard';

/** More stops than any page has: who is still on the way then is caught. */
const TOO_MANY = 400;

/** What the way through a page leads over, with the state that must have landed first. */
const PATH = [
  ['.skip'], ['.site-name'], ['.to-search'], ['a.to-language'], ['button.theme'], ['.toc a, .toc summary'],
  ['[role=tab]', 'tab'], ['.prose a'], ['.prose summary'], ['.quiz input'], ['.quiz-check', 'quiz-right'],
  ['.checklist input'], ['.code-copy', 'code'], ['.code-wrap', 'code'], ['.pager a'], ['footer a'], ['[data-report]', 'report'],
];

export function register(context) {
  const { fixture, handbook } = context.sites;
  let page;
  // Whoever walks off the end of a page has left it for the browser's own controls.
  const start = async (width) => {
    page = await context.page();
    await page.bringToFront();
    await widen(page, width);
  };

  const walks = [
    ['laptop', fixture.url(EVERYTHING), LAPTOP],
    ['phone', fixture.url(EVERYTHING), PHONE],
    ['register', fixture.url('vi/directives/index.html'), LAPTOP],
    ['home', handbook.url('vi/index.html'), LAPTOP],
  ];
  for (const [name, url, width] of walks) {
    describe(name, () => {
      let stops = [];
      before(() => start(width));
      after(() => page.close());
      test('the way through the page ends', async () => {
        await page.goto(url);
        // A window that lies behind another shows no focus.
        await until(() => `for ${name} to be in front`, () => page.evaluate(() => document.hasFocus()));
        stops = await walk(page);
        assert.ok(stops.length > 10 && stops.length < TOO_MANY, `${stops.length} stops`);
      });
      test('it starts with the skip link', () => assert.match(stops[0].place, /^a\.skip/));
      test('each stop can be seen and lies under nothing', () => assert.deepEqual(placesOf(stops, (stop) => stop.covered), []));
      test('each stop shows that it is one', () => assert.deepEqual(placesOf(stops, (stop) => !stop.marked), []));
      test('the order is that of the page', () => assert.deepEqual(placesOf(stops, (stop) => stop.backwards), []));
      test('nothing that can be pressed is left out', async () => assert.deepEqual(await page.evaluate(leftOut), []));
      if (url !== fixture.url(EVERYTHING)) return;
      test('it leads over every sort of control', async () => {
        const wanted = PATH.filter(([, state]) => !state || STATES.includes(state)).map(([selector]) => selector);
        const shown = await page.evaluate((all) => all.filter((one) => [...document.querySelectorAll(one)].some((element) => element.checkVisibility())), wanted);
        // On a phone some of them are folded away; on a laptop none is.
        if (width === LAPTOP) assert.deepEqual(shown, wanted);
        const met = await page.evaluate((all) => all.filter((one) => sotayStops.some((element) => element.matches(one))), shown);
        assert.deepEqual(met, shown);
      });
    });
  }

  describe('keys', () => {
    before(() => start(LAPTOP));
    after(() => page.close());
    const begin = () => page.goto(fixture.url(EVERYTHING));
    const focus = (selector) => page.evaluate((wanted) => {
      const element = document.querySelector(wanted);
      element?.focus();
      return document.activeElement === element;
    }, selector);
    const focused = (selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    /** Whether the theme has the part, which it must once its state is listed. */
    const has = async (selector, state) => {
      const found = await page.evaluate((wanted) => Boolean(document.querySelector(wanted)), selector);
      assert.ok(found || !STATES.includes(state), `${selector} is in the page`);
      return found;
    };
    const isChecked = (selector) => page.evaluate((wanted) => document.querySelector(wanted).checked, selector);

    test('the skip link leads past the menus', async () => {
      await begin();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest('main'))));
    });

    test('Enter chooses the theme', async () => {
      await begin();
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? '');
      const before = await theme();
      assert.ok(await focus('button.theme'));
      await page.keyboard.press('Enter');
      assert.notEqual(await theme(), before);
      assert.ok(await focused('button.theme'));
    });

    test('Space ticks a box and chooses an answer', async () => {
      await begin();
      for (const box of ['.checklist input', '.quiz input']) {
        const was = await isChecked(box);
        assert.ok(await focus(box), box);
        await page.keyboard.press(' ');
        assert.equal(await isChecked(box), !was, box);
      }
      await page.keyboard.press('ArrowDown');
      assert.equal(await isChecked('.quiz input'), false, 'an arrow leads to the next answer');
    });

    test('arrows switch tabs', async (t) => {
      await begin();
      if (!await has('[role=tab]', 'tab')) return t.skip('the theme has no such part yet');
      const chosen = () => page.evaluate(() => [...document.querySelector('[role=tablist]').querySelectorAll('[role=tab]')].findIndex((tab) => tab.ariaSelected === 'true'));
      assert.ok(await focus('[role=tab][aria-selected=true]'));
      const first = await chosen();
      await page.keyboard.press('ArrowRight');
      assert.equal(await chosen(), first + 1);
      assert.ok(await focused('[role=tab][aria-selected=true]'), 'focus goes along');
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowRight');
      assert.equal(await chosen(), 0, 'the last leads to the first');
      await page.keyboard.press('Tab');
      assert.ok(!await focused('[role=tab]'), 'Tab leaves the list');
    });

    test('Enter answers a quiz', async (t) => {
      await begin();
      if (!await has('.quiz-check', 'quiz-right')) return t.skip('the theme has no such part yet');
      const told = () => page.evaluate(() => document.querySelector('.quiz').innerText);
      assert.ok(await focus('.quiz input'));
      await page.keyboard.press(' ');
      const before = await told();
      assert.ok(await focus('.quiz-check'));
      await page.keyboard.press('Enter');
      await until(() => 'for the quiz to answer', async () => await told() !== before);
      return assert.ok(await page.evaluate(() => document.activeElement !== document.body), 'focus is not lost');
    });

    for (const [name, button] of [['drawer', '.to-menu'], ['report', '[data-report]']]) {
      test(`Esc closes the ${name}, and focus is back where it was`, async (t) => {
        const { part, width, is } = WAYS[name];
        await widen(page, width);
        await begin();
        if (!await has(part, name)) return t.skip('the theme has no such part yet');
        const isOpen = () => page.evaluate(is);
        assert.ok(await focus(button));
        await page.keyboard.press('Enter');
        // Its script may have to be loaded.
        await until(() => `for the ${name}`, isOpen);
        const stops = await page.evaluate(() => [...document.querySelectorAll('dialog[open] :is(a[href], button, textarea, summary)')].filter((one) => one.checkVisibility()).length);
        // One more would lead to the browser's own controls.
        for (let i = 1; i < stops; i += 1) {
          assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest('dialog[open]'))), 'focus stays in it');
          await page.keyboard.press('Tab');
        }
        assert.ok(!await focus('.site-name'), 'the page behind cannot be reached');
        await page.keyboard.press('Escape');
        await until(() => `for the ${name} to close`, async () => !await isOpen());
        return assert.ok(await focused(button));
      });
    }
  });
}

/** Goes through the page with Tab; what was met stays in the page as `sotayStops`. */
async function walk(page) {
  await page.evaluate(() => { globalThis.sotayStops = []; });
  const stops = [];
  while (stops.length < TOO_MANY) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(observe);
    if (!stop) break;
    if (!stop.again) stops.push(stop);
  }
  return stops;
}

/** Runs in the page: the stop that has just been reached, or null at the end of the page. */
function observe() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement || element === sotayStops[0]) return null;
  // The parts of a film's own controls are one stop to the page.
  if (element === sotayStops.at(-1)) return { again: true };
  const previous = sotayStops.at(-1);
  sotayStops.push(element);
  const label = element.closest('label');
  const box = element.getClientRects()[0] ?? new DOMRect();
  const clamp = (value, end) => Math.min(Math.max(value, 1), end - 2);
  // What is larger than the window is met where it shows.
  const hit = document.elementFromPoint(clamp(box.left + box.width / 2, innerWidth), clamp(box.top + Math.min(box.height / 2, 300), innerHeight));
  return {
    place: `${element.tagName.toLowerCase()}${[...element.classList].map((one) => `.${one}`).join('')} “${(element.textContent.trim() || element.ariaLabel || element.type || '').slice(0, 30)}” in ${element.parentElement.tagName.toLowerCase()}.${element.parentElement.className}`,
    covered: box.bottom <= 0 || box.top >= innerHeight || !hit || !(element.contains(hit) || label?.contains(hit)),
    marked: isMarked(element, label),
    backwards: Boolean(previous) && !(previous.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
  };

  function isMarked(focused, around) {
    // A card shows for the link that it consists of.
    const frames = [focused.parentElement, focused.parentElement?.parentElement, focused.closest('li')];
    return [[focused], [focused, '::after'], [around], ...frames.map((one) => [one])].some(([one, part]) => {
      if (!one) return false;
      const style = getComputedStyle(one, part);
      if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return false;
      // Inside the edge it lies on the element's own colour, outside on what surrounds it.
      const ground = groundOf(parseFloat(style.outlineOffset) < 0 ? one : one.parentElement);
      return contrast(parse(style.outlineColor), ground) >= 3;
    });
  }
  function groundOf(one) {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.5) return colour;
    }
    return [255, 255, 255, 1];
  }
  function parse(colour) {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  }
  function contrast(one, other) {
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }
}

/** Runs in the page: what a mouse can press and `walk` has not met. */
function leftOut() {
  return [...document.querySelectorAll('a[href], button, summary, select, textarea, input, video')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !sotayStops.includes(element))
    // One stop for a group of which one is chosen; arrows lead on.
    .filter((element) => element.type !== 'radio' && element.getAttribute('role') !== 'tab' && !element.closest('[inert]'))
    .map((element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 30)}”`);
}

const placesOf = (stops, test_) => stops.filter(test_).map((stop) => stop.place);
