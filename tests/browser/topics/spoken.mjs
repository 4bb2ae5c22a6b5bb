// What scripts say is in the language of the text it belongs to; what is folded opens for paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { press, until } from '../harness/actions.mjs';
import { PHONE, widen } from '../harness/look.mjs';
import { leave, newReader, textOf } from '../harness/places.mjs';
import { EVERYTHING } from '../harness/states.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'what scripts say and unfold';

const [vi, en] = ['vi', 'en'].map(speaker);

export function register(context) {
  const site = context.sites.fixture;

  test('an English page with a Vietnamese text speaks both, each in its place', async () => {
    const page = await newReader(context);
    await page.goto(site.url('en/guidelines/untranslated.html'));
    await press(page, '.quiz-check');
    assert.equal(await textOf(page, '.quiz [role=status]'), vi('js_quiz_none'));
    await press(page, '.quiz li:nth-child(2) input');
    await press(page, '.quiz-check');
    assert.equal(await textOf(page, '.quiz [role=status]'), vi('js_quiz_bad'));
    assert.equal(await textOf(page, '.quiz li:nth-child(2) .quiz-mark'), vi('js_quiz_wrong'));
    await press(page, '.checklist input');
    assert.equal(await textOf(page, '.checklist-count'), vi('js_checklist_count', { n: 1, all: 2 }));
    await press(page, '.checklist-reset');
    assert.equal(await textOf(page, '.checklist-reset'), vi('js_checklist_undo'));
    await press(page, '.code-copy');
    await until(() => 'for the button to say so', async () => await textOf(page, '.code-copy') === vi('js_copied'), 1900);
    // Around the text the page is English.
    await press(page, '.cite summary');
    await press(page, '[data-copy]');
    await until(() => 'for the button to say so', async () => await textOf(page, '[data-copy]') === en('js_copied'), 1900);
    assert.equal(await textOf(page, 'button.theme'), en('js_theme_system'));
    await press(page, '[data-report]');
    await until(() => 'for the dialog', () => page.evaluate(() => Boolean(document.querySelector('dialog.report[open]'))));
    assert.equal(await textOf(page, 'dialog.report h2'), en('js_report_title'));
    await page.keyboard.press('Escape');
    await widen(page, PHONE);
    await press(page, '.to-menu');
    assert.equal(await textOf(page, '.drawer-close'), en('js_close'));
    await leave(page);
  });

  test('what is folded opens for paper, and closes again unless the reader had opened it', async () => {
    const page = await newReader(context);
    await page.goto(site.url(EVERYTHING));
    const open = () => page.evaluate(() => [...document.querySelectorAll('.prose details')].filter((fold) => !fold.matches('.quiz-answer')).map((fold) => fold.open));
    const happen = (what) => page.evaluate((name) => { dispatchEvent(new Event(name)); }, what);
    const answers = () => page.evaluate(() => document.querySelectorAll('.quiz-answer[open]').length);
    // Two blocks, and one that is written in HTML.
    assert.deepEqual(await open(), [false, false, false]);
    await press(page, '.fold summary');
    assert.deepEqual(await open(), [true, false, false]);
    for (let time = 1; time <= 2; time += 1) {
      await happen('beforeprint');
      assert.deepEqual(await open(), [true, true, true]);
      assert.equal(await answers(), 0, 'answers are printed on a sheet of their own');
      await happen('afterprint');
      assert.deepEqual(await open(), [true, false, false]);
    }
    await leave(page);
  });
}
