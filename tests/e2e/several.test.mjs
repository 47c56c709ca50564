// Several directories on one page of results: joined in every order, counted together, each record found again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bare, box, directory, launch, reach, results, visit } from "./stage.mjs";

const EXPERTS = `编号,姓名,类型,工作单位,专业领域,聘任年份,照片
a1,安小明,科普大使,示例省科技馆,科学传播,2026,photos/an.png
a9,艾国祥,科普大使,中国科学院国家天文台,天文科普,2025,photos/ai.png
b3,王小云,科普大使,示例省密码学会,科学传播,2024,
`;
const STATIONS = `编号,名称,类型,省份,进站专家,年份
s1,示例省山区农业专家工作站,专家工作站,贵州,杨焕明,2026
`;

let browser;
let routes;
const tables = { "experts.csv": EXPERTS, "stations.csv": STATIONS, "专家搜索.toml": 'double_pinyin = "小鹤"' };
before(async () => ([browser, routes] = await Promise.all([launch(), directory(tables)])));
after(() => browser.close());

const BOTH = "experts.json second/experts.json";
const at = (hash = "", attributes = 'mode="page" address', src = BOTH) => ({ path: `/bare.html${hash}`, routes: { ...routes, "/bare.html": bare(`<expert-search src="${src}" ${attributes}></expert-search>`) } });

test("totals and counts are those of all; a person in both is one result with the roles of both", async () => {
  await visit(browser, at(), async (page, seen) => {
    const { input, found, names, filter, links, detail } = results(page);
    await reach(page, "ready");
    await found("2,59[01]");
    await filter("类型").getByRole("button", { name: /展开全部/ }).click();
    await filter("类型").getByRole("button", { name: "收起" }).waitFor();
    const types = await filter("类型").locator("label").allTextContents();
    for (const sum of ["科普大使 3", "专家工作站 2"]) assert.ok(types.includes(sum), types.join());
    await filter("类型").getByRole("checkbox", { name: /^科普大使/ }).check();
    await found("3");
    assert.deepEqual(await names(), ["艾国祥", "安小明", "王小云"]);
    await page.getByRole("button", { name: "移除筛选：类型：科普大使" }).click();
    await input.fill("艾国祥");
    await found("1");
    await links.first().click();
    await detail.waitFor();
    assert.match(await detail.textContent(), /天体物理学家.*科普大使.*天文科普/s);
    assert.deepEqual(seen.thrown, []);
  });
});

test("orders go through all of them", async () => {
  await visit(browser, at(), async (page) => {
    const { links, names } = results(page);
    await reach(page, "ready");
    await page.getByRole("button", { name: "按年份" }).click();
    await page.waitForFunction(() => document.querySelector("expert-search").shadowRoot.querySelector(".way[aria-pressed=true]").dataset.order === "newest");
    const newest = await names();
    assert.ok(newest.includes("安小明") && newest.includes("示例省山区农业专家工作站"), newest.join());
    await page.getByRole("button", { name: "按拼音" }).click();
    await page.waitForFunction(() => document.querySelector("expert-search").shadowRoot.querySelector(".way[aria-pressed=true]").dataset.order === "name");
    for (const shown of [40, 60]) {
      await page.getByRole("button", { name: /显示更多/ }).click();
      await links.nth(shown - 1).waitFor();
    }
    const all = await names();
    const places = ["艾国祥", "安小明", "安芷生"].map((name) => all.indexOf(name));
    assert.ok(places[0] >= 0 && places[0] < places[1] && places[1] < places[2], all.join());
  });
});

test("an id that both have names two records; a link opens each, and relations lead from one directory into the other", async () => {
  await visit(browser, at("#record=a1"), async (page) => {
    await page.getByRole("heading", { level: 2, name: "艾国祥" }).waitFor();
  });
  await visit(browser, at(`#record=${encodeURIComponent("a1~2")}`), async (page) => {
    await page.getByRole("heading", { level: 2, name: "安小明" }).waitFor();
  });
  await visit(browser, at(), async (page, seen) => {
    const { input, links, detail, found } = results(page);
    await reach(page, "ready");
    await input.fill("山区农业专家工作站");
    await found("1");
    await links.first().click();
    await detail.getByRole("link", { name: "杨焕明" }).click();
    await page.getByRole("heading", { level: 2, name: "杨焕明" }).waitFor();
    assert.match(await detail.textContent(), /所在工作站.*仙湖植物园.*山区农业专家工作站/s);
    await detail.getByRole("link", { name: /山区农业/ }).click();
    await page.getByRole("heading", { level: 2, name: /山区农业/ }).waitFor();
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await found("1");
    assert.deepEqual(seen.thrown, []);
  });
});

test("a picture lies beside the directory that names it, on a page and under a box, whichever record the person has first", async () => {
  for (const [attributes, key, picture] of [['mode="page"', "a1~2", "an"], ['mode="page"', "a1", "ai"], ["", "a1~2", "an"]]) {
    await visit(browser, at(`#record=${encodeURIComponent(key)}`, attributes), async (page, seen) => {
      await page.locator("expert-search .card h2").waitFor();
      await page.waitForRequest((request) => request.url().includes("/photos/"), { timeout: 1000 }).catch(() => {});
      assert.deepEqual(seen.requests.filter((url) => url.includes("/photos/")), [`${seen.origin}/second/photos/${picture}.png`]);
      assert.match(page.url(), new RegExp(`record=${encodeURIComponent(key)}$`), "the address stays");
    });
  }
});

test("double pinyin, where the directory's configuration allows it", async () => {
  const found = (src, text) =>
    visit(browser, at("", "", src), async (page) => {
      const { input, options, status } = box(page);
      await reach(page, "ready");
      await input.focus();
      await page.keyboard.type(text);
      await options.or(status.filter({ hasText: "没有找到" })).first().waitFor();
      names.push((await options.locator(".name").allTextContents())[0]);
    });
  const names = [];
  // 小鹤: an xn mk, wh xn yy. What is no pinyin otherwise finds nothing in a directory that does not allow it.
  await found("second/experts.json", "anxnmk");
  await found("second/experts.json", "whxnyy");
  await found("second/experts.json", "anxiaoming");
  await found("experts.json", "whxnyy");
  assert.deepEqual(names, ["安小明", "王小云", "安小明", undefined]);
});
