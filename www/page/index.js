// A page of results: the search field, filters with live counts, the list, and a record with what stands around it.
//
// ```text
// event ─▶ view (what is looked at: text, filters, order, record) ─▶ address of the page
//                     └──engine──▶ answer ─▶ list, filters, chips, or the record
// ```

import { adopt, make } from "../dom.js";
import { Addresses } from "../card/address.js";
import style from "../card/card.css";
import { brief, sentence } from "../words.js";
import { paintDetail } from "./detail.js";
import { chips, filters, ways } from "./filters.js";
import { empty, keyOf, result } from "./list.js";
import chinese from "./strings.js";
import cardWords from "../card/strings.js";
import looks from "./page.css";
import { Several } from "./several.js";
import { STROKES } from "./strokes.js";

export { recall, remember, together } from "../card/index.js";

/** How many results come at a time, and how many values a filter lists before it is opened. */
const SCREENFUL = 20;
const VALUES = 6;
/** How long the status line waits for the visitor to pause, in milliseconds. */
const PAUSE = 400;

/** Brings the page to life in the parts that the loader painted; `detach` undoes it. */
export function attach(parts, source) {
  return new Results(parts, source);
}

/** Whether two views are of the same list, whatever record is open. */
function isSameList(one, other) {
  const key = ({ text, order, filters }) => JSON.stringify([text.trim(), order].concat(...filters.map(({ group, value }) => [group, value])));
  return key(one) === key(other);
}

/** What is scrolled around an element, and how far. */
function scrolled(element) {
  const found = [];
  for (let at = element; at; at = at.parentNode || at.host) if ("scrollTop" in at) found.push([at, at.scrollTop]);
  return found;
}

class Results {
  constructor(parts, { loaded, guarded }) {
    this.parts = parts;
    this.host = parts.host;
    this.guarded = guarded;
    const { engines } = loaded;
    engines.forEach((engine) => engine.openBrowser(STROKES));
    this.engine = engines.length > 1 ? new Several(engines) : engines[0];
    this.number = 0;
    this.limit = SCREENFUL;
    this.whole = "";
    this.stops = [];
    this.addresses = new Addresses(this.host);
    this.paint();
    this.name();
    this.listen();
    const said = this.addresses.read();
    // What was typed before the engine came counts where the address says nothing.
    this.look(Object.assign(said, { text: said.text || parts.input.value }), "keep");
  }

  /** Asked for each time: a site may set its own at any time. */
  get words() {
    return Object.assign({}, cardWords, chinese, this.parts.words());
  }

  paint() {
    const root = this.parts.box.parentNode;
    if (!root.pageStyle) {
      root.pageStyle = true;
      for (const sheet of [style, looks]) adopt(root, sheet, this.parts.box.nonce);
    }
    const part = (tag, name, attributes, ...children) => (this[name] = make(tag, Object.assign({ class: name }, attributes), ...children));
    const toggle = part("button", "toggle", { type: "button", "aria-expanded": "false", "aria-controls": "filters" });
    part("button", "skip", { type: "button", "data-skip": "" });
    part("div", "ways", { role: "group" });
    part("div", "filters", { id: "filters", role: "group" });
    part("div", "chips");
    part("h2", "count", { class: "count", tabindex: "-1" });
    part("ol", "list", { class: "results" });
    part("div", "after");
    const main = make("div", { class: "main" }, this.chips, this.list, this.after);
    part("div", "browse", {}, this.skip, this.ways, make("div", { class: "top" }, this.count, toggle), make("div", { class: "columns" }, this.filters, main));
    part("section", "detail", { class: "card detail", hidden: "" });
    part("div", "page", {}, this.browse, this.detail);
    this.parts.box.append(this.page);
    this.parts.box.classList.add("paged");
    toggle.addEventListener("click", () => this.fold());
  }

  /** Names what stands from one answer to the next. */
  name() {
    const { words } = this;
    this.named = this.parts.words();
    this.skip.textContent = words.skip;
    this.toggle.textContent = words.filters;
    this.ways.setAttribute("aria-label", words.order);
    this.filters.setAttribute("aria-label", words.filters);
    this.detail.setAttribute("aria-label", words.card);
  }

