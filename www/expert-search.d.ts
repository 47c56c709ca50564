// What <expert-search> offers a page: attributes, properties, methods, events, parts and custom properties. For editors and type checkers; nothing loads it.

/**
 * A search box, or a page of results, over a directory of experts.
 *
 * Attributes:
 *
 * | attribute | says |
 * |---|---|
 * | `src` | the address of the manifest `experts.json`, or several, apart by spaces: who is in more than one is joined |
 * | `mode` | `box` (the default: a text box with a list) or `page` (search field, filters, results, records) |
 * | `lang` | here or on an element around it: `zh-CN`, `zh-TW`, and English for what is not Chinese |
 * | `theme` | `government` (red, square); without it a neutral one |
 * | `elder` | larger type and targets, and records are read aloud on request |
 * | `recent` | a box keeps recent searches on the visitor's device and offers them |
 * | `address` | a page writes query, order and filters too into the address after `#`, not only the open record; `off`: nothing is written there, nor where the page's own router has a path |
 * | `id` | names the element in the address; without it the second one on a page is `2` |
 *
 * What stands inside the element stays in sight until the search is ready, and where it cannot be.
 *
 * Style: the parts `label field bar input clear shut hint popup note list option more status retry card name kind how facts fact also` and those of the page, each
 * named as its class; and the custom properties `--expert-search-` with `ink muted ground line hairline accent tint mark alarm` (colours), `radius`, `size`
 * (of type), `font` and `target` (the least height of what is tapped). It is dark where the page's `color-scheme` is.
 */
export interface ExpertSearchElement extends HTMLElement {
  /** `waiting` until idle or touched, `loading`, `ready`, `failed`. */
  readonly state: "waiting" | "loading" | "ready" | "failed";
  /** The site's own sentences over those of the language, by key (`strings.js` in `www`, `www/card` and `www/page` list them); `error.` and a code, for that
   * failure alone. May be set at any time: a list that stands is painted with them, an open record when it is next shown. */
  strings: Record<string, string> | undefined;
  /**
   * Asks the same engine, for a list of the page's own. Loads what is missing, and tries again what has failed.
   *
   * @param options.limit how many hits are wanted, 10 if not said
   * @throws {ExpertSearchError} when the search cannot be had
   */
  search(text: string, options?: { limit?: number }): Promise<Answer>;

  addEventListener<K extends keyof ExpertSearchEvents>(type: K, listener: (event: ExpertSearchEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** None bubbles but `select`, and none but `select` can be cancelled. */
export interface ExpertSearchEvents {
  /** The search answers. */
  "expert-search:ready": CustomEvent<{ records: number }>;
  /** Whether the tables of characters have come, with which other forms of characters and sounds are found too. */
  "expert-search:tables": CustomEvent<{ ok: boolean }>;
  /** Something was searched: while the visitor types, for each text. `filters` on a page only. */
  "expert-search:query": CustomEvent<{ text: string; total: number; missing: string[]; filters?: Filter[] }>;
  /** A record was chosen. Cancelled, the element neither shows it nor goes to its link. */
  "expert-search:select": CustomEvent<Hit>;
  /** The search cannot be had. */
  "expert-search:error": CustomEvent<{ code: Code; message: string }>;
}

/** What `search` rejects with. */
export interface ExpertSearchError extends Error {
  code: Code;
}

/** Each way to fail; a retry may help where the cause is the connection. */
export type Code =
  | "no-src"
  | "manifest-unreachable"
  | "manifest-damaged"
  | "manifest-newer"
  | "engine-unreachable"
  | "engine-damaged"
  | "engine-stopped"
  | "wasm-blocked"
  | "wasm-unsupported"
  | "index-unreachable"
  | "not-an-index"
  | "newer-index"
  | "truncated-index"
  | "damaged-index"
  | "mixed-index"
  | "details-unreachable"
  | "search-failed";

export interface Filter {
  group: "type" | "title" | "division" | "discipline" | "org" | "place" | "year" | "batch" | "letter" | "strokes";
  /** As shown; empty for what is not stated. */
  value: string;
}

export interface Answer {
  /** What was asked. */
  query: string;
  /** How many records match, returned or not. */
  total: number;
  /** The first ones, best first. */
  hits: Hit[];
  /** What of the query the best hit does not explain. */
  missing?: string[];
}

export interface Hit {
  /** The first role's id; stable between builds. */
  id: string;
  /** The ids of all roles. */
  ids: string[];
  /** Of several directories: the id, and after `~` which directory's it is if not the first's; so the record is named in the address. */
  key?: string;
  shape: "person" | "station";
  /** The first role's type: 院士, 科技小院. */
  type: string;
  name: string;
  how: How;
  /** What matched. `ranges` are UTF-16 offsets into `text`, start and end. */
  fields: { field: string; text: string; how: How; ranges: [number, number][] }[];
  /** Every row of the record with every value under its heading. */
  roles: { id: string; cells: { field: string; label: string; text: string }[] }[];
}

/** How a hit matched, the weakest of its parts, strongest first. */
export type How =
  | "exact"
  | "prefix"
  | "inside"
  | "alias"
  | "variant"
  | "pinyin"
  | "mixed"
  | "initials"
  | "abbreviation"
  | "synonym"
  | "fragment"
  | "reading"
  | "sound"
  | "homophone"
  | "typo"
  | "similar"
  | "gap"
  | "wildcard";

declare global {
  interface HTMLElementTagNameMap {
    "expert-search": ExpertSearchElement;
  }
}
