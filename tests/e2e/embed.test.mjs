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

/** What pages of 2008 define: collections of their own, and what Prototype 1.6 does to arrays. */
const OLD = `<script>
  function Map() { this.put = function () {}; }
  function Set() { this.items = []; }
  Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
  Array.prototype.toJSON = function () { return "[" + this.map(function (each) { return JSON.stringify(each); }).join(", ") + "]"; };
</script>`;

test("old libraries may have taken names that browsers have since: everything works, in one directory and in two", async () => {
  for (const src of ["experts.json", "experts.json ./experts.json"]) {
    // Nothing is asked of the page here that the tests' own scripts would do by a Map.
    await visit(browser, at(`<expert-search src="${src}" recent><p>名录全文</p></expert-search>`, OLD), async (page, seen) => {
      const { input, options, card } = box(page);
      await input.fill("艾国祥");
      await options.first().click();
      await card.getByRole("heading", { level: 2 }).waitFor();
      await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => (window.copied = text) } }));
      await page.getByRole("button", { name: "复制资料" }).click();
      await page.locator("expert-search .said", { hasText: "已复制" }).waitFor();
      assert.match(await page.evaluate(() => window.copied), /^艾国祥\n/);
      await page.getByRole("button", { name: "清空" }).click();
      await options.first().getByText("艾国祥", { exact: true }).waitFor();
      await options.nth(1).getByText("清除最近搜索").waitFor();
      assert.deepEqual(seen.thrown, []);
    });
    await visit(browser, at(`<expert-search src="${src}" mode="page"></expert-search>`, OLD), async (page, seen) => {
      const { links, detail } = results(page);
      await links.first().click();
      await detail.getByRole("heading", { level: 2 }).waitFor();
      assert.deepEqual(seen.thrown, []);
    });
  }
});

/** What ASP.NET's pages do with Enter, scripts against going back with Backspace, that turn pages, go to the site's own search and forbid selecting. */
const LISTENING = `<script>
  window.heard = [];
  const outside = (event) => !/input|textarea/i.test(event.target.tagName);
  document.onkeydown = (event) => { heard.push(event.key); if (outside(event) && /^(Backspace|ArrowLeft)$/.test(event.key)) return false; };
  document.onkeypress = (event) => { if (event.keyCode === 13) heard.push("submitted"); if (outside(event) && event.key === "/") return false; };
  document.onmousedown = (event) => { if (outside(event)) return false; };
</script>`;

test("keys that edit text, Enter and the press into the field are none for the page around; all others are, unless they were used", async () => {
  await visit(browser, at(BOX, LISTENING), async (page) => {
    const { input, status } = box(page);
    const heard = () => page.evaluate(() => window.heard.splice(0).join());
    await input.click();
    assert.equal(await input.evaluate((field) => field.matches(":focus")), true, "a press goes into it");
    await page.keyboard.press("Enter");
    await reach(page, "ready");
    await page.keyboard.type("zhangs/1");
    for (const key of ["Backspace", "Backspace", "ArrowLeft"]) await page.keyboard.press(key);
    await page.keyboard.type("x");
    assert.equal(await input.inputValue(), "zhangxs");
    await input.fill("qqqqqqqq");
    await status.getByText("没有找到").waitFor();
    await page.keyboard.press("Enter");
    assert.equal(await heard(), "");
    for (const key of ["Control+b", "F2", "Escape", "Escape"]) await page.keyboard.press(key);
    assert.equal(await heard(), "Control,b,F2,Escape", "the first Escape empties the box");
    await page.keyboard.press("Tab");
    assert.equal(await heard(), "Tab");
  });
  await visit(browser, at(PAGE, LISTENING), async (page) => {
    const { input, links, filter } = results(page);
    await links.first().waitFor();
    await input.click();
    await page.keyboard.press("Enter");
    assert.equal(await links.first().evaluate((link) => link.matches(":focus")), true);
    assert.equal(await page.evaluate(() => window.heard.join()), "");
    await filter("单位").getByRole("button", { name: /展开全部/ }).click();
    await filter("单位").getByRole("textbox").click();
    await page.keyboard.type("天文");
    await page.keyboard.press("Backspace");
    assert.equal(await filter("单位").getByRole("textbox").inputValue(), "天");
  });
});

test("within another component an option is chosen by mouse", async () => {
  const panel = `<script>
    customElements.define("x-panel", class extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: "open" }).innerHTML = '<section lang="zh-CN">${BOX}</section>';
      }
    });
  </script>`;
  await visit(browser, at("<x-panel></x-panel>", panel), async (page) => {
    const { input, options } = box(page);
    await input.fill("艾国祥");
    await options.first().click();
    await page.getByRole("heading", { name: "艾国祥" }).waitFor();
    assert.equal(await options.count(), 0);
  });
});