  listen() {
    const { input, clear } = this.parts;
    const on = (target, kind, act) => {
      target.addEventListener(kind, act);
      this.stops.push(() => target.removeEventListener(kind, act));
    };
    const typed = () => this.typed(input.value);
    on(input, "input", typed);
    // In Chromium no `input` follows the end of a composition.
    on(input, "compositionend", typed);
    on(input, "keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      const { key } = event;
      if (key !== "Enter" && (key !== "Escape" || !input.value)) return;
      event.preventDefault();
      event.stopPropagation();
      // As in a box: Enter shows where the next Enter leads. On a phone the keyboard makes room for it.
      if (key === "Enter") this.skipOver();
      else this.write("");
    });
    on(clear, "click", () => (this.write(""), input.focus()));
    // Both come of going back; the second finds nothing new.
    for (const kind of ["popstate", "hashchange"]) on(window, kind, () => this.addresses.changed() && this.look(this.addresses.read(), "keep"));
    on(this.page, "click", (event) => this.clicked(event));
    // Firefox leaves what the keyboard comes to where it is if a line of it is in sight.
    on(this.page, "keyup", ({ key, target }) => {
      const row = key === "Tab" && target.closest("li, button");
      if (row) row.scrollIntoView({ block: "nearest" });
    });
    on(this.page, "change", (event) => this.changed(event));
  }

  detach() {
    this.stops.forEach((stop) => stop());
    clearTimeout(this.timer);
    this.number += 1;
    this.page.remove();
    this.parts.box.classList.remove("paged");
    this.parts.clear.hidden = true;
  }

  /** The engine knows more than before, or the words are others. */
  renew() {
    const renamed = this.named !== this.parts.words();
    if (renamed) this.name();
    // A record is what it was.
    if (!this.view.record && (renamed || this.view.text.trim())) this.ask();
  }

  write(text) {
    this.parts.input.value = text;
    this.typed(text);
  }

  typed(text) {
    this.parts.clear.hidden = !text;
    if (text === this.view.text && !this.view.record) return;
    this.look({ text, record: "", order: text.trim() ? "match" : "name" }, "replace");
  }

  /** Looks at something else; `how` the page's address follows: `push`, `replace`, or `keep` where it led. */
  look(change, how) {
    const before = this.view;
    this.view = Object.assign({ text: "", filters: [], order: "", record: "" }, before, change);
    if (!this.view.order) this.view.order = this.view.text.trim() ? "match" : "name";
    if (!this.view.text.trim() && this.view.order === "match") this.view.order = "name";
    // Who comes back from a record finds as long a list as was left.
    if (!before || !isSameList(before, this.view)) this.limit = SCREENFUL;
    const { input, clear } = this.parts;
    if (input.value !== this.view.text) input.value = this.view.text;
    clear.hidden = !input.value;
    if (how !== "keep") this.addresses.write(this.view, how);
    this.opened = how === "push" && !!this.view.record && !(before && before.record);
    if (this.view.record) this.open(this.view.record, how);
    else this.ask(before && before.record);
  }

  async asked(work) {
    this.number += 1;
    const { number } = this;
    const answer = await this.guarded(work);
    return number === this.number ? answer : new Promise(() => {});
  }

  /** Asks for the list; `left` is the id of the record that was looked at before. */
  async ask(left) {
    const { text, filters: chosen, order } = this.view;
    const request = { text, filters: chosen, order, from: 0, limit: this.limit, values: VALUES, whole: this.whole };
    const answer = await this.asked(() => this.engine.browse(request));
    this.host.dispatchEvent(new CustomEvent("expert-search:query", { detail: { text, filters: chosen, total: answer.total, missing: answer.missing || [] } }));
    this.show(answer);
    this.browse.hidden = false;
    this.detail.hidden = true;
    if (left) this.comeBack(left);
  }

  show(answer) {
    const { view, words } = this;
    const focus = this.focused();
    const open = this.list.children.length;
    this.ways.textContent = "";
    this.ways.append(...ways(view, answer.groups, words));
    const field = this.filters.querySelector(".find");
    const sought = field && field.dataset.key === `find:${this.whole}` ? field.value : "";
    this.filters.textContent = "";
    this.filters.append(...filters(answer.groups, this.whole, words, sought));
    this.skip.hidden = !answer.total;
    this.toggle.hidden = !this.filters.children.length;
    this.browse.classList.toggle("blank", this.toggle.hidden && !answer.total);
    this.filters.append(make("button", { class: "see", type: "button", "data-see": "", "data-key": "see" }, sentence(words, "see", answer.total)));
    this.chips.textContent = "";
    this.chips.append(...chips(view.filters, words));
    this.list.textContent = "";
    this.list.append(...answer.hits.map((hit) => result(hit, this.addresses.of(Object.assign({}, view, { record: keyOf(hit) })), words)));
    const rest = answer.total - answer.hits.length;
    this.after.textContent = "";
    if (!answer.total) this.after.append(...empty(view, words));
    if (rest > 0) this.after.append(make("button", { class: "more-results", type: "button", "data-key": "more" }, sentence(words, "more", rest)));
    const missing = answer.missing && answer.missing.length ? sentence(words, "without", answer.missing.join("、")) : "";
    this.count.textContent = missing + (answer.total ? sentence(words, "found", answer.total) : sentence(words, "none", ""));
    this.refocus(focus, open);
    this.say(answer.total ? this.count.textContent : view.filters.length ? words.noneLeft : sentence(words, "nothing", brief(view.text)));
  }

  /** Looks at one record. */
  async open(id, how) {
    const related = await this.asked(() => this.engine.related(id));
    if (how === "push" && !this.browse.hidden) this.scrolled = scrolled(this.host);
    const { words } = this;
    const here = (record) => this.addresses.of(Object.assign({}, this.view, { record }));
    const link = this.addresses.link(Object.assign({}, this.view, { record: id }));
    this.detail.textContent = "";
    this.detail.append(...paintDetail(related, { words, here, link, host: this.host, card: this.detail }));
    if (related && related.failure) {
      const again = make("button", { class: "retry", type: "button" }, words.retry);
      again.addEventListener("click", () => this.open(id, "keep"));
      this.detail.append(make("p", { class: "status alarm" }, sentence(words, "error", related.failure)), again);
    }
    this.browse.hidden = true;
    this.detail.hidden = false;
    // A record that a link opened is no reason to take the focus from the page.
    if (how !== "keep" || this.focused()) this.detail.querySelector("h2").focus();
    if (this.host.getBoundingClientRect().top < 0) this.host.scrollIntoView();
    this.say(words.shown);
  }

  /** Back in the list, where the visitor was; what scrolls need not be the window. */
  comeBack(record) {
    const link = [...this.list.querySelectorAll("a")].find((one) => one.dataset.key === record);
    const place = link || this.count;
    place.focus({ preventScroll: true });
    for (const [element, top] of this.scrolled || []) element.scrollTop = top;
    place.scrollIntoView({ block: "nearest" });
  }

  /** What has the focus here, by its key. */
  focused() {
    const active = this.page.getRootNode().activeElement;
    return active && this.page.contains(active) ? active.dataset.key || active : null;
  }

  refocus(key, shown) {
    if (typeof key !== "string") return;
    const all = [...this.page.querySelectorAll("[data-key]")];
    // After "more" the first new result; and where what had the focus is gone, the heading.
    const next = key === "more" && this.list.children[shown] ? this.list.children[shown].querySelector("a") : all.find((one) => one.dataset.key === key);
    (next || this.count).focus({ preventScroll: key !== "more" });
  }

  clicked(event) {
    const found = event.target.closest("button, a");
    if (!found || !this.page.contains(found)) return;
    const { record, order, remove, group, value, reset, back, whole, see, skip } = found.dataset;
    const { view } = this;
    if (record !== undefined) this.follow(event, found, record);
    else if (back !== undefined) this.leave();
    else if (order) this.look({ order }, "replace");
    else if (remove) this.look({ filters: view.filters.filter((_, at) => at !== Number(remove)) }, "push");
    else if (reset !== undefined) this.look({ filters: [] }, "push");
    else if (group) this.look({ filters: this.switched(group, value, true) }, "push");
    else if (whole !== undefined) this.unfold(whole);
    else if (see !== undefined) this.see();
    else if (skip !== undefined) this.skipOver();
    else if (found.dataset.key === "more") this.more();
  }

  /** A link to a record, unless it is to open elsewhere or the page shows records itself. */
  follow(event, link, record) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (this.parts.choose(link.hit, false)) this.look({ record }, "push");
  }

  leave() {
    // Only the step that led from the list here leads back to it; anchors, other elements and scripts make steps as well.
    if (this.opened && this.addresses.isAtStep()) history.back();
    else this.look({ record: "" }, "push");
  }

  changed(event) {
    const { group, value, find } = event.target.dataset;
    if (find === undefined && group) this.look({ filters: this.switched(group, value, false) }, "push");
  }

  /** The filters with this value switched; where `alone`, it takes the place of the others of its group. */
  switched(group, value, alone) {
    const { filters: chosen } = this.view;
    const has = chosen.some((one) => one.group === group && one.value === value);
    const rest = chosen.filter((one) => one.group !== group || (!alone && one.value !== value));
    return has ? rest : [...rest, { group, value }];
  }

  /** Opens the filters on a narrow screen, or closes them. */
  fold() {
    this.toggle.setAttribute("aria-expanded", this.filters.classList.toggle("open"));
  }

  /** From the filters to the results, which stand above and below them. */
  see() {
    this.fold();
    this.count.focus();
  }

  /** To the first result, past all that one can browse and filter by. */
  skipOver() {
    const link = this.list.querySelector("a");
    if (link) link.focus();
  }

  unfold(group) {
    this.whole = this.whole === group ? "" : group;
    this.ask();
  }

  more() {
    this.limit += SCREENFUL;
    this.ask();
  }

  say(text) {
    clearTimeout(this.timer);
    const { status } = this.parts;
    // A live region that is given the same text again may be read out again.
    this.timer = setTimeout(() => status.textContent === text || (status.textContent = text), PAUSE);
  }
}
