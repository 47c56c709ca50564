// The loader: defines <expert-search src="experts.json">, paints its box at once and brings it to life when the engine has come.
//
// The page includes this one file; it is built into a classic script without dependencies, in ASCII for pages in GBK.
// Label, text box and status line are the loader's for ever: the engine's side (`attach`) only changes what they say, so
// nothing a visitor types while it loads is lost, nor the word that an input method is in the middle of.
//
// Attributes, properties, methods and events are described in `expert-search.d.ts`.

import { Life } from "./life.js";

/** Under what an element has its life, where a page does not come across it. */
const LIFE = Symbol();

/** The element's life. */
function of(element) {
  return element[LIFE] || (element[LIFE] = new Life(element));
}

class ExpertSearch extends HTMLElement {
  static get observedAttributes() {
    return ["src", "mode", "lang"];
  }

  get state() {
    return of(this).state;
  }

  get strings() {
    return of(this).own;
  }

  set strings(own) {
    of(this).speak(own);
  }

  focus(options) {
    const { parts } = of(this);
    if (parts) parts.input.focus(options);
  }

  search(text, { limit = 10 } = {}) {
    return of(this).search(text, limit);
  }

  connectedCallback() {
    // What a page set before the element was defined hides the property of the class.
    if (this.hasOwnProperty("strings")) {
      const own = this.strings;
      delete this.strings;
      this.strings = own;
    }
    of(this).connect();
  }

  disconnectedCallback() {
    of(this).disconnect();
  }

  attributeChangedCallback(_name, before, after) {
    of(this).change(before, after);
  }
}

if (!customElements.get("expert-search")) customElements.define("expert-search", ExpertSearch);
