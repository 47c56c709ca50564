// Everything that can be missing, cut off or forbidden: the box says so in a sentence with a code, and the page's own content stays.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { STRICT, bare, box, launch, manifest, reach, results, visit } from "./stage.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const FALLBACK = "<p id=fallback>名录全文</p>";
const ELEMENT = `<expert-search src="experts.json">${FALLBACK}</expert-search>`;

const WASM = `/${manifest.engine.wasm}`;
const GLUE = `/${manifest.engine.js}`;
const INDEX = `/${manifest.index}`;

const gone = () => null;
const text = (words) => () => Buffer.from(words);
const flipped = (bytes) => {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1] ^= 0x10;
  return copy;
};

const cases = [
  { name: "no src", code: "no-src", element: `<expert-search>${FALLBACK}</expert-search>`, final: true },
  { name: "an address that is none", code: "manifest-unreachable", element: `<expert-search src="http://">${FALLBACK}</expert-search>` },
  { name: "manifest 404", code: "manifest-unreachable", routes: { "/experts.json": gone } },
  { name: "manifest is an error page", code: "manifest-damaged", routes: { "/experts.json": text("<html>404</html>") } },
  { name: "manifest without engine", code: "manifest-damaged", routes: { "/experts.json": text('{"format":1,"index":"a.bin"}') } },
  { name: "manifest is null", code: "manifest-damaged", routes: { "/experts.json": text("null") } },
  { name: "manifest of a later format", code: "manifest-newer", routes: { "/experts.json": text('{"format":3}') }, final: true },
  { name: "glue 404", code: "engine-unreachable", routes: { [GLUE]: gone } },
  { name: "wasm 404", code: "engine-unreachable", routes: { [WASM]: gone } },
  { name: "wasm cut off", code: "engine-damaged", routes: { [WASM]: (bytes) => bytes.subarray(0, bytes.length >> 1) } },
  { name: "wasm forbidden by policy", code: "wasm-blocked", headers: { "content-security-policy": "default-src 'self'" }, final: true },
  { name: "no WebAssembly", code: "wasm-unsupported", prepare: (page) => page.addInitScript(() => delete window.WebAssembly), final: true },
  { name: "index 404", code: "index-unreachable", routes: { [INDEX]: gone } },
  { name: "index is an error page", code: "not-an-index", routes: { [INDEX]: text("<html>not found</html>") } },
  { name: "index empty", code: /^(not-an-index|truncated-index)$/, routes: { [INDEX]: text("") } },
  { name: "index cut off", code: "truncated-index", routes: { [INDEX]: (bytes) => bytes.subarray(0, bytes.length - 100) } },
  { name: "index damaged", code: "damaged-index", routes: { [INDEX]: flipped } },
];

for (const { name, code, element = ELEMENT, final = false, routes = {}, ...site } of cases) {
  test(`${name}: says ${code}`, async () => {
    await visit(browser, { path: "/bare.html", routes: { ...routes, "/bare.html": bare(element) }, ...site }, async (page, seen) => {
      await reach(page, "failed");
      const [, said] = (await box(page).status.textContent()).match(/^[\p{Script=Han}，。；、]+（代码：([a-z-]+)）$/u) || [];
      assert.match(said || "no sentence", code instanceof RegExp ? code : new RegExp(`^${code}$`));
      assert.equal(await page.locator("#fallback").isVisible(), true, "the page's own content stays");
      assert.equal(await page.getByRole("button", { name: "重试" }).isVisible(), !final);
      assert.equal(await box(page).input.isVisible(), true);
      assert.deepEqual(seen.thrown, []);
    });
  });
}

test("the element tells the page: error with its code, then, after a retry, ready", async () => {
  let broken = true;
  const routes = { "/bare.html": bare(ELEMENT), [GLUE]: (bytes) => (broken ? null : bytes), [INDEX]: (bytes) => (broken ? null : bytes) };
  const prepare = (page) =>
    page.addInitScript(() => {
      window.heard = [];
      for (const name of ["ready", "error"]) {
        document.addEventListener(`expert-search:${name}`, (event) => window.heard.push([name, event.detail]), true);
      }
    });
  await visit(browser, { path: "/bare.html", routes, prepare }, async (page) => {
    await reach(page, "failed");
    await box(page).input.fill("艾国祥");
    broken = false;
    await page.getByRole("button", { name: "重试" }).click();
    await reach(page, "ready");
    await page.getByRole("option").first().waitFor();
    const heard = await page.evaluate(() => window.heard);
    assert.match(heard[0][1].code, /^(engine|index)-unreachable$/);
    assert.deepEqual(heard[1], ["ready", { records: manifest.records }]);
    assert.equal(await page.locator("#fallback").isVisible(), false, "the box is there now");
  });
});

