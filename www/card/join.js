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

/** Whether two hits are one person: the same name and an organisation in common, or an id. Stations are never joined. */
function isSame(one, other) {
  if (one.shape !== "person" || other.shape !== "person" || one.name !== other.name) return false;
  const shared = (mine, theirs) => mine.some((value) => theirs.includes(value));
  return shared(one.ids, other.ids) || shared(orgs(one), orgs(other));
}

function merge(one, other) {
  const known = one.roles.map((role) => role.id);
  one.roles = one.roles.concat(other.roles.filter((role) => !known.includes(role.id)));
  one.ids = one.roles.map((role) => role.id);
}

/** Asks every engine and joins what they answer; among equals the directory that is named first comes first. */
export async function join(engines, request) {
  const answers = await Promise.all(engines.map((engine) => engine.search(request)));
  const hits = [];
  let total = 0;
  for (const answer of answers) {
    total += answer.total;
    for (const hit of answer.hits) {
      const same = hits.find((known) => isSame(known, hit));
      if (same) {
        merge(same, hit);
        total -= 1;
      } else {
        hits.push(hit);
      }
    }
  }
  hits.sort((one, other) => tier(one) - tier(other) || field(one) - field(other));
  const [first, ...others] = answers.map((answer) => answer.missing || []);
  const missing = first.filter((term) => others.every((terms) => terms.includes(term)));
  return { query: request.text, total, hits: hits.slice(0, request.limit), missing };
}
