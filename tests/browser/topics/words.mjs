// A page speaks one language: not one word of the interface is left in the other.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LAPTOP, PHONE, widen } from '../harness/look.mjs';
import { pagesOf } from '../harness/pages.mjs';
import { EVERYTHING, open, openStates } from '../harness/states.mjs';
import { ENGLISH, VIETNAMESE, kept, phrasesOf, saidIn } from '../harness/words.mjs';

export const title = 'words';

const PHRASES = { vi: phrasesOf('en', 'vi'), en: phrasesOf('vi', 'en') };
const STRAY = { vi: ENGLISH, en: VIETNAMESE };
/** Numbers of documents are the same in every language. */
const NUMBER = /\d+(\/\d+)?\/[\p{Lu}\d]+-\p{L}+/gu;

/** What in `said` is not in the page's language; `strays` are single words that give it away. */
function foreign(said, lang, strays = STRAY[lang]) {
  return [...new Set(said)].flatMap((text) => {
    const bare = text.replace(NUMBER, '');
    const stray = strays?.exec(bare)?.[0];
    const phrase = [...PHRASES[lang]].find(([, pattern]) => pattern.test(bare))?.[0];
    return stray || phrase ? [`“${text.slice(0, 60)}”: ${stray ?? `the string ${phrase}`}`] : [];
  });
}

export function register(context) {
  // What is said does not depend on the browser.
  if (context.name !== 'chromium') return;
  const { fixture, handbook } = context.sites;
  let page;
  before(async () => { page = await context.page(); });
  after(() => page.close());

  test('what is foreign would be seen', () => {
    assert.equal(foreign(['Mục lục', 'Show menu', 'On this page', '12 minutes', 'Cấp độ 3', 'Windows', '02/CT-TTg'], 'vi').length, 3);
    assert.equal(foreign(['Contents', 'Mục lục', 'Chỉ thị', 'Nguyễn Văn Ánh', '33/CĐ-TTg'], 'en').length, 2);
    assert.ok(PHRASES.vi.size > 80 && PHRASES.en.size > 80);
  });

  /** The same for all that a page says, and keeps to say it later. */
  const foreignIn = async (lang, prose, more = []) => [
    ...foreign([...await page.evaluate(saidIn, prose), ...more], lang),
    // What is kept to be sent or copied quotes titles and names, which have no language there.
    ...foreign(await page.evaluate(kept), lang, lang === 'vi' ? STRAY.vi : null),
  ];

  for (const site of [fixture, handbook]) {
    test(`${site.name}: every kind of page speaks one language`, async () => {
      const wrong = [];
      for (const one of pagesOf(site)) {
        await page.goto(one.url);
        // The fixture's authors write one language; the handbook quotes the other.
        // A title cannot say of a part of itself that it is in another language.
        const more = one.kind === 'fallback' ? [] : [await page.title()];
        wrong.push(...(await foreignIn(one.lang, site === fixture, more)).map((what) => `${one.name}: ${what}`));
      }
      assert.deepEqual(wrong, []);
    });
  }

  test('so does everything that can be opened', async () => {
    for (const lang of ['vi', 'en']) {
      for (const width of [LAPTOP, PHONE]) {
        await widen(page, width);
        await page.goto(fixture.url(EVERYTHING.replace(/^vi/, lang)));
        await openStates(page);
        await open(page, width === PHONE ? 'drawer' : 'report');
        assert.deepEqual(await foreignIn(lang, true), [], `${lang} at ${width}`);
        for (const state of ['search', 'search-begin', 'search-none']) {
          await page.goto(fixture.url(EVERYTHING.replace(/^vi/, lang)));
          assert.ok(await open(page, state), state);
          assert.deepEqual(await foreignIn(lang, true), [], `${state}, ${lang} at ${width}`);
        }
      }
    }
  });
}
