// Finds and starts the two browsers, set up as strictly as a reader's own.
import fs from 'node:fs';
import puppeteer from 'puppeteer-core';

const PLACES = {
  chromium: [process.env.SOTAY_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  firefox: [process.env.SOTAY_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'],
};

/** The program of a browser, or null where there is none. */
export function findBrowser(name) {
  return PLACES[name].find((place) => place && fs.existsSync(place)) ?? null;
}

const CHROMIUM_ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A container's /dev/shm is often too small for it.
  '--disable-dev-shm-usage',
  '--lang=en-US',
  // Chromium refuses its sandbox to root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const FIREFOX_PREFERENCES = {
  // Automation weakens file: in Firefox; a reader's Firefox has neither of these.
  'security.fileuri.strict_origin_policy': true,
  'remote.prefs.recommended': false,
  // A page that comes back whole from memory is lost to the automation.
  'browser.sessionhistory.max_total_viewers': 0,
  'intl.accept_languages': 'en-US, en',
  'layout.css.prefers-color-scheme.content-override': 1,
};

/**
 * Starts a browser. `dark` and `scripts` are what the reader has chosen in it; both must be
 * known at the start, since Firefox cannot change them later.
 */
export function startBrowser(name, { dark = false, scripts = true } = {}) {
  if (name === 'chromium') {
    const args = CHROMIUM_ARGUMENTS;
    return puppeteer.launch({ browser: 'chrome', executablePath: findBrowser(name), args });
  }
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: findBrowser(name),
    extraPrefsFirefox: {
      ...FIREFOX_PREFERENCES,
      'javascript.enabled': scripts,
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
    },
  });
}

/** A page as `startBrowser` was told to make them, in either browser. */
export async function newPage(browser, name, { dark = false, scripts = true } = {}) {
  const page = await browser.newPage();
  if (name === 'chromium') {
    await page.setJavaScriptEnabled(scripts);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  }
  return page;
}
