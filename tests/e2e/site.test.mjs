// What a site can set: languages and words of its own, recent searches, several directories, links of records, its own list.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bare, box, launch, manifest, reach, results, visit } from "./stage.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const site = (element, routes = {}) => ({ path: "/bare.html", routes: { "/bare.html": bare(element), ...routes } });

/** The real engine behind glue that changes its answers: what directories hold that the sample does not. */
function changed(body) {
  let real;
  return {
    [`/${manifest.engine.js}`]: (bytes) => {
      real = bytes;
      return Buffer.from(`import init, { Engine as Real, attach } from "./real.js";
export { init as default, attach };
export class Engine extends Real {
  search(request) { const answer = super.search(request); ${body}; return answer; }
}`);
    },
    "/real.js": () => real,
  };
}

test("Enter goes to a record's own page, Ctrl+Enter and a click with Ctrl open it beside, without a way back into this page", async () => {
  const link = 'answer.hits.forEach((hit) => hit.roles[0].cells.push({ field: "link", label: "链接", text: location.origin + "/own.html" }))';
  const routes = { ...changed(link), "/own.html": () => Buffer.from("<!DOCTYPE html><title>own</title>") };
  await visit(browser, site('<expert-search src="experts.json"></expert-search>', routes), async (page) => {
    const { input, options, card } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.first().waitFor();
    assert.match(await options.first().getAttribute("class"), /away/);
    for (const choose of [() => (input.press("ArrowDown"), input.press("Control+Enter")), () => options.first().click({ modifiers: ["Control"] })]) {
      await input.click();
      const [beside] = await Promise.all([page.context().waitForEvent("page"), choose()]);
      await beside.waitForURL(/own\.html/);
      assert.equal(await beside.evaluate(() => window.opener), null);
      await beside.close();
    }
    assert.equal(await card.isVisible(), false);
    await input.click();
    await input.press("ArrowDown");
    await Promise.all([page.waitForURL(/own\.html/), input.press("Enter")]);
  });
});

test("terms that found nothing are named above the list and said", async () => {
  await visit(browser, site('<expert-search src="experts.json"></expert-search>', changed('answer.missing = ["量子猫"]')), async (page) => {
    const { input, options, status } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.first().waitFor();
    assert.equal(await page.locator("expert-search .note").textContent(), "加上“量子猫”没有结果，先列出符合其余内容的。");
    await status.filter({ hasText: /加上“量子猫”没有结果，先列出符合其余内容的。找到 \d+ 条/ }).waitFor();
    await page.setViewportSize({ width: 375, height: 700 });
    await input.fill("艾国");
    await options.first().waitFor();
    assert.equal(await page.locator("expert-search .note").isVisible(), false, "in a sheet the status line says it, once");
  });
});

test("several directories in one box: a person in both once, with the roles of both", async () => {
  const second = { "/second.json": () => Buffer.from(JSON.stringify(manifest)) };
  await visit(browser, site('<expert-search src="experts.json second.json"></expert-search>', second), async (page, seen) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.first().waitFor();
    assert.equal((await options.allTextContents()).filter((text) => text.includes("艾国祥")).length, 1);
    await input.fill("深圳市仙湖植物园");
    await options.nth(1).waitFor();
    assert.equal(await page.evaluate(() => document.querySelector("expert-search").search("艾国祥", { limit: 1 }).then((answer) => answer.hits[0].ids.join())), "a1");
    assert.deepEqual(seen.thrown, []);
  });
});

