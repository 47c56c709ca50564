// What needs no browser: hits as they are shown, several directories as one, contacts, and that no language lacks a word.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contact, plain } from "../../www/card/give.js";
import { join } from "../../www/card/join.js";
import card from "../../www/card/strings.js";
import { address, isAddress, pieces, summary } from "../../www/hit.js";
import languages from "../../www/languages.js";
import page from "../../www/page/strings.js";
import { STROKES } from "../../www/page/strokes.js";
import box from "../../www/strings.js";
import { sentence, words } from "../../www/words.js";

const marked = (cut) => cut.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join("");

test("ranges are UTF-16 offsets, and hostile ones lose no text", () => {
  for (const [text, ranges, expected] of [
    ["袁隆平", [[0, 3]], "[袁隆平]"],
    ["袁隆平", [[1, 2]], "袁[隆]平"],
    ["袁隆平", [[0, 1], [2, 3]], "[袁]隆[平]"],
    ["𠮷野家", [[0, 2]], "[𠮷]野家"],
    ["a😀b👩‍🔬c", [[1, 3], [4, 9]], "a[😀]b[👩‍🔬]c"],
    ["", [[0, 5]], ""],
    ["张三", [], "张三"],
    ["张三", [[2, 1], [1, 1], [7, 9]], "张三"],
    ["张三", [[1, 4e9]], "张[三]"],
    ["张三", [null, "x", [], [1], [NaN, 2], { 0: 0, 1: 1 }], "张三"],
    ["张三丰", [[0, 2], [1, 3]], "[张三丰]"],
    ["𠮷野", [[1, 2]], "[𠮷]野"],
  ]) {
    const cut = pieces(text, ranges);
    assert.equal(marked(cut), expected, JSON.stringify([text, ranges]));
    assert.equal(cut.map((piece) => piece.text).join(""), text);
    assert.ok(cut.every((piece, at) => piece.text && (!at || cut[at - 1].marked !== piece.marked)), "pieces are as long as can be");
  }
});

const cell = (field, label, text) => ({ field, label, text });

const station = (fields, name = "仙湖植物园院士工作站") => ({
  name,
  type: "院士工作站",
  fields,
  roles: [
    {
      cells: [
        cell("org", "建站单位", "仙湖植物园"),
        cell("place", "省份", "广东"),
        cell("place", "城市", "深圳"),
        cell("type", "类型", "院士工作站"),
        cell("resident", "进站专家", "杨焕明"),
        cell("resident", "进站专家", "张小曳"),
        cell("year", "年份", ""),
      ],
    },
  ],
});

test("all words that matched in one cell are marked", () => {
  const part = (field, text, ranges) => ({ field, text, ranges });
  for (const [fields, name, also] of [
    [[part("name", "朱高峰", [[1, 3]]), part("name", "朱高峰", [[0, 1]])], "[朱高峰]", []],
    [[part("name", "朱高峰", [[2, 3]]), part("alias", "Gaofeng Zhu", [[0, 3]])], "朱高[峰]", ["[Gao]feng Zhu"]],
    [[part("alias", "Gaofeng Zhu", [[0, 7]]), part("alias", "Gaofeng Zhu", [[8, 11]])], "朱高峰", ["[Gaofeng] [Zhu]"]],
  ]) {
    const told = summary({ name: "朱高峰", type: "院士", fields, roles: [] });
    assert.equal(marked(told.name), name);
    assert.deepEqual(told.also.map((one) => marked(one.pieces)), also);
  }
});

