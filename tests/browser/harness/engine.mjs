// The search of a built site without a browser: the scripts that readers' browsers load, run as they
// are, with just enough of a page around them that they can load the files of an index.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

// Opens the site in the folder `site`. `loaded` counts what was read since it was last cleared.
export function openSearch(site) {
  const loaded = { files: 0, bytes: 0, names: [] };
  const read = (path) => {
    const code = readFileSync(join(site, path), "utf8");
    loaded.files += 1;
    loaded.bytes += Buffer.byteLength(code);
    loaded.names.push(path);
    return code;
  };
  const run = (path) => vm.runInContext(read(path), context, { filename: path });

  const anything = () => new Proxy(function () {}, {
    get: (_, key) => key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : anything(),
    set: () => true,
    apply: anything,
    construct: anything,
  });
  const page = {
    documentElement: { dataset: { root: "" }, lang: "" },
    head: {
      appendChild(script) {
        let outcome = "load";
        try {
          run(script.src.split("?")[0]);
        } catch {
          // As in a browser: a file that is missing or broken.
          outcome = "error";
        }
        setImmediate(() => script.on[outcome]());
      },
    },
    createElement: () => ({ on: {}, addEventListener(name, then) { this.on[name] = then; }, remove() {} }),
    addEventListener() {},
    querySelector: () => null,
    querySelectorAll: () => [],
  };
  const sotay = new Proxy({
    add() {},
    all: () => [],
    load(name, then, failed) {
      try {
        run("theme/" + name + ".js");
      } catch {
        return failed();
      }
      return then();
    },
  }, {
    // What shows results is not asked for here.
    get: (own, key) => key in own || key === "search" ? own[key] : anything(),
  });
  const globals = {
    sotay, document: page, location: { protocol: "file:", search: "", hash: "", href: "file:///" }, setTimeout, clearTimeout,
    URL, URLSearchParams, console, history: anything(), addEventListener() {}, sessionStorage: anything(),
    localStorage: anything(), matchMedia: anything(), IntersectionObserver: anything(), navigator: anything(),
  };
  const context = vm.createContext(globals);
  globals.window = globals;
  globals.globalThis = globals;
  run("theme/search.js");
  return { search: sotay.search, loaded };
}

// The pages that answer a query, best first, with their addresses: "guidelines/phishing".
export async function ask(search, lang, query, { typing = false, most = 50 } = {}) {
  const engine = search.engine(lang);
  const results = await engine.query(query, { typing });
  const pages = results.pages.slice(0, most);
  await engine.titles(pages);
  return pages.map(({ url, score }) => ({ address: url.replace(/\.html$/, ""), score }));
}
