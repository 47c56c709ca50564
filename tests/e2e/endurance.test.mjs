// What lasts: thousands of keystrokes, hundreds of elements that come and go, slow connections, and the orders in which other browsers send events.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bare, box, launch, manifest, reach, results, visit } from "./stage.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Bytes of the WebAssembly memory that the boxes of a page share; the glue gives a module that runs already, its exports by short names. */
const memory = (page, glue = manifest.engine.js) =>
  page.evaluate(async (name) => {
    const exports = await (await import(`./${name}#0`)).default();
    return Object.values(exports).find((one) => one instanceof WebAssembly.Memory).buffer.byteLength;
  }, glue);

/** Nodes and listeners that are alive once what is not has been collected. */
async function alive(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  await session.detach();
  return { nodes, jsEventListeners };
}

/**
 * Nothing may grow from one measurement to another. The allocator may need some `pages` more, as the files of an element arrive in another order
 * (it takes eight at once where an index opens while another is still open): 200 elements that leave 3 KB each, or 800 keystrokes of 400 bytes,
 * would take more. A browser may still hold the last element or two: 40 nodes and as many listeners each.
 */
function steady(before, now, what, pages) {
  assert.ok(now.memory <= before.memory + pages * 65_536, `${what}: ${before.memory} bytes of WebAssembly memory, now ${now.memory}`);
  assert.ok(now.nodes <= before.nodes + 80, `${what}: ${before.nodes} nodes, now ${now.nodes}`);
  assert.ok(now.jsEventListeners <= before.jsEventListeners + 80, `${what}: ${before.jsEventListeners} listeners, now ${now.jsEventListeners}`);
}

for (const mode of ["box", "page"]) {
  test(`${mode}: 2,000 keystrokes leave nothing behind after the third round`, async () => {
    await visit(browser, { path: "/bare.html", routes: { "/bare.html": bare(`<expert-search src="experts.json" mode="${mode}"></expert-search>`) } }, async (page, seen) => {
      await reach(page, "ready");
      await page.evaluate(() => document.querySelector("expert-search").focus());
      const glue = mode === "box" ? manifest.engine.js : manifest.engine.browse.js;
      const words = ["zhang", "张三丰", "beijingdaxue", "北京大学 数学", "ylp", "wuli xue", "量子", "shen zhen"];
      const keys = [...words.join("")];
      const round = async (count) => {
        for (let typed = 0; typed < count; typed += 1) {
          if (typed % 9 === 0) await page.evaluate(() => {
            const input = document.querySelector("expert-search").shadowRoot.querySelector("input");
            input.value = "";
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
          });
          await page.keyboard.insertText(keys[typed % keys.length]);
        }
        await page.waitForTimeout(50);
        return { memory: await memory(page, glue), ...(await alive(page)) };
      };
      await round(400);
      await round(400);
      const third = await round(400);
      await round(400);
      steady(third, await round(400), "after the third round", 4);
      assert.deepEqual(seen.thrown, []);
    });
  });
}

test("200 elements that come and go after 120 others leave nothing behind", async () => {
  await visit(browser, { path: "/bare.html", routes: { "/bare.html": bare('<expert-search src="experts.json"></expert-search>') } }, async (page, seen) => {
    await reach(page, "ready");
    const round = async () => {
      await page.evaluate(async () => {
        for (let count = 0; count < 40; count += 1) {
          const element = document.createElement("expert-search");
          element.setAttribute("src", "experts.json");
          document.querySelector("main").append(element);
          if (count % 4) element.focus();
          const input = element.shadowRoot.querySelector("input");
          input.value = "张";
          input.dispatchEvent(new InputEvent("input", { bubbles: true }));
          // Some are gone before the engine has come.
          if (count % 4) await new Promise((done) => element.addEventListener("expert-search:ready", done, { once: true }));
          if (count % 4 > 1) await new Promise((done) => requestAnimationFrame(done));
          element.remove();
          await null;
        }
        await new Promise((done) => setTimeout(done, 300));
      });
      return { memory: await memory(page), ...(await alive(page)) };
    };
    await round();
    await round();
    const third = await round();
    for (let more = 0; more < 4; more += 1) await round();
    steady(third, await round(), "after the third round", 8);
    await box(page).input.fill("艾国祥");
    await box(page).options.first().waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});

test("a slow connection: the box is there before the engine, and what is typed meanwhile is kept and answered", async () => {
  await visit(browser, { path: "/start.html", routes: { "/start.html": () => Buffer.from("<!DOCTYPE html><title>x</title>"), "/bare.html": bare('<expert-search src="experts.json"></expert-search>') } }, async (page, seen) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 50_000, uploadThroughput: 50_000 });
    await page.goto(`${seen.origin}/bare.html`);
    const { input, options, status } = box(page);
    await input.click();
    await page.keyboard.type("aiguo");
    assert.notEqual(await page.evaluate(() => document.querySelector("expert-search").state), "ready", "the engine has not come yet");
    await status.filter({ hasText: "正在准备" }).waitFor();
    await page.keyboard.type("xiang");
    await options.first().waitFor();
    assert.equal(await input.inputValue(), "aiguoxiang");
    assert.match(await options.first().textContent(), /艾国祥/);
    assert.deepEqual(seen.thrown, []);
  });
});

