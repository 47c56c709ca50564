// A record given away: as text, as a contact, read aloud; on plain http too, where browsers have less.

import { make } from "../dom.js";
import { address, roles } from "../hit.js";

/** Each once. Not by a `Set`, which may be the page's own, older than the browser's. */
export const unique = (texts) => texts.filter((text, at) => texts.indexOf(text) === at);

/** A record as lines of text. */
export function plain(hit) {
  const lines = [hit.name];
  for (const cells of roles(hit)) {
    for (const { field, label, text } of cells) if (text && field !== "photo") lines.push(`${label}：${text}`);
  }
  return unique(lines).join("\n");
}

/** Copies text; whether it could. */
export async function copy(place, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    // Without https there is no such thing; the old way needs a selection.
    const area = make("textarea", { class: "copying", "aria-hidden": "true", tabindex: "-1" });
    const focused = place.getRootNode().activeElement;
    let done = false;
    // Given by hand, and not told the page: one that forbids copying means its own text, and browsers say that it was done all the same.
    area.addEventListener("copy", (event) => {
      event.stopPropagation();
      event.preventDefault();
      event.clipboardData.setData("text/plain", text);
      done = true;
    });
    area.value = text;
    place.append(area);
    area.select();
    const could = document.execCommand("copy");
    area.remove();
    if (focused) focused.focus();
    return could && done;
  }
}

const escape = (text) => text.replace(/[\\,;]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** Lines of at most 75 bytes, as the format asks; a line goes on after a space. */
function fold(line) {
  const encoder = new TextEncoder();
  let [folded, length] = ["", 0];
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (length + size > 74) [folded, length] = [`${folded}\r\n `, 1];
    folded += character;
    length += size;
  }
  return folded;
}

/** A person as a contact, vCard 3.0: what the directory publishes and nothing else. */
export function contact(hit, link) {
  const cells = [].concat(...roles(hit));
  const all = (field) => unique(cells.filter((cell) => cell.field === field && cell.text).map((cell) => cell.text));
  const lines = ["BEGIN:VCARD", "VERSION:3.0", `FN:${escape(hit.name)}`, `N:${escape(hit.name)};;;;`];
  const line = (name, values) => values.length && lines.push(`${name}:${values.map(escape).join("\\, ")}`);
  if (all("org").length) lines.push(`ORG:${escape(all("org")[0])}`);
  line("TITLE", all("title").length ? all("title") : all("type"));
  for (const way of all("contact")) {
    const [phone] = way.match(/\+?\d[\d\s-]{5,}\d/) || [];
    const [mail] = way.match(/[^\s:：]+@[^\s]+/) || [];
    if (mail) lines.push(`EMAIL;TYPE=WORK:${mail}`);
    else if (phone) lines.push(`TEL;TYPE=WORK:${phone}`);
  }
  line("NOTE", all("discipline"));
  const url = address(hit) || link;
  if (url) lines.push(`URL:${url}`);
  lines.push("END:VCARD");
  return lines.map(fold).join("\r\n") + "\r\n";
}

/** Saves a person as a contact. */
export function vcard(hit, link) {
  const url = URL.createObjectURL(new Blob([contact(hit, link)], { type: "text/vcard;charset=utf-8" }));
  make("a", { href: url, download: `${hit.name.replace(/[\\/:*?"<>|]/g, " ")}.vcf` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Reads a card aloud, or stops. */
export function read(card) {
  const speaking = speechSynthesis.speaking;
  speechSynthesis.cancel();
  if (speaking) return;
  const lines = [...card.querySelectorAll("h2, h3, dt, dd")].map((line) => line.textContent);
  speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(lines.join("。")), { lang: "zh-CN" }));
}
