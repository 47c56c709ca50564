// The record open under a box, in the page's address: a link opens it, back closes it, forward opens it again.

import { Addresses } from "./address.js";
import chinese from "./strings.js";

/** Follows the address for one box until `stop`. */
export class Trail {
  /** `find(id)` brings a record or null, `show(hit)` puts it under the box, or takes away what is there. */
  constructor(parts, find, show) {
    Object.assign(this, { parts, find, show, addresses: new Addresses(parts.host) });
    this.named = this.addresses.read().record;
    this.hear = () => {
      if (!this.addresses.changed()) return;
      const { record } = this.addresses.read();
      if (record === this.named) return;
      this.named = record;
      this.open(record);
    };
    // Both come of going back; the second finds nothing new.
    for (const kind of ["popstate", "hashchange"]) window.addEventListener(kind, this.hear);
    // What the visitor has begun to type comes before what a link says; the record's own name is there where a box was moved.
    const begun = (hit) => ![hit ? hit.name : "", ""].includes(parts.input.value);
    if (this.named) this.open(this.named, begun);
  }

  /** Shows the record with this id unless, when it is found, another one is wanted or `not` says no of it. */
  async open(id, not = () => false) {
    const hit = id ? await this.find(id) : null;
    if (this.stopped || this.named !== id || not(hit)) return;
    this.show(hit);
    const { input } = this.parts;
    // Whoever is in the box already goes on to type, and not behind a name of ours.
    if (hit && input.getRootNode().activeElement === input) input.select();
    if (id && !hit) this.parts.status.textContent = this.parts.words().gone || chinese.gone;
  }

  /** The address of a record. */
  link(record) {
    return this.addresses.link({ record, text: "", order: "match", filters: [] });
  }

  /** Another record is open now, or none. */
  write(record) {
    if (record === this.named) return;
    this.named = record;
    this.addresses.write({ record, text: "", order: "match", filters: [] }, "push");
  }

  stop() {
    this.stopped = true;
    for (const kind of ["popstate", "hashchange"]) window.removeEventListener(kind, this.hear);
  }
}
