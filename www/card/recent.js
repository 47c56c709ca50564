// Recent searches: only where the site switches them on, only on this device, and gone when the visitor says so.

import chinese from "./strings.js";

const KEY = "expert-search:recent";
const MOST = 8;

/** The texts kept, newest first, line by line: under old libraries an array is no array in JSON. Storage may be forbidden. */
function kept() {
  try {
    return (localStorage.getItem(KEY) || "").split("\n").filter(Boolean).slice(0, MOST);
  } catch (error) {
    return [];
  }
}

function keep(texts) {
  try {
    if (texts.length) localStorage.setItem(KEY, texts.slice(0, MOST).join("\n"));
    else localStorage.removeItem(KEY);
  } catch (error) {
    // A device that keeps nothing has no recent searches.
  }
}

/** Remembers that this was searched. */
export function remember(text) {
  const trimmed = text.trim();
  if (trimmed) keep([trimmed, ...kept().filter((other) => other !== trimmed)]);
}

/** An answer to an empty box: what was searched before, and a way to forget it. `write` puts a text into the box. */
export function recall(site, write) {
  const words = Object.assign({}, chinese, site);
  const hits = kept().map((text) => ({ name: text, type: words.recent, act: () => write(text) }));
  if (hits.length) hits.push({ name: words.forget, act: () => (keep([]), write("")) });
  return { total: hits.length, hits };
}
