// A directory in parts: names answer first, values complete them, details come when they are shown; in a worker, or without one.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { STRICT, bare, box, large, launch, reach, results, visit } from "./stage.mjs";

const manifest = JSON.parse(await readFile(join(large, "experts.json"), "utf8"));
const DETAILS = (await readdir(join(large, "details"))).map((name) => `/details/${name}`);
const NAMES = `/${manifest.parts.names}`;
const VALUES = `/${manifest.parts.values}`;
const ELEMENT = '<expert-search src="experts.json"></expert-search>';

/** Who is looked for: the first row of the tables. */
const [, first] = (await readFile(join(large, "../tables/academicians.csv"), "utf8")).split(/\r?\n/);
const [id, name, , , , , unit] = first.split(",");
const ROSTER = first.split(",")[9];

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const site = (routes = {}, headers = {}, element = ELEMENT) => ({ folder: large, path: "/bare.html", routes: { "/bare.html": bare(element), ...routes }, headers });

/** A gate that holds what comes to it until it is opened. */
function gate() {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  return { open, hold: (bytes) => opened.then(() => bytes) };
}

/** Every detail answered so, and how often each was asked for. */
function details(answer) {
  const asked = [];
  const routes = Object.fromEntries(DETAILS.map((path) => [path, (bytes) => (asked.push(path), answer(bytes, asked.length))]));
  return { asked, routes };
}

/** What somebody is found by who is alone with name and unit. */
async function find(page, text) {
  await box(page).input.fill(text);
  await page.waitForFunction(
    ([name, unit]) => [...document.querySelector("expert-search").shadowRoot.querySelectorAll("[role=option]")].some((option) => option.textContent.includes(name) && option.textContent.includes(unit)),
    [name, unit],
  );
  return box(page).options.filter({ hasText: unit }).filter({ hasText: name }).first();
}

test("names answer before the values are there, values complete them, details come with the card", async () => {
  const { open, hold } = gate();
  const { asked, routes } = details((bytes) => bytes);
  await visit(browser, site({ ...routes, [VALUES]: hold }), async (page, seen) => {
    const { input, options, card } = box(page);
    await reach(page, "ready");
    await input.fill(name);
    await options.first().waitFor();
    assert.match(await options.first().textContent(), new RegExp(`${name}.*院士`));
    assert.equal(await options.filter({ hasText: unit }).count(), 0, "units are not there yet");
    open();
    await options.filter({ hasText: unit }).first().waitFor();
    assert.deepEqual(asked, [], "no details before a record is shown");
    await (await find(page, `${name} ${unit}`)).click();
    await card.getByRole("heading", { name }).waitFor();
    await card.filter({ hasText: ROSTER }).waitFor();
    assert.equal(asked.length, 1);
    assert.equal(page.workers().length, 1);
    assert.deepEqual(seen.thrown, []);
    assert.equal(seen.requests.filter((url) => url.endsWith("experts.json")).length, 1);
    assert.ok(seen.requests.every((url) => url.startsWith(seen.origin)));
  });
});

test("who is chosen by name alone is shown whole once the values are there", async () => {
  const { open, hold } = gate();
  await visit(browser, site({ [VALUES]: hold }), async (page) => {
    const { input, options, card } = box(page);
    await reach(page, "ready");
    await input.fill(name);
    await options.first().click();
    open();
    await card.filter({ hasText: ROSTER }).waitFor();
    assert.ok((await card.locator("dd").count()) > 3);
  });
});

test("details that fail once are asked for again; that fail twice are told, with a way to try again; the search goes on", async () => {
  const { asked, routes } = details((bytes, times) => (times === 1 ? null : bytes));
  await visit(browser, site(routes), async (page, seen) => {
    const { card } = box(page);
    await reach(page, "ready");
    await (await find(page, `${name} ${unit}`)).click();
    await card.filter({ hasText: ROSTER }).waitFor();
    assert.equal(asked.length, 2);
    assert.deepEqual(seen.thrown, []);
  });
  const failing = details((bytes, times) => (times < 3 ? null : bytes));
  await visit(browser, site(failing.routes), async (page, seen) => {
    const { card } = box(page);
    await reach(page, "ready");
    await (await find(page, `${name} ${unit}`)).click();
    await card.filter({ hasText: "details-unreachable" }).waitFor();
    await (await find(page, `${unit} ${name}`)).waitFor();
    await card.getByRole("button", { name: "重试" }).click();
    await card.filter({ hasText: ROSTER }).waitFor();
    assert.equal(failing.asked.length, 3);
    assert.deepEqual(seen.thrown, []);
  });
});

