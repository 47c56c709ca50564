// Every state in every theme: what axe-core says, what assistive technology meets, what can be tapped, and screenshots to look at.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { bare, box, launch, reach, results, screenshot, visit } from "./stage.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** What axe-core objects to (a strict policy would forbid its script), as a list of rule and place. */
async function faults(page) {
  if (!(await page.evaluate(() => window.axe))) await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${JSON.stringify(node.target)}`));
}

const site = (attributes, head = "") => ({
  path: "/bare.html",
  routes: { "/bare.html": () => Buffer.from(String(bare(`<expert-search src="experts.json" ${attributes}>名录</expert-search>`)()).replace("<title>", `<meta name=viewport content="width=device-width, initial-scale=1">${head}<title>`)) },
});

/** The page in its dark colours, as a site would say it. */
const DARK = "<style>:root { color-scheme: dark; background: #10151b; color: #eee; }</style>";

/** Colours and sizes differ by look, structure does not: the states with least in them are asked about in two of them, `whole`. */
const LOOKS = [
  { look: "light", attributes: "", whole: true },
  { look: "dark", attributes: "", head: DARK, whole: true },
  { look: "government", attributes: "theme=government" },
  { look: "government-dark", attributes: "theme=government", head: DARK },
  { look: "elder", attributes: "elder" },
  { look: "forced", attributes: "", media: { forcedColors: "active" } },
  { look: "english", attributes: "lang=en" },
  { look: "traditional", attributes: "lang=zh-TW theme=government" },
  { look: "phone", attributes: "", viewport: { width: 375, height: 720 } },
];

for (const { look, attributes, head, whole = false, media = {}, viewport = { width: 1100, height: 800 } } of LOOKS) {
  test(`box, ${look}: axe-core finds nothing, whatever it shows`, async () => {
    await visit(browser, { ...site(attributes, head), options: { viewport, ...media } }, async (page) => {
      const { input, options, card, list } = box(page);
      await reach(page, "ready");
      if (whole) assert.deepEqual(await faults(page), [], "empty");
      await input.click();
      await page.keyboard.type("zhongguo");
      await options.first().waitFor();
      await page.keyboard.press("ArrowDown");
      await screenshot(page, `box-${look}-list`);
      assert.deepEqual(await faults(page), [], "open");
      await page.keyboard.press("Enter");
      await card.getByRole("heading", { level: 2 }).waitFor();
      await screenshot(page, `box-${look}-card`);
      assert.deepEqual(await faults(page), [], "record");
      if (!whole) return;
      await input.fill("qqqqqqqq");
      await list.waitFor({ state: "hidden" });
      await page.locator("expert-search .status", { hasText: "qqqqqqqq" }).waitFor();
      assert.deepEqual(await faults(page), [], "nothing found");
    });
  });

  test(`page, ${look}: axe-core finds nothing, whatever it shows`, async () => {
    await visit(browser, { ...site(`mode=page address ${attributes}`, head), options: { viewport, ...media } }, async (page) => {
      const { input, links, detail } = results(page);
      await reach(page, "ready");
      await links.nth(19).waitFor();
      await screenshot(page, `page-${look}-list`);
      if (whole) assert.deepEqual(await faults(page), [], "browsing");
      if (look === "phone") await page.locator("expert-search .toggle").click();
      await page.locator("expert-search .filter input").first().check();
      await page.locator("expert-search .chip").waitFor();
      await page.locator("expert-search .whole-toggle").nth(1).click();
      assert.deepEqual(await faults(page), [], "filtered");
      await links.first().click();
      await detail.waitFor();
      await screenshot(page, `page-${look}-record`);
      assert.deepEqual(await faults(page), [], "record");
      if (!whole) return;
      await input.fill("qqqqqqqq");
      await page.locator("expert-search .tips").waitFor();
      assert.deepEqual(await faults(page), [], "nothing found");
    });
  });
}

test("a failure, too", async () => {
  await visit(browser, { ...site(""), routes: { ...site("").routes, "/experts.json": () => null } }, async (page) => {
    await reach(page, "failed");
    assert.deepEqual(await faults(page), []);
    await screenshot(page, "failed");
  });
});

test("what assistive technology meets in the box", async () => {
  await visit(browser, site(""), async (page) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await input.click();
    await page.keyboard.type("艾国祥");
    await options.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator("expert-search .status", { hasText: "找到" }).waitFor();
    const [first] = (await page.locator("expert-search").ariaSnapshot()).split(/\n(?=- option|  - option)/);
    assert.match(first, /- combobox "搜索院士、专家和工作站" \[expanded\]/);
    assert.match(await page.locator("expert-search").ariaSnapshot(), /- listbox "搜索结果":\n\s+- option "艾国祥 院士 中国科学院国家天文台 天体物理学家" \[selected\]/);
    assert.match(await page.locator("expert-search").ariaSnapshot(), /- status: 找到 \d+ 条结果/);
    await page.keyboard.press("Enter");
    await page.locator("expert-search .card h2").waitFor();
    const tree = await page.locator("expert-search").ariaSnapshot();
    assert.match(tree, /- combobox "搜索院士、专家和工作站": 艾国祥\n\s*- button "清空"\n\s*- status: 资料已显示在下方\n\s*- region "所选结果的资料":\n\s+- heading "艾国祥" \[level=2\]\n\s+- button "关闭"\n\s+- heading "院士" \[level=3\]/);
    assert.match(tree, /- term: 工作单位\n\s+- definition: 中国科学院国家天文台[^]*- button "复制资料"\n\s+- button "复制链接"\n\s+- button "存为联系人"\n\s+- button "打印"$/);
  });
});

test("what assistive technology meets on the page of results", async () => {
  await visit(browser, site("mode=page"), async (page) => {
    const { input, found, detail, links } = results(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await links.first().waitFor();
    await found("\\d+");
    await page.waitForFunction(() => /找到/.test(document.querySelector("expert-search").shadowRoot.querySelector("[role=status]").textContent));
    const tree = await page.locator("expert-search").ariaSnapshot();
    for (const part of [/- searchbox "搜索院士、专家和工作站": 艾国祥/, /- status: 找到/, /- group "浏览方式":\n\s+- button "最相关" \[pressed\]/, /- heading "找到 \d+ 条结果" \[level=2\]/, /- list:\n\s+- listitem:\n\s+- heading "艾国祥" \[level=3\]:\n\s+- link "艾国祥"/]) assert.match(tree, part);
    await links.first().click();
    await detail.waitFor();
    assert.match(await detail.ariaSnapshot(), /- region "所选结果的资料":\n\s+- button "返回列表"\n\s+- heading "艾国祥" \[level=2\]\n\s+- heading "院士" \[level=3\]\n\s+- term: 工作单位\n\s+- definition: 中国科学院国家天文台/);
  });
});

test("whatever the language around it, what the directory says is Chinese to a screen reader", async () => {
  const languages = (page, selector) => page.locator(`expert-search ${selector}`).evaluateAll((all) => [...new Set(all.map((one) => one.closest("[lang]").lang))].join());
  await visit(browser, site("lang=en"), async (page) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await input.fill("aiguoxiang");
    await options.first().waitFor();
    for (const [selector, language] of [[".name, .kind, .fact", "zh-CN"], [".how, .label", "en"]]) assert.equal(await languages(page, selector), language, selector);
    await options.first().click();
    await page.locator("expert-search .tools").waitFor();
    for (const [selector, language] of [[".card-name, dt, dd", "zh-CN"], [".tool, .card-close", "en"]]) assert.equal(await languages(page, selector), language, selector);
  });
  await visit(browser, site("lang=en mode=page"), async (page) => {
    const { links, detail } = results(page);
    await reach(page, "ready");
    await links.first().waitFor();
    for (const [selector, language] of [[".results a, .fact", "zh-CN"], [".filter-name, .way, .count", "en"]]) assert.equal(await languages(page, selector), language, selector);
    assert.equal(await languages(page, ".value-text"), "zh-CN,en", "values, and what is not stated");
    await links.first().click();
    await detail.waitFor();
    for (const [selector, language] of [[".card-name, dd", "zh-CN"], [".back, .tool", "en"]]) assert.equal(await languages(page, selector), language, selector);
  });
});

for (const mode of ["box", "page"]) {
  for (const elder of [false, true]) {
    test(`${mode}${elder ? ", elder" : ""}: at 320 pixels and with wide text spacing nothing is cut off, and targets are ${elder ? 60 : 44} high`, async () => {
      const spacing = "<style>expert-search { letter-spacing: .12em; word-spacing: .16em; line-height: 1.5; }</style>";
      await visit(browser, { ...site(`mode=${mode} ${elder ? "elder" : ""}`, spacing), options: { viewport: { width: 320, height: 700 } } }, async (page) => {
        await reach(page, "ready");
        const least = elder ? 60 : 44;
        const sizes = () =>
          page.evaluate((height) => {
            const root = document.querySelector("expert-search").shadowRoot;
            // The text spacing that a visitor sets reaches everything.
            root.querySelectorAll(".box *").forEach((one) => ((one.style.letterSpacing = ".12em"), (one.style.wordSpacing = ".16em")));
            const tapped = [...root.querySelectorAll("button, input:not([type=checkbox]), .value, [role=option], .others a")].filter((one) => one.offsetParent);
            return { wide: document.documentElement.scrollWidth > 320, low: tapped.filter((one) => one.offsetHeight < height).map((one) => `${one.className} ${one.offsetHeight}`) };
          }, least);
        const fine = { wide: false, low: [] };
        assert.deepEqual(await sizes(), fine);
        if (mode === "box") {
          await box(page).input.click();
          await page.keyboard.insertText("深圳市仙湖植物园");
          await box(page).options.first().waitFor();
          assert.deepEqual(await sizes(), fine);
          await box(page).options.first().click();
          await page.locator("expert-search .card h2").waitFor();
        } else {
          await page.locator("expert-search .toggle").click();
          assert.deepEqual(await sizes(), fine);
          await results(page).links.nth(3).click();
          await results(page).detail.waitFor();
        }
        assert.deepEqual(await sizes(), fine);
      });
    });
  }
}

test("on paper the record stands alone", async () => {
  await visit(browser, { ...site("mode=page"), path: "/bare.html#record=a1" }, async (page) => {
    await reach(page, "ready");
    await page.getByRole("heading", { name: "艾国祥" }).waitFor();
    await page.emulateMedia({ media: "print" });
    const shown = await page.evaluate(() => [...document.querySelector("expert-search").shadowRoot.querySelectorAll(".bar, .foot, .tools, .back, .browse, .role")].filter((one) => one.getClientRects().length).map((one) => one.className));
    assert.deepEqual(shown, ["role"]);
    await screenshot(page, "print");
  });
});

test("on paper nothing is left of a box but what it shows", async () => {
  await visit(browser, { ...site(""), path: "/bare.html#record=a1" }, async (page) => {
    await page.locator("expert-search .card h2").waitFor();
    await page.emulateMedia({ media: "print" });
    const shown = await page.evaluate(() => [...document.querySelector("expert-search").shadowRoot.querySelectorAll(".label, .field, .field *, .tools, .card-close, .role")].filter((one) => one.getClientRects().length).map((one) => one.className));
    assert.deepEqual(shown, ["role"]);
  });
});

test("with reduced motion nothing moves", async () => {
  await visit(browser, { ...site(""), options: { reducedMotion: "reduce" } }, async (page) => {
    await reach(page, "ready");
    const moving = await page.evaluate(() => [...document.querySelector("expert-search").shadowRoot.querySelectorAll(".box, .box *")].filter((one) => getComputedStyle(one).transitionDuration !== "0s" || getComputedStyle(one).animationName !== "none").map((one) => one.className));
    assert.deepEqual(moving, []);
  });
});

test("a page's style does not leak in, its custom properties and parts do", async () => {
  const host = "<style>* { color: red; font-size: 40px; text-transform: uppercase } expert-search { letter-spacing: 2em; --expert-search-accent: rgb(1, 2, 3); } expert-search::part(label) { color: rgb(4, 5, 6) }</style>";
  await visit(browser, site("", host), async (page) => {
    await reach(page, "ready");
    const look = (selector, property) => page.locator(`expert-search ${selector}`).first().evaluate((one, name) => getComputedStyle(one)[name], property);
    assert.equal(await look(".input", "fontSize"), "16px");
    assert.equal(await look(".input", "letterSpacing"), "normal");
    assert.equal(await look(".label", "textTransform"), "none");
    assert.equal(await look(".label", "color"), "rgb(4, 5, 6)");
    assert.equal(await look(".retry", "color"), "rgb(1, 2, 3)");
  });
});
