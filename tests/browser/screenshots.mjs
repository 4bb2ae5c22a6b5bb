// Pictures of each kind of page, for people to look at: see scripts/screenshots.
import path from 'node:path';
import { newPage, startBrowser } from './harness/browsers.mjs';
import { factsOf, kindsOf } from './harness/facts.mjs';
import { buildSites } from './harness/sites.mjs';

const [folder] = process.argv.slice(2);
const LAPTOP = { width: 1366, height: 900 };
const PHONE = { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const sites = buildSites();
const browser = await startBrowser('chromium');
try {
  const light = await newPage(browser, 'chromium');
  const dark = await newPage(browser, 'chromium', { dark: true });
  for (const [kind, url] of await addresses(light)) {
    const shoot = async (page, viewport, name) => {
      await page.setViewport(viewport);
      await page.goto(url);
      await page.bringToFront();
      await page.screenshot({ path: path.join(folder, `${kind}-${name}.png`) });
    };
    await shoot(light, LAPTOP, 'laptop');
    await shoot(light, PHONE, 'phone');
    await shoot(dark, LAPTOP, 'dark');
    await light.setViewport(LAPTOP);
    await light.pdf({ path: path.join(folder, `${kind}-print.pdf`), format: 'A4', preferCSSPageSize: true });
  }
} finally {
  await browser.close();
  sites.remove();
}

/** The address of a Vietnamese page of each kind: the handbook's, else the fixture's. */
async function addresses(page) {
  const found = new Map();
  for (const site of [sites.fixture, sites.handbook]) {
    const facts = new Map();
    for (const file of site.documents) {
      // What is not translated shows in English pages only.
      if (!file.startsWith('vi/') && !file.startsWith('en/') && file !== 'index.html') continue;
      await page.goto(site.url(file, file === 'index.html' ? '?choose' : ''));
      const fact = await factsOf(page);
      if (fact.lang === 'vi' || fact.isFallback) facts.set(file, fact);
    }
    for (const [kind, file] of kindsOf(facts)) found.set(kind, site.url(file, file === 'index.html' ? '?choose' : ''));
  }
  return found;
}
