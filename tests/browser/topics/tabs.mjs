// Tabs: one choice for the whole handbook, and nothing in a panel is out of reach.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { press, until } from '../harness/actions.mjs';
import { inEachPlace, leave, newReader } from '../harness/places.mjs';
import { EVERYTHING } from '../harness/states.mjs';

export const title = 'tabs';

export function register(context) {
  inEachPlace(context.sites.fixture, (urlOf) => {
    let page;
    before(async () => { page = await newReader(context); });
    after(() => leave(page));
    const open = async (file, rest) => {
      // Another section of the same page would not load it again.
      if (rest) await page.goto('about:blank');
      await page.goto(urlOf(file, rest));
    };

    test('the first of each set is open, and the browser can find what is in the others', async () => {
      await open(EVERYTHING);
      assert.deepEqual(await chosen(page), ['Windows', 'Tại trường', 'Có mạng', 'Linux']);
      const panels = await page.evaluate(() => [...document.querySelectorAll('.tab')].map((panel) => panel.getAttribute('hidden') ?? 'shown'));
      assert.deepEqual(panels.filter((one) => one === 'shown').length, 4);
      assert.deepEqual([...new Set(panels)].sort(), ['shown', 'until-found']);
    });

    test('sets with a tab of the same name follow, and the page stays where it is', async () => {
      const last = '.tabs:has(> #_panel-4-1) [role=tab]:last-child';
      await page.evaluate((wanted) => document.querySelector(wanted).scrollIntoView({ block: 'center', behavior: 'instant' }), last);
      const place = () => page.evaluate((wanted) => {
        const set = document.querySelector('.tabs');
        return { top: Math.round(document.querySelector(wanted).getBoundingClientRect().top), above: set.offsetHeight };
      }, last);
      const before_ = await place();
      await press(page, last);
      assert.deepEqual(await chosen(page), ['macOS', 'Tại trường', 'Có mạng', 'macOS']);
      const now = await place();
      assert.ok(now.above < before_.above, 'the set above is lower than before');
      assert.ok(Math.abs(now.top - before_.top) <= 1, `${before_.top} is now ${now.top}`);
    });

    test('the choice is there after a reload and on another page', async () => {
      await press(page, '#_tab-1-2');
      await press(page, '#_tab-3-2');
      const wanted = ['Linux', 'Tại trường', 'Mất mạng', 'Linux'];
      assert.deepEqual(await chosen(page), wanted);
      await page.reload();
      assert.deepEqual(await chosen(page), wanted);
      await open('vi/talks/first.html');
      assert.deepEqual(await chosen(page), ['Linux']);
      await press(page, '#_tab-1-1');
      await open(EVERYTHING);
      // The set without Windows keeps what was asked for before that.
      assert.deepEqual(await chosen(page), ['Windows', 'Tại trường', 'Mất mạng', 'Linux']);
      assert.deepEqual(await page.evaluate(() => document.querySelectorAll('.tab[hidden]').length), 5);
    });

    test('an address that leads into a panel opens it', async () => {
      await open(EVERYTHING, '#_panel-1-3');
      assert.deepEqual((await chosen(page))[0], 'macOS');
      await until(() => 'for the panel to be in view', () => isInView(page, '#_panel-1-3'));
      // Once the page is open, and through two sets at once.
      await press(page, '#_tab-2-2');
      await page.evaluate(() => {
        document.querySelector('#_panel-3-1 p:last-child').id = 'inside';
        location.hash = 'inside';
      });
      await until(() => 'for both panels', async () => (await chosen(page)).slice(1, 3).join() === 'Tại trường,Có mạng');
      await until(() => 'for the words to be in view', () => isInView(page, '#inside'));
    });

    test('what the browser finds in a panel opens it', async () => {
      await open(EVERYTHING);
      await page.evaluate(() => document.getElementById('_panel-1-3').dispatchEvent(new Event('beforematch', { bubbles: true })));
      assert.equal((await chosen(page))[0], 'macOS');
    });

    test('an address that cannot be read breaks nothing', async () => {
      await open(EVERYTHING, '#100%');
      assert.equal(await page.evaluate(() => location.hash), '#100%');
      await press(page, '.quiz-check');
      assert.notEqual(await page.evaluate(() => document.querySelector('.quiz [role=status]').textContent), '');
    });
  });
}

/** The name of the tab that is chosen, and shown, in each set. */
function chosen(page) {
  return page.evaluate(() => [...document.querySelectorAll('[role=tablist]')].map((list) => {
    const tabs = [...list.querySelectorAll('[role=tab]')];
    const selected = tabs.filter((tab) => tab.getAttribute('aria-selected') === 'true');
    const shown = tabs.filter((tab) => !document.getElementById(tab.getAttribute('aria-controls')).hasAttribute('hidden'));
    const stops = tabs.filter((tab) => tab.tabIndex === 0);
    return [...new Set([...selected, ...shown, ...stops])].map((tab) => tab.textContent).join('/');
  }));
}

const isInView = (page, selector) => page.evaluate((wanted) => {
  const box = document.querySelector(wanted).getBoundingClientRect();
  return box.height > 0 && box.top >= -1 && box.top < innerHeight;
}, selector);
