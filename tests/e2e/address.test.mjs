// The record open under a box, in the page's address: shared, gone back from, and kept apart from what is none of its own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bare, box, launch, reach, visit } from "./stage.mjs";

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
