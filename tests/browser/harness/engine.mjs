// The search of a built site without a browser: the scripts that readers' browsers load, run as they
// are, with just enough of a page around them that they can load the files of an index.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

// Opens the site in the folder `site`; `loaded` are the files that were read.
export function openSearch(site) {
  const loaded = [];
  const read = (path) => {
    const code = readFileSync(join(site, path), "utf8");
    loaded.push(path);
    return code;
  };
  const run = (path) => vm.runInContext(read(path), context, { filename: path });

  const anything = () => new Proxy(function () {}, {
    get: (_, key) => key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : anything(),
    set: () => true,
    apply: anything,
    construct: anything,
  });
  // What is not given here is there, and does nothing.
  const besides = (own) => new Proxy(own, { get: (_, key) => key in own ? own[key] : anything() });
  const page = besides({
    documentElement: besides({ dataset: { root: "" }, lang: "" }),
    head: {
      appendChild(script) {
        let outcome = "load";
        try {
          run(script.src.split("?")[0]);
        } catch {
          // As in a browser: a file that is missing or broken.
          outcome = "error";
        }
        setImmediate(() => script["on" + outcome]?.());
      },
    },
    createElement: () => ({ addEventListener(name, then) { this["on" + name] = then; }, remove() {} }),
    addEventListener() {},
    querySelector: () => null,
    querySelectorAll: () => [],
  });
  const globals = {
    document: page, location: new URL("file:///index.html"), setTimeout, clearTimeout,
    URL, URLSearchParams, console, addEventListener() {},
  };
  for (const name of ["history", "navigator", "localStorage", "sessionStorage", "matchMedia", "IntersectionObserver",
    "ResizeObserver", "MutationObserver"]) {
    globals[name] = anything();
  }
  const context = vm.createContext(globals);
  globals.window = globals;
  globals.globalThis = globals;
  run("theme/site.js");
  run("theme/search.js");
  return { search: globals.sotay.search, loaded };
}

// The pages that answer a query, best first, with their addresses: "guidelines/phishing".
export async function ask(search, lang, query, { typing = false, most = 50 } = {}) {
  const engine = search.engine(lang);
  const results = await engine.query(query, { typing });
  const pages = results.pages.slice(0, most);
  await engine.titles(pages);
  return pages.map(({ url, score }) => ({ address: url.replace(/\.html$/, ""), score }));
}
