// The words of the languages: which one an element speaks, and those that must be there before anything is fetched.

import chinese from "./strings.js";

/** What stands in the box at once in the other languages; the rest comes with their table (`languages.js`). */
const FIRST = {
  "zh-TW": { label: "搜尋院士、專家和工作站", placeholder: "姓名、拼音、單位或領域", loading: "正在準備，馬上就好……", failed: "搜尋暫時不能使用", "error.offline": "資料暫時讀取不到，請檢查網路後重試", retry: "重試", code: "（代碼：{code}）" },
  en: { label: "Search academicians, experts and workstations", placeholder: "Name, pinyin, institution or field", loading: "Getting ready…", failed: "The search is not available at the moment", "error.offline": "The search could not be loaded; please check the connection and try again", retry: "Try again", code: " (code: {code})" },
};

/** The language of an element by the nearest `lang`: `zh-CN`, `zh-TW` or, for what is not Chinese, `en`. */
export function language(element) {
  const near = element.closest("[lang]");
  const lang = (near && near.lang) || "zh";
  if (!/^zh/i.test(lang)) return "en";
  return /-(tw|hk|mo|hant)/i.test(lang) ? "zh-TW" : "zh-CN";
}

/** The words of a language: those of its table as soon as it is there, over the first ones; and over all the site's own. */
export function words(language, tables, own) {
  return Object.assign({ language }, chinese, FIRST[language], tables && tables[language], own);
}

/** A number as it is written in the language. */
export const written = (number, { language }) => (+number).toLocaleString(language);

/** As much of a text as is quoted or put into an address; no more than 63 keystrokes of it count. */
export const brief = (text) => [...text.trim()].slice(0, 63).join("");

/** What mends a failure, by its code, where another try does not: a new page, another browser, the site's maintainer. */
const REMEDIES = { "no-src": "site", "wasm-blocked": "site", "wasm-unsupported": "browser", "manifest-newer": "reload", "newer-index": "reload" };

/** Whether another try may mend a failure. */
export const isPassing = (code) => !(code in REMEDIES);

/**
 * The sentence under a key with `value` in place of its `{slot}`, which `{n}` is for a number; under `error`, what to do about a failure, with its code, for
 * which a site may have a sentence of its own.
 */
export function sentence(words, key, value) {
  if (key !== "error") return (words[key] || "").replace(/\{.*?\}/, (slot) => (slot === "{n}" ? written(value, words) : value));
  const remedy = REMEDIES[value] || (/unreachable/.test(value) ? "offline" : "again");
  // A language whose table has not come has a sentence for the connection and one for all else.
  return (words[`error.${value}`] || (remedy !== "offline" && words.failed) || words[`error.${remedy}`]) + sentence(words, "code", value);
}