/**
 * What browsers send while somebody writes 张三 by pinyin, as recorded: `text` of the box, `composing` of the event. Untrusted here, but in their order.
 * Trusted ones in Chromium's own order are in compose.test.mjs.
 */
const ORDERS = {
  "Chromium": [["start"], ["input", "zhang", true], ["input", "zhang's", true], ["input", "张三", true], ["end", "张三"]],
  "Firefox: one more input after the end": [["start"], ["input", "zhang", true], ["input", "张三", true], ["end", "张三"], ["input", "张三", false]],
  "Safari: the key that ended it comes after the end": [["start"], ["input", "zhang", true], ["input", "张三", true], ["end", "张三"], ["key", "Enter", 229]],
  "an input method with a window of its own": [["start"], ["end", "张三"]],
  "Android, which composes Latin too": [["start"], ["input", "z", true], ["input", "zhangsan", true], ["end", "zhangsan"], ["input", "zhangsan ", false], ["input", "张三", false]],
  "a blur instead of an end": [["start"], ["input", "zhang", true], ["input", "张三", true], ["blur"]],
};

for (const mode of ["box", "page"]) {
  test(`${mode}: compositions in the orders of ${Object.keys(ORDERS).length} kinds of browsers`, async () => {
    const prepare = (page) => page.addInitScript(() => document.addEventListener("expert-search:tables", () => (window.tables = true), true));
    await visit(browser, { path: "/bare.html", routes: { "/bare.html": bare(`<expert-search src="experts.json" mode="${mode}"></expert-search>`) }, prepare }, async (page, seen) => {
      // When the tables of characters come, what stands in the box is searched once more.
      await page.waitForFunction(() => window.tables);
      for (const [name, order] of Object.entries(ORDERS)) {
        const asked = await page.evaluate(async (sent) => {
          const host = document.querySelector("expert-search");
          const input = host.shadowRoot.querySelector("input");
          const heard = [];
          const hear = (event) => heard.push(event.detail.text);
          input.focus();
          input.value = "";
          input.dispatchEvent(new InputEvent("input", { bubbles: true }));
          await new Promise((done) => setTimeout(done, 30));
          host.addEventListener("expert-search:query", hear);
          for (const [kind, text, more] of sent) {
            if (kind === "input" || kind === "end") input.value = text;
            if (kind === "start") input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
            if (kind === "input") input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: more }));
            if (kind === "end") input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: text }));
            if (kind === "key") input.dispatchEvent(new KeyboardEvent("keydown", { key: text, keyCode: more, bubbles: true, cancelable: true }));
            if (kind === "blur") input.blur();
            await new Promise((done) => setTimeout(done, 20));
          }
          host.removeEventListener("expert-search:query", hear);
          return { heard, value: input.value, active: host.shadowRoot.querySelectorAll("[aria-selected=true]").length };
        }, order);
        assert.deepEqual([asked.value, asked.heard[asked.heard.length - 1], asked.active], ["张三", "张三", 0], name);
        assert.equal(new Set(asked.heard).size, asked.heard.length, `${name}: each text is searched once`);
      }
      if (mode === "page") await page.locator("expert-search .nothing").waitFor();
      assert.deepEqual(seen.thrown, []);
    });
  });
}
