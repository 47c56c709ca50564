// The page of results: browsing, filters, records, and what the page's address says of them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { STRICT, bare, launch, manifest, reach, results, visit } from "./stage.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const ELEMENT = '<expert-search src="experts.json" mode="page" address><p id=fallback>名录全文</p></expert-search>';
const at = (element = ELEMENT) => ({ path: "/bare.html", routes: { "/bare.html": bare(element) } });

test("browsing without a query: A to Z, by strokes, newest, by place", async () => {
  await visit(browser, at(), async (page, seen) => {
    const { names, found, count, filter } = results(page);
    await reach(page, "ready");
    await found("2,587");
    assert.equal((await names()).length, 20, "a screenful");
    const letters = await page.getByRole("group", { name: "姓氏首字母" }).getByRole("button").allTextContents();
    assert.deepEqual([letters[0], letters.includes("Z"), letters.length > 20], ["A", true, true]);
    await page.getByRole("button", { name: /^E，/ }).click();
    await count.filter({ hasNotText: "2,587" }).waitFor();
    assert.deepEqual((await names())[0].slice(0, 1), "鄂", "E names stand under E");
    await page.getByRole("button", { name: "移除筛选：姓氏首字母：E" }).click();
    await found("2,587");

    await page.getByRole("button", { name: "按笔画" }).click();
    await page.getByRole("button", { name: /^2 画，/ }).click();
    await count.filter({ hasNotText: "2,587" }).waitFor();
    assert.ok((await names()).every((name) => "丁卜七十人刁几九八力乃了又入".includes(name[0])), (await names()).join());
    await page.getByRole("button", { name: "移除筛选：姓氏笔画：2 画" }).click();
    await page.getByRole("button", { name: "按年份" }).click();
    await page.waitForFunction(() => document.querySelector("expert-search").shadowRoot.querySelector(".way[aria-pressed=true]").dataset.order === "newest");
    const years = filter("年份").getByRole("checkbox");
    assert.match(await years.first().evaluate((box) => box.dataset.value), /^202\d$/, "years stand newest first");
    await filter("所在地").getByRole("checkbox", { name: /^福建/ }).check();
    await page.getByRole("button", { name: "移除筛选：所在地：福建" }).waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});

test("what matched beside the name stands in a line with its heading", async () => {
  await visit(browser, at(), async (page) => {
    const { input, names } = results(page);
    await reach(page, "ready");
    await input.fill("袁隆平 中国工程院院士");
    await page.waitForFunction(() => document.querySelector("expert-search").shadowRoot.querySelector(".also mark"));
    assert.equal((await names())[0], "袁隆平");
    const ends = await page.locator("expert-search").evaluate((host) => [...host.shadowRoot.querySelector(".also").children].map((part) => part.getBoundingClientRect().bottom));
    assert.ok(ends.length === 2 && Math.abs(ends[0] - ends[1]) < 4, ends.join());
  });
});

test("filters combine, count live, and are taken away as chips; the keyboard keeps its place", async () => {
  await visit(browser, at(), async (page) => {
    const { input, found, filter, chip, count } = results(page);
    await reach(page, "ready");
    await input.fill("物理");
    await count.filter({ hasNotText: "2,587" }).waitFor();
    const [, all] = (await count.textContent()).match(/找到 ([\d,]+) 条/);
    const title = filter("称号").getByRole("checkbox", { name: /^中国科学院院士/ });
    const [, promised] = (await filter("称号").locator("label", { hasText: /^中国科学院院士/ }).textContent()).match(/([\d,]+)$/);
    await title.focus();
    await page.keyboard.press("Space");
    await found(promised);
    assert.equal(await title.isChecked(), true);
    assert.equal(await title.evaluate((box) => box.getRootNode().activeElement === box), true, "the focus stays where it was");
    const other = filter("称号").locator("label").nth(1);
    const [, more] = (await other.textContent()).match(/([\d,]+)$/);
    await other.click();
    await chip(/^移除筛选：称号/).nth(1).waitFor();
    const number = (text) => Number(text.replace(",", ""));
    const [, both] = (await count.textContent()).match(/找到 ([\d,]+) 条/);
    assert.ok(number(both) > Math.max(number(promised), number(more)) && number(both) <= number(promised) + number(more), "either will do");
    await chip(/^移除筛选：称号：中国科学院院士/).click();
    await found(more);
    await page.getByRole("button", { name: /^移除筛选/ }).click();
    await found(all);

    await filter("学部").getByRole("button", { name: /展开全部/ }).click();
    assert.equal(await filter("学部").getByRole("button", { name: "收起" }).getAttribute("aria-expanded"), "true");
    assert.ok((await filter("学部").getByRole("checkbox").count()) > 7);
    await filter("学部").getByRole("checkbox", { name: /^未注明/ }).check();
    await chip("移除筛选：学部：未注明").waitFor();
    await input.fill("物理 不存在的词条");
    await page.locator("expert-search .tips, expert-search .results li").first().waitFor();
  });
});

test("filters that leave nothing say so, with one way out; what would part nothing is no filter", async () => {
  const hash = `#q=${encodeURIComponent("物理")}&filter=${encodeURIComponent("type:院士")}&filter=${encodeURIComponent("place:北京")}`;
  await visit(browser, { ...at(), path: `/bare.html${hash}` }, async (page) => {
    const { input, found, filter, count } = results(page);
    await reach(page, "ready");
    await page.locator("expert-search .nothing", { hasText: "没有同时符合所选筛选条件的结果" }).waitFor();
    await page.locator("expert-search [role=status]", { hasText: "没有同时符合" }).waitFor({ state: "attached" });
    const reset = page.getByRole("button", { name: "清除全部筛选" });
    assert.equal(await reset.count(), 1);
    await reset.click();
    await count.filter({ hasText: /找到 \d+ 条/ }).waitFor();
    assert.equal(await filter("类型").count(), 1);
    await input.fill("艾国祥");
    await found("1");
    assert.equal(await page.locator("expert-search .filter").count(), 0, "one result is all there is");
  });
});

test("on a phone the filters open under their button, and another one leads to the results", async () => {
  await visit(browser, { ...at(), options: { viewport: { width: 375, height: 700 }, hasTouch: true } }, async (page) => {
    const { filter, found, count, chip } = results(page);
    await reach(page, "ready");
    await found("2,587");
    assert.equal(await page.getByRole("button", { name: /^查看/ }).isVisible(), false);
    await page.getByRole("button", { name: "筛选", exact: true }).tap();
    await filter("类型").getByRole("checkbox", { name: /^科技小院/ }).check();
    await page.getByRole("button", { name: "查看 6 条结果" }).tap();
    await found("6");
    assert.equal(await filter("类型").isVisible(), false);
    assert.equal(await chip("移除筛选：类型：科技小院").isVisible(), true);
    assert.equal(await count.evaluate((heading) => heading.getRootNode().activeElement === heading), true, "the focus is at the results");
  });
});

test("a long list of values can be searched in", async () => {
  await visit(browser, at(), async (page) => {
    const { filter, found, count } = results(page);
    await reach(page, "ready");
    await found("2,587");
    await filter("单位").getByRole("button", { name: /展开全部/ }).click();
    const find = page.getByRole("textbox", { name: "单位 在其中查找" });
    await find.fill("天文台");
    const shown = await filter("单位").getByRole("checkbox").count();
    assert.ok(shown > 0 && shown < 20, `${shown} are left`);
    await filter("单位").getByRole("checkbox", { name: /国家天文台/ }).first().check();
    await count.filter({ hasNotText: "2,587" }).waitFor();
  });
});

test("more goes on where the list ended", async () => {
  await visit(browser, at(), async (page) => {
    const { links, found } = results(page);
    await reach(page, "ready");
    await found("2,587");
    await page.getByRole("button", { name: /显示更多/ }).click();
    await links.nth(39).waitFor();
    assert.equal(await links.count(), 40);
    assert.equal(await links.nth(20).evaluate((link) => link.getRootNode().activeElement === link), true, "the first new one has the focus");
  });
});

test("a record: by keyboard, with all roles, colleagues, relations both ways; back and forward", async () => {
  await visit(browser, at(), async (page, seen) => {
    const { input, links, detail, count } = results(page);
    await reach(page, "ready");
    await input.focus();
    await page.keyboard.type("yanghuanming");
    await count.filter({ hasText: /找到 [1-9]\d? 条/ }).waitFor();
    assert.match(await links.first().textContent(), /杨焕明/);
    await links.first().focus();
    await page.keyboard.press("Enter");
    await detail.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), "杨焕明", "the heading has the focus");
    assert.match(page.url(), /#record=\w+&q=yanghuanming$/);
    assert.match(await detail.textContent(), /院士.*所在工作站.*仙湖植物园/s);

    await detail.getByRole("link", { name: /仙湖植物园/ }).click();
    await page.getByRole("heading", { level: 2, name: /仙湖植物园/ }).waitFor();
    assert.match(await detail.textContent(), /进站专家.*杨焕明/s);
    await page.goBack();
    await page.getByRole("heading", { level: 2, name: "杨焕明" }).waitFor();
    await page.goBack();
    await links.first().waitFor();
    assert.equal(await input.inputValue(), "yanghuanming");
    await page.goForward();
    await page.getByRole("heading", { level: 2, name: "杨焕明" }).waitFor();
    await page.getByRole("button", { name: "返回列表" }).click();
    await links.first().waitFor();
    assert.equal(await links.first().evaluate((link) => link.getRootNode().activeElement === link), true, "where the visitor was");
    assert.deepEqual(seen.thrown, []);
  });
});

test("an address opens what it says, in a fresh page; nonsense in it does no harm", async () => {
  const hash = `#q=${encodeURIComponent("物理")}&order=newest&filter=${encodeURIComponent("type:院士")}&other=kept`;
  await visit(browser, { ...at(), path: `/bare.html${hash}` }, async (page) => {
    const { input, chip, links } = results(page);
    await reach(page, "ready");
    await chip("移除筛选：类型：院士").waitFor();
    assert.equal(await input.inputValue(), "物理");
    await links.first().click();
    await page.waitForURL(/record=/);
    assert.match(page.url(), /other=kept&record=/, "what others wrote there stays");
  });
  for (const [bad, said] of [["#record=nobody", /没有这条资料/], ["#record=%E0%A4%A&q", /找到 2,587 条/], ["#filter=nothing:x&filter=:&order=sideways", /找到 2,587 条/], ["#top", /找到 2,587 条/]]) {
    await visit(browser, { ...at(), path: `/bare.html${bad}` }, async (page, seen) => {
      await reach(page, "ready");
      await page.locator("expert-search .page", { hasText: said }).waitFor();
      assert.deepEqual(seen.thrown, []);
    });
  }
});

test("an address with a record and a query opens the record, and what comes later leaves it open", async () => {
  const prepare = (page) => page.addInitScript(() => document.addEventListener("expert-search:tables", () => (window.tables = true), true));
  await visit(browser, { ...at(), prepare, path: "/bare.html#record=a1&q=yanghuanming" }, async (page, seen) => {
    const { detail, links } = results(page);
    await page.waitForFunction(() => window.tables);
    // An answer that hides the record would come within this time.
    await page.waitForTimeout(300);
    assert.equal(await detail.getByRole("heading", { name: "艾国祥" }).isVisible(), true);
    await page.getByRole("button", { name: "返回列表" }).click();
    await links.filter({ hasText: "杨焕明" }).first().waitFor();
    assert.deepEqual(seen.thrown, []);
  });
});

test("without `address` only the open record is in the address; an id keeps elements apart", async () => {
  const two = '<expert-search id="one" src="experts.json" mode="page"></expert-search><expert-search id="two" src="experts.json" mode="page"></expert-search>';
  await visit(browser, at(two), async (page) => {
    const one = page.locator("#one");
    const other = page.locator("#two");
    await one.getByRole("searchbox").fill("艾国祥");
    await one.locator(".results a").first().waitFor();
    assert.doesNotMatch(page.url(), /#/);
    await one.locator(".results a").first().click();
    await other.locator(".results a").first().click();
    await other.locator(".detail h2").waitFor();
    assert.match(page.url(), /#one\.record=a1&two\.record=/);
    await page.goBack();
    await other.locator(".results").waitFor();
    assert.equal(await one.locator(".detail h2").textContent(), "艾国祥", "the other one stays");
  });
});

test("a record is copied, linked, saved as a contact, on plain http too", async () => {
  await visit(browser, { ...at(), path: "/bare.html#record=a1" }, async (page) => {
    await reach(page, "ready");
    await page.getByRole("heading", { name: "艾国祥" }).waitFor();
    // What a page on plain http has not.
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.evaluate(() => document.addEventListener("copy", () => (window.copied = document.querySelector("expert-search").shadowRoot.querySelector("textarea").value), true));
    await page.getByRole("button", { name: "复制资料" }).click();
    await page.locator("expert-search .said", { hasText: "已复制" }).waitFor();
    assert.match(await page.evaluate(() => window.copied), /^艾国祥\n工作单位：中国科学院国家天文台/);
    assert.equal(await page.getByRole("status").textContent(), "已复制");
    await page.getByRole("button", { name: "复制链接" }).click();
    await page.waitForFunction(() => /#record=a1$/.test(window.copied));
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "存为联系人" }).click()]);
    assert.equal(download.suggestedFilename(), "艾国祥.vcf");
    assert.match(await readFile(await download.path(), "utf8"), /FN:艾国祥\r\n/);
  });
});

