// The journeys of a visitor in browsers other than Chromium: the box by keyboard and mouse, the page of results, policies, and what axe-core says.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { keyboard } from "./keyboard.mjs";
import { STRICT, bare, serve } from "./stage.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What stands in the shadow root under a selector: texts. */
const texts = (selector) => [...document.querySelector("expert-search").shadowRoot.querySelectorAll(selector)].map((one) => one.textContent.trim());
/** The middle of the first of them, once it is shown. */
const middle = (selector) => {
  const found = document.querySelector("expert-search").shadowRoot.querySelector(selector);
  const { left, top, width, height } = found ? found.getBoundingClientRect() : {};
  return width ? [left + width / 2, top + height / 2] : null;
};
const value = () => document.querySelector("expert-search").shadowRoot.querySelector("input").value;

async function faults(page) {
  await page.run(axe);
  return page.evaluate(async () => (await window.axe.run()).violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${JSON.stringify(node.target)}`)));
}

/** Goes through all of them in the browser that `launch` starts. */
export function journeys(launch) {
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser.close());

  async function visit({ path = "/", size, ...site }, act) {
    const server = await serve(site);
    const page = await browser.open(server.origin + path, size);
    try {
      await page.until(() => ["ready", "failed"].includes(document.querySelector("expert-search").state));
      await act(page, server.origin);
      const { requests, errors } = await page.seen();
      assert.deepEqual(errors, []);
      assert.ok(requests.length && requests.every((url) => url.startsWith(server.origin) || url.startsWith("blob:")), "nothing goes to another host");
    } finally {
      await page.close();
      await server.close();
    }
  }

  keyboard(visit);

  test("the box by keyboard: type, choose, see the record, clear", async () => {
    await visit({}, async (page) => {
      await page.evaluate(() => document.querySelector("expert-search").focus());
      await page.keys("aiguoxiang");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector("[role=option]"));
      assert.equal((await page.evaluate(texts, ".option .name"))[0], "艾国祥");
      assert.equal((await page.evaluate(texts, ".option .how"))[0], "拼音");
      assert.equal(await page.evaluate(() => document.querySelector("expert-search").shadowRoot.querySelector(".popup").matches(":popover-open")), true, "in the top layer");
      assert.deepEqual(await faults(page), []);
      await page.keys("ArrowDown", "Enter");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".card h2"));
      assert.equal(await page.evaluate(value), "艾国祥");
      assert.match((await page.evaluate(texts, ".card"))[0], /国家天文台/);
      assert.deepEqual(await faults(page), []);
      assert.equal(await page.evaluate(() => location.hash), "#record=a1");
      await page.keys("Escape");
      assert.equal(await page.evaluate(value), "");
      assert.equal(await page.evaluate(() => location.hash), "");
      await page.keys("国家天文台");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".option mark"));
    });
  });

  test("a link opens its record under the box, back and forward close and open it, under the strictest policy", async () => {
    const routes = { "/bare.html": bare('<expert-search src="experts.json"></expert-search>') };
    await visit({ path: "/bare.html#record=a1", routes, headers: { "content-security-policy": STRICT } }, async (page) => {
      const name = () => (document.querySelector("expert-search").shadowRoot.querySelector(".card h2") || {}).textContent;
      await page.until(name);
      assert.equal(await page.evaluate(value), "艾国祥");
      await page.click(middle, ".card-close");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".card").hidden);
      await page.evaluate(() => history.back());
      assert.equal(await page.until(name), "艾国祥");
      await page.evaluate(() => history.forward());
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".card").hidden);
    });
  });

  test("the box by mouse, and closed by a click beside it", async () => {
    await visit({}, async (page) => {
      await page.click(middle, "input");
      await page.keys("shenzhen");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector("[role=option]"));
      await page.click(() => [5, 5]);
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".popup").hidden);
      await page.click(middle, "input");
      await page.click(middle, ".option");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".card h2"));
    });
  });

  test("a sheet on a narrow screen", async () => {
    await visit({ size: { width: 375, height: 700 } }, async (page) => {
      await page.click(middle, "input");
      const sheet = () => {
        const { field, id } = { field: document.querySelector("expert-search").shadowRoot.querySelector(".field"), id: document.querySelector("expert-search").shadowRoot.activeElement.id };
        return [field.offsetWidth === document.documentElement.clientWidth, Math.abs(field.offsetHeight - innerHeight) <= 1, field.matches(":popover-open"), id].join();
      };
      assert.equal(await page.evaluate(sheet), "true,true,true,input");
      await page.click(middle, ".shut");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".field").offsetHeight < 120);
    });
  });

  test("the page of results: filter, record, back, under the strictest policy", async () => {
    const element = '<expert-search src="experts.json" mode="page" address></expert-search>';
    const site = { path: "/bare.html", routes: { "/bare.html": bare(element) }, headers: { "content-security-policy": STRICT } };
    await visit(site, async (page) => {
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelectorAll(".results li").length === 20);
      assert.deepEqual(await faults(page), []);
      await page.evaluate(() => document.querySelector("expert-search").focus());
      await page.keys("wuli");
      await page.until(() => !/2,587/.test(document.querySelector("expert-search").shadowRoot.querySelector(".count").textContent));
      await page.click(middle, ".filter input");
      await page.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".chip"));
      const [first] = await page.evaluate(texts, ".results h3");
      await page.click(middle, ".results h3 a");
      await page.until((name) => (document.querySelector("expert-search").shadowRoot.querySelector(".detail h2") || {}).textContent === name, first);
      assert.match(await page.evaluate(() => location.hash), /^#record=\w+&q=wuli&filter=/);
      assert.deepEqual(await faults(page), []);
      await page.evaluate(() => history.back());
      await page.until(() => !document.querySelector("expert-search").shadowRoot.querySelector(".browse").hidden);
      assert.deepEqual(await page.evaluate(texts, ".chip .cross"), ["×"]);
    });
  });

  test("a failure is said", async () => {
    const site = { path: "/bare.html", routes: { "/bare.html": bare('<expert-search src="experts.json">名录</expert-search>'), "/experts.json": () => null } };
    await visit(site, async (page) => {
      assert.match((await page.evaluate(texts, ".status"))[0], /读取不到.*manifest-unreachable/);
    });
  });
}
