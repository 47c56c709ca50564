// A visit by keyboard alone, from the first Tab on the page to a record and back, in any browser that `visit` opens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare } from "./stage.mjs";

const page = (attributes) => {
  const element = `<a id=before href="#before">首页</a><expert-search src="experts.json" ${attributes}></expert-search><a id=after href="#after">版权</a>`;
  return { path: "/bare.html", routes: { "/bare.html": bare(element) } };
};

/** Where the keyboard is: what it is called, and what is wrong with how it is shown. */
const stop = () => {
  let at = document.activeElement;
  while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  if (at === document.body) return { name: "" };
  const { left, top, width, height } = at.getBoundingClientRect();
  // Of a link that takes a line, where its text is.
  const [x, y] = [left + Math.min(width, 20) / 2, top + height / 2];
  const shown = at.getRootNode().elementFromPoint(x, y);
  const ringed = [null, "::after"].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(at, part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  });
  const label = at.labels && at.labels[0];
  const faults = [
    !ringed && "has no ring",
    !(x > 0 && y > 0 && x < innerWidth && y < innerHeight) && `is out of sight at ${[x, y]}`,
    !(shown && (at.contains(shown) || shown.contains(at))) && `is covered by ${shown && shown.localName}`,
  ];
  return { name: at.id === "before" || at.id === "after" ? at.id : (label || at).textContent.trim(), faults: faults.filter(Boolean) };
};

/** Presses a key until the keyboard stands there, and returns all stops on the way; every one of them is seen. */
async function walk(tab, key, name, most = 200) {
  const names = [];
  while (names.length < most) {
    await tab.keys(key);
    const { name: here, faults } = await tab.evaluate(stop);
    assert.deepEqual(faults || [], [], here);
    names.push(here);
    if (here === name) return names;
  }
  throw new Error(`${name} is not reached: ${names.join()}`);
}

const TAB = "Tab";
const BACK = "Shift+Tab";

/** Registers the journeys; `visit(site, act)` opens a site in a tab and waits until the element is ready. */
export function keyboard(visit) {
  test("by keyboard alone, a box: from the first Tab to a record, through it, out of it, and back", async () => {
    await visit(page(""), async (tab) => {
      const label = "搜索院士、专家和工作站";
      assert.deepEqual(await walk(tab, TAB, "after"), ["before", label, "after"], "nothing else is in the way");
      await walk(tab, BACK, label, 1);
      await tab.keys("yanghuanming");
      await tab.until(() => document.querySelector("expert-search").shadowRoot.querySelector("[role=option]"));
      assert.deepEqual(await walk(tab, TAB, "after"), ["after"], "an open list does not hold the keyboard");
      assert.equal(await tab.evaluate(() => document.querySelector("expert-search").shadowRoot.querySelector(".popup").hidden), true);
      await walk(tab, BACK, label, 1);
      await tab.keys("ArrowDown", "Enter");
      await tab.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".card h2"));
      const tools = ["关闭", "复制资料", "复制链接", "存为联系人", "打印"];
      assert.deepEqual(await walk(tab, TAB, "after"), [...tools, "after"]);
      assert.deepEqual(await walk(tab, BACK, label), [...tools.reverse(), label]);
      await walk(tab, TAB, "关闭", 1);
      await tab.keys("Enter");
      await tab.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".card").hidden);
      assert.equal((await tab.evaluate(stop)).name, label, "the keyboard is in the box again");
      assert.deepEqual(await walk(tab, BACK, "before"), ["before"]);
    });
  });

  test("by keyboard alone, a page of results: to a record past the filters, and back to where one was", async () => {
    await visit(page('mode="page"'), async (tab) => {
      await tab.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".results a"));
      await walk(tab, TAB, "跳到结果", 3);
      await tab.keys("Enter");
      const [first, second] = await tab.evaluate(() => [...document.querySelector("expert-search").shadowRoot.querySelectorAll(".results a")].slice(0, 2).map((link) => link.textContent));
      assert.equal((await tab.evaluate(stop)).name, first);
      await walk(tab, TAB, second, 1);
      await tab.keys("Enter");
      await tab.until((name) => (document.querySelector("expert-search").shadowRoot.querySelector(".detail:not([hidden]) h2") || {}).textContent === name, second);
      const stops = await walk(tab, TAB, "after");
      for (const tool of ["复制资料", "打印"]) assert.ok(stops.includes(tool), stops.join());
      await walk(tab, BACK, "返回列表");
      await tab.keys("Enter");
      await tab.until(() => !document.querySelector("expert-search").shadowRoot.querySelector(".browse").hidden);
      assert.equal((await tab.evaluate(stop)).name, second, "the keyboard is where it was");
      // All of it, the filters too: every stop is seen, and none is the last.
      const label = "搜索院士、专家和工作站";
      const all = await walk(tab, BACK, label);
      for (const name of ["未注明", "展开全部", "按拼音", "跳到结果"]) assert.ok(all.some((one) => one.startsWith(name)), `${name}: ${all.join()}`);
      await tab.keys("yanghuanming");
      await tab.until(() => document.querySelector("expert-search").shadowRoot.querySelector(".results a").textContent === "杨焕明");
      await tab.keys("Enter");
      assert.equal((await tab.evaluate(stop)).name, "杨焕明", "Enter leads to the results");
    });
  });
}
