// The page as Rust sees it (page.rs): what is read from it or done to it, in one step each.
//
// Only the steps are here; what they show, where and when, and what an event means, is decided in Rust. They are JavaScript because each
// function of the browser that Rust calls is an import with glue of its own, and each object that it gets a handle to give back.

/** A property of anything; undefined too where there is no such thing, or where a host's object refuses it. */
function property(value, key) {
  try {
    return value[key];
  } catch (error) {
    return undefined;
  }
}

/** A property that is a string; else the empty one. */
export function text(value, key) {
  const found = property(value, key);
  return typeof found === "string" ? found : "";
}

/** A property that is a number; else 0. */
export function number(value, key) {
  const found = property(value, key);
  return typeof found === "number" ? found : 0;
}

/** A property that is an array; else an empty one. */
export function items(value, key) {
  const found = property(value, key);
  return Array.isArray(found) ? found : [];
}

/** The sentence under this key, with `value` in place of its `{slot}`. */
export function fill(strings, key, value) {
  return text(strings, key).replace(/\{.*?\}/, () => value);
}

/** What JSON text of ours says. */
export function parse(json) {
  return JSON.parse(json);
}

/** The key that was pressed after the modifiers that were held: `ArrowDown`, `altKey+ArrowDown`. */
export function chord(event) {
  return ["ctrlKey", "metaKey", "shiftKey", "altKey"].filter((name) => event[name]).concat(event.key).join("+");
}

/** Whether an input method has the event. Safari ends the composition before the key that ended it: only the code 229 still says so. */
export function isComposing(event) {
  return !!event.isComposing || event.keyCode === 229;
}

/** How many siblings stand before the element around the event that fits the selector; -1 where none fits. */
export function placeOf(event, selector) {
  const found = event.target.closest(selector);
  return found ? [].indexOf.call(found.parentNode.children, found) : -1;
}

/** Whether the visitor points with a finger. */
export function hasTouch() {
  return matchMedia("(hover: none)").matches;
}

/** The elements that the loader painted, by name, for one widget. */
export class Page {
  constructor(parts) {
    this.parts = parts;
    this.stops = [];
    this.pen = document.createDocumentFragment();
  }

  /** Whether there is such a part. */
  has(part) {
    return this.parts[part] instanceof HTMLElement;
  }

  /** Whom events and answers are brought to until `leave`. */
  serve(widget) {
    this.widget = widget;
  }

  /** Brings events of this kind on a part, or anywhere in the document, before any listener inside could stop them. */
  listen(part, kind, signal) {
    const target = part === "document" ? document : this.parts[part];
    const hear = (event) => {
      if (!this.widget.hear(signal, event)) return;
      event.preventDefault();
      // A key that was used here is none for the page around.
      if (kind === "keydown") event.stopPropagation();
    };
    target.addEventListener(kind, hear, true);
    this.stops.push(() => target.removeEventListener(kind, hear, true));
  }

  /** Nothing is heard, answered or said any more. */
  leave() {
    this.stops.forEach((stop) => stop());
    clearTimeout(this.timer);
    this.widget = undefined;
  }

  /** Asks the source at once and brings the answer later, or what was thrown. A source may also answer without a promise. */
  ask(source, sequence, text, limit) {
    const bring = (value, failed) => this.widget && this.widget.answer(sequence, value, failed);
    new Promise((resolve) => resolve(source.search({ text, limit }))).then(
      (response) => bring(response, false),
      (error) => bring(error, true),
    );
  }

  /** Tells the host of the choice; false when it cancels the event. */
  announce(hit) {
    return this.parts.host.dispatchEvent(new CustomEvent("expert-search:select", { bubbles: true, cancelable: true, detail: hit }));
  }

  /** Whether the event is on the host or in it. */
  holds(event) {
    return this.parts.host.contains(event.target);
  }

  /** Whether an input method was in the middle of a word when the loader handed over. */
  isComposing() {
    return !!this.parts.composing;
  }

  isFocused() {
    return this.parts.input.matches(":focus");
  }

  focus() {
    this.parts.input.focus();
  }

  /** The text in the box. */
  value() {
    return this.parts.input.value;
  }

  write(text) {
    this.parts.input.value = text;
  }

  /** Sets an attribute of a part; without a value, takes it away. */
  set(part, name, value) {
    if (value === undefined) this.parts[part].removeAttribute(name);
    else this.parts[part].setAttribute(name, value);
  }

  /** Makes the option with this number the active one and brings it in sight; there is none at -1. */
  activate(index) {
    const options = this.parts.list.children;
    for (let each = 0; each < options.length; each += 1) options[each].setAttribute("aria-selected", each === index);
    const active = options[index];
    this.set("input", "aria-activedescendant", active && active.id);
    if (active) active.scrollIntoView({ block: "nearest" });
  }

  /** What the live region says. */
  said() {
    return this.parts.status.textContent;
  }

  /** Says it after so many milliseconds, and not what was about to be said. */
  say(text, pause) {
    clearTimeout(this.timer);
    const speak = () => {
      // A live region that is given the same text again may be read out again.
      if (this.said() !== text) this.parts.status.textContent = text;
    };
    if (pause) this.timer = setTimeout(speak, pause);
    else speak();
  }

  /** Paints a new element; what follows is painted into it until `close`. */
  open(tag, name) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    this.pen.append(element);
    this.pen = element;
  }

  /** Gives the open element an attribute. */
  attribute(name, value) {
    this.pen.setAttribute(name, value);
  }

  /** Paints text, which stays text whatever it looks like. */
  text(text) {
    this.pen.append(text);
  }

  close() {
    this.pen = this.pen.parentNode;
  }

  /** Shows what was painted, and nothing else, in this part. */
  show(part) {
    this.parts[part].textContent = "";
    this.parts[part].append(this.pen);
  }
}
