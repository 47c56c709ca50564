// The record open under a box, in the page's address: shared, gone back from, and kept apart from what is none of its own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bare, box, launch, reach, results, visit } from "./stage.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const at = (element, hash = "") => ({ path: `/bare.html${hash}`, routes: { "/bare.html": bare(element) } });
const BOX = '<expert-search src="experts.json"></expert-search>';

async function choose(page, element, text) {
  await element.getByRole("combobox").fill(text);
  await element.getByRole("option").first().click();
  await element.locator(".card h2").waitFor();
}

test("a choice is in the address, back takes it away, forward brings it back, the link opens it in a fresh page", async () => {
  await visit(browser, at(BOX, "#other=kept"), async (page, seen) => {
    const { card, input } = box(page);
    const element = page.locator("expert-search");
    await reach(page, "ready");
    await choose(page, element, "艾国祥");
    assert.match(page.url(), /#other=kept&record=a1$/);
    await choose(page, element, "范海福");
    assert.match(page.url(), /#other=kept&record=a2$/);
    await page.goBack();
    await card.getByRole("heading", { name: "艾国祥" }).waitFor();
    assert.equal(await input.inputValue(), "艾国祥");
    await page.goBack();
    await card.waitFor({ state: "hidden" });
    await page.goForward();
    await card.getByRole("heading", { name: "艾国祥" }).waitFor();
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => (window.copied = text) } }));
    await page.getByRole("button", { name: "复制链接" }).click();
    await page.waitForFunction(() => window.copied);
    const link = await page.evaluate(() => window.copied);
    await page.goto("about:blank");
    await page.goto(link);
    await card.getByRole("heading", { name: "艾国祥" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true, "a link takes no focus");
    await page.getByRole("button", { name: "关闭" }).click();
    await page.waitForFunction(() => location.hash === "#other=kept");
    assert.deepEqual(seen.thrown, []);
  });
});

test("an address that names no record says so; one that is not ours does nothing; typing comes first", async () => {
  await visit(browser, at(BOX, "#record=nobody"), async (page, seen) => {
    await page.getByRole("status").filter({ hasText: "名录里没有这条资料" }).waitFor();
    assert.equal(await box(page).card.isVisible(), false);
    assert.deepEqual(seen.thrown, []);
  });
  for (const hash of ["#top", "#record=%E0%A4%A", "#x.record=a1"]) {
    await visit(browser, at(BOX, hash), async (page, seen) => {
      await page.evaluate(() => new Promise((done) => document.querySelector("expert-search").addEventListener("expert-search:tables", done)));
      assert.equal(await box(page).input.inputValue(), "");
      assert.deepEqual(seen.thrown, []);
    });
  }
  await visit(browser, at(BOX, "#record=a1"), async (page) => {
    await box(page).input.fill("范海福");
    await box(page).options.first().waitFor();
    assert.equal(await box(page).input.inputValue(), "范海福");
  });
});

test("whoever is already in the box when a link's record comes types over its name", async () => {
  await visit(browser, at(BOX), async (page) => {
    await box(page).input.focus();
    // A link within the page: one that the page was opened by may be followed before anybody is in the box.
    await page.evaluate(() => (location.hash = "record=a1"));
    await box(page).card.getByRole("heading", { name: "艾国祥" }).waitFor();
    await page.keyboard.insertText("范海福");
    await box(page).options.first().waitFor();
    assert.equal(await box(page).input.inputValue(), "范海福");
  });
  await visit(browser, at(BOX), async (page) => {
    const { card, input } = box(page);
    await reach(page, "ready");
    await choose(page, page.locator("expert-search"), "艾国祥");
    await page.goBack();
    await card.waitFor({ state: "hidden" });
    const marked = await input.evaluate((element) => [element.selectionStart, element.selectionEnd]);
    assert.deepEqual(marked, [3, 3], "where no record comes, what stands in the box is left alone");
  });
});