test("details of another build are noticed", async () => {
  const { routes } = details(() => readFile(join(large, VALUES)));
  await visit(browser, site(routes), async (page) => {
    await reach(page, "ready");
    await (await find(page, `${name} ${unit}`)).click();
    await box(page).card.filter({ hasText: /代码：not-an-index/ }).waitFor();
  });
});

/** The values with another byte in their packed part, and the checksum for it: sound, and of another build. */
async function foreign() {
  const bytes = Buffer.from(await readFile(join(large, VALUES)));
  let sum = 0xcbf29ce484222325n;
  bytes[bytes.length - 1] ^= 1;
  for (const byte of bytes.subarray(28)) sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  bytes.writeBigUInt64LE(sum, 20);
  return bytes;
}

/** A page in which the engine runs on the main thread. */
const ALONE = { "content-security-policy": `${STRICT}; worker-src 'none'` };

for (const { why, times, code, headers, where } of [
  { why: "once", times: 1, headers: {}, where: "a worker" },
  { why: "again", times: 2, code: /mixed-index/, headers: {}, where: "a worker" },
  { why: "once", times: 1, headers: ALONE, where: "no worker" },
  { why: "again", times: 2, code: /mixed-index/, headers: ALONE, where: "no worker" },
]) {
  test(`parts that do not belong together ${why}, in ${where}: ${code ? "told" : "healed by the manifest read anew"}`, async () => {
    const strange = await foreign();
    let served = 0;
    const manifests = [];
    const routes = {
      [VALUES]: (bytes) => (++served <= times ? strange : bytes),
      "/experts.json": (bytes) => (manifests.push(0), bytes),
    };
    await visit(browser, site(routes, headers), async (page, seen) => {
      if (code) {
        await reach(page, "failed");
        assert.match(await box(page).status.textContent(), code);
      } else {
        await (await find(page, `${name} ${unit}`)).waitFor();
      }
      assert.equal(manifests.length, 2);
      assert.deepEqual(seen.thrown, []);
    });
  });
}

test("a host half updated: the manifest still names files that are gone", async () => {
  let times = 0;
  const old = Buffer.from(JSON.stringify({ ...manifest, parts: { names: "names-0123456789abcdef.bin", values: "values-0123456789abcdef.bin" } }));
  await visit(browser, site({ "/experts.json": (bytes) => (++times === 1 ? old : bytes) }), async (page) => {
    await (await find(page, `${name} ${unit}`)).waitFor();
    assert.equal(times, 2);
  });
});

test("values that do not come: said, and there at the next try", async () => {
  let broken = true;
  await visit(browser, site({ [VALUES]: (bytes) => (broken ? null : bytes) }), async (page) => {
    await reach(page, "failed");
    assert.match(await box(page).status.textContent(), /index-unreachable/);
    broken = false;
    await page.getByRole("button", { name: "重试" }).click();
    await (await find(page, `${name} ${unit}`)).waitFor();
  });
});

for (const { where, policy, workers, prepare } of [
  { where: "a page with the strictest policy", policy: STRICT, workers: 1 },
  { where: "a page that forbids workers", policy: ALONE["content-security-policy"], workers: 0 },
  { where: "a browser without workers", workers: 0, prepare: (page) => page.addInitScript(() => delete window.Worker) },
]) {
  test(`${where} has ${workers} of them, and finds`, async () => {
    await visit(browser, { ...site({}, policy ? { "content-security-policy": policy } : {}), prepare }, async (page, seen) => {
      await reach(page, "ready");
      await (await find(page, `${name} ${unit}`)).click();
      await box(page).card.filter({ hasText: ROSTER }).waitFor();
      assert.equal(page.workers().length, workers);
      assert.deepEqual(seen.thrown, []);
    });
  });
}

/** The engine's glue, which traps at 陷阱 where this holds; the real one stands at /real.js. */
const trap = (condition) =>
  Buffer.from(`import init, { Engine as Real, attach } from "./real.js";
export { init as default, attach };
export class Engine extends Real {
  search(request) {
    if (${condition} && request.text === "陷阱") throw new WebAssembly.RuntimeError("unreachable");
    return super.search(request);
  }
}`);

for (const times of [1, 2]) {
  test(`an engine that traps in its worker ${times === 1 ? "is started anew once" : "again is given up"}`, async () => {
    const real = await readFile(join(large, manifest.engine.js));
    // Each worker has its own instance, so the server counts.
    let trapped = 0;
    const trapping = () => trap(`${trapped++ < times * 2} && typeof document === "undefined"`);
    const routes = { [`/${manifest.engine.js}`]: trapping, "/real.js": () => real };
    await visit(browser, site(routes), async (page, seen) => {
      const { input, options, status } = box(page);
      await reach(page, "ready");
      await input.fill("陷阱");
      if (times === 2) {
        await reach(page, "failed");
        assert.match(await status.textContent(), /engine-stopped/);
        return;
      }
      await page.waitForFunction(() => !document.querySelector("expert-search").shadowRoot.querySelector("[role=status]").textContent.includes("正在"));
      await input.fill(name);
      await options.first().waitFor();
      assert.equal(page.workers().length, 1);
      assert.deepEqual(seen.thrown, []);
    });
  });
}

