// One record on a page of results: itself, whom it names and who names it, others of the same name, colleagues.

import { make } from "../dom.js";
import { DATA, roles } from "../hit.js";
import { record, tools } from "../card/show.js";
import { sentence } from "../words.js";
import { keyOf, recordLink } from "./list.js";

/** What tells people of the same name apart. */
const TELLING = ["org", "discipline", "division", "year", "origin"];

function facts(hit, fields) {
  const cells = [].concat(...roles(hit));
  const texts = fields.map((field) => cells.find((cell) => cell.field === field && cell.text && cell.text !== hit.name)).filter(Boolean);
  return texts.map((cell) => cell.text).join(" · ");
}

function item(hit, here, fields, note) {
  const small = [hit.type, facts(hit, fields)].filter(Boolean).join(" · ");
  const about = make("span", { class: "about" }, make("span", DATA, small), note ? ` · ${note}` : "");
  return make("li", {}, recordLink(hit, here(keyOf(hit)), hit.name), " ", about);
}

function section(title, items) {
  return items.length ? [make("section", { class: "around" }, make("h3", { class: "around-name" }, title), make("ul", { class: "others" }, ...items))] : [];
}

/** What the card of a record holds; `related` is null where there is no such record. */
export function paintDetail(related, { words, here, link, host, card }) {
  const back = make("button", { class: "back", type: "button", "data-back": "" }, words.back);
  if (!related) return [back, make("h2", { class: "card-name", tabindex: "-1" }, words.gone)];
  const { hit, aliases, links, namesakes, org, colleagues, colleagueCount } = related;
  const name = make("h2", Object.assign({ class: "card-name", tabindex: "-1" }, DATA), hit.name);
  const also = aliases.length ? [make("p", { class: "aliases" }, sentence(words, "aliases", aliases.join("、")))] : [];
  const linked = (backward) => links.filter((one) => !!one.backward === backward);
  const toward = linked(false).map((one) => item(one.hit, here, ["org"], one.sure ? "" : words.unsure));
  const from = linked(true).map((one) => item(one.hit, here, ["org"], one.sure ? "" : words.unsure));
  const others = colleagues.map((one) => item(one, here, ["discipline"]));
  if (colleagueCount > colleagues.length) others.push(make("li", { class: "about" }, sentence(words, "others", colleagueCount - colleagues.length)));
  return [
    back,
    name,
    ...also,
    ...record(hit, words, host),
    ...section(linked(false).length ? linked(false)[0].label : "", toward),
    ...section(words.stations, from),
    ...section(words.namesakes, namesakes.map((one) => item(one, here, TELLING))),
    ...section(sentence(words, "colleagues", org), others),
    tools(card, hit, words, host, link),
  ];
}