test("Tab leads from a box with a long list to what stands behind it", async () => {
  await visit(browser, at(`${BOX}<a id=after href="#after">版权</a>`), async (page) => {
    const { input, options, list } = box(page);
    await input.fill("张");
    await options.nth(9).waitFor({ state: "attached" });
    assert.equal(await list.evaluate((one) => one.scrollHeight > one.clientHeight), true);
    await input.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "after");
  });
});

test("the list stands at the box under zoom, and goes along when the page around moves", async () => {
  for (const zoom of [0.8, 1.25]) {
    await visit(browser, at(`<div id=banner style="height: 20px"></div><div style="width: 400px; margin-left: 80px">${BOX}</div>`, `<style>body { zoom: ${zoom}; }</style>`), async (page) => {
      const { input, options } = box(page);
      await input.fill("张");
      await options.first().waitFor();
      const place = () =>
        page.evaluate(async () => {
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const [bar, popup] = [".bar", ".popup"].map((part) => document.querySelector("expert-search").shadowRoot.querySelector(part).getBoundingClientRect());
          return [popup.left - bar.left, popup.top - bar.bottom, popup.width - bar.width].map(Math.round).join();
        });
      assert.equal(await place(), "0,6,0");
      await page.evaluate(() => (document.querySelector("#banner").style.height = "80px"));
      assert.equal(await place(), "0,6,0", "a banner that comes late");
      await page.evaluate(() => (document.querySelector("expert-search").style.width = "250px"));
      assert.equal(await place(), "0,6,0", "a box that becomes narrow");
    });
  }
});

test("of a long text that somebody pastes, no more is repeated than can count", async () => {
  const text = "囗龘".repeat(20000);
  await visit(browser, at(BOX), async (page) => {
    const { input, status } = box(page);
    await reach(page, "ready");
    await input.fill(text);
    await status.getByText("没有找到").waitFor();
    assert.ok((await status.textContent()).length < 120);
  });
  await visit(browser, at(PAGE.replace(">", " address>")), async (page) => {
    const { input } = results(page);
    await reach(page, "ready");
    await input.fill(text);
    await page.locator("expert-search .nothing").waitFor();
    await page.getByRole("status").getByText("没有找到").waitFor();
    for (const part of [".nothing", ".status"]) assert.ok((await page.locator(`expert-search ${part}`).textContent()).length < 120, part);
    assert.ok(page.url().length < 800 && page.url().includes("q="), String(page.url().length));
    assert.equal((await input.inputValue()).length, text.length, "what was pasted stands");
  });
});

test("on a page that is read from right to left the box is as it is, and nothing stands out of it", async () => {
  for (const element of [BOX, PAGE]) {
    await visit(browser, at(`<div dir=rtl>${element}</div>`), async (page) => {
      await reach(page, "ready");
      await page.locator("expert-search input").first().fill("张");
      await page.getByRole("button", { name: "清空" }).waitFor();
      const [bar, clear] = await page.evaluate(() => [".bar", ".clear"].map((part) => document.querySelector("expert-search").shadowRoot.querySelector(part).getBoundingClientRect()).map(({ left, right }) => [left, right]));
      assert.ok(clear[0] > bar[0] && clear[1] < bar[1], `${clear} in ${bar}`);
    });
  }
});

test("a record is copied on a page that forbids copying, and what was not copied is not called so", async () => {
  const copied = async (page) => {
    await page.getByRole("combobox").fill("艾国祥");
    await page.getByRole("option").first().click();
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.getByRole("button", { name: "复制资料" }).click();
    const said = page.locator("expert-search .said");
    await said.filter({ hasText: /./ }).waitFor();
    return said.textContent();
  };
  await visit(browser, at(`<textarea></textarea>${BOX}<script>document.body.oncopy = () => false;</script>`), async (page) => {
    assert.equal(await copied(page), "已复制");
    await page.locator("textarea").press("Control+v");
    assert.match(await page.locator("textarea").inputValue(), /^艾国祥\n/);
  });
  await visit(browser, at(`${BOX}<script>window.addEventListener("copy", (event) => (event.preventDefault(), event.stopPropagation()), true);</script>`), async (page) => {
    assert.match(await copied(page), /没有复制成功/);
  });
});

test("a box that is moved keeps the record that is open under it, unless something else is typed", async () => {
  await visit(browser, at(`${BOX}<footer></footer>`), async (page) => {
    const { input, options, card, value } = box(page);
    const move = () => page.evaluate(() => document.querySelector("footer").append(document.querySelector("expert-search")));
    await reach(page, "ready");
    await input.fill("aiguoxiang");
    await options.first().click();
    await card.getByRole("heading", { name: "艾国祥" }).waitFor();
    await move();
    await card.getByRole("heading", { name: "艾国祥" }).waitFor();
    assert.match(page.url(), /#record=a1$/);
    await input.fill("范海福");
    await options.first().waitFor();
    await move();
    await page.waitForTimeout(300);
    assert.equal(await value(), "范海福");
  });
});