test("the page is told of a choice and may show the record itself", async () => {
  await visit(browser, at(), async (page) => {
    const { links, detail, found } = results(page);
    await reach(page, "ready");
    await found("2,587");
    await page.evaluate(() => document.addEventListener("expert-search:select", (event) => ((window.chosen = event.detail), event.preventDefault())));
    await links.first().click();
    assert.ok((await page.evaluate(() => window.chosen.name)).length > 1);
    assert.equal(await detail.isVisible(), false);
  });
});

test("works under the strictest policy; asks for its own engine, not for the box's; words typed before stay", async () => {
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  const site = { ...at(), headers: { "content-security-policy": STRICT } };
  site.routes[`/${manifest.engine.browse.wasm}`] = async (bytes) => (await arrived, bytes);
  await visit(browser, site, async (page, seen) => {
    const { input, links } = results(page);
    await page.getByRole("status").filter({ hasText: "正在准备，马上就好……" }).waitFor();
    await input.fill("艾国祥");
    arrive();
    await links.first().waitFor();
    assert.deepEqual(await results(page).names(), ["艾国祥"]);
    const asked = seen.requests.map((url) => new URL(url).pathname.slice(1)).filter((name) => /engine|card/.test(name));
    assert.deepEqual(asked, []);
    assert.deepEqual(seen.errors.filter((error) => !/favicon|404/.test(error)), []);
    assert.ok(seen.requests.every((url) => url.startsWith(seen.origin)), "nothing goes to another host");
    assert.deepEqual(seen.thrown, []);
  });
});