for (const { name, route, ok } of [
  { name: "come after the search is ready", route: (bytes) => bytes, ok: true },
  { name: "do not come", route: () => null, ok: false },
  { name: "are damaged", route: (bytes) => bytes.subarray(0, 1000), ok: false },
  { name: "are an error page", route: () => Buffer.from("<html>404</html>"), ok: false },
]) {
  for (const [what, file] of [["tables of characters", manifest.tables], ["later parts of the engine", manifest.engine.later]]) {
    test(`${what} that ${name}: the page is told, the search works`, async () => {
      const prepare = (page) =>
        page.addInitScript(() => {
          window.heard = [];
          for (const name of ["ready", "tables", "error"]) {
            document.addEventListener(`expert-search:${name}`, (event) => window.heard.push([name, event.detail]), true);
          }
        });
      const routes = { "/bare.html": bare(ELEMENT), [`/${file}`]: route };
      await visit(browser, { path: "/bare.html", routes, prepare }, async (page, seen) => {
        await page.waitForFunction(() => window.heard.length === 2);
        assert.deepEqual(await page.evaluate(() => window.heard), [["ready", { records: manifest.records }], ["tables", { ok }]]);
        const { input, options, status } = box(page);
        await input.fill("艾国祥");
        await options.first().waitFor();
        // A slip, about which only the second half knows.
        await input.fill("renhongqaing");
        if (ok || file === manifest.tables) await options.filter({ hasText: "任洪强" }).waitFor();
        else await status.filter({ hasText: "没有找到" }).waitFor();
        assert.equal(await status.evaluate((status) => status.classList.contains("alarm")), false);
        assert.deepEqual(seen.thrown, []);
        assert.deepEqual(seen.errors.filter((error) => error.startsWith("expert-search")), []);
      });
    });
  }
}

test("what was typed before the later parts of the engine came is asked again, though the tables do not come", async () => {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  const routes = {
    "/bare.html": bare(ELEMENT),
    [`/${manifest.engine.later}`]: async (bytes) => (await held, bytes),
    [`/${manifest.tables}`]: () => null,
  };
  await visit(browser, { path: "/bare.html", routes }, async (page) => {
    await reach(page, "ready");
    const { input, options, status } = box(page);
    await input.fill("renhongqaing");
    // Nobody knows yet that there is nothing.
    await status.filter({ hasText: "正在查找" }).waitFor();
    letGo();
    await options.filter({ hasText: "任洪强" }).waitFor();
    await input.fill("xyzxyz");
    await status.filter({ hasText: "没有找到" }).waitFor();
  });
});

/** The real glue with an engine that traps on a word in one of its methods: what a bug in the engine would look like. */
const trapping = (times, method = "search") => () =>
  Buffer.from(`import init, { Engine as Real } from "./real.js";
export * from "./real.js";
export { init as default };
export class Engine extends Real {
  ${method}(request) {
    window.trapped = window.trapped || 0;
    if (request.text === "陷阱" && window.trapped < ${times}) {
      window.trapped += 1;
      throw new WebAssembly.RuntimeError("unreachable");
    }
    return super.${method}(request);
  }
}`);

for (const times of [1, 2]) {
  test(`an engine that traps ${times === 1 ? "once is started anew, and the search goes on" : "again is given up"}`, async () => {
    let real;
    const routes = {
      "/bare.html": bare(ELEMENT),
      [GLUE]: (bytes) => ((real = bytes), trapping(times)()),
      "/real.js": () => real,
    };
    await visit(browser, { path: "/bare.html", routes }, async (page, seen) => {
      const { input, options, status } = box(page);
      await reach(page, "ready");
      await input.fill("陷阱");
      if (times === 2) {
        await reach(page, "failed");
        assert.match(await status.textContent(), /engine-stopped/);
        assert.equal(await page.locator("#fallback").isVisible(), true);
        await page.getByRole("button", { name: "重试" }).click();
      }
      await page.waitForFunction((wanted) => window.trapped === wanted, times);
      await reach(page, "ready");
      await input.fill("艾国祥");
      await options.first().waitFor();
      assert.equal(await options.count(), 1);
      assert.deepEqual(seen.thrown, []);
    });
  });
}

/** The real glue with an engine that counts in the page how many there are. */
const counting = () =>
  Buffer.from(`import init, { Engine as Real } from "./real.js";
export * from "./real.js";
export { init as default };
export class Engine extends Real {
  constructor(bytes) {
    super(bytes);
    window.opened = (window.opened || 0) + 1;
  }
  free() {
    window.opened -= 1;
    super.free();
  }
}`);

