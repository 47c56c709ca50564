// What is fetched once the search answers: how a record is shown, and what only some sites switch on.

export { show } from "./show.js";
export { together } from "./join.js";
export { Trail } from "./trail.js";
export { recall, remember } from "./recent.js";