for (const [name, file, code] of [["script", manifest.engine.page, "engine-unreachable"], ["engine", manifest.engine.browse.wasm, "engine-unreachable"]]) {
  test(`what the page needs, its ${name}, cannot be had: it is said, with a retry, and the page's own content stays`, async () => {
    let broken = true;
    const site = at();
    site.routes[`/${file}`] = (bytes) => (broken ? null : bytes);
    await visit(browser, site, async (page) => {
      await reach(page, "failed");
      assert.match(await page.getByRole("status").textContent(), new RegExp(code));
      assert.equal(await page.locator("#fallback").isVisible(), true);
      broken = false;
      await page.getByRole("button", { name: "重试" }).click();
      await results(page).found("2,587");
      assert.equal(await page.locator("#fallback").isVisible(), false);
    });
  });
}

test("whoever comes back from a record finds the list as long and as far down as it was left, whatever scrolls", async () => {
  const inner = "<style>html, body { height: 100%; margin: 0; overflow: hidden; } main { height: 100%; overflow: auto; }</style>";
  for (const style of ["", inner]) {
    await visit(browser, at(style + ELEMENT), async (page) => {
      const { links, detail, found } = results(page);
      const at = () => page.evaluate(() => scrollY + document.querySelector("main").scrollTop);
      await reach(page, "ready");
      await found("2,587");
      for (const most of [40, 60]) {
        await page.locator("expert-search .more-results").click();
        await links.nth(most - 1).waitFor();
      }
      const link = links.nth(50);
      await link.scrollIntoViewIfNeeded();
      const [name, before] = [await link.textContent(), await at()];
      assert.ok(before > 2000);
      await link.click();
      await detail.getByRole("heading", { name }).waitFor();
      assert.equal(await at(), 0);
      await page.getByRole("button", { name: "返回列表" }).click();
      await links.nth(59).waitFor();
      await page.waitForFunction((name) => (document.activeElement.shadowRoot.activeElement || {}).textContent === name, name);
      assert.equal(await at(), before);
    });
  }
});

test("what is looked for among the values of a filter stays while they are ticked", async () => {
  await visit(browser, at(), async (page) => {
    const { found, filter, chip } = results(page);
    await reach(page, "ready");
    await found("2,587");
    await filter("单位").getByRole("button", { name: /展开全部/ }).click();
    const field = filter("单位").getByRole("textbox");
    await field.fill("天文台");
    const shown = filter("单位").getByRole("checkbox");
    const before = await shown.count();
    await shown.first().check();
    await chip(/^移除筛选：单位/).waitFor();
    assert.deepEqual([await field.inputValue(), await shown.count()], ["天文台", before]);
    await filter("单位").getByRole("button", { name: "收起" }).click();
    await filter("单位").getByRole("button", { name: /展开全部/ }).click();
    assert.equal(await field.inputValue(), "", "a list that is opened anew is looked through anew");
  });
});
