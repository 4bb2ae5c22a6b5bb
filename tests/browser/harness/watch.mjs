// Watches a page: what it says on the console, what breaks in it and what it asks for.

/** Listens in the page itself for what Firefox tells nobody outside: files that fail to load. */
function listenInside() {
  globalThis.sotayProblems = [];
  addEventListener('error', (event) => {
    const source = event.target?.src ?? event.target?.href;
    sotayProblems.push(source ? `could not load ${source}` : `error: ${event.message}`);
  }, true);
  addEventListener('securitypolicyviolation', (event) => {
    sotayProblems.push(`policy: ${event.effectiveDirective} refused ${event.blockedURI}`);
  });
}

/**
 * Starts watching. `isAllowed(url)` says which requests are fine. The result's `problems()`
 * are those since the last call.
 */
export async function watch(page, isAllowed) {
  let seen = [];
  await page.evaluateOnNewDocument(listenInside);
  page.on('console', (message) => {
    if (['error', 'warn', 'warning', 'assert'].includes(message.type())) {
      seen.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => seen.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    if (!isAllowed(request.url())) seen.push(`request: ${request.url()}`);
  });
  return {
    async problems() {
      const inside = await page.evaluate(() => globalThis.sotayProblems?.splice(0) ?? []);
      const all = [...seen, ...inside];
      seen = [];
      return all;
    },
  };
}
