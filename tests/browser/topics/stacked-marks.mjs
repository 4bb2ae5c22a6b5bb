// Vietnamese capitals carry two marks: no line touches the one above, no mark is cut, no word mixes fonts.
// Judges the texts that the topic about geometry has measured.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pagesOf } from '../harness/pages.mjs';
import { EVERYTHING } from '../harness/states.mjs';

export const title = 'stacked marks';

/** What schools' machines have: a phone, a Linux laboratory, and that laboratory before it was tidied. */
const FONTS = ['Roboto', 'Noto Sans', 'DejaVu Sans'];
/** The highest and the lowest ink of Vietnamese text. */
const SAMPLE = 'ẪỖỄẲợgy';
/** Room between the ink of two lines, in em. */
const ROOM = 0.06;

export function register(context) {
  const { fixture, handbook } = context.sites;
  const isChromium = context.name === 'chromium';
  const settings = new Map();
  let page;
  before(async () => { page = await context.page(); });
  after(() => page.close());

  test('the fonts are installed', async () => {
    await page.goto(fixture.url(EVERYTHING));
    for (const font of FONTS) assert.ok(await page.evaluate(hasFont, font), `${font}: scripts/test installs it`);
  });

  test('the texts of every kind of page were measured', () => {
    for (const text of context.texts) keep(settings, text);
    assert.ok(settings.size > 20, `only ${settings.size} settings`);
  });

  test('lines stand far enough apart', async () => {
    const wrong = [];
    for (const text of settings.values()) {
      // Without a line height of its own a text has its font's, which leaves room for all its marks.
      if (text.raised || !text.pitch) continue;
      for (const font of FONTS) {
        const ink = await inkOf(page, font, text);
        const pitch = text.pitch / text.size;
        if (pitch < ink + ROOM - 0.001) wrong.push(`${text.place}: ${pitch.toFixed(3)} em, ${font} needs ${(ink + ROOM).toFixed(3)}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  test('nothing that holds lines of text cuts what sticks out', () => {
    assert.deepEqual([...settings.values()].filter((text) => text.clips).map((text) => text.place), []);
  });

  test('no Vietnamese syllable is broken', () => {
    assert.deepEqual([...settings.values()].filter((text) => text.lang === 'vi' && text.hyphens === 'auto').map((text) => text.place), []);
  });

  if (!isChromium) return;
  test('a Vietnamese text is in one font', async () => {
    const wrong = [];
    let checked = 0;
    for (const one of [...pagesOf(fixture), ...pagesOf(handbook)].filter((each) => each.lang === 'vi')) {
      await page.goto(one.url);
      for (const { text, fonts } of await fontsOf(page)) {
        checked += fonts.length > 0 ? 1 : 0;
        if (fonts.length > 1) wrong.push(`${one.name}: “${text}” in ${fonts.join(' and ')}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(checked > 100, `only ${checked} texts`);
  });
}

/** One text for each way of setting text; thousands are set alike. */
function keep(settings, text) {
  const { pitch, size, weight, slant, raised, clips, hyphens, lang } = text;
  const key = JSON.stringify([(pitch / size).toFixed(3), weight, slant, raised, clips, hyphens, lang]);
  if (!settings.has(key)) settings.set(key, text);
}

const inks = new Map();

/** How high the sample's ink is in a font, in em. */
async function inkOf(page, font, { weight, slant }) {
  const style = `${slant === 'italic' ? 'italic ' : ''}${weight} 200px "${font}"`;
  if (!inks.has(style)) {
    inks.set(style, await page.evaluate((wanted, sample) => {
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = wanted;
      const box = pen.measureText(sample);
      return (box.actualBoundingBoxAscent + box.actualBoundingBoxDescent) / 200;
    }, style, SAMPLE));
  }
  return inks.get(style);
}

/** Runs in the page: text in a font that is missing is as wide as in the font that follows. */
function hasFont(name) {
  const pen = document.createElement('canvas').getContext('2d');
  const width = (font) => {
    pen.font = `100px ${font}`;
    return pen.measureText('Ẫilẵ wơM').width;
  };
  return ['monospace', 'serif'].some((other) => width(`"${name}", ${other}`) !== width(other));
}

/** The texts of the page that are letters and plain signs only, with the fonts that drew them. */
async function fontsOf(page) {
  const session = await page.createCDPSession();
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const marked = await page.evaluate(() => {
    const plain = /^[\p{L}\p{N}\s.,;:!?()"'“”‘’…–/%+-]+$/u;
    const chosen = [...document.querySelectorAll('h1, h2, h3, p, li, td, th, dt, dd, a, button, label, legend, summary, b, caption')]
      .filter((element) => element.checkVisibility() && plain.test(element.textContent) && element.textContent.trim().length > 3
        && !element.querySelector('code, kbd, math, svg'))
      .slice(0, 60);
    for (const element of chosen) element.dataset.fontsOf = '';
    return chosen.map((element) => element.textContent.trim().slice(0, 40));
  });
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '[data-fonts-of]' });
  const found = [];
  for (const [i, nodeId] of nodeIds.entries()) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    found.push({ text: marked[i], fonts: [...new Set(fonts.map((font) => font.familyName))] });
  }
  await session.detach();
  return found;
}
