// Getting about with nothing but the keyboard.
import assert from "node:assert/strict";

const stops_max = 150;

// Presses Tab (or Shift+Tab) until what has the focus fits `selector`, and looks that the focus can be seen there.
export async function tabTo(page, selector, key = "Tab") {
  for (let stop = 0; stop < stops_max; ++stop) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
      assert.ok(await focusShows(page), `the focus cannot be seen on ${selector}`);
      return;
    }
    await page.keyboard.press(key);
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

// Whether what has the focus is drawn otherwise than without it.
function focusShows(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    const drawn = (style) => [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor].join();
    const within = at.closest("[data-composer-box]") ?? at.parentElement;
    const withFocus = [drawn(getComputedStyle(at)), drawn(getComputedStyle(within))].join();
    at.blur();
    const without = [drawn(getComputedStyle(at)), drawn(getComputedStyle(within))].join();
    at.focus();
    return withFocus !== without;
  });
}
