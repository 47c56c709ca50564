// What is looked at, in the page's address after `#`: so it can be shared, and back and forward work.
//
// `#record=a1`; of an element with an id `#experts.record=a1`, of the second one without `#2.record=a1`: several elements keep apart, and what others
// wrote there stays. Query, filters and order are written only where the site says so (`address`), and nothing at all where it says `address="off"`.
// Everything is percent-encoded, which pages in GBK cannot spoil.

const OWN = ["record", "q", "order", "filter"];

/** The address part of one element. */
export class Addresses {
  constructor(host) {
    this.host = host;
    this.last = location.hash;
    this.place = [...document.querySelectorAll(host.localName)].indexOf(host) + 1;
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
    for (const [key, value] of pairs(location.hash)) {
      const name = told.find((one) => this.key(one) === key);
      if (name === "record" || name === "order") view[name] = value;
      if (name === "q") view.text = value;
      if (name === "filter") {
        const at = value.indexOf(":");
        if (at > 0) view.filters.push({ group: value.slice(0, at), value: value.slice(at + 1) });
      }
    }
    return view;
  }

  /** The address of a view. */
  of(view) {
    const mine = OWN.map((name) => this.key(name));
    const kept = pairs(location.hash).filter(([key]) => !mine.includes(key));
    const add = (name, value) => value && kept.push([this.key(name), value]);
    const told = this.told();
    if (told.length) add("record", view.record);
    if (told.length > 1) {
      add("q", view.text.trim());
      if (view.order !== (view.text.trim() ? "match" : "name")) add("order", view.order);
      for (const { group, value } of view.filters) add("filter", `${group}:${value}`);
    }
    return `#${kept.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join("&")}`;
  }

  /** The whole address under which a view opens; none where records have none. */
  link(view) {
    return this.told().length ? location.href.replace(/#.*$/, "") + this.of(view) : undefined;
  }

  /** Writes a view into the address: `push` makes a step to go back from, `replace` none. */
  write(view, how) {
    if (!this.told().length) return;
    const hash = this.of(view);
    if (hash === (location.hash || "#")) return;
    try {
      history[`${how}State`](history.state, "", hash === "#" ? location.pathname + location.search : hash);
    } catch (error) {
      // In a frame that may not, or too often in a row: the page works without.
    }
    this.last = location.hash;
  }

  /** Whether somebody else has changed it since; an anchor of the page's own is none of ours. */
  changed() {
    const { hash } = location;
    const is = hash !== this.last && (!hash || hash.includes("=")) && this.told().length > 0;
    if (is) this.last = hash;
    return is;
  }
}

/** The pairs of a hash; what is no pair, or no valid encoding, is left out. */
function pairs(hash) {
  return hash
    .slice(1)
    .split("&")
    .map((part) => part.split("="))
    .filter((part) => part.length === 2)
    .map((part) => part.map(decode))
    .filter(([key, value]) => key !== undefined && value !== undefined);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return undefined;
  }
}
