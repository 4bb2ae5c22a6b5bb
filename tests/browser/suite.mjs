// All topics in one browser: started once, shared by every test.
import { after, before, describe, test } from 'node:test';
import { findBrowser, newPage, startBrowser } from './harness/browsers.mjs';
import { buildSites } from './harness/sites.mjs';
import * as accessibility from './topics/accessibility.mjs';
import * as budgets from './topics/budgets.mjs';
import * as checklist from './topics/checklist.mjs';
import * as colourTheme from './topics/colour-theme.mjs';
import * as copying from './topics/copying.mjs';
import * as drawer from './topics/drawer.mjs';
import * as everyPage from './topics/every-page.mjs';
import * as geometry from './topics/geometry.mjs';
import * as http from './topics/http.mjs';
import * as keyboard from './topics/keyboard.mjs';
import * as language from './topics/language.mjs';
import * as paper from './topics/paper.mjs';
import * as preview from './topics/preview.mjs';
import * as print from './topics/print.mjs';
import * as quiz from './topics/quiz.mjs';
import * as registerOfDocuments from './topics/register.mjs';
import * as reporting from './topics/reporting.mjs';
import * as root from './topics/root.mjs';
import * as scrolling from './topics/scrolling.mjs';
import * as search from './topics/search.mjs';
import * as spoken from './topics/spoken.mjs';
import * as stackedMarks from './topics/stacked-marks.mjs';
import * as steadiness from './topics/steadiness.mjs';
import * as surroundings from './topics/surroundings.mjs';
import * as systemColours from './topics/system-colours.mjs';
import * as tabs from './topics/tabs.mjs';
import * as translations from './topics/translations.mjs';
import * as walking from './topics/walking.mjs';
import * as withoutScript from './topics/without-script.mjs';
import * as words from './topics/words.mjs';

// The first proves that the others can fail.
const OPENING = [surroundings, everyPage, walking, language, root, colourTheme, print, http, withoutScript, preview,
  checklist, quiz, tabs, copying, reporting, registerOfDocuments, drawer, scrolling, spoken, search, translations];
const READING = [accessibility, keyboard, geometry, stackedMarks, words, steadiness, systemColours, paper, budgets];

/** What is about the site: files open, links lead on, choices are kept. */
export const opening = (name) => suite(name, OPENING);

/** What is about reading: everybody can, on every screen, with every means. */
export const reading = (name) => suite(name, READING);

/** Registers the tests of `topics` for the browser called `name`. */
export function suite(name, topics) {
  if (!findBrowser(name)) {
    const missing = `${name} is not installed; scripts/test installs it`;
    const skip = process.env.SOTAY_SKIP_BROWSER === '1' && `${missing} (SOTAY_SKIP_BROWSER=1)`;
    test(name, { skip }, () => { throw new Error(missing); });
    return;
  }
  const sites = buildSites();
  const browsers = [];
  const context = {
    name,
    sites,
    /** The browser that most topics share. */
    browser: null,
    /** A browser with other settings; all are closed at the end. */
    async start(settings) {
      const browser = await startBrowser(name, settings);
      browsers.push(browser);
      return browser;
    },
    page: (settings, browser = context.browser) => newPage(browser, name, settings),
  };
  describe(name, () => {
    before(async () => { context.browser = await context.start(); });
    after(async () => {
      await Promise.all(browsers.map((browser) => browser.close()));
      sites.remove();
    });
    for (const topic of topics) describe(topic.title, () => topic.register(context));
  });
}
