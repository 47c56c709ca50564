// The life of one element: painted at once, loaded when idle or touched, alive, failed, painted again.

import { fill, name, paint } from "./box.js";
import { Failure, load } from "./load.js";
import { keep, make } from "./dom.js";
import { address, follow } from "./hit.js";
import { isPassing, language, sentence, words } from "./words.js";

const whenIdle = (work) => ("requestIdleCallback" in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 200));

const nonce = document.currentScript ? document.currentScript.nonce : "";

/** The code of a failure; of what else is thrown, an engine that trapped or a fault of ours, that it has stopped. */
const codeOf = (error) => (error instanceof Failure ? error.code : "engine-stopped");

/** What an element does, apart from it, so that a page sees none of this. */
export class Life {
  constructor(host) {
    this.host = host;
    this.state = "waiting";
    /** The number of the present load; what an earlier one brings is not wanted any more. */
    this.number = 0;
    /** Which instance of the engine; another one for each that was spoilt. */
    this.generation = 0;
  }

  /** The site's own words, over those of the language. */
  speak(own) {
    this.own = own;
    this.name();
    if (this.widget) this.widget.renew();
  }

  async search(text, limit) {
    this.paint();
    // After a failure too: what was missing may be there by now.
    if (!this.started) this.start();
    const loaded = await this.started;
    if (!loaded) throw new Failure("search-failed", "the element was emptied meanwhile");
    return loaded.search({ text: String(text), limit });
  }

  connect() {
    this.paint();
    if (this.engine) this.attach();
    else this.loadWhenIdle();
  }

  disconnect() {
    this.detach();
    // Moving an element disconnects and connects it in one go; only one that is gone gives its memory back.
    Promise.resolve().then(() => this.host.isConnected || this.reset());
  }

  change(before, after) {
    if (before === after || !this.parts) return;
    this.name();
    if (this.host.isConnected) this.start();
    else this.reset();
  }

  paint() {
    if (this.parts) return;
    this.parts = paint(this.host, nonce);
    Object.assign(this.parts, {
      choose: (hit, aside) => this.choose(hit, aside),
      show: (hit) => this.show(hit),
      words: () => this.words,
      paint: (response) => fill(this.parts, response, this.words),
      // While more is to come nobody knows yet that there is nothing.
      sentence: (key, value) => sentence(this.words, key === "nothing" && this.comes ? "searching" : key, value),
    });
    this.name();
    this.listen();
  }

  /** Words by language, as far as their tables have come. */
  name() {
    if (!this.parts) return;
    const spoken = language(this.host);
    this.words = words(spoken, this.engine && this.engine.tables, this.own);
    name(this.parts, this.mode(), spoken, this.words);
  }

  mode() {
    return this.host.getAttribute("mode") === "page" ? "page" : "box";
  }

  listen() {
    const { input, retry } = this.parts;
    keep(input);
    for (const kind of ["compositionstart", "compositionend", "blur"]) input.addEventListener(kind, () => (this.parts.composing = kind === "compositionstart"));
    input.addEventListener("focus", () => this.startOnce());
    input.addEventListener("input", () => this.sayLoading());
    this.host.addEventListener("pointerenter", () => this.startOnce());
    retry.addEventListener("click", () => {
      this.restarted = false;
      input.focus();
      this.start();
    });
  }

  /** The page comes first, then the engine: unless the visitor comes before both, or saves data. */
  loadWhenIdle() {
    if (navigator.connection && navigator.connection.saveData && this.mode() === "box") return;
    whenIdle(() => this.host.isConnected && this.startOnce());
  }

  startOnce() {
    if (this.state === "waiting") this.start();
  }

  start() {
    this.reset();
    this.state = "loading";
    this.sayLoading();
    this.started = this.run(this.number);
    // Whoever waits for it in `search` hears of its failure; nobody has to.
    this.started.catch(() => {});
  }

  async run(number) {
    let loaded;
    try {
      loaded = await load(this.host.getAttribute("src"), this.generation, this.mode(), language(this.host), this.host.hasAttribute("recent"));
      if (number !== this.number) {
        loaded.free();
        return this.started;
      }
      this.engine = loaded;
      this.name();
      this.attach();
    } catch (error) {
      if (number !== this.number) return this.started;
      this.fail(error);
      throw error;
    }
    this.state = "ready";
    this.parts.slot.hidden = true;
    this.tell("ready", { records: loaded.records() });
    if (loaded.complete) loaded.complete.then(() => loaded === this.engine && this.widget.renew(), (error) => loaded === this.engine && this.fail(error));
    this.comes = true;
    whenIdle(() => this.addTables(loaded));
    return loaded;
  }

  /** Last of all the engine's second half, words and tables of characters: the search works without them, so nobody is alarmed when they do not come. */
  async addTables(loaded) {
    if (loaded !== this.engine) return;
    const ok = await loaded.addTables().catch(() => false);
    if (loaded !== this.engine) return;
    // What has come of them may find more.
    this.comes = false;
    if (this.widget) this.widget.renew();
    this.tell("tables", { ok });
    // A page of results has it in its own script.
    if (this.mode() === "box") this.later().catch(() => {});
  }

