// What a reader does, the same way in both browsers and with scripts off.

/** Waits until `test` holds; browsers tell of navigations by themselves too unevenly. */
export async function until(what, test, milliseconds = 8000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    // A page that is being replaced cannot be asked; the next one can.
    if (await Promise.resolve().then(test).catch(() => false)) return;
    if (Date.now() > end) throw new Error(`waited in vain: ${await what()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Waits until the page shows `url` and has loaded. */
export async function arrive(page, url) {
  await until(
    () => `for ${url}, at ${page.url()}`,
    async () => page.url() === url && (await page.evaluate(() => document.readyState === 'complete' && location.href)) === url,
  );
}

/**
 * Presses the mouse in the middle of the first element that `selector` finds, scrolling only
 * where a reader would have to.
 */
export async function press(page, selector) {
  const point = await page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    if (!element) return null;
    const inView = (box) => box.top >= 0 && box.bottom <= innerHeight;
    if (!inView(element.getBoundingClientRect())) element.scrollIntoView({ block: 'center', behavior: 'instant' });
    // The first line of a link that is broken over two: their common middle may be empty.
    const box = element.getClientRects()[0];
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, href: element.href };
  }, selector);
  if (!point) throw new Error(`${page.url()} has no ${selector}`);
  await page.mouse.click(point.x, point.y);
  return point.href;
}

/** Follows the link that `selector` finds and waits for the page it names, at whichever section. */
export async function follow(page, selector) {
  const before = page.url();
  const href = await press(page, selector);
  await until(
    () => `for ${href}, at ${page.url()}`,
    async () => page.url() !== before && bare(page.url()) === bare(href)
      && (await page.evaluate(() => document.readyState)) === 'complete',
  );
}

/** The address without what carries the colour theme between files. */
export function withoutQuery(url) {
  return url.replace(/\?[^#]*/, '');
}

const bare = (url) => url.replace(/[?#].*$/, '');

/** The id of what the address points at, and whether it is in view. */
export function target(page) {
  return page.evaluate(() => {
    const element = document.querySelector(':target');
    const box = element?.getBoundingClientRect();
    return element && { id: element.id, inView: box.top >= -1 && box.top < innerHeight };
  });
}

/** Scrolls to a section as a reader does, then a little back up, towards what stands above the text. */
export async function readAndTurnUp(page, id) {
  await page.evaluate((wanted) => document.getElementById(wanted).scrollIntoView({ behavior: 'instant' }), id);
  await turnUp(page);
}

/** One notch of the wheel upwards: what brings the bar back. */
export async function turnUp(page) {
  const [before, middle] = await page.evaluate(() => [scrollY, innerWidth / 2]);
  if (before === 0) return;
  // Chromium does not scroll a page that lies behind another.
  await page.bringToFront();
  await page.mouse.move(Math.min(600, middle), 450);
  // A page that has only just opened may miss the first notch.
  await until(() => `for ${page.url()} to scroll`, async () => {
    await page.mouse.wheel({ deltaY: -40 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    return page.evaluate((y) => scrollY < y, before);
  });
}
