// How a page is looked at: width, colours and what else the reader's system asks for.

/** A phone that is still in use, and the laptop of the staff room. */
export const PHONE = 360;
export const LAPTOP = 1366;

/**
 * Shows the page that is open in `theme` without loading it again. Firefox cannot be told of
 * another system colour once it runs, so there the reader's own choice is set.
 */
export async function wear(page, name, theme) {
  if (name === 'chromium') {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
  } else {
    await page.evaluate((chosen) => { document.documentElement.dataset.theme = chosen; }, theme);
  }
}

/** A window of `width`; as high as a phone's or a laptop's. */
export async function widen(page, width) {
  await page.setViewport({ width, height: width < 800 ? 740 : 768 });
}

/** Waits until styles have come to rest, and scripts that watch sizes have seen them. */
export function settle(page) {
  return page.evaluate(async () => {
    const frames = new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    // A page that is not in front may get no frames.
    await Promise.race([frames, new Promise((done) => { setTimeout(done, 500); })]);
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
  });
}

const sessions = new WeakMap();

/**
 * What else a system may ask for, as `{ 'forced-colors': 'active' }`: Chromium only. Nothing takes
 * it all back.
 */
export async function ask(page, features = {}) {
  // The browser forgets it all with the session.
  if (!sessions.has(page)) sessions.set(page, await page.createCDPSession());
  const list = Object.entries(features).map(([name, value]) => ({ name, value }));
  await sessions.get(page).send('Emulation.setEmulatedMedia', { features: list });
}
