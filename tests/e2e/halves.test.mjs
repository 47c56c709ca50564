// The engine in two halves, without a browser: the first answers everything that is typed, and both together as one in one piece does.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { manifest, shipped } from "./stage.mjs";

/** As in the widget: what one screen shows. */
const LIMIT = 10;
/** How much of the stack either half may use; the first has twice as much until it meets the second. */
const ROOM = 1 << 18;
const MIDDLE = 1 << 19;

let queries;
let index;
let data;

/** A fresh instance of the engine whose files these are. */
async function started({ js, wasm }) {
  // Another address each time, so another module.
  const text = `${await shipped(js)}\n//${Math.random()}`;
  const glue = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  const exports = await glue.default({ module_or_path: await shipped(wasm) });
  const memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
  return { glue, memory, engine: new glue.Engine(index) };
}

async function unfolded(files, double = "") {
  const one = await started(files);
  if (files.later) await one.glue.unfold(await shipped(files.later));
  one.engine.unfold(double);
  for (const bytes of data) assert.ok(one.engine.add(bytes));
  return one;
}

before(async () => {
  const texts = await Promise.all(["relevance/queries.tsv", "names.tsv", "themes.tsv"].map((name) => readFile(new URL(`../${name}`, import.meta.url), "utf8")));
  const lines = texts.flatMap((text, at) => text.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t")[at ? 0 : 1]));
  const odd = ["", " ", "?", "*", "王*", "袁?平", "zhang??", "*平", "-", "'", "a".repeat(70), "王".repeat(70), "北京大学数学院士教授老师", "\u{1f600}", "施老师", "钟老", "NB AI"];
  const prefixes = (text) => [...text].map((_, at, all) => all.slice(0, at + 1).join(""));
  queries = [...new Set(lines.flatMap(prefixes).concat(odd))];
  index = await shipped(manifest.index);
  data = await Promise.all([manifest.words, manifest.tables].map(shipped));
});

test("the first half alone answers whatever is typed, and finds names", async () => {
  const { engine } = await started(manifest.engine);
  for (const text of queries) engine.search({ text, limit: LIMIT });
  // Names, how they are read and abbreviated, and values.
  for (const text of ["任洪强", "renhongqiang", "rhq", "任hongq", "洪强", "北京大学", "beijingdaxue", "王 清华大学"]) {
    const { total, hits } = engine.search({ text, limit: LIMIT });
    assert.ok(total > 0 && hits.length > 0, text);
    assert.ok(engine.record(hits[0].id), text);
  }
  engine.free();
});

test("both halves answer as an engine in one piece does", async () => {
  const [halves, whole] = await Promise.all([unfolded(manifest.engine), unfolded(manifest.engine.browse)]);
  for (const text of queries) {
    assert.deepEqual(halves.engine.search({ text, limit: LIMIT }), whole.engine.search({ text, limit: LIMIT }), text);
  }
});

test("double pinyin is read by both halves", async () => {
  const { engine } = await unfolded(manifest.engine, "rfren hshong qlqiang");
  assert.equal(engine.search({ text: "rfhsql", limit: LIMIT }).hits[0].name, "任洪强");
});

test("neither half needs the other's part of the stack", async () => {
  const { engine, memory } = await unfolded(manifest.engine);
  for (const text of queries) engine.search({ text, limit: LIMIT });
  const used = new Uint8Array(memory.buffer).subarray(0, MIDDLE * 2);
  const deepest = (top) => top - used.subarray(0, top).findIndex((byte, at) => byte !== 0 && at >= top - MIDDLE);
  assert.ok(deepest(MIDDLE) < ROOM, `the second half used ${deepest(MIDDLE)} bytes`);
  assert.ok(deepest(MIDDLE * 2) < ROOM, `the first half used ${deepest(MIDDLE * 2)} bytes`);
});

test("tables and words cannot be added before the second half is there", async () => {
  const { engine } = await started(manifest.engine);
  assert.throws(() => engine.add(data[0]), TypeError);
  assert.ok(engine.search({ text: "任洪强", limit: LIMIT }).total > 0);
});