test("recent searches: only where they are switched on, offered in an empty box, forgotten on request", async () => {
  await visit(browser, site('<expert-search src="experts.json"></expert-search>'), async (page) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.first().click();
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  });
  await visit(browser, site('<expert-search src="experts.json" recent></expert-search>'), async (page, seen) => {
    const { input, options, card, list } = box(page);
    const clear = page.getByRole("button", { name: "清空" });
    await reach(page, "ready");
    await input.click();
    assert.equal(await list.isVisible(), false, "nothing was searched yet");
    for (const text of ["aiguoxiang", "深圳"]) {
      await input.fill(text);
      await options.first().click();
      await card.getByRole("heading", { level: 2 }).waitFor();
      await clear.click();
      await options.first().waitFor();
    }
    assert.deepEqual(await options.locator(".name").allTextContents(), ["深圳", "aiguoxiang", "清除最近搜索"]);
    await options.nth(1).click();
    await options.locator("mark", { hasText: "艾国祥" }).first().waitFor();
    assert.equal(await input.inputValue(), "aiguoxiang");
    await clear.click();
    await options.last().click();
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await input.click();
    assert.equal(await list.isVisible(), false);
    await page.evaluate(() => localStorage.setItem("expert-search:recent", "no json"));
    await input.fill("艾国祥");
    await options.first().waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});

test("languages: by the page's, at once as far as the first words go, and a site's own words over all", async () => {
  const german = () => Buffer.from(String(bare('<expert-search src="experts.json"></expert-search>')()).replace('lang="zh-CN"', 'lang="de"'));
  await visit(browser, { path: "/bare.html", routes: { "/bare.html": german } }, async (page) => {
    await reach(page, "ready");
    await page.getByRole("combobox", { name: "Search academicians, experts and workstations" }).fill("aiguoxiang");
    await box(page).options.first().waitFor();
    assert.equal(await page.locator("expert-search .how").first().textContent(), "pinyin");
    await page.evaluate(() => (document.querySelector("expert-search").strings = { label: "Find people", "how.pinyin": "by sound" }));
    await page.getByRole("combobox", { name: "Find people" }).fill("ylp");
    await page.evaluate(() => document.querySelector("expert-search").setAttribute("lang", "zh-Hant-HK"));
    await page.waitForFunction(() => document.querySelector("expert-search").shadowRoot.querySelector(".clear").getAttribute("aria-label") === "清空");
  });
  const early = '<script>customElements.whenDefined("expert-search"); document.addEventListener("DOMContentLoaded", () => {})</script><expert-search id=one src="experts.json"></expert-search><script>one.strings = { label: "找专家" }</script>';
  await visit(browser, site(early), async (page) => {
    await reach(page, "ready");
    assert.equal(await page.locator("expert-search label").textContent(), "找专家", "set before the element was defined");
  });
  for (const [lang, gone, said] of [
    ["en", "experts.json", /^The search could not be loaded; please check the connection and try again.*manifest-unreachable/],
    ["en", manifest.engine.page, /^The search could not be loaded.*engine-unreachable/],
    ["zh-TW", manifest.engine.languages, /^資料暫時讀取不到，請檢查網路後重試.*engine-unreachable/],
  ]) {
    const routes = { [`/${gone}`]: () => null, [`/${manifest.engine.page}`]: () => null };
    await visit(browser, site(`<expert-search lang="${lang}" src="experts.json" mode="page">people</expert-search>`, routes), async (page) => {
      await reach(page, "failed");
      assert.match(await page.getByRole("status").textContent(), said);
    });
  }
});

test("a site's own words may come at any time: what stands is painted with them", async () => {
  const set = (page, strings) => page.evaluate((own) => (document.querySelector("expert-search").strings = own), strings);
  await visit(browser, site('<expert-search src="experts.json" mode="page"></expert-search>'), async (page, seen) => {
    await reach(page, "ready");
    await results(page).found("2,587");
    await set(page, { filters: "缩小范围", found: "共 {n} 条", card: "详细资料" });
    await page.locator("expert-search .count", { hasText: "共 2,587 条" }).waitFor();
    assert.equal(await page.locator("expert-search .toggle").textContent(), "缩小范围");
    await results(page).links.first().click();
    await page.getByRole("region", { name: "详细资料" }).waitFor();
    await set(page, { back: "回去" });
    await page.getByRole("region", { name: "所选结果的资料" }).waitFor();
    assert.equal(await results(page).detail.isVisible(), true, "an open record stays open");
    assert.deepEqual(seen.thrown, []);
  });
  await visit(browser, site('<expert-search src="experts.json"></expert-search>'), async (page) => {
    await reach(page, "ready");
    await box(page).input.fill("aiguoxiang");
    await box(page).options.first().waitFor();
    await set(page, { "how.pinyin": "读音" });
    await page.locator("expert-search .how", { hasText: "读音" }).waitFor();
  });
});

test("a host's own list: search() loads what is missing, waits, answers, and rejects with a code", async () => {
  await visit(browser, site('<expert-search src="experts.json"></expert-search>'), async (page) => {
    const answer = await page.evaluate(() => document.querySelector("expert-search").search("艾国祥"));
    assert.deepEqual([answer.hits[0].name, answer.hits[0].id, answer.query], ["艾国祥", "a1", "艾国祥"]);
    const loose = await page.evaluate(async () => {
      const element = document.createElement("expert-search");
      element.setAttribute("src", "experts.json");
      return (await element.search("张", { limit: 3 })).hits.length;
    });
    assert.equal(loose, 3, "also of an element that is nowhere");
    const code = await page.evaluate(() => document.createElement("expert-search").search("张").catch((error) => error.code));
    assert.equal(code, "no-src");
  });
});

test("search() tries again after a load that failed", async () => {
  for (const file of ["experts.json", manifest.engine.js, manifest.index]) {
    let broken = true;
    await visit(browser, site('<expert-search src="experts.json"></expert-search>', { [`/${file}`]: (bytes) => (broken ? null : bytes) }), async (page) => {
      const ask = () => page.evaluate(() => document.querySelector("expert-search").search("艾国祥").then((answer) => answer.hits[0].id, (error) => error.code));
      await reach(page, "failed");
      assert.match(await ask(), /unreachable$/, "and says anew why it cannot be had");
      broken = false;
      assert.equal(await ask(), "a1", file);
      assert.equal(await page.getByRole("button", { name: "重试" }).isVisible(), false);
    });
  }
});

test("events tell the page what was searched", async () => {
  await visit(browser, site('<expert-search src="experts.json"></expert-search>'), async (page) => {
    await reach(page, "ready");
    await page.evaluate(() => document.querySelector("expert-search").addEventListener("expert-search:query", (event) => (window.asked = event.detail)));
    await box(page).input.fill("艾国祥");
    await page.waitForFunction(() => window.asked && window.asked.text === "艾国祥");
    const { total, missing } = await page.evaluate(() => window.asked);
    assert.ok(total >= 1);
    assert.deepEqual(missing, []);
  });
});

test("what shows a record cannot be had: a sentence, its code, and a retry", async () => {
  let broken = true;
  const routes = { [`/${manifest.engine.card}`]: (bytes) => (broken ? null : bytes) };
  await visit(browser, site('<expert-search src="experts.json"></expert-search>', routes), async (page, seen) => {
    const { input, options, card } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.first().click();
    await card.filter({ hasText: "engine-unreachable" }).waitFor();
    broken = false;
    await card.getByRole("button", { name: "重试" }).click();
    await card.getByRole("heading", { name: "艾国祥" }).waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});

test("a fault while a record is shown has a code too", async () => {
  let real;
  const faulty = () => Buffer.from('export * from "./real.js"; export function show() { throw new TypeError("a fault of ours"); }');
  const routes = { [`/${manifest.engine.card}`]: (bytes) => ((real = bytes), faulty()), "/real.js": () => real };
  await visit(browser, site('<expert-search src="experts.json"></expert-search>', routes), async (page, seen) => {
    const { input, options, card } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.first().click();
    await card.filter({ hasText: "（代码：engine-stopped）" }).waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});

test("for the elderly a record is read aloud on request, and stops", async () => {
  const prepare = (page) =>
    page.addInitScript(() => {
      window.said = [];
      const speech = { speaking: false, speak: (one) => (window.said.push(one.text), (speech.speaking = true)), cancel: () => (speech.speaking = false) };
      Object.defineProperty(window, "speechSynthesis", { value: speech });
    });
  await visit(browser, { ...site('<expert-search src="experts.json" elder></expert-search>'), prepare }, async (page) => {
    const { input, options } = box(page);
    await reach(page, "ready");
    await input.fill("艾国祥");
    await options.first().click();
    await page.getByRole("button", { name: "朗读" }).click();
    await page.getByRole("button", { name: "朗读" }).click();
    const said = await page.evaluate(() => window.said);
    assert.equal(said.length, 1, "the second time stops it");
    assert.match(said[0], /^艾国祥。院士。工作单位。中国科学院国家天文台/);
  });
});
