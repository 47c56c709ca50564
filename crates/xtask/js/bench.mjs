// Types queries letter by letter into the engine in headless Chromium and prints the times as JSON.
// Reads its settings as JSON from standard input: {chromium, site, queries, rates, runs}.
//
// The page is the site's manifest: a document of the same origin under the server's isolation headers, with nothing else in it.
import { launch, settings } from './bench-chromium.mjs';

/** As in the widget: what one screen shows. */
const LIMIT = 10;
/** In how many pages the directory is opened, each in a process of its own. */
const PAGES = 5;
/** How long a page is left to itself before it opens it, in milliseconds: a browser that has just started has much to do beside. */
const QUIET = 1000;

const browser = await launch(settings.chromium);
try {
  let page;
  const starts = [];
  while (starts.length < PAGES) {
    await page?.context().close();
    page = await (await browser.newContext()).newPage();
    await page.goto(`${settings.site}experts.json`);
    await page.waitForTimeout(QUIET);
    starts.push(await page.evaluate(load));
  }
  const start = Object.fromEntries(Object.keys(starts[0]).map((figure) => [figure, middle(starts.map((one) => one[figure]))]));
  const devtools = await page.context().newCDPSession(page);
  await page.evaluate(type, { queries: settings.queries, runs: 1, limit: LIMIT });

  const rates = [];
  for (const rate of settings.rates) {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate });
    const kernel = await page.evaluate(calibrate);
    rates.push({ rate, kernel, ...(await page.evaluate(type, { queries: settings.queries, runs: settings.runs, limit: LIMIT })) });
  }
  // Of the seven engines two were there at a time, so this is more than a page comes to.
  const memory = await page.evaluate(() => self.memory.buffer.byteLength);
  console.log(JSON.stringify({ chromium: browser.version(), ...start, memory, rates }));
} finally {
  await browser.close();
}

/** The middle one of some figures. */
function middle(figures) {
  return figures.sort((a, b) => a - b)[figures.length >> 1];
}

/** In the page: starts the engine as the loader does, and measures how long bytes take to be ready, the first time and at seven times. */
async function load() {
  if (!crossOriginIsolated) throw new Error('the page is not isolated: its clock is too coarse');
  const manifest = await (await fetch('experts.json')).json();
  const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const glue = await import(new URL(manifest.engine.js, location.href));
  const module = await bytes(manifest.engine.wasm);
  const { index, parts } = manifest;
  const [first, ...others] = await Promise.all((parts ? [parts.names, parts.values] : [index]).map(bytes));
  const [second, ...later] = await Promise.all([manifest.engine.later, manifest.tables, manifest.words].map((name) => name && bytes(name)));
  const compiling = performance.now();
  // Exports have short names.
  const memory = Object.values(await glue.default({ module_or_path: module })).find((one) => one instanceof WebAssembly.Memory);
  const compiled = performance.now() - compiling;
  const empty = memory.buffer.byteLength;

  const times = [];
  let ready = 0;
  for (let run = 0; run < 7; run += 1) {
    const begin = performance.now();
    const engine = new glue.Engine(first);
    others.forEach((values) => engine.addValues(values));
    times.push(performance.now() - begin);
    if (self.engine) self.engine.free();
    else ready = memory.buffer.byteLength;
    self.engine = engine;
  }
  self.memory = memory;
  if (second) await glue.unfold(second);
  self.engine.unfold('');
  if (!later.every((data) => !data || self.engine.add(data))) throw new Error('the tables of characters or the words do not open');
  const cold = times[0];
  times.sort((a, b) => a - b);
  return { compiled, readyFirst: cold, ready: times[times.length >> 1], emptyMemory: empty, readyMemory: ready };
}

/**
 * In the page: types every query `runs` times. Returns, for each query, the median time of a whole run of its prefixes by
 * the number of keystrokes, and for each keystroke its median time, all in milliseconds.
 */
function type({ queries, runs, limit }) {
  const middle = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const prefixes = queries.map((query) => [...query].map((_, at, letters) => letters.slice(0, at + 1).join('')));
  const whole = prefixes.map(() => []);
  const single = prefixes.map((sequence) => sequence.map(() => []));
  for (let run = 0; run < runs; run += 1) {
    prefixes.forEach((sequence, query) => {
      const begin = performance.now();
      let before = begin;
      sequence.forEach((text, at) => {
        self.engine.search({ text, limit });
        const now = performance.now();
        single[query][at].push(now - before);
        before = now;
      });
      whole[query].push((before - begin) / sequence.length);
    });
  }
  return { sequences: whole.map(middle), keystrokes: single.map((sequence) => sequence.map(middle)) };
}

/** In the page: a fixed amount of integer and memory work, in milliseconds; by it figures of two machines can be compared. */
function calibrate() {
  const memory = new Uint32Array(1 << 18);
  const times = [];
  for (let run = 0; run < 15; run += 1) {
    const begin = performance.now();
    let state = 1;
    for (let step = 0; step < 1 << 21; step += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      memory[state & (memory.length - 1)] += state;
    }
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}
