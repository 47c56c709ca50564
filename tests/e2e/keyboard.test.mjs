// The journeys by keyboard alone in Chromium.

import { after, before } from "node:test";
import { keyboard } from "./keyboard.mjs";
import { launch, reach, visit } from "./stage.mjs";
import { Tab, isKey } from "./tab.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** A page of Playwright's as a tab. */
class ChromiumTab extends Tab {
  constructor(page) {
    super();
    this.page = page;
  }

  evaluate(act, ...values) {
    return this.page.evaluate(`(${act})(...${JSON.stringify(values)})`);
  }

  async keys(...keys) {
    for (const key of keys) await (isKey(key) ? this.page.keyboard.press(key) : this.page.keyboard.type(key));
  }
}

keyboard((site, act) =>
  visit(browser, site, async (page) => {
    await reach(page, "ready");
    await act(new ChromiumTab(page));
  }),
);
