// The loader: defines <expert-search src="experts.json">, paints its box at once and brings it to life when the engine has come.
//
// The page includes this one file; it is built into a classic script without dependencies, in ASCII for pages in GBK.
// Label, text box and status line are the loader's for ever: the engine's side (`attach`) only changes what they say, so
// nothing a visitor types while it loads is lost, nor the word that an input method is in the middle of.
//
// Events on the element, none bubbles but select: expert-search:ready, expert-search:error {code, message},
// expert-search:tables {ok} (after ready: traditional forms and homophones are known too), expert-search:select
// (cancelable; its detail is the hit).

import { paint } from "./box.js";
import { Failure, load } from "./load.js";
import strings from "./strings.js";

/** What trying again cannot mend: it takes the site's maintainer or another browser. */
const FINAL = ["no-src", "manifest-newer", "newer-index", "wasm-blocked", "wasm-unsupported"];

const whenIdle = (work) => ("requestIdleCallback" in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 200));

const nonce = document.currentScript ? document.currentScript.nonce : "";

class ExpertSearch extends HTMLElement {
  static get observedAttributes() {
    return ["src"];
  }

  #parts;
  #state = "waiting";
  #engine;
  #widget;
  /** The number of the present load; what an earlier one brings is not wanted any more. */
  #load = 0;
  #generation = 0;
  #restarted = false;

  /** `waiting` (until idle or touched), `loading`, `ready` or `failed`. */
  get state() {
    return this.#state;
  }

  focus(options) {
    if (this.#parts) this.#parts.input.focus(options);
  }

  connectedCallback() {
    if (!this.#parts) {
      this.#parts = paint(this, nonce);
      this.#listen();
    }
    if (this.#engine) this.#attach();
    else this.#loadWhenIdle();
  }

  disconnectedCallback() {
    this.#detach();
    // Moving an element disconnects and connects it in one go; only one that is gone gives its memory back.
    Promise.resolve().then(() => this.isConnected || this.#reset());
  }

  attributeChangedCallback(_name, before, after) {
    if (before === after || !this.#parts) return;
    if (this.isConnected) this.#start();
    else this.#reset();
  }

  #listen() {
    const { input, retry } = this.#parts;
    input.addEventListener("compositionstart", () => (this.#parts.composing = true));
    input.addEventListener("compositionend", () => (this.#parts.composing = false));
    input.addEventListener("blur", () => (this.#parts.composing = false));
    input.addEventListener("focus", () => this.#startOnce());
    input.addEventListener("input", () => this.#sayLoading());
    this.addEventListener("pointerenter", () => this.#startOnce());
    retry.addEventListener("click", () => {
      this.#restarted = false;
      // Browsers remember a module that could not be fetched; another generation is another module to them.
      this.#generation += 1;
      input.focus();
      this.#start();
    });
  }

  /** The page comes first, then the engine: unless the visitor comes before both, or saves data. */
  #loadWhenIdle() {
    if (navigator.connection && navigator.connection.saveData) return;
    whenIdle(() => this.isConnected && this.#startOnce());
  }

  #startOnce() {
    if (this.#state === "waiting") this.#start();
  }

  async #start() {
    this.#reset();
    const number = this.#load;
    this.#state = "loading";
    this.#sayLoading();
    try {
      const loaded = await load(this.getAttribute("src"), this.#generation);
      if (number !== this.#load) {
        loaded.engine.free();
        return;
      }
      this.#engine = loaded;
      this.#attach();
    } catch (error) {
      if (number === this.#load) this.#fail(error);
      return;
    }
    this.#state = "ready";
    this.#parts.slot.hidden = true;
    this.#tell("ready", { records: this.#engine.engine.records() });
    const loaded = this.#engine;
    whenIdle(() => this.#addTables(loaded));
  }

  /** Last of all the tables of characters: the search works without them, so nobody is alarmed when they do not come. */
  async #addTables(loaded) {
    if (loaded !== this.#engine) return;
    const ok = await loaded.addTables().catch(() => false);
    if (loaded === this.#engine) this.#tell("tables", { ok });
  }

  #attach() {
    const loaded = this.#engine;
    this.#parts.status.textContent = "";
    const search = async (request) => {
      // Never within attach or an event of the widget: it must be whole when it is thrown away.
      await null;
      if (loaded !== this.#engine) return new Promise(() => {});
      try {
        return loaded.engine.search(request);
      } catch (error) {
        // A trap: the instance is spoilt, and with it the widget that waits for this answer.
        this.#restart(error);
        return new Promise(() => {});
      }
    };
    this.#widget = loaded.attach(this.#parts, { search }, strings);
  }

  #detach() {
    if (!this.#widget) return;
    try {
      this.#widget.detach();
    } catch (error) {
      // It lived in an instance that has trapped; its listeners find nothing to act on.
      console.error("expert-search:", error);
    }
    this.#widget = undefined;
  }

  /** Back to a painted box without an engine; the memory of a `spoilt` one goes with its instance. */
  #reset(spoilt) {
    this.#detach();
    if (this.#engine && !spoilt) this.#engine.engine.free();
    this.#engine = undefined;
    this.#load += 1;
    this.#state = "waiting";
    const { retry, slot, status } = this.#parts;
    slot.hidden = false;
    retry.hidden = true;
    status.classList.remove("alarm");
    status.textContent = "";
  }

  /** Once by itself; a visitor who wants to try a third time presses the button. */
  #restart(error) {
    const again = !this.#restarted;
    this.#restarted = true;
    this.#generation += 1;
    this.#reset(true);
    if (again) this.#start();
    else this.#fail(new Failure("engine-stopped", String(error)));
  }

  #fail(error) {
    const { retry, status } = this.#parts;
    const known = error instanceof Failure;
    const code = known ? error.code : "engine-stopped";
    this.#reset(!known);
    this.#state = "failed";
    retry.hidden = FINAL.includes(code);
    status.classList.add("alarm");
    status.textContent = strings[`error.${code}`] + strings.code.replace("{code}", code);
    console.error(`expert-search: ${code}: ${error.message}`);
    this.#tell("error", { code, message: error.message });
  }

  #sayLoading() {
    const { input, status } = this.#parts;
    if (this.#state === "loading" && input.value) status.textContent = strings.loading;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`expert-search:${name}`, { detail }));
  }
}

if (!customElements.get("expert-search")) customElements.define("expert-search", ExpertSearch);
