// A web server as plain as a school's: files of one folder under one path, on this machine only.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.xml': 'application/xml', '.txt': 'text/plain',
};

/** Serves `site` under `prefix` (`/` or `/a/b/`); the result has `url(page)` and `close()`. */
export async function serve(site, prefix) {
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent(request.url.replace(/[?#].*$/, ''));
    const file = asked.startsWith(prefix) ? asked.slice(prefix.length) : null;
    // Browsers ask for it by themselves, and schools' servers have one or not.
    if (asked === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    // Only what the build wrote is ever read.
    if (!site.files.includes(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    response.end(fs.readFileSync(path.join(site.root, file)));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const start = `http://127.0.0.1:${server.address().port}${prefix}`;
  return {
    start,
    url: (page, rest = '') => start + page + rest,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
