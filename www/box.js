// The box as it stands before anything is fetched: elements, roles and style, by createElement and textContent only.

import style from "./expert-search.css";
import { adopt, assign, icon, make } from "./dom.js";
import { option } from "./hit.js";
import { sentence } from "./words.js";

/** How the text box is known to assistive technology: as a combobox over its list, or as the search field of a page. */
const KINDS = {
  box: { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list", "aria-describedby": "hint" },
  page: { role: "searchbox" },
};

/**
 * Paints the box into a new shadow root of `host` and returns its elements, still without words.
 *
 * Input, list, label and live region are in one root because ARIA's references do not reach across roots. The page's
 * own content stays in a slot, outside the box's reset, and keeps the page's style.
 *
 * @param {HTMLElement} host
 * @param {string} nonce of the loader's script, for pages whose policy wants one on `<style>`
 */
export function paint(host, nonce) {
  const root = host.attachShadow({ mode: "open" });
  adopt(root, style, nonce);

  const label = make("label", { class: "label", for: "input" });
  const input = make("input", {
    id: "input",
    class: "input",
    type: "text",
    enterkeyhint: "search",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
  });
  const hint = make("span", { id: "hint", class: "hint" });
  const clear = make("button", { class: "clear", type: "button", tabindex: "-1", hidden: "" }, icon("M5 5l10 10M15 5L5 15"));
  const shut = make("button", { class: "shut", type: "button", tabindex: "-1" });
  const note = make("p", { class: "note", hidden: "" });
  // A list that scrolls would be a stop of its own, which the focus leaves for nowhere when the list shuts.
  const list = make("ul", { id: "list", class: "list", role: "listbox", tabindex: "-1" });
  const more = make("button", { class: "more", type: "button", tabindex: "-1", hidden: "" });
  const popup = make("div", { class: "popup", hidden: "" }, note, list, more);
  const status = make("p", { class: "status", role: "status", "aria-live": "polite" });
  const retry = make("button", { class: "retry", type: "button", hidden: "" });
  const card = make("section", { class: "card", hidden: "" });
  const slot = make("slot", {});

  const bar = make("div", { class: "bar" }, icon("M8.5 3a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M12.6 12.6L17 17"), input, clear, shut, hint);
  const field = make("div", { class: "field" }, bar, popup, make("div", { class: "foot" }, status, retry));
  const box = make("div", { class: "box" }, label, field, card);
  box.nonce = nonce;
  root.append(box, slot);
  return { host, box, field, bar, label, hint, input, clear, shut, popup, note, list, more, status, retry, card, slot };
}

/** Paints the options of a response, and none for anything else. */
export function fill({ list, note, more }, response, words) {
  const { hits, total, missing } = response || {};
  const options = Array.isArray(hits) ? hits.map((hit, index) => option(hit, index, words)) : [];
  list.textContent = "";
  list.append(...options);
  write(more, total > options.length && sentence(words, "more", total - options.length));
  write(note, Array.isArray(missing) && missing.length && sentence(words, "without", missing.join("、")));
}

/** Says something in a part, or hides it. */
function write(part, text) {
  part.textContent = text || "";
  part.hidden = !text;
}

/** Gives the box its kind and its words; both may change while it stands. */
export function name(parts, kind, language, words) {
  for (const each of Object.keys(KINDS.box)) parts.input.removeAttribute(each);
  assign(parts.input, Object.assign({ placeholder: words.placeholder }, KINDS[kind]));
  parts.box.lang = language;
  for (const part of ["label", "hint", "retry", "shut"]) parts[part].textContent = words[part];
  for (const part of ["clear", "list", "card"]) parts[part].setAttribute("aria-label", words[part]);
}
