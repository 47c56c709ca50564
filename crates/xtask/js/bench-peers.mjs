// Other search libraries beside ours, in one page: the same records, the same queries, taking turns. Reads from standard input
// {chromium, base, folder, modules, records, queries, typed} and prints JSON.
//
// `base` is the address of a folder with our site in `site/`; `folder` is that folder's `peers/`, where the others' files go; `modules` is where
// they are installed; `queries` are judged, `typed` are typed letter by letter.
import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { launch, settings } from './bench-chromium.mjs';

const { base, folder, modules, records, queries, typed } = settings;
const require = createRequire(join(modules, 'package.json'));

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'records.json'), JSON.stringify(withPinyin(records)));
await build({
  entryPoints: [fileURLToPath(new URL('bench-peers-page.js', import.meta.url))],
  outfile: join(folder, 'page.js'),
  bundle: true,
  format: 'esm',
  nodePaths: [modules],
  logLevel: 'warning',
});
await pagefind();

const browser = await launch(settings.chromium);
try {
  const page = await browser.newPage();
  await page.goto(`${base}site/experts.json`);
  const names = await page.evaluate(async (base) => {
    self.peers = await import(`${base}peers/page.js`);
    return self.peers.names;
  }, base);
  const engines = [];
  for (const name of names) {
    const started = await page.evaluate((name) => self.peers.start(name), name);
    await page.evaluate(([name, text]) => self.peers.search(name, text), [name, queries[0].query]);
    engines.push({ name, build: started.build, index: await packed(name, started.index) });
  }
  const places = await page.evaluate((queries) => self.peers.judge(queries), queries);
  const times = await page.evaluate((typed) => self.peers.type(typed), typed);
  for (const engine of engines) Object.assign(engine, { times: times[engine.name], found: places[engine.name] });
  console.log(JSON.stringify({ engines }));
} finally {
  await browser.close();
}

/** The strongest fair set-up for libraries without pinyin of their own: joined pinyin and initials as further fields. */
function withPinyin(records) {
  const { pinyin } = require('pinyin-pro');
  const read = (text) => pinyin(text, { toneType: 'none', type: 'array', v: true, surname: 'head', nonZh: 'consecutive' });
  const initials = (syllables) => syllables.map((syllable) => syllable[0]).join('');
  return records.map((record) => {
    const [name, org, field] = [record.name, record.org, record.field].map(read);
    return {
      ...record,
      name_py: name.join(''),
      name_ini: initials(name),
      org_py: org.join(''),
      org_ini: initials(org),
      field_py: field.join(''),
    };
  });
}

/** Pagefind indexes pages, so each record is one, named by its id. */
async function pagefind() {
  const { createIndex, close } = await import(join(modules, 'pagefind/lib/index.js'));
  const { index } = await createIndex({});
  for (const record of withPinyin(records)) {
    const { id, ...fields } = record;
    const { errors } = await index.addCustomRecord({ url: `/${id}`, content: Object.values(fields).join('\n'), language: 'zh', meta: { title: record.name } });
    if (errors.length) throw new Error(errors.join('; '));
  }
  await index.writeFiles({ outputPath: join(folder, 'pagefind') });
  await close();
}

/** The bytes of an index that a site would have to serve: text as it is, gzip -9 and brotli; of Pagefind all of its files, packed already. */
async function packed(name, index) {
  if (name === 'Pagefind') {
    const files = await readdir(join(folder, 'pagefind'), { recursive: true, withFileTypes: true });
    const ours = files.filter((file) => file.isFile() && /\.(pf_\w+|pagefind)$/.test(file.name));
    const sizes = await Promise.all(ours.map(async (file) => (await readFile(join(file.parentPath ?? file.path, file.name))).length));
    const sum = sizes.reduce((sum, size) => sum + size, 0);
    return { raw: sum, gzip: sum, brotli: sum };
  }
  if (name === 'expert-search') {
    const files = await Promise.all(index.map((file) => readFile(join(folder, '..', 'site', file))));
    const sum = files.reduce((sum, file) => sum + file.length, 0);
    return { raw: sum, gzip: sum, brotli: sum };
  }
  const bytes = Buffer.from(index);
  const quality = bytes.length > 3e7 ? 5 : 11;
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length,
  };
}
