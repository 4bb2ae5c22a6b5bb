// Quizzes: every choice is judged in words, on this machine alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { press } from '../harness/actions.mjs';
import { leave, newReader } from '../harness/places.mjs';
import { serve } from '../harness/serve.mjs';
import { EVERYTHING } from '../harness/states.mjs';
import { speaker } from '../harness/words.mjs';

export const title = 'quizzes';

const say = speaker('vi');
const [RIGHT, WRONG, MISSED] = ['js_quiz_right', 'js_quiz_wrong', 'js_quiz_missed'].map((name) => say(name));
const score = (done, n) => say('js_quiz_score', { done, all: 2, n });

export function register(context) {
  let page;
  let server;
  const asked = [];
  before(async () => {
    // Where there is a network to tell.
    server = await serve(context.sites.fixture, '/');
    page = await newReader(context);
    await page.goto(server.url(EVERYTHING));
    page.on('request', (request) => asked.push(request.url()));
  });
  after(async () => {
    await leave(page);
    server.close();
  });

  const choose = async (quiz, ...choices) => {
    for (const choice of choices) await pressIn(page, quiz, `li:nth-child(${choice}) input`);
  };
  const check = (quiz) => pressIn(page, quiz, '.quiz-check');

  test('who has not chosen is asked to', async () => {
    for (const quiz of [0, 1]) {
      await check(quiz);
      assert.deepEqual(await found(page, quiz), { marks: ['', '', ''], said: say('js_quiz_none'), open: false });
    }
  });

  test('a wrong answer is marked, the right one named and explained', async () => {
    await choose(0, 2);
    assert.equal((await found(page, 0)).said, '', 'the request is gone');
    await check(0);
    assert.deepEqual(await found(page, 0), { marks: [MISSED, WRONG, ''], said: `${say('js_quiz_bad')} ${score(1, 0)}`, open: true });
  });

  test('another choice takes the verdict away', async () => {
    await choose(0, 1);
    const { marks, said } = await found(page, 0);
    assert.deepEqual([marks, said], [['', '', ''], '']);
  });

  test('a right answer is marked and counted', async () => {
    await check(0);
    assert.deepEqual(await found(page, 0), { marks: [RIGHT, '', ''], said: `${say('js_quiz_good')} ${score(1, 1)}`, open: true });
  });

  test('of several right answers none may be missing, and no wrong one chosen', async () => {
    await choose(1, 1);
    await check(1);
    assert.deepEqual(await found(page, 1), { marks: [RIGHT, MISSED, ''], said: `${say('js_quiz_bad')} ${score(2, 1)}`, open: true });
    await choose(1, 2, 3);
    await check(1);
    assert.deepEqual((await found(page, 1)).marks, [RIGHT, RIGHT, WRONG]);
    await choose(1, 3);
    await check(1);
    assert.deepEqual(await found(page, 1), { marks: [RIGHT, RIGHT, ''], said: `${say('js_quiz_good')} ${score(2, 2)}`, open: true });
  });

  test('one quiz leaves the other alone', async () => {
    assert.deepEqual((await found(page, 0)).marks, [RIGHT, '', '']);
    await choose(1, 1, 2);
    await check(1);
    assert.deepEqual((await found(page, 1)).said, say('js_quiz_none'));
    assert.deepEqual((await found(page, 0)).marks, [RIGHT, '', '']);
  });

  test('nothing of it leaves the machine', async () => {
    assert.deepEqual(asked.filter((url) => !/^data:|\.(svg|webm)$/.test(url)), []);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, document.cookie]), [0, '']);
  });
}

/** Presses what `selector` finds in a quiz, by its place in the page. */
async function pressIn(page, quiz, selector) {
  await page.evaluate((at, wanted) => {
    for (const element of document.querySelectorAll('[data-pressed]')) delete element.dataset.pressed;
    document.querySelectorAll('.quiz')[at].querySelector(wanted).dataset.pressed = '';
  }, quiz, selector);
  await press(page, '[data-pressed]');
}

/** What a quiz says now: the words at each choice, those below, and whether the explanation is open. */
function found(page, quiz) {
  return page.evaluate((at) => {
    const element = document.querySelectorAll('.quiz')[at];
    return {
      marks: [...element.querySelectorAll('.quiz-choices > li')].map((choice) => choice.querySelector('.quiz-mark')?.innerText.trim() ?? ''),
      said: element.querySelector('[role=status]').innerText.trim(),
      open: element.querySelector('details').open,
    };
  }, quiz);
}
