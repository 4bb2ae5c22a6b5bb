// Prints what a first view of each kind of page of the handbook costs: see scripts/budgets.
import { BUDGET, costsOf, overBudget } from './harness/budgets.mjs';
import { newPage, startBrowser } from './harness/browsers.mjs';
import { serve } from './harness/serve.mjs';
import { buildSites } from './harness/sites.mjs';
import { listen, read } from './harness/steady.mjs';

const kB = (bytes) => (bytes / 1024).toFixed(1);
const row = (cells) => `| ${cells.join(' | ')} |`;

const sites = buildSites();
const server = await serve(sites.handbook, '/');
const browser = await startBrowser('chromium');
try {
  const page = await newPage(browser, 'chromium');
  const costs = await costsOf(sites.handbook, server, page);
  await page.bringToFront();
  await listen(page);
  console.log(row(['page', 'HTML', 'CSS', 'JS', 'sum', 'raw', 'requests', 'pictures', 'elements', 'screens', 'shift']));
  console.log('|---|---|---|---|---|---|---|---|---|---|---|');
  for (const cost of costs) {
    const bytes = ['html', 'css', 'js', 'sum', 'raw'].map((what) => kB(cost[what]));
    const { nodes, screens, shift } = await read(page, server.url(cost.path));
    console.log(row([`${cost.kind}, ${cost.lang}`, ...bytes, cost.requests, cost.pictures, nodes, screens.toFixed(1), shift.toFixed(3)]));
  }
  console.log(row(['at most', ...['html', 'css', 'js', 'sum', 'raw'].map((what) => kB(BUDGET[what])), BUDGET.requests, '', '1,500 for 10', '', '0.001']));
  const over = overBudget(costs);
  for (const line of over) console.error(line);
  process.exitCode = over.length ? 1 : 0;
} finally {
  await browser.close();
  server.close();
  sites.remove();
}
