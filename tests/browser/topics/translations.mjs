// Translations that lag behind say so, stand beside their sources, and share their terms.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { arrive, follow, press, readAndTurnUp, target, turnUp, until, withoutQuery } from '../harness/actions.mjs';
import { violations } from '../harness/axe.mjs';
import { LAPTOP, PHONE, settle, wear, widen } from '../harness/look.mjs';
import { overflow } from '../harness/measures.mjs';
import { inEachPlace, leave, newReader } from '../harness/places.mjs';
import { ORDER, PAYLOAD, buildTranslated } from '../harness/translated.mjs';
import { watch } from '../harness/watch.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'translations and terms';

const CHANGED = 'en/talks/changed.html';
const CURRENT = 'vi/talks/current.html';
const BESIDE = 'en/talks/changed.bilingual.html';
const SOURCE = 'vi/talks/changed.html';
/** What a reader sees of each width: columns or one below the other. */
const WIDTHS = [[360, false], [768, false], [1280, true]];
const say = speaker('en');
const language = say('lang_vi');

export function register(context) {
  const site = buildTranslated(context.sites.folder);
  const isChromium = context.name === 'chromium';

  describe('notices', () => {
    inEachPlace(site, (urlOf) => {
      let page;
      let watcher;
      before(async () => {
        page = await newReader(context);
        watcher = await watch(page, () => true);
      });
      after(() => leave(page));

      test('stand below the headings whose sources changed, in the language of the page', async () => {
        await page.goto(urlOf(CHANGED));
        assert.deepEqual(await staleOf(page), [
          { id: 'edited', text: `${say('section_changed', { language })} ${say('section_source', { language })}`, href: urlOf(SOURCE, '#edited'), hreflang: 'vi', lang: 'en' },
          { id: 'bare', text: `${say('section_untranslated')} ${say('section_source', { language })}`, href: urlOf(SOURCE, '#bare'), hreflang: 'vi', lang: 'en' },
          // One that is not there at all is told where it would stand.
          { id: '', text: `${say('section_absent', { heading: 'Mới thêm' })} ${say('section_source', { language })}`, href: urlOf(SOURCE, '#added'), hreflang: 'vi', lang: 'en' },
        ]);
        assert.deepEqual(await watcher.problems(), []);
      });

      test('the one at the head counts the sections and leads to the source', async () => {
        await page.goto(urlOf(CHANGED));
        const head = await page.evaluate(() => {
          const box = document.querySelector('.page-head .alert[role=note]');
          const link = box.querySelector('a');
          return { name: box.ariaLabel, title: box.querySelector('.alert-title').textContent, text: box.innerText, hreflang: link.hreflang, link: link.textContent };
        });
        assert.equal(head.name, say('translation_title_changed'));
        assert.equal(head.title, say('translation_title_changed'));
        const all = / of (\d+)/.exec(head.text)[1];
        for (const sentence of [say('translation_changed_one', { all, language }), say('translation_untranslated_other', { n: 2, all })]) {
          assert.ok(head.text.includes(sentence), `${sentence} in ${head.text}`);
        }
        assert.ok(head.text.includes('25 November 2026'), head.text);
        assert.deepEqual([head.link, head.hreflang], [say('translation_source', { language }), 'vi']);
        await follow(page, '.page-head .alert a');
        assert.equal(withoutQuery(page.url()), urlOf(SOURCE));
      });

      for (const id of ['edited', 'bare']) {
        test(`the one below #${id} leads to that section of the source`, async () => {
          await page.goto(urlOf(CHANGED));
          await follow(page, `#${id} + .stale a`);
          assert.equal(withoutQuery(page.url()), urlOf(SOURCE, `#${id}`));
          assert.deepEqual(await target(page), { id, inView: true });
        });
      }
    });

    test('are nowhere on a page that is current, or on a source', () => {
      const has = (part) => site.documents.filter((file) => part.test(site.text(file)));
      // The document of a section has its pages, with their notices.
      assert.deepEqual(has(/class="[^"]*\bstale\b/), [CHANGED, 'en/talks/index.print.html']);
      const titles = ['vi', 'en'].flatMap((lang) => ['changed', 'unfinished', 'unreviewed'].map((state) => speaker(lang)(`translation_title_${state}`)));
      assert.deepEqual(has(new RegExp(titles.join('|'))), [BESIDE, CHANGED, 'en/talks/unreviewed.bilingual.html', 'en/talks/unreviewed.html']);
    });

    test('a page that nobody reviewed says so at its head alone', () => {
      const html = site.text('en/talks/unreviewed.html');
      assert.ok(html.includes(say('translation_unreviewed_other', { n: 2, all: 2 })));
      assert.ok(!html.includes(say('section_changed', { language })));
    });
  });

  test('every link of the site leads somewhere', () => {
    const wrong = [];
    for (const file of site.documents) {
      for (const [, href] of site.text(file).matchAll(/<a [^>]*?href="([^"]+)"/g)) {
        if (/^[a-z]+:/.test(href)) continue;
        const [to, id] = href.split('#');
        const name = to ? path.posix.join(path.posix.dirname(file), to) : file;
        if (!site.files.includes(name) || id && !site.text(name).includes(` id="${id}"`)) wrong.push(`${file}: ${href}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  describe('side by side', () => {
    let page;
    let watcher;
    before(async () => {
      page = await newReader(context);
      watcher = await watch(page, () => true);
    });
    after(() => leave(page));

    test('each page that is written twice leads there, in both languages', async () => {
      await widen(page, LAPTOP);
      for (const [file, text] of [[CHANGED, say('bilingual')], [SOURCE, speaker('vi')('bilingual')]]) {
        await page.goto(site.url(file));
        assert.equal(await page.evaluate(() => document.querySelector('.page-tools a[href$=".bilingual.html"]').textContent), text);
        await follow(page, '.page-tools a[href$=".bilingual.html"]');
        assert.equal(site.fileOf(page.url()), file.replace('.html', '.bilingual.html'));
      }
      for (const lang of ['vi', 'en']) {
        assert.ok(!site.files.includes(`${lang}/talks/untranslated.bilingual.html`));
        assert.ok(!site.text(`${lang}/talks/untranslated.html`).includes('.bilingual.html'), lang);
      }
    });

    for (const [width, hasColumns] of WIDTHS) {
      test(`${width} px: ${hasColumns ? 'two columns' : 'one below the other'}, nothing to scroll sideways`, async () => {
        await widen(page, width);
        for (const file of [BESIDE, 'vi/talks/changed.bilingual.html']) {
          await page.goto(site.url(file));
          assert.equal(await page.evaluate(overflow), 0);
          const rows = await rowsOf(page);
          assert.ok(rows.length > 5);
          for (const { id, cells: [left, right] } of rows) {
            if (hasColumns) {
              assert.ok(Math.abs(left.top - right.top) < 2 && right.left >= left.right, `#${id} of ${file}`);
              assert.ok(Math.abs((left.right - left.left) - (right.right - right.left)) < 2, `#${id}: columns of one width`);
            } else {
              assert.ok(right.top >= left.bottom, `#${id} of ${file}`);
            }
          }
        }
        assert.deepEqual(await watcher.problems(), []);
      });
    }

    test('rows have the ids of sections, and no id stands twice', async () => {
      await page.goto(site.url(BESIDE));
      const { ids, rows } = await page.evaluate(() => ({
        ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
        rows: [...document.querySelectorAll('.two-row[id]')].map((row) => ({ id: row.id, inside: [...row.querySelectorAll('[id]')].map((one) => one.id), langs: [...row.querySelectorAll('.prose')].map((one) => one.lang) })),
      }));
      assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
      assert.deepEqual(rows.map(({ id }) => id).sort(), ['added', 'bare', 'edited', 'kept', 'last', 'own']);
      for (const { id, inside, langs } of rows) {
        assert.deepEqual(langs, ['vi', 'en'], id);
        assert.ok(inside.every((one) => /^(vi|en)--/.test(one)), inside.join());
        if (!['added', 'own'].includes(id)) assert.deepEqual(inside, [`vi--${id}`, `en--${id}`]);
      }
    });

    test('the language switch keeps to it, at the section that the address names', async () => {
      await widen(page, LAPTOP);
      for (const id of ['edited', 'last']) {
        await page.goto(site.url(BESIDE, `#${id}`));
        await turnUp(page);
        await follow(page, 'a.to-language');
        assert.equal(withoutQuery(page.url()), site.url('vi/talks/changed.bilingual.html', `#${id}`));
        assert.deepEqual(await target(page), { id, inView: true });
      }
    });

    for (const width of [PHONE, LAPTOP]) {
      test(`${width} px: the language switch leads to the section that is being read`, async () => {
        await widen(page, width);
        await page.goto(site.url('vi/talks/changed.bilingual.html'));
        await readAndTurnUp(page, 'edited');
        await follow(page, 'a.to-language');
        assert.equal(withoutQuery(page.url()), site.url(BESIDE, '#edited'));
      });
    }

    test('what one language lacks says so, in the language of the page', async () => {
      for (const [lang, file] of [['en', BESIDE], ['vi', 'vi/talks/changed.bilingual.html']]) {
        await page.goto(site.url(file));
        const missing = await page.evaluate(() => [...document.querySelectorAll('.two-missing')].map((one) => ({
          id: one.closest('.two-row').id, text: one.textContent, lang: one.lang,
          column: [...one.closest('.two-row').querySelectorAll('.prose')].indexOf(one.parentElement),
        })));
        const words = speaker(lang);
        assert.deepEqual(missing.sort((a, b) => (a.id < b.id ? -1 : 1)), [
          { id: 'added', text: words('bilingual_missing'), lang, column: 1 },
          { id: 'own', text: words('bilingual_extra'), lang, column: 0 },
        ]);
      }
    });

    test('rows that are not current say how they stand', async () => {
      await page.goto(site.url(BESIDE));
      const states = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('.two-row')].map((row) => [row.id, row.querySelector('.two-state')?.innerText.replace(/\s+/g, ' ') ?? ''])));
      const expected = { edited: '≠ state_source_changed', bare: '✗ state_missing_section', added: '✗ state_missing_section', own: '+ state_extra_section', kept: '', last: '' };
      for (const [id, text] of Object.entries(expected)) assert.equal(states[id], text.replace(/state_\w+/, (key) => say(key)), id);
    });

    test('paper is A4 across, with both columns', async () => {
      if (!isChromium) return;
      await page.goto(site.url(BESIDE));
      const file = path.join(context.sites.folder, 'beside.pdf');
      fs.writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
      const boxes = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
      const [, width, height] = /<page width="([\d.]+)" height="([\d.]+)">/.exec(boxes).map(Number);
      assert.deepEqual([Math.round(width), Math.round(height)], [842, 595]);
      const words = [...boxes.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)</g)]
        .map(([, left, top, right, text]) => ({ left: Number(left), top: Number(top), right: Number(right), text: text.normalize('NFC') }));
      const vi = words.find(({ text }) => text === 'Giữ');
      const en = words.find(({ text }) => text === 'Kept');
      assert.ok(Math.abs(vi.top - en.top) < 3, `${vi.top} and ${en.top}`);
      assert.ok(vi.left < width / 2 && en.left >= width / 2, `${vi.left} and ${en.left} of ${width}`);
    });
  });

  describe('the page for editors', () => {
    let page;
    let watcher;
    before(async () => {
      page = await newReader(context);
      watcher = await watch(page, () => true);
    });
    after(() => leave(page));

    test('is in no other edition', () => {
      for (const one of [context.sites.handbook, context.sites.fixture]) {
        assert.deepEqual(one.files.filter((file) => /freshness\.html$/.test(file)), []);
      }
      assert.deepEqual(site.files.filter((file) => /freshness\.html$/.test(file)), ['en/freshness.html', 'vi/freshness.html']);
    });

    for (const theme of ['light', 'dark']) {
      test(`${theme}: every state has a border of its own, and a mark and words beside its colour`, async () => {
        await page.goto(site.url('en/freshness.html'));
        await wear(page, context.name, theme);
        const shown = await page.evaluate(() => [...document.querySelectorAll('.fresh-cells .fresh, .fresh-legend .fresh')].map((box) => {
          const style = getComputedStyle(box);
          return {
            state: /state-([\w-]+)/.exec(box.className)[1],
            border: `${style.borderTopStyle} ${style.borderTopWidth}`,
            mark: (box.querySelector('[aria-hidden]') ?? box).textContent,
            words: box.closest('li').textContent,
            isCell: box.matches('a'),
          };
        }));
        const states = ['current', 'source-changed', 'unreviewed', 'missing-section', 'extra-section', 'missing-page'];
        const borders = new Map();
        for (const state of states) {
          const boxes = shown.filter((one) => one.state === state);
          assert.ok(boxes.length > 1 && boxes.some(({ isCell }) => isCell), `${state} is in the page`);
          assert.equal(new Set(boxes.map(({ border }) => border)).size, 1, state);
          for (const { mark, words } of boxes) {
            assert.match(mark, /^\S$/, state);
            assert.ok(words.includes(say(`state_${state.replaceAll('-', '_')}`)), `${state}: ${words}`);
          }
          borders.set(boxes[0].border, state);
        }
        assert.equal(borders.size, states.length, [...borders].join('; '));
      });
    }

    test('every box leads to a place that exists', () => {
      for (const lang of ['en', 'vi']) {
        const html = site.text(`${lang}/freshness.html`);
        const hrefs = [...html.matchAll(/<a class="fresh[^"]*" href="([^"]+)"/g)].map(([, href]) => href);
        assert.ok(hrefs.length > 15, `${hrefs.length} boxes`);
        for (const href of hrefs) {
          const [file, id] = href.split('#');
          const name = path.posix.join(lang, file);
          assert.ok(site.files.includes(name), href);
          assert.ok(!id || site.text(name).includes(` id="${id}"`), href);
          assert.ok(name.endsWith('.bilingual.html') || name.endsWith('/untranslated.html'), href);
        }
      }
    });

    test('a box leads to its section side by side, also on a phone', async () => {
      for (const width of [PHONE, LAPTOP]) {
        await widen(page, width);
        await page.goto(site.url('en/freshness.html'));
        assert.equal(await page.evaluate(overflow), 0);
        await follow(page, '.fresh.state-source-changed[href]');
        assert.equal(withoutQuery(page.url()), site.url(BESIDE, '#edited'));
        assert.deepEqual(await target(page), { id: 'edited', inView: true });
      }
      assert.deepEqual(await watcher.problems(), []);
    });
  });

  describe('the glossary', () => {
    let page;
    let watcher;
    before(async () => {
      page = await newReader(context);
      watcher = await watch(page, () => true);
    });
    after(() => leave(page));

    test('is in the order of the alphabet, under its letters', async () => {
      await page.goto(site.url('vi/glossary.html'));
      const { listed, letters } = await page.evaluate(() => {
        const own = (heading) => [...heading.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join('').trim();
        return { listed: [...document.querySelectorAll('.prose :is(h2, h3)')].map(own), letters: [...document.querySelectorAll('.letters a')].map((link) => link.textContent) };
      });
      assert.deepEqual(listed, ORDER);
      assert.deepEqual(letters, ORDER.filter((word) => word.length === 1));
    });

    test('letters lead to their terms, and a term to its twin and back', async () => {
      await page.goto(site.url('vi/glossary.html'));
      await press(page, '.letters li:nth-child(5) a');
      await until(() => page.url(), async () => (await target(page))?.inView);
      assert.equal(await page.evaluate(() => document.querySelector(':target').firstChild.data.trim()), 'Đ');
      for (const [to, lang] of [['en', 'en'], ['vi', 'vi']]) {
        const twin = await page.evaluate(() => {
          const link = document.querySelector('#payload + p a');
          return [link.lang, link.hreflang];
        });
        assert.deepEqual(twin, [lang, lang]);
        await follow(page, '#payload + p a');
        assert.equal(withoutQuery(page.url()), site.url(`${to}/glossary.html`, '#payload'));
        assert.deepEqual(await target(page), { id: 'payload', inView: true });
      }
    });

    test('what looks like code in a term stays text', async () => {
      await page.goto(site.url('vi/glossary.html', '#payload'));
      const found = await page.evaluate(() => ({ broken: globalThis.sotayBroken ?? null, images: document.querySelectorAll('main img').length, text: document.querySelector('.prose').textContent }));
      assert.deepEqual([found.broken, found.images], [null, 0]);
      assert.equal(found.text.split(PAYLOAD).length, 3);
      assert.deepEqual(await watcher.problems(), []);
    });
  });

  describe('a term', () => {
    inEachPlace(site, (urlOf) => {
      let page;
      let watcher;
      before(async () => {
        page = await newReader(context);
        watcher = await watch(page, () => true);
      });
      after(() => leave(page));
      const begin = async (file = CURRENT, rest = '') => {
        await page.goto('about:blank');
        await page.goto(urlOf(file, rest));
        await page.bringToFront();
        await page.mouse.move(2, 2);
      };

      test('is a link where it first stands in each section', async () => {
        await begin();
        const terms = await page.evaluate(() => [...document.querySelectorAll('a.term')].map((link) => [link.textContent, link.hash]));
        assert.deepEqual(terms, [['mật khẩu', '#password'], ['Mật khẩu', '#password'], ['đăng nhập', '#sign-in'], ['dữ liệu', '#data'], ['Ngựa vằn', '#payload'], ['đăng nhập', '#sign-in']]);
      });

      test('is explained under the pointer, for as long as that is on it or on what explains it', async () => {
        await begin();
        assert.equal(await box(page), null);
        await hover(page, 'a.term');
        await until(() => 'for the box', () => box(page));
        const shown = await box(page);
        assert.deepEqual([shown.head, shown.text, shown.lang], ['mật khẩu · password', 'Chuỗi ký tự chỉ một người biết, dùng để chứng minh mình là ai khi vào hệ thống.', 'vi']);
        assert.deepEqual(shown.twins, ['en']);
        assert.equal(shown.describes, 'mật khẩu');
        await page.mouse.move((shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2, { steps: 6 });
        await rest(600);
        assert.ok(await box(page), 'it stays while the pointer is on it');
        await page.mouse.move(2, 2);
        await until(() => 'for the box to go', async () => await box(page) === null);
        assert.equal(await described(page), 0);
        assert.deepEqual(await watcher.problems(), []);
      });

      test('a pointer on its way elsewhere opens nothing', async () => {
        await begin();
        await hover(page, 'a.term');
        await page.mouse.move(2, 2);
        await rest(500);
        assert.equal(await box(page), null);
      });

      test('is explained to the keyboard; Esc closes and keeps the place, Enter follows', async () => {
        await begin();
        await page.evaluate(() => document.querySelector('a.permalink').focus());
        await page.keyboard.press('Tab');
        await until(() => 'for the box', () => box(page));
        assert.equal((await box(page)).describes, 'Mật khẩu');
        await page.keyboard.press('Escape');
        assert.equal(await box(page), null);
        assert.equal(await described(page), 0);
        assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Mật khẩu');
        await page.keyboard.press('Tab');
        await page.keyboard.down('Shift');
        await page.keyboard.press('Tab');
        await page.keyboard.up('Shift');
        await until(() => 'for the box again', () => box(page));
        await page.evaluate(() => document.activeElement.blur());
        assert.equal(await box(page), null);
        await page.evaluate(() => document.querySelectorAll('a.term')[1].focus());
        await until(() => 'for the box once more', () => box(page));
        await page.keyboard.press('Enter');
        await arrive(page, urlOf('vi/glossary.html', '#password'));
        assert.deepEqual(await target(page), { id: 'password', inView: true });
        assert.deepEqual(await watcher.problems(), []);
      });

      test('the box is inside the window wherever the term stands, on a phone too', async () => {
        for (const width of [PHONE, LAPTOP]) {
          await widen(page, width);
          await begin();
          const all = await page.evaluate(() => document.querySelectorAll('a.term').length);
          for (const block of ['start', 'center', 'end']) {
            for (let i = 0; i < all; i += 1) {
              await page.evaluate((n, where) => {
                const link = document.querySelectorAll('a.term')[n];
                document.activeElement.blur();
                link.scrollIntoView({ block: where, behavior: 'instant' });
                link.focus({ preventScroll: true });
              }, i, block);
              await until(() => 'for the box', () => box(page));
              const shown = await box(page);
              assert.ok(shown.left >= 0 && shown.right <= shown.width && shown.top >= 0 && shown.bottom <= shown.height, `${width} px, term ${i + 1} at the ${block}: ${JSON.stringify(shown)}`);
              assert.ok(!shown.covers, `${width} px, term ${i + 1} at the ${block} is covered`);
              assert.equal(await page.evaluate(overflow), 0);
            }
          }
        }
        await widen(page, LAPTOP);
      });

      test('what looks like code in a definition stays text', async () => {
        await begin();
        await page.evaluate(() => document.querySelector('a.term[href$="#payload"]').focus());
        await until(() => 'for the box', () => box(page));
        assert.equal((await box(page)).text, `Con vật ${PAYLOAD}`);
        assert.deepEqual(await page.evaluate(() => [document.querySelectorAll('.term-box img').length, globalThis.sotayBroken ?? null]), [0, null]);
        assert.deepEqual(await watcher.problems(), []);
      });

      test('the terms of a page follow its text on paper, once', async () => {
        await begin();
        const print = (kind) => page.evaluate((name) => {
          dispatchEvent(new Event(name));
          const list = document.querySelector('.prose .term-list');
          return list && [list.querySelector('h2').textContent, ...[...list.querySelectorAll('dt')].map((one) => one.textContent)];
        }, kind);
        assert.equal(await print('beforeprint'), null, 'nobody has asked for them yet');
        await print('afterprint');
        await page.evaluate(() => document.querySelector('[data-print]').focus());
        await until(() => 'for the terms', () => page.evaluate(() => [...document.scripts].some((script) => script.src.endsWith('/glossary.js'))));
        const wanted = [speaker('vi')('js_explain_title'), 'mật khẩu · password', 'đăng nhập · sign in', 'dữ liệu · data', 'ngựa vằn · zebra'];
        await until(() => 'for the list', async () => {
          const list = await print('beforeprint');
          const left = await print('afterprint');
          return left === null && JSON.stringify(list) === JSON.stringify(wanted);
        });
        if (isChromium) {
          const text = execFileSync('pdftotext', ['-', '-'], { input: Buffer.from(await page.pdf({ preferCSSPageSize: true })), encoding: 'utf8' }).normalize('NFC');
          assert.ok(text.replace(/\s+/g, ' ').includes(`${wanted[0]} ${wanted[1]} Chuỗi ký tự`), text);
          assert.equal(await page.evaluate(() => document.querySelectorAll('.term-list').length), 0);
        }
        assert.deepEqual(await watcher.problems(), []);
      });
    });

    test('a finger: the first tap explains, the second follows, a tap elsewhere closes', async () => {
      if (!isChromium) return;
      await withFinger(context, site, async (page, tap) => {
        await tap('a.term');
        await until(() => 'for the box', () => box(page));
        await rest(500);
        assert.ok(await box(page), 'it stays when the finger is gone');
        assert.equal(site.fileOf(page.url()), CURRENT);
        await tap('h1');
        await until(() => 'for the box to go', async () => await box(page) === null);
        await tap('a.term');
        await until(() => 'for the box again', () => box(page));
        await tap('a.term');
        await arrive(page, site.url('vi/glossary.html', '#password'));
      });
    });

    test('a finger, in a theme that was chosen: the address that carries it breaks nothing', async () => {
      if (!isChromium) return;
      await withFinger(context, site, async (page, tap, watcher) => {
        await page.goto(site.url(CURRENT, '?theme=dark'));
        for (const asked of [1, 2]) {
          await tap('a.term');
          await until(() => 'for the box', () => box(page));
          await tap('h1');
          await until(() => `for the box to go, time ${asked}`, async () => await box(page) === null);
        }
        assert.deepEqual(await page.evaluate(() => [...document.scripts].map((script) => script.src).filter((src) => src.includes('glossary'))), [site.url('vi/glossary.js')]);
        assert.deepEqual(await watcher.problems(), []);
        await tap('a.term');
        await until(() => 'for the box', () => box(page));
        await tap('a.term');
        await until(() => page.url(), () => withoutQuery(page.url()) === site.url('vi/glossary.html', '#password'));
        assert.equal(new URL(page.url()).searchParams.get('theme'), 'dark');
      });
    });

    test('a finger that only scrolled takes nothing from the keyboard', async () => {
      if (!isChromium) return;
      await withFinger(context, site, async (page) => {
        await page.evaluate(() => {
          const link = document.querySelector('a.term');
          for (const type of ['pointerdown', 'pointercancel']) link.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', bubbles: true }));
          link.focus();
        });
        await page.keyboard.press('Enter');
        await arrive(page, site.url('vi/glossary.html', '#password'));
      });
    });

    test('without the file of terms it is a link, to every means', async () => {
      const page = await newReader(context);
      const watcher = await watch(page, () => true);
      const bare = path.join(site.root, 'vi/glossary.js');
      fs.renameSync(bare, `${bare}.away`);
      try {
        await page.goto(site.url(CURRENT));
        await page.bringToFront();
        await page.evaluate(() => document.querySelector('a.term').focus());
        await hover(page, 'a.term');
        await rest(600);
        assert.equal(await box(page), null);
        assert.equal(await described(page), 0);
        // The browser tells of the file itself; the script makes no more of it.
        const told = (await watcher.problems()).filter((problem) => !/glossary\.js|ERR_FILE_NOT_FOUND/.test(problem));
        assert.deepEqual(told, []);
        await page.keyboard.press('Enter');
        await arrive(page, site.url('vi/glossary.html', '#password'));
        if (isChromium) {
          await withFinger(context, site, async (other, tap) => {
            await tap('a.term');
            await arrive(other, site.url('vi/glossary.html', '#password'));
          });
        }
      } finally {
        fs.renameSync(`${bare}.away`, bare);
        await leave(page);
      }
    });

    test('without JavaScript it leads to its entry', async () => {
      const settings = { scripts: false };
      const page = await context.page(settings, await context.start(settings));
      await page.goto(site.url(CURRENT));
      await follow(page, 'a.term');
      assert.equal(page.url(), site.url('vi/glossary.html', '#password'));
      assert.deepEqual(await target(page), { id: 'password', inView: true });
      await page.close();
    });
  });

  describe('axe', () => {
    let page;
    before(async () => { page = await context.page(); });
    after(() => page.close());
    const places = [
      ['notices', CHANGED], ['side by side', BESIDE], ['the page for editors', 'vi/freshness.html'], ['the glossary', 'vi/glossary.html'],
      ['a term that is explained', CURRENT, async () => {
        await page.evaluate(() => document.querySelector('a.term').focus());
        await until(() => 'for the box', () => box(page));
      }],
    ];
    for (const [name, file, act] of places) {
      test(name, async () => {
        const wrong = [];
        for (const width of isChromium ? [LAPTOP, PHONE] : [LAPTOP]) {
          await widen(page, width);
          await page.goto(site.url(file));
          await act?.();
          for (const theme of ['light', 'dark']) {
            await wear(page, context.name, theme);
            await settle(page);
            wrong.push(...(await violations(page)).map((one) => `${theme}, ${width} px: ${one}`));
            if (act) assert.ok(await box(page), 'it is still explained');
          }
        }
        assert.deepEqual(wrong, []);
      });
    }
  });
}

const rest = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** The notices below headings, with the id of the heading. */
function staleOf(page) {
  return page.evaluate(() => [...document.querySelectorAll('.stale')].map((notice) => {
    const link = notice.querySelector('a');
    return { id: notice.previousElementSibling.id, text: notice.textContent.trim(), href: link.href, hreflang: link.hreflang, lang: notice.closest('[lang]').lang };
  }));
}

/** The rows of a page in two languages, with where the two texts stand. */
function rowsOf(page) {
  return page.evaluate(() => [...document.querySelectorAll('section.two-row')].map((row) => ({
    id: row.id,
    cells: [...row.querySelectorAll(':scope > .prose')].map((cell) => {
      const { left, right, top, bottom } = cell.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  })));
}

/** What explains a term, or null where nothing does. */
function box(page) {
  return page.evaluate(() => {
    const element = document.querySelector('.term-box');
    if (!element?.checkVisibility()) return null;
    const link = document.querySelector('a.term[aria-describedby]');
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const lines = [...link.getClientRects()];
    return {
      left, right, top, bottom, height: innerHeight,
      // Without the scroll bar.
      width: document.documentElement.clientWidth,
      lang: element.lang,
      role: element.getAttribute('role'),
      head: element.querySelector('.term-head').textContent,
      twins: [...element.querySelectorAll('[lang]')].map((twin) => twin.lang),
      text: element.querySelector('p:last-child').textContent,
      describes: link.getAttribute('aria-describedby') === element.id && element.getAttribute('role') === 'tooltip' ? link.textContent : null,
      covers: lines.some((line) => line.left < right && line.right > left && line.top < bottom && line.bottom > top),
    };
  });
}

/** How many terms are described by something. */
const described = (page) => page.evaluate(() => document.querySelectorAll('a.term[aria-describedby]').length);

/** Puts the pointer on the first line of what `selector` finds. */
async function hover(page, selector) {
  const point = await page.evaluate((wanted) => {
    const line = document.querySelector(wanted).getClientRects()[0];
    return { x: line.x + line.width / 2, y: line.y + line.height / 2 };
  }, selector);
  await page.mouse.move(point.x, point.y, { steps: 3 });
}

/** Opens the page with terms on a phone whose screen is touched; `act` gets it and what taps. */
async function withFinger(context, site, act) {
  const page = await newReader(context);
  const watcher = await watch(page, () => true);
  await page.setViewport({ width: PHONE, height: 740, hasTouch: true, isMobile: true });
  await page.goto(site.url(CURRENT));
  await page.bringToFront();
  await act(page, async (selector) => {
    const point = await page.evaluate((wanted) => {
      const line = document.querySelector(wanted).getClientRects()[0];
      return { x: line.x + line.width / 2, y: line.y + line.height / 2 };
    }, selector);
    await page.touchscreen.tap(point.x, point.y);
  }, watcher);
  await leave(page);
}
