// Where an engine runs. Either way it is one function: `call(method, ...args)` resolves with what the engine's method returns, rejects with a `Failure` where
// the engine refuses what it is given, and with anything else where it has trapped.

/** An engine on this thread. */
export function local(glue, Failure) {
  const act = engine(glue);
  return async (method, ...args) => {
    try {
      return act(method, args);
    } catch (error) {
      throw error.code ? new Failure(error.code, error.message) : error;
    }
  };
}

/** The engine of a glue module, told by name what to do: `open` takes the bytes of names and returns the number of records, `free` ends it. */
export function engine(glue) {
  let opened;
  return (method, args) => {
    if (method !== "open") return opened[method](...args);
    const next = new glue.Engine(...args);
    if (opened) opened.free();
    opened = next;
    return opened.records();
  };
}

/**
 * An engine in a worker; nothing where the page's policy or the browser has none, or none that imports modules.
 *
 * @param {string} script this file, in its bundle
 * @param {string[]} files addresses of the engine's glue and wasm
 */
export async function remote(script, files, Failure) {
  let worker;
  try {
    // Where the page asks for trusted types, this file vouches for itself.
    const { trustedTypes: types } = window;
    const address = types ? types.createPolicy("expert-search", { createScriptURL: (url) => url }).createScriptURL(script) : script;
    worker = new Worker(address, { type: "module" });
  } catch (error) {
    return undefined;
  }
  const waiting = new Map();
  let number = 0;
  let stopped;
  const stop = (error) => {
    stopped = error;
    worker.terminate();
    waiting.forEach(({ reject }) => reject(error));
    waiting.clear();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    stop(new Error(event.message || "the worker does not run"));
  };
  worker.onmessage = ({ data: { number: answered, value, failure } }) => {
    const { resolve, reject } = waiting.get(answered);
    waiting.delete(answered);
    if (!failure) resolve(value);
    else if (failure.code) reject(new Failure(failure.code, failure.message));
    // A trap: what lives in the instance is spoilt.
    else (reject(new Error(failure.message)), stop(new Error(failure.message)));
  };
  const call = (method, ...args) => {
    if (method === "free") return Promise.resolve(worker.terminate());
    return new Promise((resolve, reject) => {
      if (stopped) return void reject(stopped);
      number += 1;
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, method, args });
    });
  };
  return call("start", ...files).then(() => call, () => void worker.terminate());
}
