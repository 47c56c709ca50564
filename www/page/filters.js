// The filters of a page of results: ways to browse, groups of values with live counts, and chips of what is chosen.

import { keep, make } from "../dom.js";
import { DATA } from "../hit.js";
import { sentence, written } from "../words.js";

/** Browsed by a row of their own, each under its order. */
const ROWS = { name: "letter", strokes: "strokes" };

/** From how many values on an open group can be searched in. */
const MANY = 20;

const label = (group, words) => words[`group.${group}`] || group;

/** A value as it is read: `未注明`, `8 画`. */
function shown(group, value, words) {
  if (!value) return words.unstated;
  return group === "strokes" ? sentence(words, "strokes", value) : value;
}

/** The orders, and under the one chosen the row that belongs to it: A to Z, or numbers of strokes. */
export function ways(view, groups, words) {
  const orders = view.text.trim() ? ["match", "name", "strokes", "newest"] : ["name", "strokes", "newest"];
  const has = (order) => order === "match" || groups.some(({ group }) => group === { name: "letter", strokes: "strokes", newest: "year" }[order]);
  const button = (order) => make("button", { class: "way", type: "button", "data-order": order, "data-key": `order:${order}`, "aria-pressed": view.order === order }, words[`order.${order}`]);
  const tabs = make("div", { class: "orders" }, ...orders.filter((order) => view.order === order || has(order)).map(button));
  const row = groups.find(({ group }) => group === ROWS[view.order]);
  if (!row) return [tabs];
  const value = ({ text, count, selected }) =>
    make(
      "button",
      { class: "step", type: "button", "data-group": row.group, "data-value": text, "data-key": `${row.group}:${text}`, "aria-pressed": !!selected, "aria-label": sentence(words, "step", shown(row.group, text, words)).replace("{n}", written(count, words)) },
      row.group === "strokes" && text ? text : shown(row.group, text, words),
    );
  const steps = row.unstated.count || row.unstated.selected ? [...row.values, row.unstated] : row.values;
  return [tabs, make("div", { class: "steps", role: "group", "aria-label": label(row.group, words) }, ...steps.map(value))];
}

/** The groups that part the records, but those browsed by a row; in the one shown as a `whole` this was `sought`. */
export function filters(groups, whole, words, sought) {
  return groups.filter((one) => !Object.values(ROWS).includes(one.group) && parts(one)).map((one) => filter(one, whole === one.group, words, sought));
}

/** Whether there is something to choose between, or to take back: of a single value all results would stay. */
function parts({ values, more, unstated }) {
  return values.length + more + (unstated.count ? 1 : 0) > 1 || [...values, unstated].some((value) => value.selected);
}

function filter({ group, values, more, unstated }, isWhole, words, sought) {
  const box = (value) => {
    const input = make("input", { type: "checkbox", "data-group": group, "data-value": value.text, "data-key": `${group}:${value.text}` });
    input.checked = !!value.selected;
    return make("li", {}, make("label", { class: "value" }, input, make("span", Object.assign({ class: "value-text" }, value.text ? DATA : {}), shown(group, value.text, words)), " ", make("span", { class: "value-count" }, written(value.count, words))));
  };
  const listed = unstated.count || unstated.selected ? [...values, unstated] : values;
  const list = make("ul", { class: isWhole ? "values whole" : "values" }, ...listed.map(box));
  const field = make("fieldset", { class: "filter" }, make("legend", { class: "filter-name" }, label(group, words)));
  if (isWhole && listed.length > MANY) field.append(find(group, list, words, sought));
  field.append(list);
  if (more || isWhole) {
    const text = isWhole ? words.fewer : sentence(words, "all", more);
    field.append(make("button", { class: "whole-toggle", type: "button", "data-whole": group, "data-key": `whole:${group}`, "aria-expanded": isWhole }, text));
  }
  return field;
}

/** A field that leaves of a long list what holds a text; at first what was `sought` there. */
function find(group, list, words, sought) {
  const input = make("input", { class: "find", type: "text", "data-find": "", "data-key": `find:${group}`, placeholder: words.find, "aria-label": `${label(group, words)} ${words.find}`, autocomplete: "off" });
  const narrow = () => {
    const text = input.value.trim().toLowerCase();
    for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(text);
  };
  keep(input);
  input.addEventListener("input", narrow);
  input.value = sought;
  narrow();
  return input;
}

/** What is chosen, each to be taken away. */
export function chips(chosen, words) {
  const all = chosen.map(({ group, value }, at) => {
    const text = `${label(group, words)}：${shown(group, value, words)}`;
    return make("button", { class: "chip", type: "button", "data-remove": at, "data-key": `chip:${at}`, "aria-label": sentence(words, "remove", text) }, text, make("span", { class: "cross", "aria-hidden": "true" }, "×"));
  });
  if (all.length > 1) all.push(make("button", { class: "reset", type: "button", "data-reset": "", "data-key": "reset" }, words.reset));
  return all;
}
