// A page of the handbook costs little to open: bytes, requests, nothing from elsewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { BUDGET, costsOf, overBudget } from '../harness/budgets.mjs';
import { serve } from '../harness/serve.mjs';

export const title = 'budgets';

export function register(context) {
  // The same bytes go to every browser.
  if (context.name !== 'chromium') return;
  test('the search begins with a script of at most 12 kB', () => {
    for (const site of [context.sites.handbook, context.sites.fixture]) {
      const bytes = zlib.gzipSync(site.text('theme/search.js'), { level: 6 }).length;
      assert.ok(bytes > 1000 && bytes <= 12 * 1024, `${bytes} bytes`);
    }
  });

  test('a style that few pages need has at most 2 kB', () => {
    const site = context.sites.handbook;
    const styles = site.files.filter((file) => /^theme\/(?!site\.)[^/]+\.css$/.test(file));
    assert.ok(styles.length > 3, styles.join());
    for (const file of styles) assert.ok(zlib.gzipSync(site.text(file), { level: 6 }).length <= 2 * 1024, file);
  });

  test('no kind of page passes its budget', async () => {
    const server = await serve(context.sites.handbook, '/');
    const page = await context.page();
    const costs = await costsOf(context.sites.handbook, server, page);
    await page.close();
    server.close();
    assert.ok(costs.length > 10, `only ${costs.length} pages`);
    // A page that seems to need nothing was not measured.
    for (const cost of costs) assert.ok(cost.css > 1000 && cost.js > 100 && cost.requests >= 3, JSON.stringify(cost));
    assert.ok(Object.keys(BUDGET).every((what) => costs.every((cost) => Number.isFinite(cost[what]))));
    assert.deepEqual(overBudget(costs), []);
  });
}
