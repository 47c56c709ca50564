// From the manifest's address to an opened engine: every file fetched, and one stable code for each way it can fail.
// Nothing is fetched from anywhere but where the manifest lies.

/** The manifest's format that this loader knows. */
const FORMAT = 1;

/** The smallest module there is: that it does not compile means that none may. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Why loading failed; the string table has a sentence under `error.<code>`. */
export class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * Opens the directory whose manifest lies at `src`.
 *
 * A WebAssembly instance that trapped is spoilt for good: each `generation` has an instance of its own, shared by the
 * boxes on the page.
 *
 * @returns {Promise<{attach: Function, engine: object, addTables: function(): Promise<boolean>}>} the glue's `attach`, an
 *   `Engine` on the index, and what fetches the tables of characters and the words for it: true if it has them then
 * @throws {Failure}
 */
export async function load(src, generation) {
  if (!src) throw new Failure("no-src", "<expert-search> has no src attribute");
  const manifestUrl = resolve(src);
  if (typeof WebAssembly !== "object") throw new Failure("wasm-unsupported", "this browser has no WebAssembly");
  refuseBlocked();
  const manifest = await readManifest(manifestUrl);
  const at = (name) => new URL(name, manifestUrl).href;
  const [glue, index] = await Promise.all([
    instance(at(manifest.engine.js), at(manifest.engine.wasm), generation),
    fetchBytes(at(manifest.index), "index-unreachable"),
  ]);
  try {
    const engine = new glue.Engine(new Uint8Array(index));
    const fetched = async (name) => new Uint8Array(await fetchBytes(at(name), "tables-unreachable"));
    const addTables = async () => {
      const words = typeof manifest.words === "string" && engine.addWords(await fetched(manifest.words));
      return typeof manifest.tables === "string" && engine.addTables(await fetched(manifest.tables)) && words;
    };
    return { attach: glue.attach, engine, addTables };
  } catch (error) {
    throw new Failure(error.code || "engine-stopped", error.message || String(error));
  }
}

function resolve(src) {
  try {
    return new URL(src, document.baseURI);
  } catch (error) {
    throw new Failure("manifest-unreachable", `src="${src}": ${error.message}`);
  }
}

function refuseBlocked() {
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (error) {
    throw new Failure("wasm-blocked", `the page's Content-Security-Policy needs script-src 'wasm-unsafe-eval': ${error.message}`);
  }
}

async function readManifest(url) {
  // The one file that changes under its name: always asked for anew, answered with 304 when it has not.
  const response = await fetchFile(url.href, "manifest-unreachable", { cache: "no-cache" });
  let manifest;
  try {
    manifest = JSON.parse(await response.text());
  } catch (error) {
    throw new Failure("manifest-damaged", `${url} is not JSON: ${error.message}`);
  }
  const { format, engine, index } = manifest || {};
  if (format > FORMAT) throw new Failure("manifest-newer", `${url} has format ${format}, this loader reads ${FORMAT}`);
  const whole = format === FORMAT && engine && [engine.js, engine.wasm, index].every((name) => typeof name === "string");
  if (!whole) throw new Failure("manifest-damaged", `${url} is not a manifest of format ${FORMAT}`);
  return manifest;
}

const instances = new Map();

/** The glue module, with its WebAssembly running; the same one for every box that asks for this generation. */
function instance(js, wasm, generation) {
  // To the server the same file, to the browser another module: so a fresh instance needs no second download.
  const address = `${js}#${generation}`;
  if (!instances.has(address)) {
    const starting = start(address, wasm);
    instances.set(address, starting);
    // What could not be had now may be there at the next try.
    starting.catch(() => instances.delete(address));
  }
  return instances.get(address);
}

async function start(js, wasm) {
  const [glue, bytes] = await Promise.all([
    import(js).catch((error) => {
      throw new Failure("engine-unreachable", `${js}: ${error.message}`);
    }),
    fetchBytes(wasm, "engine-unreachable"),
  ]);
  try {
    // Bytes, not a stream: hosts that do not know the type of a .wasm file serve a .bin all the same.
    await glue.default({ module_or_path: bytes });
  } catch (error) {
    throw new Failure("engine-damaged", `${wasm}: ${error.message}`);
  }
  return glue;
}

async function fetchBytes(url, code) {
  const response = await fetchFile(url, code);
  try {
    return await response.arrayBuffer();
  } catch (error) {
    throw new Failure(code, `${url}: ${error.message}`);
  }
}

async function fetchFile(url, code, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    throw new Failure(code, `${url}: ${error.message}`);
  }
  if (!response.ok) throw new Failure(code, `${url}: HTTP ${response.status}`);
  return response;
}