test("a summary shows where it matched and repeats nothing", () => {
  const first = summary(station([{ field: "org", text: "仙湖植物园", ranges: [[0, 2]] }, { field: "resident", text: "张小曳", ranges: [[0, 3]] }]));
  assert.deepEqual(first.facts.map(marked), ["[仙湖]植物园", "广东", "深圳"]);
  assert.deepEqual(first.also.map(({ label, pieces: cut }) => label + marked(cut)), ["进站专家[张小曳]"]);

  const alias = { field: "alias", text: "仙湖", ranges: [[0, 2]] };
  const same = ["name", "org"].map((field) => ({ field, text: "仙湖植物园", ranges: [[0, 5]] }));
  const second = summary(station([...same, { field: "type", text: "院士工作站", ranges: [[0, 2]] }, alias, alias], "仙湖植物园"));
  assert.equal(marked(second.name), "[仙湖植物园]");
  assert.equal(marked(second.kind), "[院士]工作站");
  assert.deepEqual(second.facts.map(marked), ["广东", "深圳"]);
  assert.deepEqual(second.also.map(({ field, label }) => [field, label]), [["alias", ""]]);

  const bare = { name: "张翔", type: "院士", roles: [{ cells: [cell("title", "称号", "外籍院士"), cell("year", "当选年份", "2015")] }] };
  assert.deepEqual(summary(bare).facts.map(marked), ["外籍院士", "2015"], "something tells namesakes apart");
});

test("a hit of any shape is shown", () => {
  for (const hit of [{}, { name: 5, type: null, fields: 3, roles: {} }, { fields: [null, 1], roles: [null, { cells: [null, 7] }] }]) {
    const { name, kind, facts } = summary(hit);
    assert.deepEqual([name, kind, facts], [[], [], []]);
    assert.equal(address(hit), undefined);
  }
});

test("only http addresses become links", () => {
  for (const good of ["https://example.cn/", "http://example.cn", "HTTPS://EXAMPLE.CN/?q=张三"]) assert.ok(isAddress(good), good);
  for (const bad of ["", "http://", "example.cn", "javascript:alert(1)", "java\nscript:alert(1)", " https://example.cn", "https://example.cn 备用", "data:text/html,x", "//example.cn", "张三http://example.cn", "https://a\u0000"]) {
    assert.ok(!isAddress(bad), bad);
  }
});

const person = (name, org, how, id, fields = ["name"]) => ({
  id,
  ids: [id],
  shape: "person",
  name,
  how,
  fields: fields.map((field) => ({ field })),
  roles: [{ id, cells: [cell("org", "工作单位", org)] }],
});

test("several directories answer as one, a person in two of them once", async () => {
  const engine = (hits, missing = []) => ({ search: () => structuredClone({ total: hits.length, hits, missing }) });
  const one = engine([person("张三", "甲", "exact", "a1"), person("张三丰", "甲", "prefix", "a2"), person("章三", "丙", "homophone", "a3")], ["猫", "狗"]);
  const other = engine([person("张三", "甲", "exact", "b1"), person("张三", "乙", "exact", "b2"), person("李四", "张三", "exact", "b3", ["org"]), person("王五", "乙", "pinyin", "b4")], ["猫"]);
  const answer = await join([one, other], { text: "张三", limit: 10 });
  assert.deepEqual(answer.hits.map((hit) => [hit.name, hit.ids.join()]), [["张三", "a1,b1"], ["张三", "b2"], ["李四", "b3"], ["张三丰", "a2"], ["王五", "b4"], ["章三", "a3"]]);
  assert.deepEqual([answer.total, answer.missing], [6, ["猫"]]);
  assert.equal((await join([one, other], { text: "张三", limit: 2 })).hits.length, 2);
  const stations = [engine([{ ...person("站", "甲", "exact", "w1"), shape: "station" }]), engine([{ ...person("站", "甲", "exact", "w2"), shape: "station" }])];
  assert.equal((await join(stations, { text: "站", limit: 10 })).total, 2, "stations are never joined");
});

test("before ids and organisations have come, namesakes of two directories stay two", async () => {
  const early = (missing) => ({ search: () => ({ total: 1, hits: [{ ...person("张三", "", "exact", ""), roles: [{ id: "", cells: [cell("type", "类型", missing)] }] }], missing: [] }) });
  const { total, hits } = await join([early("院士"), early("首席科普专家")], { text: "张三", limit: 10 });
  assert.deepEqual([total, hits.map((hit) => hit.roles.map((role) => role.cells[0].text).join())], [2, ["院士", "首席科普专家"]]);
});

