// The page of tests/widget.rs: what the loader paints and does, in a shadow root as there, a source answered by hand,
// and a tally of the listeners on all of it.

export class Page {
  constructor() {
    this.host = document.body.appendChild(document.createElement("div"));
    const root = this.host.attachShadow({ mode: "open" });
    this.listeners = 0;
    this.events = [];
    const make = (tag, role) => {
      const element = root.appendChild(document.createElement(tag));
      if (role) element.setAttribute("role", role);
      return this.tally(element);
    };
    const parts = { host: this.tally(this.host), field: make("div"), bar: make("div"), input: make("input", "combobox"), clear: make("button"), shut: make("button") };
    Object.assign(parts, { popup: make("div"), note: make("p"), list: make("ul", "listbox"), more: make("button"), status: make("p", "status"), card: make("section") });
    parts.popup.append(parts.note, parts.list, parts.more);
    parts.popup.hidden = parts.card.hidden = parts.clear.hidden = true;
    this.parts = parts;
    this.strings = { found: "找到 {n} 条", nothing: "没有“{n}”", without: "没有“{n}”，", error: "失败（{n}）", shown: "已显示", searching: "查找中" };
    // What the loader does itself, in its plainest form.
    parts.sentence = (key, value) => (this.strings[key] || "").replace("{n}", value);
    parts.paint = (response) => {
      parts.list.textContent = "";
      for (const [index, hit] of ((response && response.hits) || []).entries()) {
        const option = parts.list.appendChild(document.createElement("li"));
        Object.assign(option, { className: "name", id: `option-${index}`, textContent: hit && hit.name });
        option.setAttribute("role", "option");
      }
    };
    parts.choose = (hit, aside) => {
      this.events.push([hit, aside]);
      return !this.act || this.act() !== false;
    };
    parts.show = (hit) => {
      parts.card.textContent = hit ? hit.name : "";
      parts.card.hidden = !hit;
    };
    this.tally(document);
    this.asked = [];
    this.source = { search: (request) => new Promise((resolve, reject) => this.asked.push({ request, resolve, reject })) };
  }
  tally(target) {
    const page = this;
    target.addEventListener = function (...rest) { page.listeners += 1; EventTarget.prototype.addEventListener.apply(this, rest); };
    target.removeEventListener = function (...rest) { page.listeners -= 1; EventTarget.prototype.removeEventListener.apply(this, rest); };
    return target;
  }
  type(text, composing) {
    this.parts.input.value = text;
    this.parts.input.dispatchEvent(new InputEvent("input", { isComposing: composing, bubbles: true, composed: true }));
  }
  compose(kind) { this.parts.input.dispatchEvent(new CompositionEvent(kind, { bubbles: true })); }
  /** Whether the key was used up. */
  key(key, init) {
    return !this.parts.input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true, ...JSON.parse(init) }));
  }
  click(part, selector) { (selector ? this.parts[part].querySelector(selector) : this.parts[part]).click(); }
  questions() { return this.asked.map((one) => one.request.text).join("|"); }
  answer(index, hits, total) {
    const list = JSON.parse(hits);
    this.asked[index].resolve({ query: this.asked[index].request.text, total: total || list.length, hits: list });
  }
  answerWith(index, value) { this.asked[index].resolve(value); }
  refuse(index, error) { this.asked[index].reject(error); }
  names() { return [...this.parts.list.querySelectorAll(".name")].map((name) => name.textContent).join("|"); }
  attribute(part, name) { return this.parts[part].getAttribute(name) || ""; }
  text(part) { return this.parts[part].textContent; }
  value() { return this.parts.input.value; }
  isHidden(part) { return this.parts[part].hidden; }
  has(part, selector) { return this.parts[part].querySelector(selector) !== null; }
  /** What the page does when it is told of a choice; false keeps the record to itself. */
  onChoice(act) { this.act = act; }
  selected() { return JSON.stringify(this.events); }
}
