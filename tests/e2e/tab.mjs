// What our journeys do in a tab of a browser that speaks a WebDriver protocol, whichever it is.

/** Keys that have no character of their own, as WebDriver numbers them. */
const KEYS = { Shift: "\uE008", Enter: "\uE007", Tab: "\uE004", Escape: "\uE00C", ArrowDown: "\uE015", ArrowUp: "\uE013", Home: "\uE011", Space: " " };

/** Whether this is a key, or several held together, and not text. */
export const isKey = (text) => text.split("+").every((name) => name in KEYS);

/**
 * A tab. A browser's own has `evaluate(act, ...values)`, what a function returns in the page; `run(script)`; `perform(actions)` of WebDriver; `seen()`, the
 * addresses that the page has asked for and the errors that nobody caught, `{requests, errors}`; and `close()`.
 */
export class Tab {
  /** Waits until a function in the page returns something true, and returns it. */
  async until(act, ...values) {
    for (let tries = 0; tries < 400; tries += 1) {
      const value = await this.evaluate(act, ...values);
      if (value) return value;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`never true: ${act}`);
  }

  /** Types text, or presses keys: `"Enter"`, `"Shift+Tab"`. */
  keys(...keys) {
    const pressed = keys.flatMap((key) => (isKey(key) ? [key.split("+").map((name) => KEYS[name])] : [...key].map((character) => [character])));
    const actions = pressed.flatMap((held) => [...held.map((value) => ({ type: "keyDown", value })), ...held.reverse().map((value) => ({ type: "keyUp", value }))]);
    return this.perform([{ type: "key", id: "keyboard", actions }]);
  }

  /** Clicks in the middle of what a function in the page returns as `[x, y]`. */
  async click(find, ...values) {
    const [x, y] = await this.until(find, ...values);
    const actions = [{ type: "pointerMove", x: Math.round(x), y: Math.round(y) }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    return this.perform([{ type: "pointer", id: "mouse", actions }]);
  }
}
