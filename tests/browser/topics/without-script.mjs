// With scripts off everything is readable and reachable, in the colours of the reader's system.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { follow, press, target, until } from '../harness/actions.mjs';
import { factsOf, kindsOf } from '../harness/facts.mjs';
import { LAPTOP, PHONE, widen } from '../harness/look.mjs';
import { serve } from '../harness/serve.mjs';
import { EVERYTHING } from '../harness/states.mjs';

export const title = 'without JavaScript';

export function register(context) {
  const site = context.sites.fixture;
  const settings = { scripts: false, dark: true };
  let page;
  before(async () => {
    page = await context.page(settings, await context.start(settings));
    await page.setViewport({ width: 1366, height: 900 });
  });
  after(() => page.close());

  test('scripts are off indeed', async () => {
    await page.goto(site.url('vi/talks/first.html'));
    const found = await page.evaluate(() => [document.documentElement.dataset.js, document.querySelector('button.theme')]);
    // Chromium reports what is undefined as null when it lies in a list.
    assert.deepEqual(found.map((value) => value ?? null), [null, null]);
  });

  test('every kind of page has its text, headings and ways on', async () => {
    for (const one of [site, context.sites.handbook]) {
      for (const [kind, file] of kindsOf(one.facts)) {
        await page.goto(one.url(file));
        const with_ = one.facts.get(file);
        const found = await factsOf(page);
        // What a script adds is a convenience, never text.
        assert.ok(found.text >= with_.text * 0.95, `${one.name} ${kind}: ${found.text} of ${with_.text} characters`);
        assert.ok(found.headings === 1, kind);
        assert.deepEqual(found.sections, with_.sections, kind);
        assert.deepEqual(found.links.map((link) => link.written), with_.links.map((link) => link.written), kind);
        const visible = await page.evaluate(() => {
          const style = getComputedStyle(document.body);
          return style.display !== 'none' && style.visibility === 'visible' && style.opacity === '1' && document.body.offsetHeight > 100;
        });
        assert.ok(visible, kind);
      }
    }
  });

  test('the system chooses the colours', async () => {
    await page.goto(site.url('vi/talks/first.html'));
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(colour.match(/\d+/g).slice(0, 3).every((part) => part < 80), colour);
  });

  test('the first page stays and offers both languages', async () => {
    await page.goto(site.url('index.html'));
    await follow(page, '[data-languages] a[hreflang=vi]');
    assert.equal(site.fileOf(page.url()), 'vi/index.html');
  });

  test('menu, contents, language and former addresses lead on', async () => {
    await page.goto(site.url('vi/index.html'));
    await follow(page, '.top-menu a[href*="talks/"]');
    await follow(page, '.cards a[href="first.html"]');
    await follow(page, '.toc a[href="#cuoi"]');
    await follow(page, 'a.to-language');
    assert.equal(page.url(), site.url('en/talks/first.html'));
    const [former] = site.redirects;
    await page.goto(site.url(former)).catch(() => {});
    await until(() => `for ${former} to lead on`, () => site.fileOf(page.url()) === former.replace(/bai-cu/, 'talks/first'));
  });

  describe('from a folder', () => registerParts(() => page, (file) => site.url(file)));

  describe('from a server', () => {
    let server;
    before(async () => { server = await serve(site, '/'); });
    after(() => server.close());
    registerParts(() => page, (file) => server.url(file));
  });
}

/** What the parts of a page are without the scripts that make them handier. */
function registerParts(pageOf, urlOf) {
  const open = async (file, width = LAPTOP) => {
    await widen(pageOf(), width);
    await pageOf().goto(urlOf(file));
  };
  const shown = (selector) => pageOf().evaluate((wanted) => [...document.querySelectorAll(wanted)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element) => element.innerText), selector);

  test('nothing is offered that needs a script', async () => {
    for (const file of [EVERYTHING, 'vi/directives/index.html', 'vi/guidelines/checklist.html', 'vi/index.html']) {
      for (const width of [LAPTOP, PHONE]) {
        await open(file, width);
        assert.deepEqual(await shown('button, [role=tab], form'), [], `${file} at ${width}`);
      }
    }
  });

  test('the menu of a phone is a link to the menu', async () => {
    await open(EVERYTHING, PHONE);
    await press(pageOf(), 'a.to-menu');
    await until(() => pageOf().url(), async () => (await target(pageOf()))?.inView);
    const links = await pageOf().evaluate(() => [...document.querySelector(':target').querySelectorAll('a[href]')].filter((link) => link.checkVisibility()).length);
    assert.ok(links > 3, `${links} links`);
  });

  test('every tab shows, under its name', async () => {
    await open(EVERYTHING);
    const text = (await shown('main')).join();
    const wanted = ['Windows', 'Cách làm trên Windows', 'Linux', 'Cách làm trên Linux', 'macOS', 'Cách làm trên macOS',
      'Tại trường', 'Có mạng', 'Khi có mạng.', 'Mất mạng', 'Khi mất mạng.', 'Ở nhà', 'Làm ở nhà.'];
    assert.deepEqual(wanted.filter((part) => !text.includes(part)), []);
  });

  test('the answers of a quiz are folded away, and open', async () => {
    await open(EVERYTHING);
    assert.ok(!(await shown('main')).join().includes('Gọi theo số đã lưu'));
    for (const [i, answer] of ['Gọi theo số đã lưu', 'Hai việc đầu bảo vệ dữ liệu'].entries()) {
      await pageOf().evaluate((at) => {
        for (const element of document.querySelectorAll('[data-pressed]')) delete element.dataset.pressed;
        document.querySelectorAll('.quiz')[at].querySelector('summary').dataset.pressed = '';
      }, i);
      await press(pageOf(), '[data-pressed]');
      await until(() => `for “${answer}”`, async () => (await shown('main')).join().includes(answer));
    }
  });

  test('boxes tick', async () => {
    await open(EVERYTHING);
    const ticked = () => pageOf().evaluate(() => document.querySelector('.checklist input').checked);
    const before = await ticked();
    await press(pageOf(), '.checklist input');
    assert.equal(await ticked(), !before);
  });

  test('a mistake can be reported', async () => {
    await open(EVERYTHING);
    const links = await pageOf().evaluate(() => [...document.querySelectorAll('a[href^="mailto:"]')].filter((link) => link.checkVisibility()).map((link) => link.href));
    assert.ok(links.length > 0 && links.every((link) => link.startsWith('mailto:attt@example.edu.vn')), links.join());
  });

  test('the register is a table', async () => {
    await open('vi/directives/index.html');
    const rows = await shown('table.register tbody tr');
    assert.equal(rows.length, 3);
    for (const [i, parts] of [['02/CT-TTg', 'Chỉ thị mới', '1/2026', 'Còn hiệu lực'], ['01/CT-TTg', 'Chỉ thị cũ', '1/2020', 'Đã bị thay thế'], ['03/NĐ-CP', 'Nghị định']].entries()) {
      for (const part of parts) assert.ok(rows[i].includes(part), `${part} in ${rows[i]}`);
    }
  });
}
