// The page's side of bench-peers.mjs: every library set up for one directory, asked in turn.
import FlexSearch from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import fuzzysort from 'fuzzysort';
import uFuzzy from '@leeoniya/ufuzzy';

/** As in the widget: what one screen shows. */
const LIMIT = 10;

const PLAIN = ['name', 'aliases', 'org', 'field', 'region', 'detail'];
const FIELDS = [...PLAIN, 'name_py', 'name_ini', 'org_py', 'org_ini', 'field_py'];
const WEIGHTS = { name: 10, name_py: 8, name_ini: 6, aliases: 6, org: 4, org_py: 3, org_ini: 2, field: 4, field_py: 3, region: 2, detail: 1 };

const HAN = /[\u3400-\u9fff]/;

/** Latin words and numbers whole, hanzi one by one and in pairs: what serves libraries that know no Chinese best. */
function tokens(text) {
  const found = [];
  for (const [word] of text.toLowerCase().matchAll(/[a-z0-9]+|[\u3400-\u9fff]+/g)) {
    if (!HAN.test(word)) found.push(word);
    else
      for (let at = 0; at < word.length; at += 1) {
        found.push(word[at]);
        if (at + 1 < word.length) found.push(word.slice(at, at + 2));
      }
  }
  return found;
}

let records;
/** What is shown of every record, which every library has to ship beside its index. */
let shown;

/** By name, what sets a library up: its index as text, and a function from a query to ids, best first. */
const LIBRARIES = {
  async 'expert-search'() {
    const folder = new URL('../site/', import.meta.url);
    const manifest = await (await fetch(new URL('experts.json', folder))).json();
    const bytes = async (name) => new Uint8Array(await (await fetch(new URL(name, folder))).arrayBuffer());
    const glue = await import(new URL(manifest.engine.js, folder));
    await glue.default({ module_or_path: await bytes(manifest.engine.wasm) });
    const engine = new glue.Engine(await bytes(manifest.index));
    if (manifest.engine.later) await glue.unfold(await bytes(manifest.engine.later));
    engine.unfold('');
    for (const name of [manifest.words, manifest.tables]) if (name) engine.add(await bytes(name));
    return { index: [manifest.index, manifest.words], search: (text) => engine.search({ text, limit: LIMIT }).hits.map((hit) => hit.ids) };
  },

  async MiniSearch() {
    const searchOptions = { prefix: true, fuzzy: (term) => (HAN.test(term) ? false : 0.2), boost: WEIGHTS, combineWith: 'AND' };
    const library = new MiniSearch({ fields: FIELDS, storeFields: [], tokenize: tokens, searchOptions });
    library.addAll(records);
    const search = (text) => {
      const hits = library.search(text);
      return (hits.length ? hits : library.search(text, { combineWith: 'OR' })).slice(0, LIMIT).map((hit) => [hit.id]);
    };
    return { index: JSON.stringify(library) + shown, search };
  },

  async uFuzzy() {
    const haystack = records.map((record) => FIELDS.map((field) => record[field]).join(' | '));
    const library = new uFuzzy({
      unicode: true,
      interSplit: '[^\\p{L}\\d]+',
      intraSplit: '\\p{Ll}\\p{Lu}',
      intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
      intraChars: '[\\p{L}\\d]',
      intraContr: "'\\p{L}{1,2}\\b",
      intraMode: 1,
      intraIns: 1,
    });
    const search = (text) => {
      const [places, info, order] = library.search(haystack, text, 1);
      const found = order ? order.map((at) => info.idx[at]) : places || [];
      return found.slice(0, LIMIT).map((place) => [records[place].id]);
    };
    return { index: JSON.stringify(haystack) + shown, search };
  },

  async FlexSearch() {
    const index = FIELDS.map((field) => ({ field, tokenize: /py$/.test(field) ? 'full' : 'forward', encode: tokens }));
    const library = new FlexSearch.Document({ document: { id: 'id', index } });
    records.forEach((record) => library.add(record));
    let text = '';
    await library.export((key, value) => void (text += value ?? ''));
    const search = (query) => {
      const scores = new Map();
      for (const { field, result } of library.search(query, { limit: 2 * LIMIT }))
        result.forEach((id, place) => scores.set(id, (scores.get(id) ?? 0) + WEIGHTS[field] / (place + 1)));
      return [...scores].sort((a, b) => b[1] - a[1]).slice(0, LIMIT).map(([id]) => [id]);
    };
    return { index: text + shown, search };
  },

  async Fuse() {
    const keys = FIELDS.map((name) => ({ name, weight: WEIGHTS[name] }));
    const library = new Fuse(records, { keys, threshold: 0.3, ignoreLocation: true, includeScore: true });
    const search = (text) => library.search(text, { limit: LIMIT }).map((hit) => [hit.item.id]);
    return { index: JSON.stringify(records) + JSON.stringify(library.getIndex()), search };
  },

  async fuzzysort() {
    const search = (text) => fuzzysort.go(text, records, { keys: FIELDS, limit: LIMIT }).map((hit) => [hit.obj.id]);
    return { index: JSON.stringify(records), search };
  },

  async Pagefind() {
    const library = await import(new URL('pagefind/pagefind.js', import.meta.url));
    await library.options({ bundlePath: new URL('pagefind/', import.meta.url).pathname });
    await library.init();
    const search = async (text) => {
      const { results } = await library.search(text);
      const pages = await Promise.all(results.slice(0, LIMIT).map((result) => result.data()));
      return pages.map((page) => [decodeURI(page.raw_url ?? page.url).replace(/^\//, '')]);
    };
    return { index: '', search };
  },
};

export const names = Object.keys(LIBRARIES);

const libraries = {};

/** Sets a library up and tells how long it took, in milliseconds, and its index. */
export async function start(name) {
  records ??= await (await fetch(new URL('records.json', import.meta.url))).json();
  shown ??= JSON.stringify(records.map((record) => Object.fromEntries(['id', ...PLAIN].map((field) => [field, record[field]]))));
  const begin = performance.now();
  libraries[name] = await LIBRARIES[name]();
  return { build: performance.now() - begin, index: libraries[name].index };
}

/** The hits of one library: of each its ids. One that cannot read a query finds nothing. */
export async function search(name, text) {
  try {
    return await libraries[name].search(text);
  } catch {
    return [];
  }
}

/** By library, what each query found. */
export async function judge(queries) {
  const found = {};
  for (const name of names) {
    found[name] = [];
    for (const { query } of queries) found[name].push(await search(name, query));
  }
  return found;
}

/** How often every query is typed. */
const ROUNDS = 3;

/**
 * By library, the milliseconds of every keystroke, the median of its rounds: they share one heap, and what one leaves to be collected may be
 * collected while another is asked. They take turns query by query, so that a busy moment hits none alone.
 */
export async function type(texts) {
  const times = Object.fromEntries(names.map((name) => [name, texts.map((text) => [...text].map(() => []))]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [turn, text] of texts.entries()) {
      const letters = [...text];
      for (const at of names.keys()) {
        const name = names[(turn + at) % names.length];
        for (const end of letters.keys()) {
          const prefix = letters.slice(0, end + 1).join('');
          const begin = performance.now();
          await search(name, prefix);
          times[name][turn][end].push(performance.now() - begin);
        }
      }
    }
  }
  const middle = (rounds) => rounds.sort((a, b) => a - b)[rounds.length >> 1];
  return Object.fromEntries(names.map((name) => [name, times[name].flat().map(middle)]));
}
