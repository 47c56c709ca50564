// What the end-to-end tests stand on: the built demo on a loopback server that can be told to misbehave, and Chromium.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const demo = process.env.EXPERT_SEARCH_DEMO;
if (!demo) throw new Error("EXPERT_SEARCH_DEMO names no folder: run `cargo xtask test e2e`");

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".bin": "application/octet-stream" };

/** The policy under which the README promises that the box works. */
export const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'";

/** The built demo's manifest: the names of its hashed files. */
export const manifest = JSON.parse(await readFile(join(demo, "experts.json"), "utf8"));

/** The bytes of one of them. */
export const shipped = (name) => readFile(join(demo, name));

/** The folder of a large directory's site, which is in parts. */
export const large = process.env.EXPERT_SEARCH_LARGE;

/**
 * A server of the demo's files, or of another `folder`'s. `routes` maps a path to `(bytes, response) => bytes | undefined`: other bytes, or the
 * response answered by hand. `headers` go with every page.
 */
export async function serve({ folder = demo, routes = {}, headers = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const name = path === "/" ? "/index.html" : path;
    const file = resolve(folder, `.${name}`);
    let bytes = file.startsWith(resolve(folder) + sep) ? await readFile(file).catch(() => null) : null;
    const route = routes[name];
    if (route) {
      bytes = await route(bytes, response);
      if (bytes === undefined) return;
    }
    if (bytes === null) return response.writeHead(404).end();
    const type = TYPES[extname(name)] || "text/plain";
    response.writeHead(200, { "content-type": type, "cache-control": "no-store", ...(type.startsWith("text/html") ? headers : {}) });
    response.end(bytes);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}

/** A page with nothing but the element, for policies that the demo's own style would break, and for attributes that the demo does not set. */
export function bare(element) {
  return () =>
    Buffer.from(`<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>专家库</title>
<script src="expert-search.js" defer></script><main><h1>专家库</h1>${element}</main></html>`);
}

/** A directory of these tables (CSV by file name) and perhaps a configuration, built as a maintainer would build it: routes under `/second/`. */
export async function directory(tables) {
  const folder = await mkdtemp(join(tmpdir(), "expert-search-directory-"));
  try {
    for (const [name, text] of Object.entries(tables)) await writeFile(join(folder, name), text);
    const files = Object.keys(tables).filter((name) => name.endsWith(".csv"));
    await promisify(execFile)(process.env.EXPERT_SEARCH_COMMAND, ["build", ...files, "-o", "site"], { cwd: folder });
    const routes = {};
    for (const name of await readdir(join(folder, "site"))) {
      const bytes = await readFile(join(folder, "site", name));
      routes[`/second/${name}`] = () => bytes;
    }
    return routes;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Chromium as Debian installs it; none of its own requests. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/**
 * Opens a page on a fresh server; `act(page, seen)` runs on it. `seen` collects requests, console errors and what the
 * page threw.
 */
export async function visit(browser, { path = "/", options = {}, prepare, ...site }, act) {
  const server = await serve(site);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { origin: server.origin, requests: [], errors: [], thrown: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.thrown.push(error));
  try {
    if (prepare) await prepare(page);
    await page.goto(server.origin + path);
    await act(page, seen);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Waits until the element is in this state. */
export async function reach(page, state) {
  await page.waitForFunction((wanted) => document.querySelector("expert-search").state === wanted, state);
}

/** The box, found as assistive technology finds it. */
export function box(page) {
  return {
    input: page.getByRole("combobox"),
    list: page.getByRole("listbox"),
    options: page.getByRole("option"),
    status: page.getByRole("status"),
    card: page.locator("expert-search .card"),
    value: () => page.getByRole("combobox").inputValue(),
    active: () => page.locator("expert-search [role=option][aria-selected=true] .name").allTextContents(),
  };
}

/** The page of results, found as assistive technology finds it. */
export function results(page) {
  return {
    input: page.getByRole("searchbox"),
    count: page.locator("expert-search .count"),
    names: () => page.locator("expert-search .results h3").allTextContents(),
    links: page.locator("expert-search .results h3 a"),
    filter: (name) => page.getByRole("group", { name, exact: true }),
    chip: (name) => page.getByRole("button", { name }),
    detail: page.locator("expert-search .detail"),
    /** Waits until the list says so many. */
    found: (n) => page.locator("expert-search .count", { hasText: new RegExp(`找到 ${n} 条`) }).waitFor(),
  };
}

/** Where a screenshot goes: beside the demo, under the build's target folder. */
export async function screenshot(page, name) {
  const folder = resolve(demo, "..", "e2e");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
