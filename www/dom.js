// Elements, drawings and styles for a shadow root, by createElement and textContent only: text stays text.

const SVG = "http://www.w3.org/2000/svg";

/** Gives an element these attributes. */
export function assign(element, attributes) {
  for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
}

/** An element; what has a class is a part under the same name, so that a page can style it. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  assign(element, attributes);
  if (attributes.class) element.setAttribute("part", attributes.class);
  element.append(...children);
  return element;
}

/** A drawing in strokes, 20 by 20. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  assign(svg, { viewBox: "0 0 20 20", "aria-hidden": "true", class: "icon" });
  svg.append(line);
  return svg;
}

/**
 * Keeps to itself what edits the text of a field, and the press that goes into it: to scripts of the page around, both come from an element that is none.
 * They would go back a page at Backspace, turn one at an arrow, submit a form at Enter. Keys that edit nothing are left to them.
 */
export function keep(field) {
  for (const kind of ["keydown", "keypress", "keyup", "mousedown"]) {
    field.addEventListener(kind, (event) => /^(Tab|Esc|F\d)/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.stopPropagation());
  }
}

/** By their text; a `Map` may be the page's own, older than the browser's. */
const sheets = {};

/** A constructed sheet where there are any: `style-src 'self'` forbids a `<style>`, and does not mind these. */
export function adopt(root, style, nonce) {
  if ("adoptedStyleSheets" in root) {
    if (!sheets[style]) {
      sheets[style] = new CSSStyleSheet();
      sheets[style].replaceSync(style);
    }
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[style]];
  } else {
    root.append(make("style", nonce ? { nonce } : {}, style));
  }
}
