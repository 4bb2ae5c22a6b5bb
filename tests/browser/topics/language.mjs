// The other language is one press away, exists for every page, and opens at the same section.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { follow, readAndTurnUp, target, turnUp, withoutQuery } from '../harness/actions.mjs';

export const title = 'the language switch';

const SWITCH = 'a.to-language';

export function register(context) {
  let page;
  before(async () => {
    page = await context.page();
    await page.setViewport({ width: 1366, height: 900 });
  });
  after(() => page.close());

  for (const site of [context.sites.handbook, context.sites.fixture]) {
    for (const lang of ['vi', 'en']) {
      test(`${site.name}: from ${lang}, at the section that the address names`, async () => {
        for (const [file, id] of sectionsOf(site, lang, 0)) {
          await page.goto(site.url(file, `#${id}`));
          await turnUp(page);
          await follow(page, SWITCH);
          await expectSection(page, site, otherOf(file), id);
        }
      });
      test(`${site.name}: from ${lang}, at the section that is being read`, async () => {
        for (const [file, id] of sectionsOf(site, lang, 1)) {
          await page.goto(site.url(file));
          await readAndTurnUp(page, id);
          // The last sections of a page never come to the top of the screen, where reading is.
          if (!(await isAtTop(page, id))) continue;
          await follow(page, SWITCH);
          await expectSection(page, site, otherOf(file), id);
        }
      });
    }
  }

  test('every page of a language has the other one', () => {
    for (const site of [context.sites.handbook, context.sites.fixture]) {
      for (const [file, fact] of site.facts) {
        if (!/^(vi|en)\//.test(file)) continue;
        const hrefs = fact.links.map((link) => link.url);
        assert.ok(hrefs.includes(site.url(otherOf(file))), `${file} links to ${otherOf(file)}`);
      }
    }
  });

  test('a section that the translation lacks opens the page all the same', async () => {
    const site = context.sites.fixture;
    await page.goto(site.url('vi/talks/second.html', '#chi-co-tieng-viet'));
    await follow(page, SWITCH);
    assert.equal(site.fileOf(page.url()), 'en/talks/second.html');
  });

  test('a page that is not translated says so and keeps its language marked', async () => {
    const site = context.sites.fixture;
    await page.goto(site.url('vi/guidelines/untranslated.html'));
    await follow(page, SWITCH);
    const marks = await page.evaluate(() => ({
      page: document.documentElement.lang,
      text: document.querySelector('.prose').lang,
      notice: document.querySelector('[role=note]')?.innerText ?? '',
    }));
    assert.equal(marks.page, 'en');
    assert.equal(marks.text, 'vi');
    assert.ok(marks.notice.length > 20);
  });
}

/** The same page in the other language. */
function otherOf(file) {
  return file.replace(/^(vi|en)\//, (_, lang) => (lang === 'vi' ? 'en/' : 'vi/'));
}

/**
 * A section of each page of a language that both languages have: the middle one of a page, the last
 * of the next. The handbook's pages are shared out between the two tests, told apart by `half`.
 */
function sectionsOf(site, lang, half) {
  const found = [];
  for (const [file, fact] of site.facts) {
    if (!file.startsWith(`${lang}/`)) continue;
    const others = site.facts.get(otherOf(file)).ids;
    const shared = fact.sections.filter((id) => others.includes(id));
    if (shared.length > 0) found.push([file, found.length % 4 < 2 ? shared[shared.length >> 1] : shared.at(-1)]);
  }
  assert.ok(found.length > 0, `no page of ${site.name} in ${lang} has sections`);
  return site.name === 'handbook' ? found.filter((_, i) => i % 2 === half) : found;
}

function isAtTop(page, id) {
  return page.evaluate((wanted) => document.getElementById(wanted).getBoundingClientRect().top < innerHeight / 4, id);
}

async function expectSection(page, site, file, id) {
  assert.equal(withoutQuery(page.url()), site.url(file, `#${id}`));
  assert.deepEqual(await target(page), { id, inView: true });
}
