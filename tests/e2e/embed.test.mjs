// The element in pages as they are: scripts of fifteen years, styles around it, other components, zoom.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bare, box, launch, reach, results, visit } from "./stage.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const BOX = '<expert-search src="experts.json"></expert-search>';
const PAGE = '<expert-search src="experts.json" mode="page"></expert-search>';

/** A page with this in its body, and with this before the loader in its head. */
const at = (body, head = "") => ({ path: "/bare.html", routes: { "/bare.html": () => Buffer.from(bare(body)().toString().replace("<script", `${head}<script`)) } });

test("a box in what a page hides or switches off is hidden and switched off too", async () => {
  await visit(browser, at(`<div style="visibility: hidden">${BOX}</div><div style="pointer-events: none">${BOX}</div>`), async (page) => {
    await reach(page, "ready");
    const looks = await page.evaluate(() => [...document.querySelectorAll("expert-search")].map((one) => getComputedStyle(one.shadowRoot.querySelector("input"))).map(({ visibility, pointerEvents }) => `${visibility} ${pointerEvents}`));
    assert.deepEqual(looks, ["hidden auto", "visible none"]);
  });
});
