// What axe finds wrong in the page that is open.
import fs from 'node:fs';

const SOURCE = fs.readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that a change of theme alone can break; the others cost three times as much. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * The violations of all rules, or of those about colours, each as rule and element. axe goes in through the automation, since the page's
 * own policy lets no script in.
 */
export async function violations(page, { onlyColours = false } = {}) {
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(SOURCE);
  return page.evaluate(async (runOnly) => {
    const found = await axe.run(document, { runOnly, resultTypes: ['violations'], preload: false });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}`));
  }, onlyColours ? { type: 'rule', values: COLOURS } : { type: 'tag', values: TAGS });
}

/** How many of the rules had something in the page to judge: none means that axe did not look. */
export async function rulesThatApply(page) {
  await violations(page);
  return page.evaluate(async (tags) => (await axe.run(document, { runOnly: tags, preload: false })).passes.length, TAGS);
}
