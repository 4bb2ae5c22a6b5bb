// Builds the handbook and the fixture once, into a folder as readers name theirs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const REPOSITORY = path.resolve(HERE, '../../..');
const FIXTURE = path.resolve(HERE, '../fixture');

/** The program under test. */
export function program() {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(REPOSITORY, 'target');
  const found = [process.env.SOTAY_BIN, path.join(target, 'debug/sotay'), path.join(target, 'release/sotay')]
    .find((file) => file && fs.existsSync(file));
  if (!found) throw new Error('sotay is not built: run `cargo build`, or name it with SOTAY_BIN');
  return found;
}

/** A built site. Its pages are paths relative to `root`, with `/` between folders. */
class Site {
  constructor(name, root) {
    this.name = name;
    this.root = root;
    this.files = walk(root);
    this.pages = this.files.filter((file) => file.endsWith('.html'));
    this.redirects = this.pages.filter((file) => this.text(file).includes('http-equiv="refresh"'));
    const others = new Set(this.redirects);
    this.documents = this.pages.filter((file) => !others.has(file));
  }

  /** The text of one of its files. */
  text(file) {
    return fs.readFileSync(path.join(this.root, file), 'utf8');
  }

  /** The file: address of a page; `rest` is a query or a fragment. */
  url(page, rest = '') {
    return pathToFileURL(path.join(this.root, page)).href + rest;
  }

  /** The file that an address inside this site names, or null for one that lies outside. */
  fileOf(url) {
    const start = pathToFileURL(this.root).href + '/';
    return url.startsWith(start) ? decodeURIComponent(url.slice(start.length).replace(/[?#].*$/s, '')) : null;
  }
}

function walk(root, folder = '') {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? walk(root, name) : [name];
  }).sort();
}

/** Runs the program in the folder `root`; what it says counts where it fails. */
export function run(root, ...args) {
  // What it says is kept for the case that it fails: the fixture has warnings on purpose.
  const { status, stderr } = spawnSync(program(), ['--ui-lang', 'en', '--root', root, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`sotay ${args[0]} fails in ${root}:\n${stderr}`);
}

/** Builds the site in `root` into a folder inside of `folder`; `args` go to the build. */
export function buildSite(name, root, folder, ...args) {
  const out = path.join(folder, name + ' dist');
  run(root, 'build', '--out', out, ...args);
  return new Site(name, out);
}

/** Builds both sites; `remove` deletes them again. */
export function buildSites() {
  // Readers' folders have names like this one. Everything a relative link can trip over is in it.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'Sổ tay #1 & 100% '));
  const sources = path.join(folder, 'fixture');
  // Copied, since a build keeps its cache beside the sources.
  fs.cpSync(FIXTURE, sources, { recursive: true });
  return {
    handbook: buildSite('handbook', REPOSITORY, folder),
    fixture: buildSite('fixture', sources, folder),
    folder,
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
