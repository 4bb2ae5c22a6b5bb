// The register of documents: found by words typed in haste, by kind and by state, in any order.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { press } from '../harness/actions.mjs';
import { leave, newReader, textOf } from '../harness/places.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'the register';

const say = speaker('vi');

export function register(context) {
  let page;
  let all;
  before(async () => {
    page = await newReader(context);
    await page.goto(context.sites.fixture.url('vi/directives/index.html'));
    all = await rows(page);
  });
  after(() => leave(page));
  const write = async (text) => {
    await page.evaluate(() => {
      const field = document.getElementById('_register-text');
      field.focus();
      field.select();
    });
    await page.keyboard.press('Backspace');
    if (text) await page.keyboard.type(text);
  };
  const expect = async (wanted) => {
    assert.deepEqual((await rows(page)).map((row) => row.number), wanted.map((row) => row.number));
    assert.equal(await textOf(page, '.register-count'), say('js_register_count', { n: wanted.length }));
  };

  test('shows and counts all, newest first', async () => {
    assert.equal(all.length, 3);
    await expect(all);
    const dates = all.map((row) => row.date);
    assert.deepEqual(dates, [...dates].sort().reverse());
    assert.deepEqual(await sorted(page), ['', '', '', 'descending', '']);
  });

  test('is filtered by words without tones, in any case and order', async () => {
    const wanted = all.filter((row) => row.text.toLowerCase().includes('chỉ thị'));
    assert.ok(wanted.length > 0 && wanted.length < all.length, `${wanted.length} of ${all.length}`);
    for (const text of ['chi thi', 'CHỈ THỊ', 'thi  chi ']) {
      await write(text);
      await expect(wanted);
    }
    const dossier = all.filter((row) => row.text.toLowerCase().includes('định'));
    assert.ok(dossier.length > 0, 'a word with đ');
    await write('dinh');
    await expect(dossier);
  });

  test('is filtered by number', async () => {
    await write(all[0].number.toLowerCase());
    await expect(all.filter((row) => row.text.includes(all[0].number)));
  });

  test('says so when nothing fits, and shows all again', async () => {
    await write('không có văn bản này');
    await expect([]);
    await write('');
    await expect(all);
  });

  test('is filtered by kind and state, together with words', async () => {
    const kinds = [...new Set(all.map((row) => row.type))];
    const states = [...new Set(all.map((row) => row.status).filter(Boolean))];
    assert.ok(kinds.length > 1 && states.length > 1, `${kinds}; ${states}`);
    const offered = (name) => page.evaluate((id) => [...document.getElementById(id).options].map((option) => option.value), `_register-${name}`);
    assert.deepEqual((await offered('type')).sort(), ['', ...kinds].sort());
    assert.deepEqual((await offered('status')).sort(), ['', ...states].sort());
    for (const kind of kinds) {
      await page.select('#_register-type', kind);
      await expect(all.filter((row) => row.type === kind));
      for (const state of states) {
        await page.select('#_register-status', state);
        await expect(all.filter((row) => row.type === kind && row.status === state));
      }
      await page.select('#_register-status', '');
    }
    await page.select('#_register-type', kinds[0]);
    await write(all.find((row) => row.type !== kinds[0]).number);
    await expect([]);
    await write('');
    await page.select('#_register-type', '');
    await expect(all);
  });

  test('is sorted by each column, both ways', async () => {
    const columns = await page.evaluate(() => document.querySelectorAll('.sort').length);
    assert.equal(columns, 5);
    const keys = ['number', 'title', 'issuer', 'date', 'state'];
    for (const [column, key] of keys.entries()) {
      for (const way of ['ascending', 'descending', 'ascending']) {
        await press(page, `thead th:nth-child(${column + 1}) .sort`);
        assert.deepEqual(await sorted(page), keys.map((one) => (one === key ? way : '')), key);
        const now = await rows(page);
        assert.deepEqual(now.map((row) => row.number).sort(), all.map((row) => row.number).sort());
        const compare = (a, b) => a[key].localeCompare(b[key], 'vi', { numeric: true }) * (way === 'ascending' ? 1 : -1);
        for (let i = 1; i < now.length; i += 1) assert.ok(compare(now[i - 1], now[i]) <= 0, `${way}: ${now[i - 1][key]}, ${now[i][key]}`);
      }
    }
  });

  test('stays sorted while it is filtered', async () => {
    await press(page, 'thead th:first-child .sort');
    const wanted = (await rows(page)).filter((row) => row.type === all[0].type);
    await page.select('#_register-type', all[0].type);
    await expect(wanted);
    await page.select('#_register-type', '');
  });
}

/** The documents that show, in their order. */
function rows(page) {
  return page.evaluate(() => [...document.querySelectorAll('table.register tbody tr')].filter((row) => row.checkVisibility()).map((row) => ({
    text: row.textContent,
    number: row.cells[0].textContent.trim(),
    title: row.cells[1].textContent.trim(),
    issuer: row.cells[2].textContent.trim(),
    date: row.querySelector('time').dateTime,
    state: row.cells[4].textContent.trim(),
    type: row.querySelector('.type').textContent.trim(),
    status: row.querySelector('.status')?.textContent.trim() ?? '',
  })));
}

const sorted = (page) => page.evaluate(() => [...document.querySelectorAll('table.register thead th')].map((head) => head.getAttribute('aria-sort') ?? ''));
