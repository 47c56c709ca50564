// Several directories as one on a page of results: what each engine answers, joined.
//
// A person who is in two directories is one result, where both have come into the list; so a total is exact as soon as all is listed. A filter counts
// such a person once for each directory. What a record is named by and whom it names is looked for in all of them, by name.

import { keyed, isSame, located, merge, strength, sum, unite } from "../card/join.js";
import { unique } from "../card/give.js";
import { roles } from "../hit.js";
import { STROKES } from "./strokes.js";

/** In the engine's order. */
const GROUPS = ["type", "title", "division", "discipline", "org", "place", "year", "batch", "letter", "strokes"];
const ROWS = ["letter", "strokes"];
const ORDERED = ["year", ...ROWS];
/** More values than any directory has: which of them are the first is known when their counts have been added. */
const ALL = 1e9;

const cells = (hit, field) => [].concat(...roles(hit)).filter((cell) => cell.field === field).map((cell) => cell.text);
const leading = (text) => parseInt(text, 10) || 0;
const year = (hit) => Math.max(0, ...cells(hit, "year").map(leading));

/** By the commonest readings: a directory's own order, which knows the surname's, stays as it is. */
const collator = new Intl.Collator("zh-u-co-pinyin");
const byName = (one, other) => collator.compare(one.name, other.name);

/** The strokes of the first character, as the engine counts them; what has none stands last. */
function strokes({ name }) {
  const at = STROKES.indexOf([...name][0]);
  return at < 0 ? ALL : STROKES.slice(0, at).split(" ").length;
}

/** How the results of two directories stand to each other, by order. */
const COMPARE = {
  match: (one, other) => strength(one, other),
  name: byName,
  strokes: (one, other) => strokes(one) - strokes(other) || byName(one, other),
  newest: (one, other) => year(other) - year(one) || byName(one, other),
};

/** Answers for all of these engines as one of them would. */
export class Several {
  constructor(engines) {
    this.engines = engines;
  }

  ask(request) {
    return Promise.all(this.engines.map((engine) => engine.browse(request)));
  }

  async browse(request) {
    const answers = await this.ask(Object.assign({}, request, { values: ALL, lone: 1 }));
    const { hits, joined } = unite(answers.map((answer, at) => answer.hits.map((hit) => keyed(hit, at))), COMPARE[request.order]);
    const total = sum(answers, (answer) => answer.total) - joined;
    const [first, ...others] = answers.map((answer) => answer.missing);
    const missing = first.filter((term) => others.every((terms) => terms.includes(term)));
    return { total, hits: hits.slice(0, request.limit), missing, groups: groups(answers, request) };
  }

  /** Persons and stations with this text, of all directories. */
  async named(text) {
    const answers = await this.ask({ text, filters: [], order: "match", from: 0, limit: 50, values: 0, whole: "" });
    return [].concat(...answers.map((answer, at) => answer.hits.map((hit) => keyed(hit, at))));
  }

  async related(key) {
    const { id, at } = located(key, this.engines);
    const own = await this.at(id, at);
    if (!own) return null;
    const { hit } = own;
    const around = await this.named(hit.name);
    for (const other of around) {
      if (located(other.key, this.engines).at === at) continue;
      if (isSame(hit, other)) add(own, await this.at(other.id, located(other.key, this.engines).at));
      else if (other.name === hit.name) own.namesakes.push(other);
      else if (cells(other, "resident").includes(hit.name)) own.links.push({ label: "", backward: 1, sure: own.namesakes.length ? 0 : 1, hit: other });
    }
    for (const role of roles(hit)) {
      for (const { label, text } of role.filter((cell) => cell.field === "resident")) {
        if (own.links.some((link) => link.hit.name === text)) continue;
        const found = (await this.named(text)).filter((other) => other.name === text && other.shape === "person");
        own.links.push(...unite(found.map((other) => [other]), () => 0).hits.map((other, _, all) => ({ label, backward: 0, sure: all.length === 1 ? 1 : 0, hit: other })));
      }
    }
    return own;
  }

  /** What one directory says of a record; every hit in it knows whose it is. */
  async at(id, at) {
    const found = await this.engines[at].related(id);
    if (found) for (const hit of [found.hit, ...found.links.map((link) => link.hit), ...found.namesakes, ...found.colleagues]) keyed(hit, at);
    return found;
  }
}

/** What another directory says of the same person. */
function add(own, other) {
  merge(own.hit, other.hit);
  own.aliases = unique(own.aliases.concat(other.aliases));
  own.links.push(...other.links);
  own.namesakes.push(...other.namesakes);
  if (own.org && own.org !== other.org) return;
  own.org = other.org;
  const strangers = other.colleagues.filter((one) => !own.colleagues.some((known) => isSame(known, one)));
  own.colleagueCount += other.colleagueCount - (other.colleagues.length - strangers.length);
  own.colleagues.push(...strangers);
}

/** The groups of all, each value with the sum of its counts. */
function groups(answers, { values: most, whole }) {
  const found = GROUPS.map((group) => ({ group, values: [], unstated: { text: "", count: 0, selected: 0 } }));
  for (const { group, values, unstated } of [].concat(...answers.map((answer) => answer.groups))) {
    const all = found.find((one) => one.group === group);
    for (const value of values) {
      const known = all.values.find((one) => one.text === value.text);
      if (known) known.count += value.count;
      else all.values.push(value);
    }
    all.unstated.count += unstated.count;
    all.unstated.selected = all.unstated.selected || unstated.selected;
  }
  const parts = found.filter(({ values, unstated }) => values.length + (unstated.count ? 1 : 0) > 1 || [...values, unstated].some((value) => value.selected));
  return parts.filter(({ values }) => values.length).map(({ group, values, unstated }) => {
    const limit = whole === group || ROWS.includes(group) ? ALL : most;
    const sign = group === "year" ? -1 : 1;
    const byCount = (one, other) => (ORDERED.includes(group) ? 0 : other.selected - one.selected || other.count - one.count);
    values.sort((one, other) => byCount(one, other) || sign * (leading(one.text) - leading(other.text)) || (one.text < other.text ? -1 : 1));
    return { group, values: values.filter((value, place) => place < limit || value.selected), more: Math.max(0, values.length - limit), unstated };
  });
}
