// What axe finds wrong in the page that is open.
import fs from 'node:fs';

const SOURCE = fs.readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * The violations, each as rule and element. axe goes in through the automation, since the page's
 * own policy lets no script in.
 */
export async function violations(page) {
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(SOURCE);
  return page.evaluate(async (tags) => {
    const found = await axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}`));
  }, TAGS);
}

/** How many of the rules had something in the page to judge: none means that axe did not look. */
export async function rulesThatApply(page) {
  await violations(page);
  return page.evaluate(async (tags) => (await axe.run(document, { runOnly: tags, preload: false })).passes.length, TAGS);
}
