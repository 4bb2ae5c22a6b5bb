// axe finds nothing: in no kind of page, in neither theme, at neither width, in nothing that opens.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rulesThatApply, violations } from '../harness/axe.mjs';
import { LAPTOP, PHONE, settle, wear, widen } from '../harness/look.mjs';
import { pagesOf } from '../harness/pages.mjs';
import { serve } from '../harness/serve.mjs';
import { EVERYTHING, STATES, WAYS, open, openStates } from '../harness/states.mjs';

export const title = 'axe';

/** Both themes at both widths, in an order that changes one thing at a time. */
const LOOKS = [['light', LAPTOP], ['dark', LAPTOP], ['dark', PHONE], ['light', PHONE]];
/** What depends on the browser is little; Firefox looks at each page once. */
const FEWER = [['dark', PHONE]];

export function register(context) {
  const { fixture, handbook } = context.sites;
  const isChromium = context.name === 'chromium';
  let page;
  before(async () => { page = await context.page(); });
  after(() => page.close());

  /** What is wrong with the page as it is, in every look. */
  const look = async (name, looks) => {
    const wrong = [];
    const seen = new Set();
    for (const [theme, width] of looks) {
      await widen(page, width);
      await wear(page, context.name, theme);
      await settle(page);
      // The second theme at a width can only differ in its colours.
      const found = await violations(page, { onlyColours: seen.has(width) });
      seen.add(width);
      wrong.push(...found.map((one) => `${name}, ${theme}, ${width} px: ${one}`));
    }
    return wrong;
  };

  test('sees what is wrong, from file: and from a server', async () => {
    const server = await serve(fixture, '/');
    for (const url of [fixture.url(EVERYTHING), server.url(EVERYTHING)]) {
      await page.goto(url);
      await page.evaluate(() => document.querySelector('main').append(document.createElement('button')));
      assert.match((await violations(page)).join('\n'), /button-name/, url);
      assert.ok(await rulesThatApply(page) > 30, url);
    }
    server.close();
  });

  for (const site of [fixture, handbook]) {
    const pages = pagesOf(site).filter((one) => isChromium || site === fixture && one.lang === 'vi');
    for (const one of pages) {
      test(one.name, async () => {
        await page.goto(one.url);
        assert.deepEqual(await look(one.name, isChromium ? LOOKS : FEWER), []);
      });
    }
  }

  describe('in every state', () => {
    for (const [name, way] of Object.entries(WAYS)) {
      test(name, async (t) => {
        await page.goto(fixture.url(way.from ?? EVERYTHING));
        await widen(page, way.width);
        const isOpen = await open(page, name);
        if (!isOpen && !STATES.includes(name)) return t.skip('the theme has no such part yet');
        assert.ok(isOpen, 'the state can be reached');
        return assert.deepEqual(await look(name, isChromium ? [['light', way.width], ['dark', way.width]] : [['light', way.width]]), []);
      });
    }

    test('all that can be open at once', async () => {
      await page.goto(fixture.url(EVERYTHING));
      await widen(page, PHONE);
      const opened = await openStates(page);
      assert.ok(opened.length > 0);
      assert.deepEqual(await look(opened.join(' + '), [['light', PHONE]]), []);
    });
  });
}
