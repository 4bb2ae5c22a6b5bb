// Everybody's screen and eyes: nothing sticks out, nothing is cut, nothing is too small to read or hit.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LAPTOP, PHONE, widen } from '../harness/look.mjs';
import { controls, cutOff, lineLengths, motion, overflow, overrule, texts } from '../harness/measures.mjs';
import { pagesOf } from '../harness/pages.mjs';
import { EVERYTHING, open, openStates } from '../harness/states.mjs';

export const title = 'geometry';

/** A phone, a laptop at 400 %, and the narrowest that WCAG 1.4.10 leads to with a scroll bar. */
const NARROW = [360, 320, 256];
/** WCAG 1.4.12: nothing may be lost when a reader sets text as wide as this. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;
/** WCAG 2.5.8; and what a finger hits without a second try. */
const SMALLEST = 24;
const FINGER = 44;

export function register(context) {
  const { fixture, handbook } = context.sites;
  const isChromium = context.name === 'chromium';
  const pages = [...pagesOf(fixture), ...(isChromium ? pagesOf(handbook) : [])];
  const wrong = { width: [], large: [], spaced: [], cut: [], size: [], control: [], finger: [], motion: [] };
  const lengths = [];
  // Other topics judge how the same texts are set.
  const told = { wrong, lengths, texts: [] };
  context.texts = told.texts;
  let page;

  before(async () => { page = await context.page(); });
  after(() => page.close());

  test('every kind of page is measured', async () => {
    for (const one of pages) {
      await page.goto(one.url);
      await measure(page, one, told);
      if (isChromium) await measureLarge(page, one, wrong);
    }
    assert.ok(pages.length > 15, `only ${pages.length} pages`);
  });

  test('no page is wider than a narrow window', () => assert.deepEqual(wrong.width, []));
  test('wide spacing of letters, words and lines loses nothing', () => assert.deepEqual(wrong.spaced, []));
  test('no text is cut short', () => assert.deepEqual([...new Set(wrong.cut)], []));
  test('no text is smaller than 16 px', () => assert.deepEqual([...new Set(wrong.size)], []));
  test('no control is smaller than 24 px', () => assert.deepEqual(oneOfEach(wrong.control), []));
  test('nothing moves for those who asked for that; nothing but a short fade for others', () => assert.deepEqual([...new Set(wrong.motion)], []));

  if (!isChromium) return;
  test('lines of text hold 60 to 75 characters', () => {
    assert.ok(lengths.length > 10, `only ${lengths.length} lines`);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    assert.ok(mean >= 60 && mean <= 75, `${mean.toFixed(1)} characters on average`);
  });

  test('text at 200 % fits', () => assert.deepEqual(wrong.large, []));

  test('fingers hit whatever they are meant to', async () => {
    const phone = await context.page();
    await phone.setViewport({ width: PHONE, height: 740, isMobile: true, hasTouch: true });
    const small = async () => (await phone.evaluate(controls)).filter((control) => control.forFingers && !control.inText && control.height < FINGER - 0.5)
      .map((control) => `${control.place}, as “${control.says}”: ${control.height} px`);
    for (const one of pages.filter((each) => each.kind !== '404' && each.kind !== 'redirect')) {
      await phone.goto(one.url);
      await phone.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; });
      await openStates(phone);
      wrong.finger.push(...await small());
      if (await open(phone, 'drawer')) wrong.finger.push(...await small());
    }
    for (const state of ['search', 'search-begin', 'search-none']) {
      await phone.goto(fixture.url(EVERYTHING));
      assert.ok(await open(phone, state), state);
      wrong.finger.push(...await small());
    }
    await phone.close();
    assert.deepEqual(oneOfEach(wrong.finger), []);
  });

  test('nothing moves while parts open for those who asked for that', async () => {
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.goto(fixture.url(EVERYTHING));
    await openStates(page);
    assert.deepEqual(await page.evaluate(motion), []);
    await widen(page, PHONE);
    await open(page, 'drawer');
    assert.deepEqual(await page.evaluate(motion), []);
  });
}

/** One control of each place: what is wrong with a menu is wrong with each of its links. */
function oneOfEach(found) {
  return [...new Map(found.map((what) => [what.split(', as ')[0], what])).values()];
}

/** Everything that needs no other settings, for one page. */
async function measure(page, one, { wrong, lengths, texts: all }) {
  const tell = (list, found) => list.push(...found.map((what) => `${one.name}: ${what}`));
  for (const width of NARROW) {
    await widen(page, width);
    const over = await page.evaluate(overflow);
    if (over > 0) tell(wrong.width, [`${over} px at ${width}`]);
  }
  for (const width of [PHONE, LAPTOP]) {
    await widen(page, width);
    const found = await page.evaluate(texts);
    all.push(...found);
    wrong.size.push(...found.filter(isTooSmall).map((text) => `${text.size} px at ${width}: ${text.place}`));
    wrong.cut.push(...found.filter((text) => text.cut).map((text) => text.place), ...await page.evaluate(cutOff));
    wrong.control.push(...(await page.evaluate(controls))
      .filter((control) => !control.inText && (control.height < SMALLEST - 0.1 || control.width < SMALLEST - 0.1))
      .map((control) => `${control.place} at ${width}, as “${control.says}”: ${control.width} × ${control.height}`));
    await page.evaluate(overrule, SPACED);
    tell(wrong.spaced, (await page.evaluate(cutOff)).map((what) => `${what} at ${width}`));
    const over = await page.evaluate(overflow);
    if (over > 0) tell(wrong.spaced, [`${over} px wider than ${width}`]);
    await page.evaluate(overrule, '');
  }
  if (one.file === EVERYTHING) {
    await openStates(page);
    all.push(...await page.evaluate(texts));
  }
  if (one.lang === 'vi') lengths.push(...await page.evaluate(lineLengths));
  wrong.motion.push(...(await page.evaluate(motion)).filter((part) => !isShortFade(part)).map((part) => `${part.place}: ${part.kind}, ${part.milliseconds} ms`));
}

/** The same page in a browser whose reader has chosen letters twice as large. */
async function measureLarge(page, one, wrong) {
  const session = await page.createCDPSession();
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  for (const width of [LAPTOP, PHONE]) {
    await widen(page, width);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px');
    const over = await page.evaluate(overflow);
    if (over > 0) wrong.large.push(`${one.name}: ${over} px at ${width}`);
    wrong.large.push(...(await page.evaluate(cutOff)).map((what) => `${one.name}: ${what} at ${width}`));
  }
  await session.send('Page.setFontSizes', { fontSizes: { standard: 16, fixed: 13 } });
  await session.detach();
}

/** Raised figures are small by nature; code is set at 15/16 of the text around it. */
function isTooSmall(text) {
  return !text.raised && text.size < (text.code ? 15 : 16) - 0.01;
}

const isShortFade = (part) => part.kind === 'opacity' && part.milliseconds <= 120;