for (const { what, element, glue, routes } of [
  {
    what: "another directory's index",
    element: '<expert-search src="experts.json second.json">名录</expert-search>',
    glue: manifest.engine.js,
    routes: { "/second.json": () => Buffer.from(JSON.stringify({ ...manifest, index: "none.bin" })) },
  },
  {
    what: "the page's script",
    element: '<expert-search src="experts.json" mode="page">名录</expert-search>',
    glue: manifest.engine.browse.js,
    routes: { [`/${manifest.engine.page}`]: gone },
  },
]) {
  test(`what had been opened when ${what} could not be had is given back`, async () => {
    let real;
    const served = { ...routes, "/bare.html": bare(element), [`/${glue}`]: (bytes) => ((real = bytes), counting()), "/real.js": () => real };
    await visit(browser, { path: "/bare.html", routes: served }, async (page, seen) => {
      for (let tries = 0; tries < 3; tries += 1) {
        await reach(page, "failed");
        await page.waitForFunction(() => window.opened === 0);
        await page.getByRole("button", { name: "重试" }).click();
      }
      assert.deepEqual(seen.thrown, []);
    });
  });
}

for (const times of [1, 2]) {
  test(`a page of results whose engine traps ${times === 1 ? "once is started anew, with what was looked at" : "again is given up, with a retry"}`, async () => {
    let real;
    const routes = {
      "/bare.html": bare(`<expert-search src="experts.json" mode="page" address>${FALLBACK}</expert-search>`),
      [`/${manifest.engine.browse.js}`]: (bytes) => ((real = bytes), trapping(times, "browse")()),
      "/real.js": () => real,
    };
    await visit(browser, { path: "/bare.html", routes }, async (page, seen) => {
      const { input, links, filter, chip } = results(page);
      await reach(page, "ready");
      await filter("类型").getByRole("checkbox", { name: /^院士/ }).first().check();
      await chip(/^移除筛选：类型/).waitFor();
      await input.fill("陷阱");
      if (times === 2) {
        await reach(page, "failed");
        assert.match(await page.getByRole("status").textContent(), /^搜索没有成功，请重试；.*（代码：engine-stopped）$/);
        assert.equal(await page.locator("#fallback").isVisible(), true);
        assert.equal(await links.count(), 0, "nothing stands there that could not be used");
        await page.getByRole("button", { name: "重试" }).click();
      }
      await page.waitForFunction((wanted) => window.trapped === wanted, times);
      await reach(page, "ready");
      await input.fill("艾国祥");
      await links.first().waitFor();
      assert.equal(await chip(/^移除筛选：类型/).count(), 1, "the filter is still in the address");
      assert.deepEqual(seen.thrown, []);
    });
  });
}

test("works under the strictest policy, trusted types included, with its own look", async () => {
  const routes = { "/bare.html": bare(ELEMENT) };
  await visit(browser, { path: "/bare.html", routes, headers: { "content-security-policy": STRICT } }, async (page, seen) => {
    await reach(page, "ready");
    await box(page).input.fill("艾国祥");
    await page.getByRole("option").first().click();
    await page.getByRole("heading", { name: "艾国祥" }).waitFor();
    assert.match(await page.locator("expert-search .card").textContent(), /国家天文台/);
    assert.equal(await page.locator("expert-search .card").evaluate((card) => getComputedStyle(card).borderTopWidth), "3px");
    assert.deepEqual(seen.errors.filter((error) => !/favicon|404/.test(error)), []);
    assert.deepEqual(seen.thrown, []);
  });
});

test("reads right in a page that is in GBK", async () => {
  const page = Buffer.concat([
    Buffer.from('<!DOCTYPE html><html lang="zh-CN"><meta charset="gbk"><title>'),
    Buffer.from([0xd7, 0xa8, 0xbc, 0xd2]),
    Buffer.from(`</title><script src="expert-search.js"></script><expert-search src="experts.json"></expert-search>`),
  ]);
  const answer = (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end(page);
  await visit(browser, { path: "/gbk.html", routes: { "/gbk.html": answer } }, async (page) => {
    assert.equal(await page.evaluate(() => [document.characterSet, document.title].join()), "GBK,专家");
    await reach(page, "ready");
    assert.equal(await page.locator("expert-search label").textContent(), "搜索院士、专家和工作站");
    await box(page).input.fill("艾国祥");
    assert.match(await page.getByRole("option").first().textContent(), /艾国祥.*院士/);
  });
});

test("without scripts the page's own content is there", async () => {
  await visit(browser, { path: "/bare.html", routes: { "/bare.html": bare(ELEMENT) }, options: { javaScriptEnabled: false } }, async (page) => {
    assert.equal(await page.locator("#fallback").isVisible(), true);
  });
});
