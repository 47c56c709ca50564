// The list of results, and what is said where there is none.

import { make } from "../dom.js";
import { DATA, lines } from "../hit.js";
import { brief, sentence } from "../words.js";

/** A result: its name is the link, and all of it can be clicked. */
export function result(hit, href, words) {
  const rows = lines(hit, words);
  const name = rows[0].querySelector(".name");
  const link = recordLink(hit, href, ...(name ? name.childNodes : []));
  link.className = "name";
  const heading = make("h3", { class: "result-name" }, link);
  if (name) name.replaceWith(heading);
  else rows[0].prepend(heading);
  return make("li", { class: "result" }, ...rows);
}

/** What names a hit in an address. */
export const keyOf = (hit) => hit.key || hit.id;

/** A link to a record on this page. */
export function recordLink(hit, href, ...children) {
  const link = make("a", Object.assign({ href, "data-record": keyOf(hit), "data-key": keyOf(hit) }, DATA), ...children);
  link.hit = hit;
  return link;
}

/** Nothing found: what to try. */
export function empty(view, words) {
  const text = brief(view.text);
  const filtered = view.filters.length;
  const said = filtered ? words.noneLeft : text ? sentence(words, "nothingFor", text) : words.none;
  const tips = (filtered ? ["tip.fewer"] : ["tip.name", "tip.pinyin", "tip.fewer"]).map((key) => make("li", {}, words[key]));
  const parts = [make("p", { class: "nothing" }, said), make("ul", { class: "tips" }, ...tips)];
  // Of several chips there is such a button already.
  if (filtered === 1) parts.push(make("button", { class: "reset", type: "button", "data-reset": "", "data-key": "reset" }, words.reset));
  return parts;
}
