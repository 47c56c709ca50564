// A record as a card: its name, every role with every shown column, and what can be done with it.

import { adopt, make } from "../dom.js";
import { DATA, address, isAddress, roles } from "../hit.js";
import { sentence } from "../words.js";
import { copy, plain, read, vcard } from "./give.js";
import chinese from "./strings.js";
import style from "./card.css";

/** Values of a role under their headings, in order; not the type, which is the role's title, nor pictures, which are shown as such. */
function rows(cells) {
  const found = [];
  for (const { field, label, text } of cells) {
    if (field === "type" || field === "photo" || !text) continue;
    const row = found.find((one) => one.label === label);
    if (row) row.values.push(text);
    else found.push({ label, values: [text] });
  }
  return found;
}

function value(text) {
  return isAddress(text) ? make("a", { href: text, rel: "noopener noreferrer" }, text) : text;
}

function role(cells, kind) {
  const type = cells.find((cell) => cell.field === "type");
  const list = make("dl", { class: "cells" });
  for (const row of rows(cells)) list.append(make("dt", {}, row.label), ...row.values.map((text) => make("dd", {}, value(text))));
  return make("div", Object.assign({ class: "role" }, DATA), make("h3", { class: "role-title" }, type ? type.text : kind), list);
}

/** The picture of a record, from this page's own host only; its address is relative to the directory that has it. */
function picture(hit, host) {
  const photos = roles(hit).map((cells) => cells.find((one) => one.field === "photo" && one.text));
  const at = photos.findIndex(Boolean);
  if (at < 0) return [];
  let url;
  try {
    const directories = host.getAttribute("src").trim().split(/\s+/);
    url = new URL(photos[at].text, new URL(directories[hit.roles[at].at || 0], document.baseURI));
  } catch (error) {
    return [];
  }
  if (url.origin !== location.origin || !/^https?:$/.test(url.protocol)) return [];
  // The name stands beside it, so a screen reader needs no second one.
  const image = make("img", { class: "photo", src: url.href, alt: "", loading: "lazy" });
  image.addEventListener("error", () => image.remove());
  return [image];
}

/** A button that does something; the visitor reads in `said`, and hears from the live region, that it was done. */
function tool(words, key, said, act) {
  const button = make("button", { class: `tool tool-${key}`, type: "button" }, sentence(words, key, ""));
  button.addEventListener("click", async () => {
    said.textContent = "";
    const done = await act();
    if (!done) return;
    said.textContent = sentence(words, done, "");
    said.getRootNode().querySelector("[role=status]").textContent = said.textContent;
  });
  return button;
}

/**
 * What can be done with a record: copied, its address copied or shared, printed, saved as a contact, and read aloud for the elderly.
 *
 * @param {string | undefined} link the record's address, where it has one
 */
export function tools(card, hit, words, host, link) {
  const said = make("span", { class: "said", "aria-hidden": "true" });
  const buttons = [tool(words, "copy", said, async () => ((await copy(card, plain(hit))) ? "copied" : "uncopied"))];
  if (link) {
    const share = () => navigator.share({ title: hit.name, url: link }).then(() => "", () => "");
    buttons.push(tool(words, "share", said, async () => (navigator.share && matchMedia("(hover: none)").matches ? share() : (await copy(card, link)) ? "copied" : "uncopied")));
  }
  if (hit.shape === "person") buttons.push(tool(words, "vcard", said, () => vcard(hit, link)));
  buttons.push(tool(words, "print", said, () => window.print()));
  if (host.hasAttribute("elder") && "speechSynthesis" in window) buttons.push(tool(words, "read", said, () => read(card)));
  return make("div", { class: "tools" }, ...buttons, said);
}

/** All that a card says of the record itself. */
export function record(hit, words, host) {
  const away = address(hit);
  const head = [...picture(hit, host)];
  if (away) head.push(make("a", { class: "own-page", href: away, rel: "noopener noreferrer" }, sentence(words, "ownPage", "")));
  return [...head, ...roles(hit).map((cells) => role(cells, hit.type))];
}

/** Fills the card under a box; `link` is where the record is found again, if anywhere. Its `.card-close` is the widget's to hear. */
export function show(card, hit, words, host, link) {
  const all = Object.assign({}, chinese, words);
  const root = card.getRootNode();
  if (!root.cardStyle) {
    adopt(root, style, root.querySelector(".box").nonce);
    root.cardStyle = true;
  }
  const close = make("button", { class: "card-close", type: "button" }, all.close);
  const head = make("div", { class: "card-head" }, make("h2", Object.assign({ class: "card-name" }, DATA), hit.name), close);
  card.append(head, ...record(hit, all, host), tools(card, hit, all, host, link));
}
