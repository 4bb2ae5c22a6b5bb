// Lock files say what is installed, by hash; where from is up to the machine that installs.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';

for (const folder of ['tests/browser', 'benches/search']) {
  const read = (name) => JSON.parse(fs.readFileSync(new URL(`../../${folder}/${name}`, import.meta.url), 'utf8'));

  test(`the lock file of ${folder} names no registry`, () => {
    for (const [name, entry] of Object.entries(read('package-lock.json').packages)) {
      assert.equal(entry.resolved, undefined, name);
      if (name) assert.match(entry.integrity, /^sha512-/, name);
    }
  });

  test(`every dependency of ${folder} is pinned`, () => {
    for (const [name, version] of Object.entries(read('package.json').devDependencies)) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
  });
}
