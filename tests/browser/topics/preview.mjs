// Sessions of an editor: the browser beside the text, while it is written.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startPreview } from '../harness/preview.mjs';

export const title = 'the preview follows an editor';

/** What the panel of the preview shows; null where there is none. */
const panel = () => {
  const shadow = document.querySelector('sotay-preview')?.shadowRoot;
  if (!shadow) return null;
  const region = shadow.querySelector('.panel');
  const badge = shadow.querySelector('.badge');
  return { open: !region.hidden, text: region.textContent, badge: badge.hidden ? '' : badge.textContent };
};

export function register(context) {
  let preview;
  let page;
  let messages;

  const mark = () => page.evaluate(() => { window.notReloaded = true; });
  const isMarked = () => page.evaluate(() => window.notReloaded === true);
  const until = (condition, ...args) => page.waitForFunction(condition, { timeout: 20000 }, ...args);
  const untilText = (text) => until((wanted) => document.body?.textContent.includes(wanted), text);
  const untilPanel = async (test) => {
    const deadline = Date.now() + 20000;
    for (;;) {
      const now = await page.evaluate(panel).catch(() => null);
      if (test(now)) return now;
      assert.ok(Date.now() < deadline, `the panel shows ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, 800));

  before(async () => {
    preview = await startPreview();
    page = await context.page();
    messages = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(String(error)));
    await page.goto(`${preview.address}vi/a.html`);
    // The stream of events is open when it has told what is wrong: nothing.
    await pause();
  });
  after(async () => {
    await page?.close();
    preview?.stop();
  });

  test('an edit appears, and the reader stays where he was', async () => {
    await page.evaluate(() => window.scrollTo(0, 900));
    await mark();
    preview.write('content/a.vi.md', preview.page('Mật khẩu', 'Câu mới.'));
    await untilText('Câu mới.');
    await until(() => Math.abs(window.scrollY - 900) < 60);
    assert.equal(await isMarked(), false, 'the page was loaded again');
  });

  test('an edit of another page leaves this one alone', async () => {
    await mark();
    preview.write('content/b.vi.md', preview.page('Lừa đảo', 'Câu khác.'));
    await pause();
    assert.equal(await isMarked(), true);
  });

  test('an error stands over the last good page, and vanishes when mended', async () => {
    await mark();
    preview.write('content/b.vi.md', preview.page('Lừa đảo', '[x](khong-co.md)'));
    const shown = await untilPanel((now) => now?.open);
    assert.match(shown.text, /content\/b\.vi\.md/);
    assert.match(shown.text, /S301/);
    assert.match(shown.text, /khong-co\.md/);
    assert.match(shown.text, /không dẫn tới trang hoặc tệp nào/);
    assert.equal(await isMarked(), true, 'the page stays as it was');
    preview.write('content/b.vi.md', preview.page('Lừa đảo'));
    await untilPanel((now) => now && !now.open && !now.badge);
  });

  test('what is shown of an error is text, whatever it quotes', async () => {
    preview.write('content/b.vi.md', preview.page('Lừa đảo', '[<img src=x onerror=alert(1)>](khong-co.md)'));
    await untilPanel((now) => now?.open);
    const elements = await page.evaluate(() =>
      document.querySelector('sotay-preview').shadowRoot.querySelectorAll('img, script').length);
    assert.equal(elements, 0);
    preview.write('content/b.vi.md', preview.page('Lừa đảo'));
    await untilPanel((now) => now && !now.open);
  });

  test('warnings are only counted, until somebody asks', async () => {
    preview.write('content/c.vi.md', preview.page('Chỉ tiếng Việt'));
    const shown = await untilPanel((now) => now?.badge);
    assert.equal(shown.open, false);
    assert.match(shown.badge, /1 cảnh báo/);
    preview.remove('content/c.vi.md');
    // The page is loaded again without it in the sidebar, and then nothing is wrong.
    await until(() => !document.body.textContent.includes('Chỉ tiếng Việt'));
    await untilPanel((now) => !now?.badge);
  });

  test('a style is exchanged without loading the page again', async () => {
    await mark();
    preview.write('themes/handbook/css/zz.css', 'h1 { letter-spacing: 7px }\n');
    await until(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px');
    assert.equal(await isMarked(), true);
    preview.remove('themes/handbook/css/zz.css');
    await until(() => getComputedStyle(document.querySelector('h1')).letterSpacing !== '7px');
    assert.equal(await isMarked(), true);
  });

  test('a page that is renamed is gone here and there under its new name', async () => {
    for (const lang of ['vi', 'en']) preview.move(`content/a.${lang}.md`, `content/moved.${lang}.md`);
    await untilText('Không có trang này');
    await page.goto(`${preview.address}vi/moved.html`);
    await untilText('Câu mới.');
    for (const lang of ['vi', 'en']) preview.move(`content/moved.${lang}.md`, `content/a.${lang}.md`);
    await untilText('Không có trang này');
    await page.goto(`${preview.address}vi/a.html`);
    await pause();
  });

  test('a page that is written while it is open appears', async () => {
    await page.goto(`${preview.address}vi/new/first.html`);
    await untilText('Không có trang này');
    await pause();
    preview.write('content/new/first.vi.md', preview.page('Trang đầu tiên'));
    await untilText('Trang đầu tiên');
    preview.remove('content/new');
    await untilText('Không có trang này');
  });

  test('a branch switch of five hundred files arrives whole', async () => {
    await page.goto(`${preview.address}vi/a.html`);
    await pause();
    for (let i = 0; i < 250; i += 1) {
      preview.write(`content/notes/n${i}.vi.md`, preview.page(`Ghi chú ${i}`));
      preview.write(`content/notes/n${i}.en.md`, preview.page(`Note ${i}`));
    }
    preview.write('content/notes/index.vi.md', preview.page('Ghi chú'));
    preview.write('content/notes/index.en.md', preview.page('Notes'));
    preview.write('content/a.vi.md', preview.page('Mật khẩu', 'Sau khi đổi nhánh.'));
    await untilText('Sau khi đổi nhánh.');
    await page.goto(`${preview.address}vi/notes/n249.html`);
    await untilText('Ghi chú 249');
    await page.goto(`${preview.address}vi/a.html`);
    await pause();
    preview.remove('content/notes');
    preview.write('content/a.vi.md', preview.page('Mật khẩu', 'Trở lại.'));
    await untilText('Trở lại.');
  });

  test('nothing was said in the console', () => {
    // A page that is missing answers 404, which browsers note.
    const faults = messages.filter((message) => !/404|Not Found/.test(message));
    assert.deepEqual(faults, []);
  });
}
