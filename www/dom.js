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

/** By their text; a `Map` may be the page's own, older than the browser's. */
const sheets = {};

/** A constructed sheet where there are any: `style-src 'self'` forbids a `<style>`, and does not mind these. */
export function adopt(root, style, nonce) {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    if (!sheets[style]) {
      sheets[style] = new CSSStyleSheet();
      sheets[style].replaceSync(style);
    }
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[style]];
  } else {
    root.append(make("style", nonce ? { nonce } : {}, style));
  }
}
