// The reader's system sets the colours, or asks for more contrast: nothing that colour told is lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LAPTOP, ask, widen } from '../harness/look.mjs';
import { EVERYTHING } from '../harness/states.mjs';

export const title = 'colours of the system';

export function register(context) {
  // Only Chromium can be told to pretend.
  if (context.name !== 'chromium') return;
  const { fixture } = context.sites;
  let page;
  before(async () => {
    page = await context.page();
    await page.bringToFront();
    await widen(page, LAPTOP);
  });
  after(() => page.close());

  const forced = async (file) => {
    await page.goto(fixture.url(file));
    await ask(page, { 'forced-colors': 'active' });
    assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
  };

  test('the current page is marked in the menu of its section', async () => {
    await forced(EVERYTHING);
    const [current, others] = await page.evaluate(edges, '.sidebar [aria-current=page]', '.sidebar li a:not([aria-current])');
    assert.ok(current.length > 0 && others.length > 0, 'the menu names the current page and others');
    for (const one of current) {
      assert.ok(one.width >= 2, `an edge of ${one.width} px`);
      // A transparent edge is drawn like any other here.
      assert.ok(others.every((other) => other.width < 2 || other.colour !== one.colour), `others have ${others[0].width} px of ${others[0].colour} as well`);
    }
  });

  test('focus is drawn', async () => {
    await forced(EVERYTHING);
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      const drawn = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return { place: document.activeElement.className || document.activeElement.textContent, width: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth) };
      });
      assert.ok(drawn.width >= 2, `${drawn.place}: ${drawn.width} px`);
    }
  });

  test('alerts keep an edge, and a word', async () => {
    await forced(EVERYTHING);
    const [alerts] = await page.evaluate(edges, '.prose .alert', 'hr');
    assert.ok(alerts.length >= 10 && alerts.every((one) => one.width >= 2), `edges of ${alerts.map((one) => one.width)} px`);
    const words = await page.evaluate(() => [...document.querySelectorAll('.prose .alert')].map((alert) => alert.innerText.split('\n')[0].trim()));
    assert.equal(new Set(words.slice(0, 5)).size, 5, `the five kinds say ${words.slice(0, 5).join(', ')}`);
  });

  for (const [what, box] of [['a box of a checklist', '.checklist input'], ['an answer', '.quiz input']]) {
    test(`${what} shows that it is chosen`, async () => {
      await forced(EVERYTHING);
      const picture = async (checked) => {
        await page.evaluate((selector, value) => {
          const element = document.querySelector(selector);
          element.checked = value;
          element.scrollIntoView({ block: 'center', behavior: 'instant' });
        }, box, checked);
        return (await page.$(box)).screenshot();
      };
      const [off, on, again] = [await picture(false), await picture(true), await picture(false)];
      assert.ok(Buffer.from(off).equals(Buffer.from(again)), 'a picture can be trusted');
      assert.ok(!Buffer.from(off).equals(Buffer.from(on)));
    });
  }

  test('lines become thicker or stronger for those who ask for more contrast', async () => {
    const lines = 'hr, .prose th, .prose td, .prose .alert, .code, .pager a, .facts';
    await page.goto(fixture.url(EVERYTHING));
    await ask(page);
    const [thin] = await page.evaluate(edges, lines);
    await ask(page, { 'prefers-contrast': 'more' });
    const [thick] = await page.evaluate(edges, lines);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await ask(page);
    const faint = thick.filter((line, i) => thin[i].width > 0 && line.width <= thin[i].width && contrast(line.colour, ground) < 3);
    assert.deepEqual([...new Set(faint.map((line) => `${line.width} px of ${line.colour}`))], []);
    assert.ok(thick.filter((line, i) => line.width > thin[i].width).length > 5, 'frames are thicker');
  });
}

/** The contrast of two opaque colours as WCAG reckons it. */
function contrast(...colours) {
  const [low, high] = colours.map((colour) => colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Runs in the page: the widest edge of each element that the selectors find, its own or one drawn beside it. */
function edges(...selectors) {
  const widest = (element) => [undefined, '::before', '::after'].flatMap((part) => {
    const style = getComputedStyle(element, part);
    if (part && style.content === 'none') return [];
    const sides = ['borderTop', 'borderRight', 'borderBottom', 'borderLeft', 'outline'];
    return sides.map((side) => ({ width: style[`${side}Style`] === 'none' ? 0 : parseFloat(style[`${side}Width`]), colour: style[`${side}Color`] }));
  }).reduce((best, edge) => (edge.width > best.width ? edge : best));
  return selectors.map((selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).map(widest));
}
