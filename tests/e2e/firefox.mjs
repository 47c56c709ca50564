// Firefox over WebDriver BiDi, the protocol it speaks itself: no driver between, and the few steps that our journeys take.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tab } from "./tab.mjs";

/** Nothing but our pages: no first-run page, no update, no telemetry, no captive-portal probe. */
const PREFERENCES = {
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "app.update.enabled": false,
  "app.normandy.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "remote.prefs.recommended": true,
};

/** Starts Firefox; `close` ends it and removes its profile. */
export async function launchFirefox() {
  const profile = await mkdtemp(join(tmpdir(), "expert-search-firefox-"));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const child = spawn(process.env.FIREFOX || "firefox-esr", ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((done) => child.once("exit", done));
  const close = async () => {
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const address = await new Promise((resolve, reject) => {
      let said = "";
      child.once("error", reject);
      child.stderr.on("data", (bytes) => {
        said += bytes;
        const found = said.match(/WebDriver BiDi listening on (ws:\/\/\S+)/);
        if (found) resolve(found[1]);
      });
      ended.then(() => reject(new Error(`Firefox ended before it listened: ${said.slice(-400)}`)));
    });
    const connection = await connect(`${address}/session`);
    await connection.send("session.new", { capabilities: {} });
    return { open: (url, size) => FirefoxPage.open(connection, url, size), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(url) {
  const socket = new WebSocket(url);
  const waiting = new Map();
  const listeners = [];
  let number = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    const call = waiting.get(message.id);
    if (!call) return listeners.forEach((hear) => hear(message));
    waiting.delete(message.id);
    if (message.type === "error") call.reject(new Error(`${call.method}: ${message.error}: ${message.message}`));
    else call.resolve(message.result);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => reject(new Error(`no connection to ${url}`)));
  });
  return {
    listeners,
    send(method, params) {
      number += 1;
      const id = number;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, method });
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
  };
}

/** One tab. */
class FirefoxPage extends Tab {
  static async open(connection, url, { width = 1000, height = 800 } = {}) {
    const { context } = await connection.send("browsingContext.create", { type: "tab" });
    const page = new FirefoxPage();
    Object.assign(page, { connection, context, requests: [], errors: [] });
    page.hear = ({ method, params }) => {
      if (!params || (params.context || (params.source && params.source.context)) !== context) return;
      if (method === "network.beforeRequestSent") page.requests.push(params.request.url);
      if (method === "log.entryAdded" && params.type === "javascript") page.errors.push(params.text);
    };
    connection.listeners.push(page.hear);
    await connection.send("session.subscribe", { events: ["network.beforeRequestSent", "log.entryAdded"], contexts: [context] });
    await connection.send("browsingContext.setViewport", { context, viewport: { width, height } });
    await connection.send("browsingContext.navigate", { context, url, wait: "complete" });
    return page;
  }

  close() {
    this.connection.listeners.splice(this.connection.listeners.indexOf(this.hear), 1);
    return this.connection.send("browsingContext.close", { context: this.context });
  }

  /** What a function returns in the page, from arguments that are JSON. */
  async evaluate(act, ...values) {
    const expression = `(async () => JSON.stringify(await (${act})(...${JSON.stringify(values)})))()`;
    const { result, exceptionDetails } = await this.connection.send("script.evaluate", { expression, target: { context: this.context }, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value === undefined ? undefined : JSON.parse(result.value);
  }

  /** Runs a script as the tester's own, whatever the page's policy is. */
  run(script) {
    return this.connection.send("script.evaluate", { expression: script, target: { context: this.context }, awaitPromise: false });
  }

  async seen() {
    return { requests: this.requests, errors: this.errors };
  }

  perform(actions) {
    return this.connection.send("input.performActions", { context: this.context, actions });
  }
}
