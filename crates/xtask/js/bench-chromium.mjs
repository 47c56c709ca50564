// What the bench's scripts share: their settings, JSON from standard input, and Chromium without requests of its own.
import { chromium } from 'playwright-core';
import { text } from 'node:stream/consumers';

export const settings = JSON.parse(await text(process.stdin));

/** Starts the Chromium at this path. */
export function launch(executablePath) {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
