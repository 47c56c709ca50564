// WebKitGTK over its WebDriver: plain requests, and the few steps that our journeys take. It has no headless form and wants a display.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { Tab } from "./tab.mjs";

/** Starts the driver and with it the browser; `close` ends both. */
export async function launchWebKit() {
  const port = await freePort();
  // Accelerated drawing wants more than a virtual display has.
  const env = { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: "1" };
  const child = spawn(process.env.WEBKITDRIVER || "WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env });
  const ended = new Promise((done) => child.once("exit", done));
  const failed = new Promise((_, reject) => child.once("error", reject));
  try {
    const driver = `http://127.0.0.1:${port}`;
    const { sessionId } = await Promise.race([failed, begin(driver)]);
    const session = `${driver}/session/${sessionId}`;
    const close = async () => {
      await send("DELETE", session);
      child.kill();
      await ended;
    };
    return { open: (url, size) => WebKitTab.open(session, url, size), close };
  } catch (error) {
    child.kill();
    throw error;
  }
}

function freePort() {
  const server = createServer();
  return new Promise((done) => server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  }));
}

/** A session, as soon as the driver listens. */
async function begin(driver) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await send("POST", `${driver}/session`, { capabilities: { alwaysMatch: {} } });
    } catch (error) {
      if (error.code || tries === 200) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

async function send(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw Object.assign(new Error(`${url.replace(/.*session/, "")}: ${value.error}: ${value.message}`), { code: value.error });
  return value;
}

/** The one tab of a session; each visit loads it anew. */
class WebKitTab extends Tab {
  static async open(session, url, { width = 1000, height = 800 } = {}) {
    const tab = new WebKitTab();
    tab.session = session;
    await tab.send("POST", "/timeouts", { script: 20000 });
    // The window has bars, of a height that only the page inside can tell.
    await tab.send("POST", "/window/rect", { width, height });
    const [wide, high] = await tab.evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight]);
    await tab.send("POST", "/window/rect", { width: width + wide, height: height + high });
    await tab.send("POST", "/url", { url });
    await tab.evaluate(() => {
      window.uncaught = [];
      for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, (event) => window.uncaught.push(String(event.message || event.reason)));
    });
    return tab;
  }

  close() {
    return this.send("POST", "/url", { url: "about:blank" });
  }

  send(method, path, body) {
    return send(method, this.session + path, body);
  }

  /** What a function returns in the page, from arguments that are JSON. */
  async evaluate(act, ...values) {
    const script = `const [json, done] = arguments; (async () => JSON.stringify(await (${act})(...JSON.parse(json))))().then((text) => done({ text }), (error) => done({ error: String(error) }));`;
    const { text, error } = await this.send("POST", "/execute/async", { script, args: [JSON.stringify(values)] });
    if (error) throw new Error(error);
    return text === undefined || text === null ? undefined : JSON.parse(text);
  }

  /** Runs a script as the tester's own, whatever the page's policy is. */
  run(script) {
    return this.send("POST", "/execute/sync", { script: `${script};return null;`, args: [] });
  }

  /** Errors since the page had loaded: this protocol tells of none itself. */
  seen() {
    return this.evaluate(() => ({ requests: [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)], errors: window.uncaught }));
  }

  perform(actions) {
    return this.send("POST", "/actions", { actions });
  }
}
