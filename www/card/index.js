// What is fetched once the search answers: how a record is shown, and what only some sites switch on.

export { show } from "./show.js";
export { join } from "./join.js";
export { recall, remember } from "./recent.js";
