// The words of the languages: which one an element speaks, and those that must be there before anything is fetched.

import chinese from "./strings.js";

/** What stands in the box at once in the other languages; the rest comes with their table (`languages.js`). */
const FIRST = {
  "zh-TW": { label: "搜尋院士、專家和工作站", placeholder: "姓名、拼音、單位或領域", loading: "正在準備，馬上就好……", failed: "搜尋暫時不能使用", offline: "搜尋暫時載入不到，請檢查網路後重試", retry: "重試", code: "（代碼：{code}）" },
  en: { label: "Search academicians, experts and workstations", placeholder: "Name, pinyin, institution or field", loading: "Getting ready…", failed: "The search is not available at the moment", offline: "The search could not be loaded; please check the connection and try again", retry: "Try again", code: " (code: {code})" },
};

/** The language of an element by the nearest `lang`: `zh-CN`, `zh-TW` or, for what is not Chinese, `en`. */
export function language(element) {
  const near = element.closest("[lang]");
  const lang = (near && near.getAttribute("lang")) || "zh";
  if (!/^zh/i.test(lang)) return "en";
  return /-(tw|hk|mo|hant)/i.test(lang) ? "zh-TW" : "zh-CN";
}

/** The words of a language: those of its table as soon as it is there, over the first ones; and over all the site's own. */
export function words(language, tables, own) {
  return Object.assign({ language }, chinese, FIRST[language], tables && tables[language], own);
}

/** A number as it is written in the language. */
export const written = (number, { language }) => Number(number).toLocaleString(language);

/** The sentence under a key with `value` in place of its `{slot}`, which `{n}` is for a number; under `error`, why nothing can be searched, with the code. */
export function sentence(words, key, value) {
  if (key !== "error") return (words[key] || "").replace(/\{.*?\}/, (slot) => (slot === "{n}" ? written(value, words) : value));
  // A language whose table has not come has a sentence for the connection and one for all else.
  return ((/unreachable/.test(value) && words.offline) || words.failed || words[`error.${value}`] || words["error.search-failed"]) + sentence(words, "code", value);
}
