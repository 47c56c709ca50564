// A visit from the first key to the card: keyboard alone, mouse alone, a finger; and what assistive technology meets.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { box, launch, manifest, reach, screenshot, visit } from "./stage.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** What axe-core objects to (the page's policy would forbid its script), as a list of rule and place. */
async function faults(page) {
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${JSON.stringify(node.target)}`));
}

test("by keyboard alone: type, look, go round, choose, clear, leave", async () => {
  await visit(browser, {}, async (page, seen) => {
    const { input, list, options, status, card, active, value } = box(page);
    await reach(page, "ready");
    await input.focus();
    await page.keyboard.type("aiguoxiang");
    await options.first().waitFor();
    assert.equal(await input.getAttribute("aria-expanded"), "true");
    assert.equal(await options.first().locator(".name mark").textContent(), "艾国祥");
    assert.equal(await options.first().locator(".how").textContent(), "拼音");
    assert.deepEqual(await active(), [], "nothing is chosen unasked");
    await page.waitForFunction(() => /找到 \d+ 条/.test(document.querySelector("expert-search").shadowRoot.querySelector(".status").textContent));

    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await active(), ["艾国祥"]);
    assert.equal(await input.getAttribute("aria-activedescendant"), await options.first().getAttribute("id"));
    await page.keyboard.press("Escape");
    assert.equal(await list.isVisible(), false);
    assert.equal(await value(), "aiguoxiang", "the first Escape only closes");
    await page.keyboard.press("Alt+ArrowDown");
    assert.equal(await list.isVisible(), true);
    assert.deepEqual(await active(), []);

    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await value(), "艾国祥");
    assert.equal(await list.isVisible(), false);
    await page.getByRole("heading", { name: "艾国祥" }).waitFor();
    assert.match(await card.textContent(), /艾国祥.*院士.*中国科学院国家天文台/s);
    assert.match(await status.textContent(), /资料/);
    await screenshot(page, "card");

    await page.keyboard.press("Home");
    await page.keyboard.type("x");
    assert.equal(await value(), "x艾国祥", "Home moved the caret, not the list");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    assert.equal(await value(), "");
    assert.equal(await card.isVisible(), false);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.localName !== "expert-search"), true, "Tab leaves");
    assert.deepEqual(seen.thrown, []);
  });
});

test("arrows go round the ends, go on where there is more, and keep the option in sight", async () => {
  await visit(browser, { options: { viewport: { width: 800, height: 480 } } }, async (page) => {
    const { input, options, active } = box(page);
    await reach(page, "ready");
    await input.focus();
    await page.keyboard.type("袁");
    await options.nth(9).waitFor();
    assert.equal(await options.count(), 10);
    const inSight = (at) =>
      options.nth(at).evaluate((option) => {
        const [own, list] = [option.getBoundingClientRect(), option.parentElement.getBoundingClientRect()];
        return own.top >= list.top - 1 && own.bottom <= list.bottom + 1;
      });
    const more = page.locator("expert-search .more");
    const [, rest] = (await more.textContent()).match(/还有 (\d+) 条/);
    assert.ok(rest > 0 && rest < 20, `${rest} more come in one go`);
    await page.keyboard.press("ArrowUp");
    assert.deepEqual(await active(), [await options.nth(9).locator(".name").textContent()]);
    assert.equal(await inSight(9), true);
    await page.keyboard.press("ArrowDown");
    await options.nth(10).waitFor();
    assert.deepEqual(await active(), [await options.nth(10).locator(".name").textContent()]);
    assert.equal(await inSight(10), true);
    assert.equal(await more.isVisible(), false);
    await page.keyboard.press("ArrowUp");
    for (let step = 0; step < 10; step += 1) await page.keyboard.press("ArrowUp");
    const last = await options.last().locator(".name").textContent();
    assert.deepEqual(await active(), [last]);
    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await active(), [await options.first().locator(".name").textContent()]);
  });
});

test("by mouse alone: choose, close the card, click beside", async () => {
  await visit(browser, {}, async (page) => {
    const { input, list, options, card, value } = box(page);
    await reach(page, "ready");
    await input.click();
    await page.keyboard.insertText("艾国祥");
    await options.first().click();
    await card.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.localName), "expert-search", "the focus stays in the box");
    await page.getByRole("button", { name: "关闭" }).click();
    assert.equal(await card.isVisible(), false);
    await input.click();
    await list.waitFor();
    await page.locator("h1").click();
    assert.equal(await list.isVisible(), false);
    await page.locator("expert-search .clear").click();
    assert.equal(await value(), "");
  });
});

test("by finger: a sheet that fills the screen, its list stays when the keyboard goes, its button closes it", async () => {
  const options = { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true };
  await visit(browser, { options }, async (page) => {
    const { input, list, options: found, card } = box(page);
    await reach(page, "ready");
    await input.tap();
    const field = page.locator("expert-search .field");
    const filled = () => field.evaluate((element) => [element.getBoundingClientRect().top, element.offsetWidth, element.offsetHeight, element.matches(":popover-open")].join());
    assert.equal(await filled(), "0,375,700,true");
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.id), "input", "the keyboard stays");
    const hint = page.locator("expert-search .hint");
    assert.equal(await hint.isVisible(), true, "an empty sheet says what can be typed");
    await page.keyboard.insertText("深圳");
    await list.waitFor();
    assert.equal(await hint.isVisible(), false);
    await screenshot(page, "phone");
    await input.evaluate((element) => element.blur());
    assert.equal(await list.isVisible(), true);
    await input.focus();
    await page.locator("nav a").first().focus();
    assert.equal(await list.isVisible(), false, "a keyboard that goes on leaves nothing behind");
    await input.tap();
    await page.getByRole("button", { name: "取消" }).tap();
    assert.equal(await list.isVisible(), false);
    assert.ok((await field.evaluate((element) => element.offsetHeight)) < 120, "the page is back");
    await input.tap();
    await found.first().tap();
    await card.waitFor();
    assert.ok((await field.evaluate((element) => element.offsetHeight)) < 120, "a choice ends it");
  });
});

test("the list is above everything in the page, whatever cuts off what is inside", async () => {
  await visit(browser, {}, async (page) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await page.evaluate(() => {
      const host = document.querySelector("expert-search");
      Object.assign(host.parentElement.style, { overflow: "hidden", height: "240px", transform: "scale(1)" });
      const cover = document.body.appendChild(document.createElement("div"));
      Object.assign(cover.style, { position: "fixed", inset: "0", zIndex: 2147483647, pointerEvents: "none", background: "rgba(0,0,0,.01)" });
      document.body.style.minHeight = "3000px";
    });
    await input.fill("张");
    await options.nth(3).waitFor();
    const place = () =>
      page.evaluate(() => {
        const root = document.querySelector("expert-search").shadowRoot;
        const [bar, popup] = [".bar", ".popup"].map((name) => root.querySelector(name).getBoundingClientRect());
        const hit = root.elementFromPoint(popup.left + 40, popup.top + 120);
        return [Math.round(popup.top - bar.bottom), Math.round(popup.width - bar.width), !!hit.closest(".popup")].join();
      });
    assert.equal(await place(), "6,0,true");
    await page.mouse.wheel(0, 120);
    await page.waitForFunction(() => window.scrollY > 100);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await place(), "6,0,true", "it goes along");
  });
});

test("the host hears of a choice and may show the record itself", async () => {
  await visit(browser, {}, async (page) => {
    const { input, options, card, value } = box(page);
    await reach(page, "ready");
    await page.evaluate(() => {
      document.addEventListener("expert-search:select", (event) => {
        window.chosen = event.detail;
        event.preventDefault();
      });
    });
    await input.fill("艾国祥");
    await options.first().click();
    const chosen = await page.evaluate(() => window.chosen);
    assert.equal(chosen.name, "艾国祥");
    assert.deepEqual([chosen.shape, chosen.type, chosen.ids.length > 0, chosen.roles.length > 0], ["person", "院士", true, true]);
    assert.equal(await card.isVisible(), false);
    assert.equal(await value(), "艾国祥");
  });
});

test("axe-core finds nothing in the empty box, the open list and the card; in the dark neither", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await visit(browser, { options: { colorScheme, bypassCSP: true } }, async (page) => {
      const { input, options, card } = box(page);
      await reach(page, "ready");
      assert.deepEqual(await faults(page), []);
      await input.focus();
      await page.keyboard.type("zhongguo");
      await options.first().waitFor();
      await page.keyboard.press("ArrowDown");
      assert.deepEqual(await faults(page), []);
      await screenshot(page, `list-${colorScheme}`);
      await page.keyboard.press("Enter");
      await card.waitFor();
      assert.deepEqual(await faults(page), []);
    });
  }
});

test("at 320 pixels nothing is cut off, and what is tapped is 44 pixels high", async () => {
  await visit(browser, { options: { viewport: { width: 320, height: 640 } } }, async (page) => {
    const { input, options, card } = box(page);
    await reach(page, "ready");
    await input.fill("深圳市仙湖植物园");
    await options.first().waitFor();
    const sizes = () =>
      page.evaluate(() => {
        const root = document.querySelector("expert-search").shadowRoot;
        const tapped = [...root.querySelectorAll("button, input, [role=option]")].filter((one) => one.offsetParent);
        return { wide: document.documentElement.scrollWidth, low: tapped.filter((one) => one.offsetHeight < 44).map((one) => one.className) };
      });
    assert.deepEqual(await sizes(), { wide: 320, low: [] });
    await options.first().click();
    await card.waitFor();
    assert.deepEqual(await sizes(), { wide: 320, low: [] });
    await screenshot(page, "narrow");
  });
});

test("nothing is asked of any other host, and nothing but the nine files", async () => {
  await visit(browser, {}, async (page, seen) => {
    const tables = page.waitForResponse((response) => response.url().endsWith(manifest.tables));
    await reach(page, "ready");
    await tables;
    await box(page).input.fill("艾国祥");
    await page.getByRole("option").first().click();
    const asked = seen.requests.map((url) => (assert.ok(url.startsWith(`${seen.origin}/`), url), url.slice(seen.origin.length + 1)));
    const files = ["expert-search.js", "experts.json", manifest.engine.js, manifest.engine.wasm, manifest.engine.later, manifest.index, manifest.tables, manifest.words, manifest.engine.card];
    assert.deepEqual(asked.map((name) => name.split("#")[0]).filter((name) => name && name !== "favicon.ico").sort(), files.sort());
  });
});

test("an element that is moved goes on, one that is removed lets go, a second one has its own state", async () => {
  await visit(browser, {}, async (page, seen) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await page.evaluate(() => document.querySelector("footer").append(document.querySelector("expert-search")));
    await input.fill("艾国祥");
    await options.first().waitFor();
    await page.evaluate(() => {
      const second = document.createElement("expert-search");
      second.setAttribute("src", "experts.json");
      document.querySelector("main").prepend(second);
      window.first = document.querySelector("footer expert-search");
      second.focus();
    });
    await page.waitForFunction(() => document.querySelector("main expert-search").state === "ready");
    assert.equal(await page.locator("main expert-search .option").count(), 0);
    assert.equal(await page.locator("footer expert-search .option").count(), 1);
    await page.evaluate(() => window.first.remove());
    await page.waitForFunction(() => window.first.state === "waiting");
    await page.locator("main expert-search input").fill("艾国祥");
    await page.locator("main expert-search .option").first().waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});
