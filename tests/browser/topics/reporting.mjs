// Reporting a mistake: a text that names the page, to be sent now or copied for later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { press, until } from '../harness/actions.mjs';
import { inEachPlace, leave, newReader, textOf } from '../harness/places.mjs';
import { serve } from '../harness/serve.mjs';
import { EVERYTHING } from '../harness/states.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'reporting a mistake';

const say = speaker('vi');
const TITLE = 'Trang có mọi khối nội dung';
const DIALOG = 'dialog.report[open]';
const FIELD = `${DIALOG} textarea`;

export function register(context) {
  const site = context.sites.fixture;

  inEachPlace(site, (urlOf) => {
    test('the text names the page, can be edited, and goes into a mail', async () => {
      const page = await newReader(context);
      await page.goto(urlOf(EVERYTHING));
      await press(page, '[data-report]');
      await until(() => 'for the dialog', () => page.evaluate((wanted) => Boolean(document.querySelector(wanted)), DIALOG));
      const text = await valueOf(page);
      assert.ok(text.startsWith(say('report_text', { title: TITLE, address: `https://handbook.example.edu.vn/${EVERYTHING}` })), text);
      assert.equal(await textOf(page, `${DIALOG} h2`), say('js_report_title'));
      assert.ok((await textOf(page, DIALOG)).includes(say('js_report_help', { to: 'attt@example.edu.vn' })));
      // Focus is at the end of the text.
      await page.keyboard.type('Sai & thiếu 100%?');
      const mail = await mailOf(page);
      assert.match(mail, /^mailto:attt@example\.edu\.vn\?/);
      assert.ok(!/[\s"<>]/.test(mail), mail);
      const fields = new Map(mail.slice(mail.indexOf('?') + 1).split('&').map((one) => one.split('=').map(decodeURIComponent)));
      assert.equal(fields.get('subject'), say('report_subject', { title: TITLE }));
      assert.equal(fields.get('body'), `${text}Sai & thiếu 100%?`.replaceAll('\n', '\r\n'));
      assert.equal(fields.size, 2);
      await page.keyboard.press('Escape');
      await until(() => 'for the dialog to go', () => page.evaluate(() => !document.querySelector('dialog.report')));
      await press(page, '[data-report]');
      await until(() => 'for the dialog', () => page.evaluate((wanted) => Boolean(document.querySelector(wanted)), DIALOG));
      assert.equal(await valueOf(page), text, 'a new report is a new one');
      await leave(page);
    });
  });

  for (const how of ['the mouse', 'the keyboard']) {
    test(`what is selected is quoted, by ${how}`, async () => {
      const page = await newReader(context);
      await page.bringToFront();
      await page.goto(site.url(EVERYTHING));
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector('.prose strong')));
      if (how === 'the mouse') {
        await press(page, '[data-report]');
      } else {
        await page.evaluate(() => document.querySelector('[data-report]').focus());
        await page.keyboard.press('Enter');
      }
      await until(() => 'for the dialog', () => page.evaluate((wanted) => Boolean(document.querySelector(wanted)), DIALOG));
      assert.ok((await valueOf(page)).endsWith('\n“chữ đậm”\n'), await valueOf(page));
      await leave(page);
    });
  }

  test('an impatient reader gets one dialog', async () => {
    const page = await newReader(context);
    await page.goto(site.url(EVERYTHING));
    await page.evaluate(() => {
      for (let i = 0; i < 2; i += 1) document.querySelector('[data-report]').click();
    });
    await until(() => 'for the dialog', () => page.evaluate((wanted) => Boolean(document.querySelector(wanted)), DIALOG));
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    assert.equal(await page.evaluate(() => document.querySelectorAll('dialog.report').length), 1);
    await leave(page);
  });

  test('the text can be copied', async () => {
    const page = await newReader(context);
    await page.goto(site.url(EVERYTHING));
    await press(page, '[data-report]');
    await until(() => 'for the dialog', () => page.evaluate((wanted) => Boolean(document.querySelector(wanted)), DIALOG));
    await press(page, `${DIALOG} button`);
    await until(() => 'for the button to say so', async () => await textOf(page, `${DIALOG} button`) === say('js_copied'), 1900);
    await leave(page);
  });

  const gone = [
    ['its script cannot be loaded', null, site.files.filter((file) => file !== 'theme/report.js')],
    ['the browser has no dialogs', () => { delete globalThis.HTMLDialogElement; }, site.files],
  ];
  for (const [what, prepare, files] of gone) {
    test(`where ${what}, the link leads where it says`, async () => {
      const server = await serve({ root: site.root, files }, '/');
      const page = await newReader(context, prepare);
      await page.goto(server.url(EVERYTHING));
      assert.match(await page.evaluate(() => document.querySelector('[data-report]').href), /^mailto:attt@example\.edu\.vn\?/);
      // A mail program cannot be watched; another page can.
      await page.evaluate(() => { document.querySelector('[data-report]').href = 'first.html'; });
      await press(page, '[data-report]');
      await until(() => page.url(), () => page.url() === server.url('vi/talks/first.html'));
      await leave(page);
      server.close();
    });
  }
}

const valueOf = (page) => page.evaluate((wanted) => document.querySelector(wanted).value, FIELD);

/** Where the button that opens a mail leads when it is pressed; no mail program is bothered. */
async function mailOf(page) {
  await page.evaluate((dialog) => {
    document.querySelector(dialog).addEventListener('click', (event) => {
      const link = event.target.closest('a');
      if (link) {
        event.preventDefault();
        globalThis.sotayMail = link.href;
      }
    });
  }, DIALOG);
  await press(page, `${DIALOG} a`);
  return page.evaluate(() => sotayMail);
}
