// A trusted composition, letter by letter as an input method sends it, that begins before the engine has arrived.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { box, launch, manifest, reach, screenshot, visit } from "./stage.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** An input method over the DevTools protocol: its events are trusted, in Chromium's own order. */
async function inputMethod(page) {
  const session = await page.context().newCDPSession(page);
  const key = () => session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", windowsVirtualKeyCode: 229 });
  return {
    async compose(...steps) {
      for (const text of steps) {
        await key();
        await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      }
    },
    async commit(text) {
      await key();
      await session.send("Input.insertText", { text });
    },
  };
}

test("zhang'san, begun before the wasm, is searched while composing and is never touched", async () => {
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  const routes = { [`/${manifest.engine.wasm}`]: async (bytes) => (await arrived, bytes) };
  await visit(browser, { routes }, async (page, seen) => {
    const { input, list, options, status, value } = box(page);
    const ime = await inputMethod(page);
    await input.click();
    await ime.compose("z", "zh", "zha", "zhan", "zhang");
    assert.equal(await value(), "zhang");
    assert.equal(await list.isVisible(), false, "nothing can be found yet");
    await status.filter({ hasText: "正在准备" }).waitFor();
    await page.evaluate(() => (window.before = document.querySelector("expert-search").shadowRoot.getElementById("input")));

    arrive();
    await reach(page, "ready");
    await options.first().waitFor();
    assert.equal(await value(), "zhang", "the open word is taken over, not disturbed");
    assert.match(await options.first().textContent(), /张/);
    await screenshot(page, "composition-taken-over");

    await ime.compose("zhang'", "zhang's", "zhang'sa", "zhang'san");
    assert.equal(await value(), "zhang'san");
    assert.equal(await options.count() > 0, true, "what was found before stays in sight");
    assert.doesNotMatch(await status.textContent(), /没有找到/);
    await page.waitForTimeout(600);
    assert.doesNotMatch(await status.textContent(), /没有找到/, "no flash, however long the visitor thinks");
    await screenshot(page, "composition-open");

    await ime.commit("张三");
    assert.equal(await value(), "张三");
    assert.equal(await page.evaluate(() => window.before === document.querySelector("expert-search").shadowRoot.getElementById("input")), true);
    await input.fill("张杰");
    await options.first().waitFor();
    assert.match(await options.first().textContent(), /张杰/);
    assert.deepEqual(seen.thrown, []);
  });
});

test("the keys of an open composition are the input method's", async () => {
  await visit(browser, {}, async (page) => {
    const { input, list, active, value } = box(page);
    await reach(page, "ready");
    const ime = await inputMethod(page);
    await input.click();
    await ime.compose("a", "ai", "ai'guo");
    await list.waitFor();
    const session = await page.context().newCDPSession(page);
    for (const [key, code] of [["ArrowDown", 40], ["Enter", 13], ["Escape", 27]]) {
      await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, code: key, windowsVirtualKeyCode: 229 });
    }
    assert.deepEqual(await active(), []);
    assert.equal(await list.isVisible(), true);
    assert.equal(await value(), "ai'guo");
    await ime.commit("艾国祥");
    await page.waitForFunction(() => document.querySelector("expert-search").shadowRoot.querySelectorAll("[role=option]").length === 1);
    assert.equal(await page.getByRole("option").locator("mark").first().textContent(), "艾国祥");
  });
});

test("a composition that is cancelled leaves an empty, quiet box", async () => {
  await visit(browser, {}, async (page) => {
    const { input, list, status, value } = box(page);
    await reach(page, "ready");
    const ime = await inputMethod(page);
    await input.click();
    await ime.compose("a", "ai", "");
    assert.equal(await value(), "");
    assert.equal(await list.isVisible(), false);
    await page.waitForTimeout(600);
    assert.equal(await status.textContent(), "");
  });
});
