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

/** What the line at the window's foot shows; null where there is none. */
const line = () => {
  const foot = document.querySelector('sotay-preview')?.shadowRoot.querySelector('.foot');
  if (!foot?.querySelector('.toggle').getClientRects().length) return null;
  const part = (name) => {
    const element = foot.querySelector(`.${name}`);
    return element.getClientRects().length ? element.textContent : '';
  };
  const names = ['kind', 'path', 'gap', 'files', 'words', 'wrong'];
  return Object.fromEntries(names.map((name) => [name, part(name)]));
};

export function register(context) {
  let preview;
  let page;
  let messages;

  const mark = () => page.evaluate(() => { window.notReloaded = true; });
  const isMarked = () => page.evaluate(() => window.notReloaded === true);
  const until = (condition, ...args) => page.waitForFunction(condition, { timeout: 20000 }, ...args);
  const untilText = (text) => until((wanted) => document.body?.textContent.includes(wanted), text);
  const untilShown = async (what, test) => {
    const deadline = Date.now() + 20000;
    for (;;) {
      const now = await page.evaluate(what).catch(() => null);
      if (test(now)) return now;
      assert.ok(Date.now() < deadline, `it shows ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const untilPanel = (test) => untilShown(panel, test);
  const untilLine = (test) => untilShown(line, (now) => now && test(now));
  /** Puts the keyboard on a button of the preview's own and presses `key`. */
  const pressOn = async (selector, key) => {
    await page.bringToFront();
    await page.evaluate((wanted) => document.querySelector('sotay-preview').shadowRoot.querySelector(wanted).focus(), selector);
    await page.keyboard.press(key);
  };
  /** The class of what has the keyboard among the preview's own. */
  const focused = () => page.evaluate(() => document.querySelector('sotay-preview').shadowRoot.activeElement?.className);
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

  test('a line says what the page is, and follows edits of it', async () => {
    await page.goto(`${preview.address}vi/b.html`);
    const first = await untilLine((now) => now.words);
    assert.deepEqual(first, { kind: 'Trang', path: 'content/b.vi.md', gap: '', files: '', words: '160 từ', wrong: '' });
    preview.write('content/b.vi.md', preview.page('Lừa đảo', 'Thêm ba từ '.repeat(300)));
    await untilLine((now) => now.words === '1.060 từ');
    await mark();
    preview.write('content/b.vi.md', preview.page('Lừa đảo', '[x](khong-co.md) [y](khong-co.md)'));
    const wrong = await untilLine((now) => now.wrong);
    assert.equal(wrong.wrong, 'Trang này: 2 lỗi');
    assert.equal(wrong.words, '1.060 từ', 'the text is counted as it is shown');
    assert.equal(await isMarked(), true, 'counts change in place');
    preview.write('content/b.vi.md', preview.page('Lừa đảo'));
    await untilLine((now) => now.words === '160 từ' && !now.wrong);
  });

  test('the line opens the problems of its page alone, with the keyboard too', async () => {
    preview.write('content/a.vi.md', preview.page('Mật khẩu', '[x](mot.md)'));
    await untilPanel((now) => now?.open);
    assert.equal((await page.evaluate(line)).wrong, '', 'a mistake elsewhere is not this page\'s');
    preview.write('content/b.vi.md', preview.page('Lừa đảo', '[x](hai.md)'));
    await untilLine((now) => now.wrong === 'Trang này: 1 lỗi');
    const all = await untilPanel((now) => now.open && now.text.includes('hai.md'));
    assert.match(all.text, /mot\.md/);
    assert.equal(all.badge, 'Cả sổ tay: 2 lỗi');
    await pressOn('.wrong', 'Enter');
    const here = await untilPanel((now) => now.open && !now.text.includes('mot.md'));
    assert.match(here.text, /Trang này: 1 lỗi/);
    assert.match(here.text, /content\/b\.vi\.md/);
    assert.equal(await focused(), 'body', 'the keyboard goes to what was opened');
    await page.keyboard.press('Escape');
    await untilPanel((now) => !now.open);
    assert.equal(await focused(), 'wrong', 'and back');
    await pressOn('.badge', 'Enter');
    await untilPanel((now) => now.open && now.text.includes('mot.md'));
    preview.write('content/a.vi.md', preview.page('Mật khẩu', 'Câu mới.'));
    preview.write('content/b.vi.md', preview.page('Lừa đảo'));
    await untilPanel((now) => !now.open && !now.badge);
  });

  test('the line tells of a translation that is missing, and of what a list is made of', async () => {
    preview.write('content/c.vi.md', '---\ntitle: Chỉ tiếng Việt\ntags: [x]\n---\nMột hai.\n');
    // It stands in the sidebar, so this page is loaded again, which would get in the way.
    await untilText('Chỉ tiếng Việt');
    await page.goto(`${preview.address}en/c.html`);
    const fallback = await untilLine((now) => now.gap);
    assert.deepEqual([fallback.path, fallback.gap, fallback.words], ['content/c.vi.md', 'Còn thiếu bản dịch: content/c.en.md', '2 từ']);
    await page.goto(`${preview.address}vi/tags/x.html`);
    const tag = await untilLine((now) => now.files);
    assert.deepEqual([tag.kind, tag.path, tag.files, tag.words], ['Chủ đề', '', 'Tự tạo từ 1 tệp', '']);
    await pressOn('.files', 'Enter');
    const listed = await untilPanel((now) => now.open);
    assert.match(listed.text, /content\/c\.vi\.md/);
    preview.remove('content/c.vi.md');
    await untilText('Không có trang này');
    await untilShown(line, (now) => now === null);
    await page.goto(`${preview.address}vi/b.html`);
  });

  test('the line can be folded away, and stays so', async () => {
    await untilLine((now) => now.words);
    await page.bringToFront();
    await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, summary, input')];
      all.filter((element) => element.getClientRects().length).pop().focus();
    });
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'toggle', 'the line comes after all of the page');
    await page.keyboard.press(' ');
    await untilLine((now) => !now.words);
    await page.reload();
    const folded = await untilLine(() => true);
    assert.equal(folded.words, '');
    await pressOn('.toggle', 'Enter');
    await untilLine((now) => now.words);
    await page.reload();
    await untilLine((now) => now.words);
  });

  test('the line covers no text, is last for the keyboard, and large enough for a finger', async () => {
    preview.write('content/b.vi.md', preview.page('Lừa đảo', '[x](hai.md)'));
    for (const width of [360, 1280]) {
      await page.setViewport({ width, height: 700 });
      await untilLine((now) => now.wrong);
      const facts = await page.evaluate(async () => {
        const host = document.querySelector('sotay-preview');
        window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const box = (element) => element.getBoundingClientRect();
        const foot = box(host.shadowRoot.querySelector('.foot'));
        const buttons = [...host.shadowRoot.querySelectorAll('.foot button')].map(box).filter((b) => b.width);
        return {
          covered: box(host.previousElementSibling).bottom - foot.top,
          below: innerHeight - foot.bottom,
          sideways: document.documentElement.scrollWidth > innerWidth,
          isLast: document.body.lastElementChild === host,
          smallest: Math.min(...buttons.flatMap((b) => [b.width, b.height])),
          buttons: buttons.length,
        };
      });
      assert.ok(facts.covered <= 0.5, `${width}: ${facts.covered} px of text are covered`);
      assert.ok(Math.abs(facts.below) < 1, `${width}: the line is ${facts.below} px above the edge`);
      assert.ok(facts.isLast && !facts.sideways, `${width}: ${JSON.stringify(facts)}`);
      assert.ok(facts.buttons === 3 && facts.smallest >= 24, `${width}: ${JSON.stringify(facts)}`);
    }
    preview.write('content/b.vi.md', preview.page('Lừa đảo'));
    await untilLine((now) => !now.wrong);
  });

  test('nothing of it is on paper', async () => {
    const isHidden = await page.evaluate(() => {
      const { sheet } = document.querySelector('sotay-preview').shadowRoot.querySelector('link');
      const print = [...sheet.cssRules].filter((rule) => rule.media?.mediaText === 'print');
      return print.some((rule) => rule.cssText.includes(':host') && rule.cssText.includes('none !important'));
    });
    assert.equal(isHidden, true);
    // Firefox cannot be told to look as it prints.
    if (context.name !== 'chromium') return;
    await page.emulateMediaType('print');
    assert.equal(await page.evaluate(line), null);
    assert.equal(await page.evaluate(() => document.querySelector('sotay-preview').getClientRects().length), 0);
    await page.emulateMediaType(null);
    await untilLine((now) => now.words);
  });

  test('nothing of it is in what is built', async () => {
    const site = context.sites.fixture;
    for (const file of site.documents) assert.ok(!site.text(file).includes('_sotay'), file);
    const built = await context.page();
    await built.goto(site.url('vi/index.html'));
    assert.equal(await built.evaluate(() => document.querySelector('sotay-preview')), null);
    await built.close();
  });

  test('a style is exchanged without loading the page again', async () => {
    await page.goto(`${preview.address}vi/a.html`);
    await pause();
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
