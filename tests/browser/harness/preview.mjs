// A handbook that is being written, and `sotay serve` over it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { program } from './sites.mjs';

const SITE = 'title = { vi = "Sổ tay", en = "Handbook" }\nlanguages = ["vi", "en"]\n';
/** So long that a page can be scrolled. */
const LONG = Array.from({ length: 80 }, (_, i) => `Đoạn ${i}.\n`).join('\n');

/** Starts a preview of a small handbook with two long pages. */
export async function startPreview() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'sotay-preview-'));
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  };
  const page = (title, text = '') => `---\ntitle: ${title}\n---\n${text}\n\n${LONG}`;
  write('site.toml', SITE);
  for (const [lang, home, a, b] of [['vi', 'Sổ tay', 'Mật khẩu', 'Lừa đảo'], ['en', 'Handbook', 'Passwords', 'Phishing']]) {
    write(`content/index.${lang}.md`, page(home));
    write(`content/a.${lang}.md`, page(a));
    write(`content/b.${lang}.md`, page(b));
  }
  const child = spawn(program(), ['serve', '--port', '0', '--ui-lang', 'vi'], { cwd: root });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    const hear = (data) => {
      said += data;
      const found = /http:\/\/localhost:\d+\//.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`sotay serve ended: ${said}`)));
  });
  return {
    root,
    address,
    page,
    write,
    remove: (file) => fs.rmSync(path.join(root, file), { recursive: true }),
    move: (from, to) => fs.renameSync(path.join(root, from), path.join(root, to)),
    stop() {
      child.removeAllListeners('exit');
      child.kill();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}
