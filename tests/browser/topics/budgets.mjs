// A page of the handbook costs little to open: bytes, requests, nothing from elsewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUDGET, costsOf, overBudget } from '../harness/budgets.mjs';
import { serve } from '../harness/serve.mjs';

export const title = 'budgets';

export function register(context) {
  // The same bytes go to every browser.
  if (context.name !== 'chromium') return;
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
