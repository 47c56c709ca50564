// The box as it stands before anything is fetched: elements, roles and style, by createElement and textContent only.

import style from "./expert-search.css";
import strings from "./strings.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Paints the box into a new shadow root of `host` and returns its elements.
 *
 * Input, list, label and live region are in one root because ARIA's references do not reach across roots. The page's
 * own content stays in a slot, outside the box's reset, and keeps the page's style.
 *
 * @param {HTMLElement} host
 * @param {string} nonce of the loader's script, for pages whose policy wants one on `<style>`
 */
export function paint(host, nonce) {
  const root = host.attachShadow({ mode: "open" });
  adopt(root, nonce);

  const label = make("label", { class: "label", for: "input" }, strings.label);
  const input = make("input", {
    id: "input",
    class: "input",
    type: "text",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "list",
    "aria-describedby": "hint",
    placeholder: strings.placeholder,
    enterkeyhint: "search",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
  });
  const hint = make("span", { id: "hint", hidden: "" }, strings.hint);
  const clear = make("button", { class: "clear", type: "button", tabindex: "-1", "aria-label": strings.clear, hidden: "" });
  clear.append(icon("M5 5l10 10M15 5L5 15"));
  const list = make("ul", { id: "list", class: "list", role: "listbox", "aria-label": strings.list });
  const more = make("p", { class: "more", hidden: "" });
  const popup = make("div", { class: "popup", hidden: "" }, list, more);
  const status = make("p", { class: "status", role: "status", "aria-live": "polite" });
  const retry = make("button", { class: "retry", type: "button", hidden: "" }, strings.retry);
  const card = make("section", { class: "card", "aria-label": strings.card, hidden: "" });
  const slot = make("slot", {});

  const field = make("div", { class: "field" }, icon("M8.5 3a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M12.6 12.6L17 17"), input, clear, popup);
  const foot = make("div", { class: "foot" }, status, retry);
  const box = make("div", { class: "box", lang: "zh-CN" }, label, hint, field, foot, card);
  root.append(box, slot);
  return { host, input, clear, popup, list, more, status, retry, card, slot, composing: false };
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}

function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  for (const [name, value] of [["viewBox", "0 0 20 20"], ["aria-hidden", "true"], ["class", "icon"]]) svg.setAttribute(name, value);
  svg.append(line);
  return svg;
}

let sheet;

/** A constructed sheet where there are any: `style-src 'self'` forbids a `<style>`, and does not mind these. */
function adopt(root, nonce) {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
    }
    root.adoptedStyleSheets = [sheet];
  } else {
    root.append(make("style", nonce ? { nonce } : {}, style));
  }
}
