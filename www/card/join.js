// Several directories as one: their answers joined, best first, and a person who is in more than one of them once.

import { roles } from "../hit.js";

/** How strong a match is, strongest first; what stands in one row is as strong. */
const TIERS = [["exact"], ["prefix", "inside"], ["alias", "variant"], ["pinyin"], ["mixed", "initials"], ["abbreviation", "synonym"], ["fragment"], ["reading", "sound"], ["homophone", "typo"]];

function tier(hit) {
  const found = TIERS.findIndex((row) => row.includes(hit.how));
  return found < 0 ? TIERS.length : found;
}

/** Whether a name or an organisation was found, before all else. */
function field(hit) {
  const fields = (hit.fields || []).map((part) => ["name", "alias", "org"].indexOf(part.field));
  return fields.includes(0) ? 0 : Math.max(...fields, 0) || (fields.length ? 3 : 0);
}

function orgs(hit) {
  return [].concat(...roles(hit)).filter((cell) => cell.field === "org").map((cell) => cell.text);
}

/** How two hits stand to each other: negative where the first is the better match. */
export function strength(one, other) {
  return tier(one) - tier(other) || field(one) - field(other);
}

/** Marks a hit as one of the directory in this place: ids are each directory's own, of which the first's need no mark; and so are the addresses in its roles. */
export function keyed(hit, at) {
  // The id of a hit that was found by names alone comes later.
  const key = { enumerable: true, configurable: true, get: () => (at ? `${hit.id}~${at + 1}` : hit.id) };
  for (const role of hit.roles) Object.defineProperty(role, "at", { configurable: true, value: at });
  return Object.defineProperty(hit, "key", key);
}

/** The id and the place of the directory that a key names. */
export function located(key, engines) {
  const [, id, place] = key.match(/^(.*)~(\d+)$/) || [];
  return place > 1 && place <= engines.length ? { id, at: place - 1 } : { id: key, at: 0 };
}

/** Whether two hits are one person: the same name and an organisation in common, or an id. Stations are never joined. */
export function isSame(one, other) {
  if (one.shape !== "person" || other.shape !== "person" || one.name !== other.name) return false;
  // Of a directory in parts the ids are empty until its values have come.
  const shared = (mine, theirs) => mine.some((value) => value && theirs.includes(value));
  return shared(one.ids, other.ids) || shared(orgs(one), orgs(other));
}

/** Gives a hit the roles of another one of the same person. */
export function merge(one, other) {
  const known = one.roles.map((role) => role.id);
  one.roles = one.roles.concat(other.roles.filter((role) => !known.includes(role.id)));
  one.ids = one.roles.map((role) => role.id);
}

/**
 * One list of those of several directories: each keeps its order, and the better one by `compare` comes first, among equals that of the directory named first.
 * Who is in several is there once, with the roles of all; `joined` says how many hits went into others.
 */
export function unite(lists, compare) {
  const rest = lists.map((list) => [...list]);
  const [hits, owners] = [[], []];
  let joined = 0;
  for (;;) {
    const open = rest.filter((list) => list.length);
    if (!open.length) return { hits, joined };
    let [list] = open;
    for (const each of open) if (compare(each[0], list[0]) < 0) list = each;
    const hit = list.shift();
    // Within one directory its maintainers have said who is who.
    const same = hits.findIndex((known, place) => !owners[place].includes(list) && isSame(known, hit));
    if (same >= 0) {
      merge(hits[same], hit);
      owners[same].push(list);
      joined += 1;
    } else {
      hits.push(hit);
      owners.push([list]);
    }
  }
}

/** The sum of what is told of each. Not by `reduce`, under which name old libraries have something else. */
export function sum(all, tell) {
  let total = 0;
  for (const each of all) total += tell(each);
  return total;
}

/** Asks every engine and joins what they answer. */
export async function join(engines, request) {
  const answers = await Promise.all(engines.map((engine) => engine.search(request)));
  const { hits, joined } = unite(answers.map((answer, at) => answer.hits.map((hit) => keyed(hit, at))), strength);
  const total = sum(answers, (answer) => answer.total) - joined;
  const [first, ...others] = answers.map((answer) => answer.missing || []);
  const missing = first.filter((term) => others.every((terms) => terms.includes(term)));
  return { query: request.text, total, hits: hits.slice(0, request.limit), missing };
}

/** The record under a key. */
async function record(engines, key) {
  const { id, at } = located(key, engines);
  const hit = await engines[at].record(id);
  return hit && keyed(hit, at);
}

/** Directories as the loader opened them, asked as one. */
export function together(directories) {
  const engines = directories.map((directory) => directory.engine);
  return {
    search: (request) => join(engines, request),
    record: (key) => record(engines, key),
    whole: (hit) => Promise.all(engines.map((engine) => engine.whole && engine.whole(hit))),
    complete: directories.some((directory) => directory.complete) && Promise.all(directories.map((directory) => directory.complete)),
    addTables: async () => (await Promise.all(directories.map((directory) => directory.addTables()))).every(Boolean),
    records: () => sum(engines, (engine) => engine.records()),
  };
}
