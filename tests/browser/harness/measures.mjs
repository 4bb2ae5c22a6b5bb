// Measures of the page that is open. Each function runs in the page and answers with plain values.

/** By how many pixels the page is wider than its window. */
export function overflow() {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/**
 * Every visible element that holds text of its own, with how that text is set: sizes in px, `pitch`
 * the distance of its lines, `place` for people to find it.
 */
export function texts() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || seen.has(element)) continue;
    seen.add(element);
    if (element.closest('math, svg, script, style, noscript, option, select, video') || !element.checkVisibility({ visibilityProperty: true })) continue;
    let block = element;
    while (getComputedStyle(block).display.startsWith('inline') && getComputedStyle(block).display !== 'inline-block' && getComputedStyle(block).display !== 'inline-flex') block = block.parentElement;
    const box = block.getBoundingClientRect();
    // What is left to screen readers alone is drawn in one pixel.
    if (box.width <= 1 || box.height <= 1) continue;
    const style = getComputedStyle(element);
    const around = getComputedStyle(block);
    const pitch = (of) => (of.lineHeight === 'normal' ? 0 : parseFloat(of.lineHeight));
    found.push({
      place: `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')} “${node.data.trim().slice(0, 30)}”`,
      raised: Boolean(element.closest('sup, sub')),
      code: Boolean(element.closest('code, pre, kbd, samp')),
      lang: element.closest('[lang]').lang,
      size: parseFloat(style.fontSize),
      // A line is at least as high as its block says, whatever stands in it.
      pitch: Math.max(pitch(style), pitch(around)),
      weight: style.fontWeight,
      slant: style.fontStyle,
      hyphens: style.hyphens,
      clips: [around.overflowX, around.overflowY].some((value) => value === 'hidden' || value === 'clip'),
      cut: around.textOverflow === 'ellipsis' || (around.webkitLineClamp ?? 'none') !== 'none',
    });
  }
  return found;
}

/** What is cut off: elements that hide what does not fit, and hold text that does not. */
export function cutOff() {
  const hides = (value) => value === 'hidden' || value === 'clip';
  /** Whether a line of text ends outside of the element's box; what is drawn there does not count. */
  const losesText = (element) => {
    const box = element.getBoundingClientRect();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest('.for-readers, .skip')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      if ([...range.getClientRects()].some((line) => line.width > 1 && (line.right > box.right + 1 || line.bottom > box.bottom + 1))) return true;
    }
    return false;
  };
  return [...document.querySelectorAll('body, body *')].filter((element) => {
    const style = getComputedStyle(element);
    if (!element.checkVisibility() || !element.innerText?.trim() || element.clientWidth <= 1 || element.clientHeight <= 1) return false;
    return ((hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1)) && losesText(element);
  }).map((element) => `${element.tagName.toLowerCase()}.${element.className} “${element.innerText.trim().slice(0, 30)}”`);
}

/**
 * Every visible control with the size of what can be hit, which may be more than what is drawn. A
 * box inside a label is as large as the label. `inText`: a link within a sentence, which WCAG lets
 * be as high as the line. `place` names where such controls stand, `says` which one it is.
 */
export function controls() {
  const wanted = 'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [role=tab]';
  const name = (element) => element.tagName.toLowerCase() + [...element.classList].map((one) => `.${one}`).join('');
  const visible = [...document.querySelectorAll(wanted)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled);
  /** Whether a press this far from the middle still meets the element. */
  const meets = (area, box, dx, dy) => {
    const hit = document.elementFromPoint(box.left + box.width / 2 + dx, box.top + box.height / 2 + dy);
    return Boolean(hit) && area.contains(hit);
  };
  return visible.map((element) => {
    const area = element.closest('label') ?? element;
    let box = area.getClientRects().length > 1 ? area.getClientRects()[0] : area.getBoundingClientRect();
    const size = { width: box.width, height: box.height };
    for (const [side, x, y] of [['width', 1, 0], ['height', 0, 1]]) {
      if (size[side] >= 24 || box.width <= 1) continue;
      area.scrollIntoView({ block: 'center', behavior: 'instant' });
      box = area.getClientRects()[0];
      if ([-1, 1].every((sign) => meets(area, box, sign * x * 11.9, sign * y * 11.9))) size[side] = 24;
    }
    const block = element.parentElement.closest('p, li, td, th, dd, dt, figcaption, legend, caption, label, span, div, h1, h2, h3, h4, h5, h6');
    const others = (block?.textContent ?? '').replace(element.textContent, '').trim();
    const inProse = Boolean(element.closest('.prose'));
    return {
      place: [element.closest('header, nav, footer, dialog, main, body'), element.parentElement, element].map(name).join(' '),
      says: (element.textContent.trim() || element.ariaLabel || element.type || '').slice(0, 30),
      width: Math.round(size.width * 10) / 10,
      height: Math.round(size.height * 10) / 10,
      inText: getComputedStyle(element).display === 'inline' && (others.length > 0 || inProse),
      hidden: box.right <= 0 || box.bottom + scrollY <= 0 || box.width <= 1,
      // The bar, every menu, the contents, the way to the next page, whatever is pressed.
      forFingers: Boolean(element.closest('body > header, nav:not(.crumbs), dialog, .pager, label') || /^(button|summary|select)$/i.test(element.tagName)
        || /^(button|tab)$/.test(element.getAttribute('role'))),
    };
  }).filter((control) => !control.hidden);
}

/** How many characters stand in each full line of the text's own paragraphs. */
export function lineLengths() {
  const lengths = [];
  for (const paragraph of document.querySelectorAll('.prose > p')) {
    const lines = new Map();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const word of node.data.matchAll(/\S+\s*/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].trimEnd().length);
        const box = range.getClientRects()[0];
        if (!box) continue;
        const line = Math.round((box.top + box.height / 2) / 8);
        const key = [line, line - 1, line + 1].find((near) => lines.has(near)) ?? line;
        lines.set(key, (lines.get(key) ?? 0) + word[0].length);
      }
    }
    // The last line ends where the text does.
    lengths.push(...[...lines.values()].slice(0, -1));
  }
  return lengths;
}

/** What moves, or would when something changes: `kind` is what, `milliseconds` for how long. */
export function motion() {
  const found = [];
  const milliseconds = (list) => Math.max(...list.split(',').map((value) => parseFloat(value) * (value.includes('ms') ? 1 : 1000)));
  for (const element of document.querySelectorAll('*')) {
    for (const part of [undefined, '::before', '::after', '::backdrop']) {
      const style = getComputedStyle(element, part);
      const place = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}${part ?? ''}`;
      if (style.animationName !== 'none') found.push({ place, kind: `animation ${style.animationName}`, milliseconds: milliseconds(style.animationDuration) });
      const time = milliseconds(style.transitionDuration);
      if (time > 0 && style.transitionProperty !== 'none') found.push({ place, kind: style.transitionProperty, milliseconds: time });
    }
    if (getComputedStyle(element).scrollBehavior === 'smooth') found.push({ place: element.tagName, kind: 'scrolling', milliseconds: 500 });
  }
  for (const animation of document.getAnimations()) found.push({ place: animation.effect?.target?.tagName, kind: `running ${animation.constructor.name}`, milliseconds: 1 });
  return found;
}

/** Lays a reader's own style over the page; an empty one takes it away again. */
export function overrule(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
}
