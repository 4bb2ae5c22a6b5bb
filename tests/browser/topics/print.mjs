// Every kind of page prints.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kindsOf } from '../harness/facts.mjs';

export const title = 'print';

export function register(context) {
  let page;
  before(async () => { page = await context.page(); });
  after(() => page.close());

  test('a PDF of each kind of page, longer for longer pages', async () => {
    const site = context.sites.fixture;
    await page.goto('about:blank');
    const empty = (await page.pdf()).length;
    for (const [kind, file] of kindsOf(site.facts)) {
      await page.goto(site.url(file, file === 'index.html' ? '?choose' : ''));
      const pdf = await page.pdf({ format: 'A4' });
      assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-', kind);
      assert.ok(pdf.length > empty + 1000, `${kind}: ${pdf.length} bytes, an empty page has ${empty}`);
    }
  });

  test('only the text is on paper', async () => {
    if (context.name !== 'chromium') return;
    await page.goto(context.sites.fixture.url('vi/talks/first.html'));
    await page.emulateMediaType('print');
    const shown = await page.evaluate(() => ['.bar', '.side', '.toc', '.pager', '.foot', '.prose']
      .filter((part) => document.querySelector(part).getClientRects().length > 0));
    await page.emulateMediaType(null);
    assert.deepEqual(shown, ['.prose']);
  });
}
