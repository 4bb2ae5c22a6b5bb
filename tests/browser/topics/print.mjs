// Every kind of page prints.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { kindsOf } from '../harness/facts.mjs';

export const title = 'print';

export function register(context) {
  let page;
  before(async () => { page = await context.page(); });
  after(() => page.close());

  test('a PDF of each kind of page, longer for longer pages', async () => {
    const site = context.sites.fixture;
    await page.goto('about:blank');
    const empty = (await page.pdf()).length;
    for (const [kind, file] of kindsOf(site.facts)) {
      await page.goto(site.url(file, file === 'index.html' ? '?choose' : ''));
      const pdf = await page.pdf({ format: 'A4' });
      assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-', kind);
      assert.ok(pdf.length > empty + 1000, `${kind}: ${pdf.length} bytes, an empty page has ${empty}`);
    }
  });

  test('a section prints as one document with all its pages', async () => {
    const site = context.sites.fixture;
    const file = 'vi/talks/index.print.html';
    await page.goto(site.url(file));
    const { titles, dead, outside } = await page.evaluate(() => {
      const links = [...document.querySelectorAll('.joined a[href^="#"]')];
      const beside = [...document.querySelectorAll('.joined .prose a:not([href^="#"]), .joined-contents a:not([href^="#"])')];
      return {
        titles: [...document.querySelectorAll('h1, .joined-title')].map((title) => title.innerText.trim()),
        dead: links.filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map((link) => link.hash),
        outside: beside.map((link) => link.href).filter((href) => href.startsWith('file:')),
      };
    });
    // What stands side by side is no page of the section; its page is.
    const pages = site.documents.filter((name) => /^vi\/talks\/(?!index)[^/]+(?<!\.bilingual)\.html$/.test(name));
    assert.equal(titles.length, pages.filter((name) => !site.redirects.includes(name)).length + 1);
    assert.deepEqual(dead, []);
    const inside = outside.filter((href) => pages.includes(site.fileOf(href)));
    assert.deepEqual(inside, [], 'these pages are part of the document');
    await assertPrinted(page, titles);
    await page.click('.joined-contents a');
    assert.match(page.url(), /index\.print\.html#/);
  });

  test('only the text is on paper', async () => {
    if (context.name !== 'chromium') return;
    await page.goto(context.sites.fixture.url('vi/talks/first.html'));
    await page.emulateMediaType('print');
    const shown = await page.evaluate(() => ['.bar', '.side', '.toc', '.pager', '.foot', '.prose']
      .filter((part) => document.querySelector(part).getClientRects().length > 0));
    await page.emulateMediaType(null);
    assert.deepEqual(shown, ['.prose']);
  });
}

/** Every title stands in the PDF of the page, the first on the first sheet and each other on top of one. */
async function assertPrinted(page, titles) {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const text = execFileSync('pdftotext', ['-', '-'], { input: Buffer.from(pdf), encoding: 'utf8' });
  const plain = (words) => words.normalize('NFC').replace(/\s+/g, ' ').trim();
  const sheets = text.split('\f').map(plain);
  for (const title of titles) {
    assert.ok(sheets.some((sheet) => sheet.startsWith(plain(title))), `no sheet begins with ${title}`);
  }
}
