// A hit as it is shown, in a list or as a card: which parts, in which order, what is marked, where it leads.
//
// A source may be a page's own, so nothing here trusts the shape of a hit: what is missing or of another type is empty.

import { make } from "./dom.js";

const list = (value) => (Array.isArray(value) ? value : []);
const text = (value) => (typeof value === "string" ? value : "");
const object = (value) => value || {};

/** Cells `{field, label, text}`, and of those that matched the `ranges`. */
const cells = (values) =>
  list(values).map((value) => {
    const cell = object(value);
    return { field: text(cell.field), label: text(cell.label), text: text(cell.text), ranges: list(cell.ranges) };
  });

/** The roles of a hit, each a list of its cells. */
export const roles = (hit) => list(hit.roles).map((role) => cells(object(role).cells));

/**
 * Cuts `whole` at the ends of `ranges` (UTF-16 offsets, start and end) into `{text, marked}`, none empty.
 *
 * The pieces joined are always `whole`: of ranges that are reversed, overlap, reach beyond the end or cut a character in two, a
 * character is marked when any part of it lies in a range.
 */
export function pieces(whole, ranges) {
  const found = [];
  let from = 0;
  for (const character of whole) {
    const to = from + character.length;
    const marked = ranges.some((range) => Array.isArray(range) && range[0] < range[1] && range[0] < to && from < range[1]);
    const last = found[found.length - 1];
    if (last && last.marked === marked) last.text += character;
    else found.push({ text: character, marked });
    from = to;
  }
  return found;
}

/** The cells that stand under the name, in this order; and those that stand there when a directory tells none of them. */
const FACTS = ["org", "discipline", "place"];
const LESS = ["title", "division", "year"];

/**
 * What a list says about a hit, as pieces: `name`, `kind` (the type), `facts` (organisation, discipline, place, or else title, division, year, as the
 * first role that states them has them; not what repeats the name), and `also`, what else matched, so that the visitor sees why this is here.
 */
export function summary(hit) {
  const all = roles(hit);
  const parts = cells(hit.fields);
  // Several words may have matched in one cell: Longping Yuan.
  const marked = (field, whole) => pieces(whole, [].concat(...parts.filter((part) => part.field === field && part.text === whole).map((part) => part.ranges)));
  const [name, kind] = [text(hit.name), text(hit.type)];
  const facts = [];
  for (const fields of [FACTS, LESS]) {
    if (facts.length) break;
    for (const field of fields) {
      const role = all.find((cells) => cells.some((cell) => cell.field === field)) || [];
      facts.push(...role.filter((cell) => cell.field === field && cell.text && cell.text !== name));
    }
  }
  const also = [];
  for (const part of parts) {
    const same = (cell) => cell.field === part.field && cell.text === part.text;
    if (part.text === name || part.text === kind || facts.some(same) || also.some(same)) continue;
    const cell = [].concat(...all).find(same);
    also.push({ field: part.field, text: part.text, label: cell ? cell.label : "", pieces: marked(part.field, part.text) });
  }
  return { name: marked("name", name), kind: marked("type", kind), facts: facts.map((cell) => marked(cell.field, cell.text)), also };
}

/** Whether a value may become a link: a whole http or https address and nothing else. */
export function isAddress(value) {
  return /^https?:\/\/[^\s\u0000-\u001f\u007f-\u009f]+$/i.test(value);
}

/** Where the record's own page is, if it has one. */
export function address(hit) {
  const cell = [].concat(...roles(hit)).find((one) => one.field === "link" && isAddress(one.text));
  return cell && cell.text;
}

/** Goes to a record's page, or opens it in another tab. */
export function follow(href, aside) {
  make("a", { href, rel: "noopener noreferrer", target: aside ? "_blank" : "" }).click();
}

/** What a directory says is Chinese, whatever the words around it are: a screen reader then takes a Chinese voice. */
export const DATA = { lang: "zh-CN" };

/** A space that only a screen reader meets, else it runs name and type together; then the pieces, marked ones as such. */
function span(name, cut) {
  return cut.length ? [" ", make("span", Object.assign({ class: name }, DATA), ...cut.map((piece) => (piece.marked ? make("mark", {}, piece.text) : piece.text)))] : [];
}

/** The lines of a hit, for an option or a result. */
export function lines(hit, words) {
  const { name, kind, facts, also } = summary(object(hit));
  // Only what the eye cannot see for itself: matches of the letters as typed have no word in the table.
  const how = words[`how.${object(hit).how}`];
  const head = make("div", { class: "head" }, ...span("name", name), ...span("kind", kind));
  if (how) head.append(" ", make("span", { class: "how" }, how));
  const rows = [head];
  if (facts.length) rows.push(make("div", { class: "facts" }, ...[].concat(...facts.map((fact) => span("fact", fact)))));
  for (const { field, label, pieces: cut } of also) {
    rows.push(make("div", { class: "also" }, make("span", { class: "heading" }, label || words[`field.${field}`] || ""), ...span("value", cut)));
  }
  return rows;
}

/** The option of a hit; the style points out those that lead away from the page. */
export function option(hit, index, words) {
  return make("li", { class: address(object(hit)) ? "option away" : "option", role: "option", id: `option-${index}` }, ...lines(hit, words));
}
