// From the manifest's address to an opened engine: every file fetched, and one stable code for each way it can fail.
// Nothing is fetched from anywhere but where the manifest lies.

/** The last of the manifest's formats that this loader knows: 1 names a directory in one file, 2 one in parts. */
const FORMAT = 2;

/** The smallest module there is: that it does not compile means that none may. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Why loading failed; the string table has a sentence under `error.<code>`. */
export class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** What work comes to; a failure with this code if it is thrown, that says at `what`. */
async function or(code, what, work) {
  try {
    return await work();
  } catch (error) {
    throw new Failure(code, `${what}: ${error.message}`);
  }
}

/**
 * Opens the directories whose manifests lie at the addresses in `src`, several of them apart by spaces.
 *
 * A WebAssembly instance that trapped is spoilt for good: each `generation` has an instance of its own, shared by the
 * boxes on the page.
 *
 * @param {"box" | "page"} mode which of the two forms comes to life; the page has a script of its own
 * @param {boolean} recent whether searches are remembered, which also has its script
 * @param {string} language its table of words is fetched if it is not the loader's own
 * @returns {Promise<object>} `search(request)`, `record(id)`, `whole(hit)` puts into a hit what is fetched only when it is shown, `complete` settles when a
 *   directory in parts answers to everything, `addTables(): Promise<boolean>` for the engine's second half, the tables of characters and the words, `records()`, `free()`; and
 *   `attach(parts, source)` for the form, the `engines`, `card()` for what shows a record, what is `more` needed, and what has come of `tables` of words
 * @throws {Failure}
 */
export async function load(src, generation, mode, language, recent) {
  if (!src || !src.trim()) throw new Failure("no-src", "<expert-search> has no src attribute");
  const addresses = await or("manifest-unreachable", `src="${src}"`, () => src.trim().split(/\s+/).map((each) => new URL(each, document.baseURI)));
  if (typeof WebAssembly !== "object") throw new Failure("wasm-unsupported", "this browser has no WebAssembly");
  await or("wasm-blocked", "the page's Content-Security-Policy needs script-src 'wasm-unsafe-eval'", () => new WebAssembly.Module(EMPTY_MODULE));
  const manifests = await Promise.all(addresses.map((address) => readManifest(address)));
  const [first] = manifests;
  let failed = 0;
  const card = () =>
    script(first, "card", failed).catch((error) => {
      failed += 1;
      throw error;
    });
  const needed = mode === "page" ? script(first, "page", generation) : (recent || manifests.length > 1) && card();
  const opening = manifests.map((manifest) => open(manifest, generation, mode));
  // What is open or still opens; it may have trapped and refuse.
  const free = () => opening.forEach((one) => one.then(({ engine }) => engine.free()).catch(() => {}));
  const [directories, more, tables] = await Promise.all([
    Promise.all(opening),
    needed,
    // Without its table an element speaks Chinese.
    language !== "zh-CN" && first.engine.languages && script(first, "languages", generation).then((module) => module.default, () => undefined),
  ]).catch((error) => {
    free();
    throw error;
  });
  const [{ glue, engine, complete, addTables }] = directories;
  const one = {
    search: (request) => engine.search(request),
    record: (id) => engine.record(id),
    whole: (hit) => engine.whole && engine.whole(hit),
    complete,
    addTables,
    records: () => engine.records(),
  };
  return Object.assign(directories.length > 1 ? more.together(directories) : one, {
    tables,
    more,
    card,
    free,
    engines: directories.map((directory) => directory.engine),
    attach: mode === "page" ? more.attach : glue.attach,
  });
}

async function open(manifest, generation, mode) {
  const { at, engine: files, index, parts, tables, words, double } = manifest;
  const own = (mode === "page" && files.browse) || files;
  const glueOnce = () => instance(at(own.js), at(own.wasm), generation);
  if (parts) {
    const large = await script(manifest, "large", generation);
    return large.open(manifest, own, mode === "page", { instance: glueOnce, fetchBytes, Failure });
  }
  const [glue, bytes] = await Promise.all([glueOnce(), fetchBytes(at(index), "index-unreachable")]);
  try {
    const engine = new glue.Engine(new Uint8Array(bytes));
    const addTables = async () => {
      const files = [own.later, words, tables].map((name) => typeof name === "string" && fetchBytes(at(name), "tables-unreachable"));
      // Each is waited for in turn.
      files.forEach((file) => file && file.catch(() => {}));
      const [later, ...data] = files;
      if (later) await glue.unfold(await later);
      engine.unfold(typeof double === "string" ? double : "");
      let ok = true;
      for (const file of data) ok = file && engine.add(new Uint8Array(await file)) && ok;
      return ok;
    };
    return { glue, engine, addTables };
  } catch (error) {
    throw new Failure(error.code || "engine-stopped", error.message || String(error));
  }
}

async function readManifest(url, cache) {
  // The one file that changes under its name: always asked for anew, answered with 304 when it has not.
  const response = await fetchFile(url.href, "manifest-unreachable", { cache: cache || "no-cache" });
  const manifest = await or("manifest-damaged", url, async () => JSON.parse(await response.text()));
  const { format, engine, index, parts } = manifest || {};
  if (format > FORMAT) throw new Failure("manifest-newer", `${url} has format ${format}, this loader reads ${FORMAT}`);
  const whole = format >= 1 && engine && [engine.js, engine.wasm].concat(parts ? [engine.large, parts.names, parts.values] : index).every((name) => typeof name === "string");
  if (!whole) throw new Failure("manifest-damaged", `${url} is not a manifest of a format up to ${FORMAT}`);
  return Object.assign(manifest, { at: (name) => new URL(name, url).href, again: () => readManifest(url, "reload") });
}

const instances = {};

/** The glue module, with its WebAssembly running; the same one for every box that asks for this generation. */
function instance(js, wasm, generation) {
  // To the server the same file, to the browser another module: so a fresh instance needs no second download.
  const address = `${js}#${generation}`;
  if (!instances[address]) {
    instances[address] = start(address, wasm);
    // What could not be had now may be there at the next try.
    instances[address].catch(() => delete instances[address]);
  }
  return instances[address];
}

async function start(js, wasm) {
  const [glue, bytes] = await Promise.all([
    importModule(js),
    fetchBytes(wasm, "engine-unreachable"),
  ]);
  // Bytes, not a stream: hosts that do not know the type of a .wasm file serve a .bin all the same.
  await or("engine-damaged", wasm, () => glue.default({ module_or_path: bytes }));
  return glue;
}

const importModule = (js) => or("engine-unreachable", js, () => import(js));

/** A script that a manifest names. Browsers remember a module that could not be fetched; under another `number` it is another one to them. */
const script = ({ at, engine }, name, number) => importModule(`${at(engine[name])}#${number}`);

async function fetchBytes(url, code, options) {
  const response = await fetchFile(url, code, options);
  return or(code, url, () => response.arrayBuffer());
}

async function fetchFile(url, code, options) {
  const response = await or(code, url, () => fetch(url, options));
  if (!response.ok) throw new Failure(code, `${url}: HTTP ${response.status}`);
  return response;
}
