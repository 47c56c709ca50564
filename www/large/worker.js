// The other side of thread.js: an engine in a worker that does what messages say.

import { engine } from "./thread.js";

/** Answers messages `{number, method, args}` with `{number, value}` or `{number, failure: {code, message}}`; a trap has no code. */
export function serve() {
  let act;
  const start = async (js, wasm) => {
    const [glue, response] = await Promise.all([import(js), fetch(wasm)]);
    await glue.default({ module_or_path: await response.arrayBuffer() });
    act = engine(glue);
  };
  self.onmessage = async ({ data: { number, method, args } }) => {
    try {
      self.postMessage({ number, value: method === "start" ? await start(...args) : act(method, args) });
    } catch (error) {
      self.postMessage({ number, failure: { code: error.code, message: error.message || String(error) } });
    }
  };
}
