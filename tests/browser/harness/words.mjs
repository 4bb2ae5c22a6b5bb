// The words of a page's interface, and those of each language's file of strings.
import fs from 'node:fs';

/** The theme's strings in a language: name and text. */
function stringsOf(lang) {
  const file = new URL(`../../../themes/handbook/i18n/${lang}.toml`, import.meta.url);
  const lines = fs.readFileSync(file, 'utf8').matchAll(/^([\w-]+) = "((?:[^"\\]|\\.)*)"$/gm);
  return new Map([...lines].map(([, name, text]) => [name, JSON.parse(`"${text}"`)]));
}

/** Says the string `name` as a script of the theme does in `lang`. */
export function speaker(lang) {
  const strings = stringsOf(lang);
  return (name, values = {}) => {
    if (!strings.has(name)) throw new Error(`${lang}.toml has no ${name}`);
    return strings.get(name).replace(/\{(\w+)\}/g, (_, key) => values[key]);
  };
}

/**
 * What must not stand in a page of the other language: every string of `lang` that the other one
 * says differently, as patterns by the string's name. Words of three letters mean too much.
 */
export function phrasesOf(lang, other) {
  const theirs = stringsOf(other);
  const phrases = new Map();
  for (const [name, text] of stringsOf(lang)) {
    if (text === theirs.get(name) || !/\p{L}{4}/u.test(text.replace(/\{\w+\}/g, ''))) continue;
    const escaped = text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+');
    phrases.set(name, new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u'));
  }
  return phrases;
}

/** English words that no Vietnamese sentence has. */
export const ENGLISH = new RegExp(`(?<![\\p{L}\\p{N}.-])(${[
  'the', 'of', 'and', 'with', 'this', 'that', 'from', 'for', 'not', 'you', 'your', 'are', 'has', 'have', 'been', 'will', 'all',
  'page', 'pages', 'search', 'menu', 'close', 'open', 'copy', 'copied', 'next', 'previous', 'back', 'home', 'show', 'hide',
  'answer', 'right', 'wrong', 'correct', 'check', 'reset', 'undo', 'done', 'language', 'theme', 'light', 'dark', 'system', 'print',
  'report', 'mistake', 'section', 'contents', 'table', 'code', 'wrap', 'lines', 'filter', 'results', 'footnote', 'skip', 'loading', 'error',
].join('|')})(?![\\p{L}\\p{N}.-])`, 'iu');

/** A small letter with a Vietnamese mark, in a word that does not begin as a name does. */
export const VIETNAMESE = /(?<![\p{L}])\p{Ll}*[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]\p{Ll}*(?![\p{L}])/u;

/**
 * Runs in the page: every text in its own language, and every attribute that is read out or shown.
 * Without `prose` what an author wrote is left out.
 */
export function saidIn(prose) {
  const { lang } = document.documentElement;
  const skipped = `script, style, code, pre, kbd, samp, math, svg, [lang]:not([lang=${lang}])${prose ? '' : ', .prose'}`;
  const isOther = (element) => Boolean(element.closest(`[lang]:not([lang=${lang}])`));
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.replace(/\s+/g, ' ').trim();
    if (text && !node.parentElement.closest(skipped)) said.push(text);
  }
  const names = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label'];
  for (const element of document.body.querySelectorAll('*')) {
    if (isOther(element)) continue;
    for (const name of names) said.push(element.getAttribute(name));
    if (element.matches('input[type=button], input[type=submit], input[type=reset]')) said.push(element.value);
  }
  return said.filter(Boolean);
}

/** Runs in the page: what scripts and style sheets take from attributes to show it. */
export function kept() {
  const { lang } = document.documentElement;
  return [...document.body.querySelectorAll('*')]
    .filter((element) => !element.closest(`[lang]:not([lang=${lang}])`))
    .flatMap((element) => Object.values(element.dataset))
    // A word of small letters alone is a name between scripts and style sheets.
    .filter((value) => value && !/^[a-z0-9_-]+$/.test(value));
}