test("two boxes on a page keep apart, without ids too; `off` leaves the address alone", async () => {
  await visit(browser, at(BOX + BOX), async (page, seen) => {
    const [one, other] = [page.locator("expert-search").first(), page.locator("expert-search").last()];
    await reach(page, "ready");
    await choose(page, one, "艾国祥");
    await choose(page, other, "范海福");
    assert.match(page.url(), /#record=a1&2\.record=a2$/);
    await page.goBack();
    await other.locator(".card").waitFor({ state: "hidden" });
    assert.equal(await one.locator(".card h2").textContent(), "艾国祥");
    await page.goBack();
    await one.locator(".card").waitFor({ state: "hidden" });
    assert.deepEqual(seen.thrown, []);
  });
  await visit(browser, at('<expert-search src="experts.json" address="off"></expert-search>', "#record=a1"), async (page) => {
    await reach(page, "ready");
    await choose(page, page.locator("expert-search"), "范海福");
    assert.match(page.url(), /#record=a1$/);
    assert.equal(await page.getByRole("button", { name: "复制链接" }).count(), 0, "there is no link to copy");
  });
});

/** A page in a folder of its own, as sites have them, with what they have in their heads. */
const inside = (head, body) => ({ "/news/a.html": () => Buffer.from(`<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>专家库</title>${head}<script src="/expert-search.js" defer></script>${body}</html>`) });
const ROOTED = '<expert-search src="/experts.json"></expert-search>';
const PAGE = '<expert-search src="/experts.json" mode="page"></expert-search>';
const back = (page) => page.getByRole("button", { name: "返回列表" }).click();

async function read(page, nth = 0) {
  await page.locator("expert-search .results a").nth(nth).click();
  await page.locator("expert-search .detail h2").waitFor();
}

test("where a page has a <base>, what is written, linked and copied leads to the page itself", async () => {
  const site = { path: "/news/a.html?id=7", routes: inside('<base href="/">', ROOTED) };
  await visit(browser, site, async (page, { origin }) => {
    await reach(page, "ready");
    await choose(page, page.locator("expert-search"), "艾国祥");
    await page.waitForFunction(() => location.hash);
    assert.equal(page.url(), `${origin}/news/a.html?id=7#record=a1`);
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => (window.copied = text) } }));
    await page.getByRole("button", { name: "复制链接" }).click();
    assert.equal(await (await page.waitForFunction(() => window.copied)).jsonValue(), page.url());
    await page.getByRole("button", { name: "关闭" }).click();
    await page.waitForFunction(() => !location.hash);
    assert.equal(page.url(), `${origin}/news/a.html?id=7`);
  });
  await visit(browser, { ...site, routes: inside('<base href="/">', PAGE) }, async (page, { origin }) => {
    await reach(page, "ready");
    const link = page.locator("expert-search .results a").first();
    await link.waitFor();
    assert.match(await link.evaluate((a) => a.href), /\/news\/a\.html\?id=7#record=\w+$/);
    await read(page);
    assert.ok(page.url().startsWith(`${origin}/news/a.html?id=7#record=`), page.url());
  });
});

