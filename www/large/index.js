// A directory in parts: names answer first, values complete them, details come when a record is shown. The engine runs in a worker where the page and
// the browser allow one, and else on the main thread; to those who ask it is the same.
//
// ```text
// open ─▶ Parts ──call──▶ worker (this file again) or main thread ─▶ engine
// ```

import { local, remote } from "./thread.js";
import { serve } from "./worker.js";

// As a worker's script there is no page.
if (typeof document === "undefined") serve();

const NOTHING = new Uint8Array();

/**
 * Opens a directory of which the manifest names parts. Resolves once names answer, in a page of results once everything does.
 *
 * @param {object} manifest as the loader read it
 * @param {{js: string, wasm: string}} files the engine's
 * @param {boolean} whole whether nothing is asked before everything is there
 * @param {object} loader `instance()` gives the engine's glue on this thread, `fetchBytes(url, code, options)`, `Failure`
 */
export async function open(manifest, files, whole, loader) {
  const { at, engine } = manifest;
  // The box itself lives on this thread; a page of results needs the engine here only where there is no worker.
  const glue = whole ? undefined : loader.instance();
  if (glue) glue.catch(() => {});
  const call = (await remote(at(engine.large), [at(files.js), at(files.wasm)], loader.Failure)) || local(await (glue || loader.instance()), loader.Failure);
  const parts = new Parts(manifest, call, loader);
  try {
    await parts.start();
    if (whole) await parts.complete;
    return { glue: await glue, engine: parts, complete: parts.complete, addTables: () => parts.addAll() };
  } catch (error) {
    parts.free();
    throw error;
  }
}

/** What the loader and the forms take for an engine; everything but `records` and `free` comes as a promise. */
class Parts {
  constructor(manifest, call, { fetchBytes, Failure }) {
    Object.assign(this, { manifest, call, Failure });
    this.fetched = async (name, code, cache) => new Uint8Array(await fetchBytes(this.manifest.at(name), code, cache ? { cache } : {}));
    this.forget();
  }

  /** Of hits given before, whose they are; and the files of details. */
  forget() {
    this.owners = new WeakMap();
    this.files = new Map();
  }

  /** Names; then values, for which nobody waits. Where parts do not belong together the manifest is read anew, once. */
  async start() {
    let healed = false;
    const heal = async (error) => {
      if (healed || !(error instanceof this.Failure)) throw error;
      healed = true;
      this.manifest = await this.manifest.again();
      if (!this.manifest.parts) throw error;
      this.forget();
      await this.addNames("reload");
    };
    await this.addNames().catch(heal);
    this.complete = this.addValues(healed ? "reload" : "default").catch(async (error) => {
      await heal(error);
      await this.addValues("reload");
    });
    this.complete.catch(() => {});
  }

  async addNames(cache) {
    const { parts, double } = this.manifest;
    this.count = await this.call("open", await this.fetched(parts.names, "index-unreachable", cache));
    await this.call("unfold", typeof double === "string" ? double : "");
  }

  async addValues(cache) {
    await this.call("addValues", await this.fetched(this.manifest.parts.values, "index-unreachable", cache));
  }

  /** The words and the tables of characters; whether both could be had. */
  async addAll() {
    await this.complete;
    const { tables, words } = this.manifest;
    const add = async (name) => typeof name === "string" && this.call("add", await this.fetched(name, "tables-unreachable"));
    const withWords = await add(words);
    return (await add(tables)) && withWords;
  }

  records() {
    return this.count;
  }

  free() {
    this.call("free").catch(() => {});
  }

  async search(request) {
    return this.own(await this.call("search", request));
  }

  /** Ids come with the values. */
  async record(id) {
    await this.complete;
    const hit = await this.call("record", id);
    return hit && this.own({ hits: [hit] }).hits[0];
  }

  openBrowser(strokes) {
    return this.call("openBrowser", strokes);
  }

  async browse(request) {
    return this.own(await this.call("browse", request));
  }

  /** A record with its details and what stands around it; `failure` is the code of why it has no details. */
  async related(id) {
    const related = await this.call("related", id);
    if (!related) return related;
    this.own({ hits: [related.hit] });
    try {
      await this.whole(related.hit);
    } catch (error) {
      if (!(error instanceof this.Failure)) throw error;
      related.failure = error.code;
    }
    return related;
  }

  /** Remembers whose the roles of an answer are: hits of several directories may be joined. */
  own(answer) {
    for (const hit of answer.hits) hit.roles.forEach((role, place) => this.owners.set(role, { record: hit.record, place }));
    return answer;
  }

  /** Puts into a hit what it lacks: all its values if it was found by names alone, and its details. */
  async whole(hit) {
    const own = hit.roles.filter((role) => this.owners.has(role));
    if (!own.length) return;
    await this.complete;
    for (const role of own) {
      const owner = this.owners.get(role);
      // Another build has come meanwhile.
      if (!owner) continue;
      const { roles } = await this.detailed(owner.record);
      Object.assign(role, roles[owner.place]);
      this.owners.delete(role);
    }
    hit.ids = hit.roles.map((role) => role.id);
    [hit.id] = hit.ids;
  }

  /** A record with its details; a file that does not come or is another is asked for once more, past every cache. */
  async detailed(record) {
    const name = await this.call("detailFile", record);
    if (!name) return this.call("detailed", record, NOTHING);
    const opened = async (cache) => {
      if (!this.files.has(name)) this.files.set(name, this.fetched(name, "details-unreachable", cache));
      try {
        return await this.call("detailed", record, await this.files.get(name));
      } catch (error) {
        this.files.delete(name);
        throw error;
      }
    };
    return opened().catch((error) => {
      if (!(error instanceof this.Failure)) throw error;
      return opened("reload");
    });
  }
}