  /** The script of what comes after a choice; from then on the page's address is followed. */
  async later() {
    const { engine, parts } = this;
    const card = await engine.card();
    if (engine === this.engine && !this.trail) {
      const find = (id) => this.guarded(() => engine.record(id));
      this.trail = new card.Trail(parts, find, (hit) => this.widget.show(hit));
    }
    return card;
  }

  /** Shows a record under the box; how, is in a script that comes when all else has. */
  async show(hit) {
    const { card } = this.parts;
    card.textContent = "";
    card.hidden = !hit;
    this.shown = hit;
    if (!hit) return this.trail && this.trail.write("");
    try {
      const [{ show }] = await Promise.all([this.later(), this.engine.whole(hit)]);
      if (this.shown !== hit) return;
      const key = hit.key || hit.id;
      this.trail.write(key);
      show(card, hit, this.words, this.host, address(hit) || this.trail.link(key));
    } catch (error) {
      if (this.shown !== hit) return;
      const again = make("button", { class: "retry", type: "button" }, this.words.retry);
      again.addEventListener("click", () => this.show(hit));
      card.append(make("p", { class: "status alarm" }, sentence(this.words, "error", codeOf(error))), again);
    }
  }

  attach() {
    const loaded = this.engine;
    const recent = this.host.hasAttribute("recent");
    this.parts.status.textContent = "";
    this.parts.recent = recent;
    /** Never within attach or an event of the widget: it must be whole when it is thrown away. */
    const guarded = (this.guarded = async (work) => {
      await null;
      try {
        if (loaded === this.engine) return await work();
      } catch (error) {
        // A trap: the instance is spoilt, and with it the widget that waits for this answer.
        if (loaded === this.engine) this.restart(error);
      }
      return new Promise(() => {});
    });
    const search = async (request) => {
      if (!request.text.trim()) return recent ? loaded.more.recall(this.words, (text) => this.write(text)) : { total: 0, hits: [] };
      const answer = await guarded(() => loaded.search(request));
      this.tell("query", { text: request.text, total: answer.total, missing: answer.missing || [] });
      return answer;
    };
    this.widget = loaded.attach(this.parts, { search, loaded, guarded });
    // Else it can wait until all that a search needs is there.
    if (this.mode() === "box" && location.hash.includes("record=")) this.later().catch(() => {});
  }

  /** Tells the page of a choice and goes where it leads; whether the box is to show the record itself. */
  choose(hit, aside) {
    if (hit.act) {
      // After what this choice sets off.
      Promise.resolve().then(hit.act);
      return false;
    }
    if (this.parts.recent) this.engine.more.remember(this.parts.input.value);
    const ours = this.host.dispatchEvent(new CustomEvent("expert-search:select", { bubbles: true, cancelable: true, composed: true, detail: hit }));
    const href = ours && address(hit);
    if (href) follow(href, aside);
    return ours && !href;
  }

  write(text) {
    this.parts.input.value = text;
    this.parts.input.dispatchEvent(new Event("input"));
  }

  detach() {
    if (!this.widget) return;
    // First of all: a card that goes with its widget stays in the address.
    if (this.trail) this.trail.stop();
    this.trail = undefined;
    try {
      this.widget.detach();
    } catch (error) {
      // It lived in an instance that has trapped; its listeners find nothing to act on.
      console.error("expert-search:", error);
    }
    this.widget = undefined;
  }

  /** Back to a painted box without an engine. */
  reset() {
    this.detach();
    if (this.engine) this.engine.free();
    this.engine = this.started = undefined;
    this.number += 1;
    this.state = "waiting";
    const { retry, slot, status } = this.parts;
    slot.hidden = false;
    retry.hidden = true;
    status.classList.remove("alarm");
    status.textContent = "";
  }

  /** Once by itself; a visitor who wants to try a third time presses the button. */
  restart(error) {
    if (this.restarted) return this.fail(error);
    this.restarted = true;
    this.generation += 1;
    this.start();
  }

  fail(error) {
    const { retry, status } = this.parts;
    const code = codeOf(error);
    this.reset();
    this.state = "failed";
    // Browsers remember a module that could not be fetched; another generation is another module to them.
    this.generation += 1;
    retry.hidden = !isPassing(code);
    status.classList.add("alarm");
    status.textContent = sentence(this.words, "error", code);
    console.error(`expert-search: ${code}: ${error.message}`);
    this.tell("error", { code, message: error.message });
  }

  sayLoading() {
    const { input, status } = this.parts;
    // Whoever has typed nothing into a box awaits nothing; on a page of results everybody does.
    if (this.state === "loading" && (input.value || this.mode() === "page")) status.textContent = this.words.loading;
  }

  tell(name, detail) {
    this.host.dispatchEvent(new CustomEvent(`expert-search:${name}`, { detail }));
  }
}