test("of two directories one traps: both engines are given back before they are started anew", async () => {
  const real = await readFile(join(large, manifest.engine.js));
  let served = 0;
  // Served to the page itself first, then to the worker of each directory.
  const trapping = () => trap(`${served++ === 1}`);
  const routes = { [`/${manifest.engine.js}`]: trapping, "/real.js": () => real, "/second.json": () => readFile(join(large, "experts.json")) };
  await visit(browser, site(routes, {}, '<expert-search src="experts.json second.json"></expert-search>'), async (page, seen) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await page.evaluate(() => document.addEventListener("expert-search:ready", () => (window.anew = true), true));
    await input.fill("陷阱");
    await page.waitForFunction(() => window.anew);
    await input.fill(name);
    await options.first().waitFor();
    assert.equal(page.workers().length, 2);
    assert.deepEqual(seen.thrown, []);
  });
});

test("a page of results: filters, a record with its details, and by its address", async () => {
  const { asked, routes } = details((bytes) => bytes);
  await visit(browser, site(routes, {}, '<expert-search src="experts.json" mode="page"></expert-search>'), async (page, seen) => {
    const { input, links, filter, detail, count } = results(page);
    await reach(page, "ready");
    await count.filter({ hasText: manifest.records.toLocaleString("en") }).waitFor();
    assert.ok(await filter("类型").isVisible());
    await input.fill(`${name} ${unit}`);
    await links.filter({ hasText: name }).first().click();
    await detail.filter({ hasText: ROSTER }).waitFor();
    assert.equal(asked.length, 1);
    await page.reload();
    await detail.filter({ hasText: ROSTER }).waitFor();
    assert.match(page.url(), new RegExp(id));
    assert.equal(page.workers().length, 1);
    assert.deepEqual(seen.thrown, []);
  });
});

test("a page of results whose details fail says so beside the record, and tries again", async () => {
  const { routes } = details((bytes, times) => (times < 3 ? null : bytes));
  await visit(browser, site(routes, {}, '<expert-search src="experts.json" mode="page"></expert-search>'), async (page) => {
    const { input, links, detail } = results(page);
    await reach(page, "ready");
    await input.fill(`${name} ${unit}`);
    await links.filter({ hasText: name }).first().click();
    await detail.filter({ hasText: "details-unreachable" }).waitFor();
    assert.match(await detail.textContent(), new RegExp(unit));
    await detail.getByRole("button", { name: "重试" }).click();
    await detail.filter({ hasText: ROSTER }).waitFor();
  });
});

test("a page of results whose details are of another build, without a worker, says so and goes on", async () => {
  const { routes } = details(() => readFile(join(large, VALUES)));
  await visit(browser, site(routes, ALONE, '<expert-search src="experts.json" mode="page"></expert-search>'), async (page, seen) => {
    const { input, links, detail } = results(page);
    await reach(page, "ready");
    await page.evaluate(() => document.addEventListener("expert-search:ready", () => (window.anew = true), true));
    await input.fill(`${name} ${unit}`);
    await links.filter({ hasText: name }).first().click();
    await detail.filter({ hasText: /代码：not-an-index/ }).waitFor();
    assert.equal(await page.evaluate(() => window.anew), undefined, "the engine is not started anew");
    assert.deepEqual(seen.thrown, []);
  });
});

test("a large and a small directory in one box", async () => {
  const small = join(process.env.EXPERT_SEARCH_DEMO);
  const manifestOfSmall = JSON.parse(await readFile(join(small, "experts.json"), "utf8"));
  const files = [manifestOfSmall.index, manifestOfSmall.tables, manifestOfSmall.words];
  const routes = Object.fromEntries(files.map((name) => [`/${name}`, () => readFile(join(small, name))]));
  const second = { ...manifestOfSmall, engine: manifest.engine };
  await visit(browser, site({ ...routes, "/small.json": () => Buffer.from(JSON.stringify(second)) }, {}, '<expert-search src="experts.json small.json"></expert-search>'), async (page, seen) => {
    const { input, options, card } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.filter({ hasText: "国家天文台" }).first().waitFor();
    await (await find(page, `${name} ${unit}`)).click();
    await card.filter({ hasText: ROSTER }).waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});