test("返回列表 shows the list, whatever the page's history holds: nothing of ours, an anchor, a step of another element", async () => {
  const refuse = '<script>history.pushState = history.replaceState = () => { throw new Error("not here"); };</script>';
  await visit(browser, { path: "/news/a.html#before", routes: inside(refuse, PAGE) }, async (page) => {
    await page.evaluate(() => (location.hash = "#here"));
    await reach(page, "ready");
    await read(page);
    await back(page);
    await page.locator("expert-search .browse:not([hidden])").waitFor();
    await page.waitForTimeout(200);
    assert.match(page.url(), /#here$/, "nothing was left");
  });
  await visit(browser, { path: "/news/a.html", routes: inside("", `<a href="#top">回到顶部</a>${PAGE}`) }, async (page) => {
    await reach(page, "ready");
    await read(page);
    await page.getByText("回到顶部").click();
    await back(page);
    await page.locator("expert-search .browse:not([hidden])").waitFor();
    await page.goBack();
    await page.locator("expert-search .detail:not([hidden])").waitFor();
    await back(page);
    await page.locator("expert-search .browse:not([hidden])").waitFor();
  });
  await visit(browser, { path: "/news/a.html", routes: inside("", `<header>${ROOTED}</header>${PAGE}`) }, async (page) => {
    await page.waitForFunction(() => [...document.querySelectorAll("expert-search")].every((one) => one.state === "ready"));
    const header = page.locator("header expert-search");
    await choose(page, header, "艾国祥");
    await read(page);
    await header.getByRole("button", { name: "关闭" }).click();
    await header.locator(".card").waitFor({ state: "hidden" });
    await back(page);
    await page.locator("expert-search .browse:not([hidden])").waitFor();
    assert.equal(await header.locator(".card").isVisible(), false, "what was closed stays closed");
  });
  await visit(browser, { path: "/news/a.html", routes: inside("<script>history.replaceState({ theirs: 1 }, '');</script>", PAGE) }, async (page) => {
    await reach(page, "ready");
    await read(page);
    const { state, steps } = await page.evaluate(() => ({ state: history.state, steps: history.length }));
    assert.equal(state.theirs, 1, "what the page keeps there goes along");
    await back(page);
    await page.waitForFunction(() => !location.hash);
    assert.equal(await page.evaluate(() => history.length), steps, "our own step is gone back from, and makes no new one");
  });
});

test("what others wrote behind the # stays as they wrote it, and into a router's path nothing is written", async () => {
  const cases = { "#/news/12": "#/news/12", "#!/list?id=5": "#!/list?id=5", "#tab=a/b": "#tab=a/b&record=a1", "#a=1&flag": "#a=1&flag&record=a1", "#q=theirs": "#q=theirs&record=a1", "#x=%u4e00&y=1=2": "#x=%u4e00&y=1=2&record=a1", "#top": "#record=a1" };
  for (const [hash, opened] of Object.entries(cases)) {
    await visit(browser, at(BOX, hash), async (page) => {
      const shown = () => page.evaluate(() => location.hash);
      await reach(page, "ready");
      await choose(page, page.locator("expert-search"), "艾国祥");
      assert.equal(await shown(), opened);
      assert.equal(await page.getByRole("button", { name: "复制链接" }).count(), opened.includes("record=") ? 1 : 0, "a link is copied where there is one");
      await page.getByRole("button", { name: "关闭" }).click();
      await box(page).card.waitFor({ state: "hidden" });
      assert.equal(await shown(), hash === "#top" ? "" : hash);
    });
  }
  await visit(browser, at(BOX, "#/news/12"), async (page) => {
    await reach(page, "ready");
    await choose(page, page.locator("expert-search"), "艾国祥");
    await page.evaluate(() => (location.hash = "#/list?id=5"));
    await page.waitForTimeout(200);
    assert.equal(await box(page).card.isVisible(), true, "a router's path says nothing of ours");
  });
});

test('a click on `<a href="#">` is none of ours', async () => {
  const element = '<a href="#" onclick="document.body.style.fontSize=\'20px\'">大字</a><expert-search src="experts.json" mode="page" address></expert-search>';
  await visit(browser, at(element), async (page) => {
    const { input, count, found, names } = results(page);
    await reach(page, "ready");
    await found("2,587");
    await input.fill("物理");
    await count.filter({ hasNotText: "2,587" }).waitFor();
    const before = await names();
    await page.waitForFunction(() => location.hash.includes("q="));
    await page.getByText("大字").click();
    await page.waitForFunction(() => location.href.endsWith("#"));
    await page.waitForTimeout(200);
    assert.deepEqual([await input.inputValue(), await names()], ["物理", before]);
    await read(page);
    assert.match(page.url(), /#record=\w+&q=/, "and is written over");
  });
});
