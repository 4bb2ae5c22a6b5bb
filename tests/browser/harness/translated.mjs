// A small site whose translations stand in every way to their sources, and whose terms are explained.
import fs from 'node:fs';
import path from 'node:path';
import { buildSite, run } from './sites.mjs';

/** What a term, a definition and a heading may hold; it must stay text. */
export const PAYLOAD = '<img src=x onerror="sotayBroken=1"> & </script>';

const page = (title, text, more = '') => `---\ntitle: ${title}\n${more}---\n\n${text}\n`;
const filler = (text, times = 6) => Array.from({ length: times }, () => text).join(' ');
const LONG = {
  vi: filler('Mỗi người xem kỹ trước khi làm, hỏi lại khi chưa chắc và báo ngay khi thấy điều lạ.'),
  en: filler('Everybody looks twice before doing anything, asks when in doubt and tells of what is odd.'),
};

/** The site as it is reviewed: sections by id, with the words of each language. */
const REVIEWED = {
  'index.vi.md': page('Sổ tay dịch', 'Lời mở đầu của trang nhất.'),
  'index.en.md': page('Translated handbook', 'The opening words of the first page.'),
  'talks/index.vi.md': page('Bài trình bày', 'Các bài trình bày của sổ tay.'),
  'talks/index.en.md': page('Talks', 'The talks of the handbook.'),
  'talks/changed.vi.md': page('Bài đã đổi', `Lời đầu.

## Giữ nguyên {#kept}

${LONG.vi}

## Đã sửa {#edited}

${LONG.vi}

### Chỉ có tên {#bare}

Mục này chỉ có tên ở bản dịch.

## Đoạn cuối {#last}

${LONG.vi}

${LONG.vi}`, 'weight: 1\nupdated: 2026-11-20\n'),
  'talks/changed.en.md': page('The changed talk', `Opening words.

## Kept {#kept}

${LONG.en}

## Edited {#edited}

${LONG.en}

### A name only {#bare}

### Our own {#own}

Only the translation has this.

## The last {#last}

${LONG.en}

${LONG.en}`, 'weight: 1\n'),
  'talks/current.vi.md': page('Bài còn khớp', `Mở đầu có **mật khẩu**.

## Ngay đầu dòng {#first}

Mật khẩu dài thì tốt. Nhớ mật khẩu là đủ. ${LONG.vi}

${LONG.vi}

## Mép phải {#edge}

Ai cũng nên ghi nhớ rằng đăng nhập là việc hằng ngày, còn dữ liệu thì ở lại. Ngựa vằn cũng ở đây.

## Cuối bài {#end}

${LONG.vi}

Sau cùng là đăng nhập.`, 'weight: 2\n'),
  'talks/current.en.md': page('The current talk', `It begins with a **password**.

## At the start {#first}

Passwords are good when long. ${LONG.en}

## The edge {#edge}

Everybody signs in every day, and the data stay. The zebra is here as well.

## The end {#end}

${LONG.en}`, 'weight: 2\n'),
};

/** What happens after the review. */
function change(files) {
  files['talks/changed.vi.md'] = files['talks/changed.vi.md']
    .replace('## Đã sửa {#edited}\n\n', '## Đã sửa {#edited}\n\nMột câu mới ở đầu mục. ')
    .replace('## Đoạn cuối {#last}', '## Mới thêm {#added}\n\nMục mới, chưa ai dịch.\n\n## Đoạn cuối {#last}')
    .replace('2026-11-20', '2026-11-25');
  files['talks/untranslated.vi.md'] = page('Bài chưa dịch', '## Mục đầu {#part}\n\nChưa ai dịch bài này.', 'weight: 3\n');
  files['talks/unreviewed.vi.md'] = page('Bài chưa duyệt', '## Một mục {#part}\n\nLời của bản nguồn.', 'weight: 4\n');
  files['talks/unreviewed.en.md'] = page('The unreviewed talk', '## A part {#part}\n\nWords of the translation.', 'weight: 4\n');
}

const text = (words) => `'${words.replaceAll("'", "''")}'`;
const term = (id, vi, en) => `  - id: ${id}\n${Object.entries({ vi, en }).filter(([, one]) => one)
  .map(([lang, [word, meaning, ...more]]) => `    ${lang}:\n      term: ${text(word)}\n      definition: ${text(meaning)}\n${more.map((line) => `      ${line}\n`).join('')}`).join('')}`;

/** The terms, not in the order of any alphabet. */
const GLOSSARY = `terms:\n${[
  term('sign-in', ['đăng nhập', 'Cho hệ thống biết mình là ai.'], ['sign in', 'Telling a system who one is.', 'variants: [signs in]']),
  term('secret', ['ẩn danh', 'Không cho biết mình là ai.'], ['anonymous', 'Without a name.']),
  term('password', ['mật khẩu', 'Chuỗi ký tự chỉ một người biết, dùng để chứng minh mình là ai khi vào hệ thống.', 'forbidden: [mật mã đăng nhập]'], ['password', 'Characters that one person alone knows.', 'variants: [passwords]']),
  term('data', ['dữ liệu', 'Những gì được ghi lại.'], ['data', 'What was written down.']),
  term('theft', ['ăn cắp dữ liệu', 'Lấy dữ liệu của người khác.'], ['data theft', 'Taking what others wrote down.']),
  term('safety', ['an toàn', 'Không bị hại.'], ['safety', 'Coming to no harm.']),
  term('payload', ['ngựa vằn', `Con vật ${PAYLOAD}`, `variants: [${text(PAYLOAD)}]`], ['zebra', `An animal ${PAYLOAD}`]),
].join('')}`;

/** The Vietnamese terms in the order of their alphabet, each under its letter. */
export const ORDER = ['A', 'an toàn', 'Ă', 'ăn cắp dữ liệu', 'Â', 'ẩn danh', 'D', 'dữ liệu', 'Đ', 'đăng nhập', 'M', 'mật khẩu', 'N', 'ngựa vằn'];

/** Writes the site into `folder`, has it reviewed, changes it, and builds the editors' edition. */
export function buildTranslated(folder) {
  const root = path.join(folder, 'translated');
  const write = (files) => {
    for (const [name, words] of Object.entries(files)) {
      const file = path.join(root, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, words);
    }
  };
  write({
    'site.toml': 'title = { vi = "Sổ tay dịch", en = "Translated handbook" }\nlanguages = ["vi", "en"]\nsite_id = "dich"\n\n[editions.editors]\nfreshness = true\n',
    'content/glossary.yaml': GLOSSARY,
  });
  const files = { ...REVIEWED };
  const writePages = () => write(Object.fromEntries(Object.entries(files).map(([name, words]) => [`content/${name}`, words])));
  writePages();
  run(root, 'translate', 'accept', '--all');
  change(files);
  writePages();
  return buildSite('translated', root, folder, '--edition', 'editors');
}
