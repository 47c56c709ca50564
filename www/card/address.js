// What is looked at, in the page's address after `#`: so it can be shared, and back and forward work.
//
// `#record=a1`; of an element with an id `#experts.record=a1`, of the second one without `#2.record=a1`: several elements keep apart, and what others
// wrote there stays as they wrote it; where that is no pairs but a router's, nothing is written. Query, filters and order are written only where the site
// says so (`address`), and nothing at all where it says `address="off"`. Everything of ours is percent-encoded, which pages in GBK cannot spoil.

import { brief } from "../words.js";

const OWN = ["record", "q", "order", "filter"];
/** Under what a step of ours is marked in the page's history. */
const MARK = "expert-search";

/** The address part of one element. */
export class Addresses {
  constructor(host) {
    this.host = host;
    this.place = [...document.querySelectorAll(host.localName)].indexOf(host) + 1;
    this.said = this.own();
  }

  /** What is told in the address. */
  told() {
    const said = this.host.getAttribute("address");
    return said === null ? ["record"] : said === "off" ? [] : OWN;
  }

  key(name) {
    const owner = this.host.id || (this.place > 1 ? this.place : "");
    return owner ? `${owner}.${name}` : name;
  }

  /** What the address says; what it does not say is as at the beginning. */
  read() {
    const told = this.told();
    const view = told.length > 1 ? { record: "", text: "", order: "", filters: [] } : { record: "" };
    for (const { key, value } of parts(location.hash)) {
      const name = told.find((one) => this.key(one) === key);
      if (name === undefined || value === undefined) continue;
      if (name === "record" || name === "order") view[name] = value;
      if (name === "q") view.text = value;
      if (name === "filter") {
        const at = value.indexOf(":");
        if (at > 0) view.filters.push({ group: value.slice(0, at), value: value.slice(at + 1) });
      }
    }
    return view;
  }

  /** The whole address of a view: one that begins with `#` would lead away from a page with a `<base>`. */
  of(view) {
    return location.href.replace(/#.*$/, "") + this.hash(view);
  }

  hash(view) {
    const { hash } = location;
    const own = [];
    const add = (name, value) => value && own.push(`${encodeURIComponent(this.key(name))}=${encodeURIComponent(value)}`);
    const told = this.told();
    if (told.length) add("record", view.record);
    if (told.length > 1) {
      add("q", brief(view.text));
      if (view.order !== (view.text.trim() ? "match" : "name")) add("order", view.order);
      for (const { group, value } of view.filters) add("filter", `${group}:${value}`);
    }
    if (!isOpen(hash) || own.join("&") === this.own()) return hash;
    const all = this.parts(false).concat(own);
    return all.length ? `#${all.join("&")}` : "";
  }

  /** The parts of the hash that this element tells, or those that it does not. */
  parts(mine) {
    const keys = this.told().map((name) => this.key(name));
    return parts(location.hash).filter(({ key }) => keys.includes(key) === mine).map(({ raw }) => raw);
  }

  /** What stands in the address of this element. */
  own() {
    return this.parts(true).join("&");
  }

  /** The whole address under which a view opens; none where records have none. */
  link(view) {
    return this.told().length && isOpen(location.hash) ? this.of(view) : undefined;
  }

  /** Writes a view into the address: `push` makes a step to go back from, `replace` none. */
  write(view, how) {
    if (!this.told().length) return;
    if (how === "push") this.pushed = undefined;
    try {
      if (this.hash(view) !== location.hash) this.step(how, this.of(view));
    } catch (error) {
      // In a frame that may not, or too often in a row: the page works without.
    }
    this.said = this.own();
  }

  /** A step that is pushed is marked, so that it is known again: others make steps too. */
  step(how, address) {
    let { state } = history;
    if (how === "push" && (!state || Object.getPrototypeOf(state) === Object.prototype)) state = Object.assign({}, state, { [MARK]: Math.random() });
    history[`${how}State`](state, "", address);
    if (how === "push") this.pushed = mark();
  }

  /** Whether the page's history stands at the last step that was pushed here. */
  isAtStep() {
    return this.pushed !== undefined && this.pushed === mark();
  }

  /** Whether somebody else has changed it since; an anchor of the page's own is none of ours, nor a router's path, nor `#` alone, which we leave nowhere. */
  changed() {
    const { hash, href } = location;
    const own = this.own();
    const is = own !== this.said && (hash ? isPairs(hash) : !href.endsWith("#"));
    if (is) this.said = own;
    return is;
  }
}

/** The mark of the present step. */
function mark() {
  return (history.state || {})[MARK];
}

/** Whether a hash is made of pairs, as ours is: the first of its parts tells. Routers have paths there. */
function isPairs(hash) {
  return /^#(?!!)[^/?&=]+=/.test(hash);
}

/** Whether there is room for us in a hash: among pairs, and in place of an anchor, which has led where it should. */
function isOpen(hash) {
  const name = decode(hash.slice(1));
  return isPairs(hash) || name === "" || name === "top" || !!document.getElementById(name) || document.getElementsByName(name).length > 0;
}

/** The parts of a hash of pairs, as they are written; of what is a pair `key` and `value` too, undefined where they are no valid encoding. */
function parts(hash) {
  if (!isPairs(hash)) return [];
  return hash
    .slice(1)
    .split("&")
    .map((raw) => {
      const pair = raw.split("=");
      return pair.length === 2 ? { raw, key: decode(pair[0]), value: decode(pair[1]) } : { raw };
    });
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return undefined;
  }
}
