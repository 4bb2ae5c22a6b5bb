// The menu of a narrow window: opens over the page, closes in every way, and leaves no trace.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { press, target, until } from '../harness/actions.mjs';
import { LAPTOP, PHONE, widen } from '../harness/look.mjs';
import { leave, newReader, textOf } from '../harness/places.mjs';
import { EVERYTHING } from '../harness/states.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'the drawer';

const say = speaker('vi');

export function register(context) {
  const site = context.sites.fixture;
  let page;
  let published;
  before(async () => {
    page = await newReader(context);
    await page.bringToFront();
    await widen(page, PHONE);
    await page.goto(site.url(EVERYTHING));
    published = await place(page);
  });
  after(() => leave(page));
  const isOpen = () => page.evaluate(() => Boolean(document.querySelector('dialog.drawer[open]')));
  const openIt = async () => {
    await press(page, '.to-menu');
    await until(() => 'for the drawer', isOpen);
  };
  /** It is gone, focus is on what opened it, and the page is as it was published. */
  const expectClosed = async ({ focus = true } = {}) => {
    await until(() => 'for the drawer to close', async () => !await isOpen());
    await until(() => 'for the list to be back', async () => await place(page) === published);
    if (focus) assert.ok(await page.evaluate(() => document.activeElement.matches('.to-menu')), 'focus is back');
    assert.equal(await page.evaluate(() => document.querySelectorAll('#_menu').length), 1);
  };

  test('opens with the pages of the section, a name and focus inside', async () => {
    await openIt();
    const found = await page.evaluate(() => {
      const drawer = document.querySelector('dialog.drawer');
      return {
        name: drawer.getAttribute('aria-label'),
        inside: drawer.contains(document.activeElement),
        links: [...drawer.querySelectorAll('a')].filter((link) => link.checkVisibility()).map((link) => link.textContent),
        here: drawer.querySelector('[aria-current=page]')?.textContent,
      };
    });
    assert.equal(found.name, say('menu'));
    assert.ok(found.inside, 'focus is inside');
    for (const wanted of ['Hướng dẫn', 'Bài thứ hai']) assert.ok(found.links.includes(wanted), `${wanted} in ${found.links}`);
    assert.equal(found.here, 'Trang có mọi khối nội dung');
    await page.keyboard.press('Escape');
    await expectClosed();
  });

  test('closes by its button', async () => {
    await openIt();
    assert.equal(await textOf(page, '.drawer-close'), say('js_close'));
    await press(page, '.drawer-close');
    await expectClosed();
  });

  test('closes by the page beside it, and not by its own text', async () => {
    await openIt();
    await press(page, 'dialog.drawer h2:not(:has(a))');
    assert.ok(await isOpen(), 'still open');
    const beside = await page.evaluate(() => {
      const box = document.querySelector('dialog.drawer').getBoundingClientRect();
      return box.left > 10 ? 5 : box.right < innerWidth - 10 ? innerWidth - 5 : null;
    });
    assert.notEqual(beside, null, 'a strip of the page is left');
    await page.mouse.click(beside, 400);
    await expectClosed();
  });

  test('closes when the window has room for the list itself', async () => {
    await openIt();
    await widen(page, LAPTOP);
    await expectClosed({ focus: false });
    assert.ok(await page.evaluate(() => document.querySelector('#_menu').checkVisibility()), 'the list stands beside the text');
    await widen(page, PHONE);
  });

  test('opens by Space too, since it is a button', async () => {
    assert.equal(await page.evaluate(() => document.querySelector('.to-menu').getAttribute('role')), 'button');
    await page.evaluate(() => document.querySelector('.to-menu').focus());
    await page.keyboard.press(' ');
    await until(() => 'for the drawer', isOpen);
    await page.keyboard.press('Escape');
    await expectClosed();
  });

  test('leads on to a page', async () => {
    await page.goto(site.url(EVERYTHING));
    await openIt();
    const href = await press(page, 'dialog.drawer a[href="second.html"]');
    await until(() => page.url(), () => page.url() === href);
  });

  test('without dialogs the same control leads to the list at the foot', async () => {
    const old = await newReader(context, () => { delete globalThis.HTMLDialogElement; });
    await widen(old, PHONE);
    await old.goto(site.url(EVERYTHING));
    await press(old, '.to-menu');
    await until(() => old.url(), async () => (await target(old))?.inView);
    assert.equal((await target(old)).id, '_menu');
    assert.equal(await old.evaluate(() => document.querySelector('.to-menu').getAttribute('role') ?? 'link'), 'link');
    await leave(old);
  });
}

/** What stands around the list in the document. */
const place = (page) => page.evaluate(() => {
  const list = document.getElementById('_menu');
  const name = (node) => node && `${node.nodeName}.${node.className}`;
  return [list.parentNode, list.previousElementSibling, list.nextElementSibling].map(name).join() + list.querySelectorAll('a').length;
});
