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

/** An array of strings, joined. */
export function joined(value, key) {
  return items(value, key).filter((one) => typeof one === "string").join("、");
}

/** What JSON text of ours says. */
export function parse(json) {
  return JSON.parse(json);
}

/** The key that was pressed after the modifiers that were held: `ArrowDown`, `altKey+ArrowDown`. */
export function chord(event) {
  return ["ctrlKey", "metaKey", "shiftKey", "altKey"].filter((name) => event[name]).concat(event.key).join("+");
}

/** Whether a click was with Ctrl or Cmd held. */
export function isAside(event) {
  return event.ctrlKey || event.metaKey;
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

/** Whether a box that lost the focus lost it to nothing, as when a finger puts the keyboard away to see the list. */
export function isPutAway(event) {
  return !event.relatedTarget && matchMedia("(hover: none)").matches;
}

/** Puts an element above everything in the page, where the browser has such a layer, or back. */
function lift(element, up) {
  if (!element.showPopover || up === element.hasAttribute("popover")) return;
  if (up) {
    element.setAttribute("popover", "manual");
    element.showPopover();
  } else {
    element.removeAttribute("popover");
  }
}

/** Gives an element these lengths in pixels of the screen, and no others; it counts in its own, which a page may have zoomed. */
function position(element, lengths) {
  for (const name of ["top", "bottom", "left", "width", "height", "maxHeight"]) element.style[name] = lengths && name in lengths ? `${lengths[name] / (element.currentCSSZoom || 1)}px` : "";
}

/** The elements that the loader painted, by name, for one widget. */
export class Page {
  constructor(parts) {
    this.parts = parts;
    this.stops = [];
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

  /** Tells of a choice: whether the box is to show the record. */
  announce(hit, aside) {
    return this.parts.choose(hit, aside);
  }

  /** Has the loader show this record under the box, or none. */
  card(hit) {
    this.parts.show(hit);
  }

  /** Whether an empty box is a question too. */
  recent() {
    return !!this.parts.recent;
  }

  /** Whether the list is open; and as a sheet over the page while the visitor is about to choose, where the screen is narrow. */
  drop(sheet, open) {
    const { field, popup } = this.parts;
    sheet = sheet && matchMedia("(max-width: 480px)").matches;
    field.classList.toggle("sheet", sheet);
    lift(field, sheet);
    popup.hidden = !open;
    lift(popup, open && !sheet);
    this.place();
  }

  /** Keeps what is in the top layer where it belongs, from frame to frame, whatever moves: the list at the box, the sheet above the keyboard of a phone. */
  place() {
    const { bar, field, popup } = this.parts;
    const view = window.visualViewport || { offsetTop: 0, height: innerHeight };
    const { top, bottom, left, width } = bar.getBoundingClientRect();
    const sheet = field.classList.contains("sheet");
    cancelAnimationFrame(this.frame);
    if (sheet || !popup.hidden) this.frame = requestAnimationFrame(() => this.place());
    const below = innerHeight - bottom;
    const above = top > below && below < 280;
    position(field, sheet && { top: view.offsetTop, height: view.height });
    position(popup, popup.popover && { left, width, [above ? "bottom" : "top"]: (above ? innerHeight - top : bottom) + 6, maxHeight: (above ? top : below) - 14 });
  }

  /** Whether the event is on the host or in it, which another component around may hide as its target. */
  holds(event) {
    return event.composedPath().includes(this.parts.host);
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

  blur() {
    this.parts.input.blur();
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

  /** Has the loader paint the options of this response, or none. */
  list(response) {
    try {
      this.parts.paint(response);
    } catch (error) {
      // A source of the page's own may answer anything.
      console.error("expert-search:", error);
    }
  }

  /** The sentence under this key, with `value` in place of its `{slot}`: of a text that somebody has pasted no more than can count. */
  sentence(key, value) {
    return this.parts.sentence(key, [...value].slice(0, 63).join(""));
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
}
