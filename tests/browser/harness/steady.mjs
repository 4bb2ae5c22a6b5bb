// How still a page is while it loads and is read on a slow phone: Chromium only.

/** How much slower than this machine a phone of 2 GB is taken to be. */
export const SLOWER = 4;

/** Makes every page that opens from now on tell of what moves in it. It must lie in front to move. */
export function listen(page) {
  return page.evaluateOnNewDocument(() => {
    globalThis.sotaySteady = { shift: 0, moved: [] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        sotaySteady.shift += entry.value;
        for (const { node } of entry.sources) sotaySteady.moved.push(`${node?.nodeName}.${node?.className ?? ''}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Opens a page, lets its scripts run, and scrolls to its end so that late pictures come in. */
export async function read(page, url) {
  await page.emulateCPUThrottling(SLOWER);
  await page.goto(url);
  const found = await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
    const end = document.documentElement.scrollHeight;
    for (let i = 0; i < 4; i += 1) await frame();
    for (let y = 0; y < end; y += innerHeight * 2) {
      scrollTo({ top: y, behavior: 'instant' });
      await frame();
    }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    return {
      shift: sotaySteady.shift,
      moved: sotaySteady.moved.slice(0, 3),
      nodes: document.querySelectorAll('*').length,
      screens: end / innerHeight,
    };
  });
  await page.emulateCPUThrottling(null);
  return found;
}