test("a contact says what is published, escaped and in short lines", () => {
  const hit = {
    name: "张三;李",
    type: "院士",
    roles: [{ cells: [cell("org", "工作单位", "甲,乙大学"), cell("title", "称号", "院士\n资深"), cell("contact", "电话", "办公室 010-1234 5678"), cell("contact", "邮箱", "邮箱：office@example.cn"), cell("discipline", "领域", "数学".repeat(40))] }],
  };
  const text = contact(hit, "https://example.cn/#record=a1");
  const lines = text.split("\r\n");
  assert.ok(lines.every((line) => Buffer.byteLength(line) <= 75), "lines are folded");
  const whole = text.replace(/\r\n /g, "").split("\r\n");
  for (const line of ["FN:张三\\;李", "N:张三\\;李;;;;", "ORG:甲\\,乙大学", "TITLE:院士\\n资深", "TEL;TYPE=WORK:010-1234 5678", "EMAIL;TYPE=WORK:office@example.cn", `NOTE:${"数学".repeat(40)}`, "URL:https://example.cn/#record=a1"]) {
    assert.ok(whole.includes(line), line);
  }
  assert.deepEqual([whole[0], whole[whole.length - 2], whole[whole.length - 1]], ["BEGIN:VCARD", "END:VCARD", ""]);
  assert.match(plain(hit), /^张三;李\n工作单位：甲,乙大学\n/);
});

test("every language has every word, with the same slots", () => {
  const chinese = { ...box, ...card, ...page };
  const slots = (text) => (text.match(/\{.*?\}/g) || []).length;
  for (const [language, table] of Object.entries(languages)) {
    const spoken = words(language, languages);
    for (const [key, text] of Object.entries(chinese)) {
      assert.ok(spoken[key] || table[key], `${language} lacks ${key}`);
      assert.equal(slots(spoken[key] || table[key]), slots(text), `${language} ${key}`);
      if (language === "en") assert.doesNotMatch(spoken[key] || table[key], /\p{Script=Han}/u, key);
    }
    for (const key of Object.keys(table)) assert.ok(key in chinese || key === "failed", `${language} has ${key}, which nothing says`);
  }
});

test("until its table comes a language has a sentence for the connection and one for every other failure, and a site's own words win", () => {
  assert.equal(sentence(words("en"), "error", "index-unreachable"), "The search could not be loaded; please check the connection and try again (code: index-unreachable)");
  assert.equal(sentence(words("zh-TW"), "error", "damaged-index"), "搜尋暫時不能使用（代碼：damaged-index）");
  assert.equal(sentence(words("en", languages), "error", "no-src"), "The search is not available; please tell the site’s administrator (code: no-src)");
  assert.equal(sentence(words("zh-CN", {}, { "error.no-src": "名录还在准备" }), "error", "no-src"), "名录还在准备（代码：no-src）");
  assert.match(sentence(words("zh-CN"), "error", "unheard-of"), /没有成功.*unheard-of/);
  assert.equal(words("zh-TW", languages, { label: "找人" }).label, "找人");
  assert.equal(sentence({ nothing: "没有“{text}”" }, "nothing", "$&"), "没有“$&”", "values are no patterns");
  assert.equal(sentence(words("zh-CN"), "found", 2549), "找到 2,549 条结果");
  assert.equal(sentence(words("en", languages), "found", "1234567"), "Results: 1,234,567");
  assert.match(sentence(words("zh-CN"), "nothing", "2549"), /“2549”/, "what was typed stays as it is");
});

test("the table of strokes", () => {
  const [none, one, two, three] = STROKES.split(" ");
  assert.deepEqual([none, one, two.includes("丁"), three.includes("于"), STROKES.split(" ")[7].includes("张")], ["", "", true, true, true]);
  const all = [...STROKES].filter((character) => character !== " ");
  assert.equal(new Set(all).size, all.length, "no character stands twice");
});
