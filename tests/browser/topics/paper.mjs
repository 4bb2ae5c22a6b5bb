// What comes out of the printer: the text alone, whole, in order, with its name at the foot.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { widen } from '../harness/look.mjs';
import { cutOff, overflow } from '../harness/measures.mjs';
import { pagesOf } from '../harness/pages.mjs';
import { EVERYTHING } from '../harness/states.mjs';

export const title = 'paper';

/** The width of A4 less 20 mm on either side, in px; and of A4 across, on which two languages stand. */
const TEXT_WIDTH = 643;
const TEXT_WIDTH_ACROSS = 971;
/** What the foot of a page takes of its height: 20 mm of 297, and the line above. */
const FOOT = 0.92;

export function register(context) {
  // Firefox prints, but says less of what it printed.
  if (context.name !== 'chromium') return;
  const { fixture, handbook, folder } = context.sites;
  const pages = [...pagesOf(fixture).filter((one) => one.lang === 'vi' || one.kind === 'fallback'),
    ...pagesOf(handbook).filter((one) => one.lang === 'vi' && ['talk', 'guideline', 'register', 'bilingual', 'glossary'].includes(one.kind))]
    .filter((one) => !['root', '404', 'redirect'].includes(one.kind));
  const printed = new Map();
  let page;
  before(async () => {
    page = await context.page();
    await widen(page, 1366);
  });
  after(() => page.close());

  test('every kind of page is printed', async () => {
    for (const one of pages) {
      await page.goto(one.url);
      const headings = await page.evaluate(() => [...document.querySelectorAll('h1, .prose :is(h2, h3, h4)')].map((heading) => {
        const copy = heading.cloneNode(true);
        for (const extra of copy.querySelectorAll('.permalink')) extra.remove();
        return copy.textContent.replace(/\s+/g, ' ').trim();
      }));
      const site = await page.evaluate(() => document.querySelector('.site-name').textContent.trim());
      const file = path.join(folder, 'printed.pdf');
      fs.writeFileSync(file, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
      printed.set(one, { headings, site, sheets: sheetsOf(file) });
    }
    assert.ok(printed.size > 10, `only ${printed.size} pages`);
  });

  test('nothing but the text is on paper', async () => {
    for (const one of pages) {
      await page.goto(one.url);
      await page.emulateMediaType('print');
      const shown = await page.evaluate(() => [...document.querySelectorAll('body > header, button, select, dialog, form, [role=tablist], nav, .skip, .pager, .permalink')]
        // The heading of a column may be what sorts it.
        .filter((element) => element.checkVisibility() && element.getClientRects().length > 0 && !element.closest('th'))
        .map((element) => `${element.tagName.toLowerCase()}.${element.className}`));
      await page.emulateMediaType(null);
      assert.deepEqual([...new Set(shown)], [], one.name);
    }
  });

  test('nothing is wider than the sheet, or cut', async () => {
    const wrong = [];
    for (const one of pages) {
      await page.setViewport(one.kind === 'bilingual' ? { width: TEXT_WIDTH_ACROSS, height: 643 } : { width: TEXT_WIDTH, height: 970 });
      await page.goto(one.url);
      await page.emulateMediaType('print');
      const over = await page.evaluate(overflow);
      const hidden = await page.evaluate(() => [...document.querySelectorAll('main *')]
        .filter((element) => element.checkVisibility() && !element.closest('math') && /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
        .map((element) => `${element.tagName.toLowerCase()}.${element.className}`));
      wrong.push(...[...(over > 0 ? [`${over} px too wide`] : []), ...hidden, ...await page.evaluate(cutOff)].map((what) => `${one.name}: ${what}`));
      await page.emulateMediaType(null);
    }
    await widen(page, 1366);
    assert.deepEqual(wrong, []);
  });

  test('no heading stands alone at the foot of a sheet', () => {
    const wrong = [];
    let checked = 0;
    for (const [one, { headings, sheets }] of printed) {
      for (const heading of headings) {
        for (const [number, sheet] of sheets.entries()) {
          const at = sheet.lines.findIndex((line) => line.text === heading);
          if (at < 0) continue;
          checked += 1;
          const below = sheet.lines.filter((line) => line.top > sheet.lines[at].top + 1 && line.top < sheet.height * FOOT);
          if (!below.length) wrong.push(`${one.name}, sheet ${number + 1}: ${heading}`);
        }
      }
    }
    assert.ok(checked > 40, `only ${checked} headings`);
    assert.deepEqual(wrong, []);
  });

  test('every sheet says at its foot what it is from', () => {
    const wrong = [];
    for (const [one, { headings, site, sheets }] of printed) {
      for (const [number, sheet] of sheets.entries()) {
        const foot = sheet.lines.filter((line) => line.top > sheet.height * FOOT).map((line) => line.text).join(' ');
        if (!foot.includes(site) && !foot.includes(headings[0])) wrong.push(`${one.name}, sheet ${number + 1}: “${foot}”`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  describe('a page with every block', () => {
    const textOf = (sheet) => sheet.lines.map((line) => line.text).join(' ');
    const sheets = () => [...printed].find(([one]) => one.file === EVERYTHING)[1].sheets;

    test('shows all tabs under their names', () => {
      const text = sheets().map(textOf).join(' ');
      for (const part of ['Windows', 'Cách làm trên Windows', 'Cách làm trên Linux', 'Cách làm trên macOS', 'Khi mất mạng', 'Làm ở nhà']) assert.ok(text.includes(part), part);
    });

    test('shows the whole of a long line of code', () => {
      const text = sheets().map(textOf).join('').replace(/\s/g, '');
      assert.ok(text.includes('may-chu-du-phong.truong.example.edu.vn:/srv/sao-luu/hang-ngay/thu-hai/'));
    });

    test('has the answers to its quizzes on the last sheet only', () => {
      const texts = sheets().map(textOf);
      assert.ok(texts.length > 2, `${texts.length} sheets`);
      for (const answer of ['Gọi theo số đã lưu', 'Hai việc đầu bảo vệ dữ liệu']) {
        assert.deepEqual(texts.flatMap((text, i) => (text.includes(answer) ? [i + 1] : [])), [texts.length], answer);
      }
    });
  });
}

/** The sheets of a PDF: how high each is, and its lines with their distance from its upper edge. */
function sheetsOf(file) {
  const { status, stdout, stderr } = spawnSync('pdftotext', ['-bbox-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0, `pdftotext of poppler-utils: ${stderr}`);
  return [...stdout.matchAll(/<page width="[\d.]+" height="([\d.]+)">(.*?)<\/page>/gs)].map(([, height, inside]) => ({
    height: Number(height),
    lines: [...inside.matchAll(/<line [^>]*yMin="([\d.]+)"[^>]*>(.*?)<\/line>/gs)].map(([, top, words]) => ({
      top: Number(top),
      text: [...words.matchAll(/<word [^>]*>(.*?)<\/word>/g)].map(([, word]) => plain(word)).join(' '),
    })).sort((a, b) => a.top - b.top),
  }));
}

const plain = (word) => word.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').normalize('NFC');
