// The Ledger tab names what was pressed as the button does.
import assert from "node:assert/strict";
import test from "node:test";

import { press_words } from "../../demo/page/web/ledger/presses.js";

test("each press has the words of its own button, and an unknown one its name", () => {
  assert.equal(press_words("request.approve"), "Approve");
  assert.equal(press_words("request.remind"), "Remind");
  assert.equal(press_words("request.details"), "Details");
  assert.equal(press_words("request.cancel"), "Cancel request");
  assert.equal(press_words("request.of_tomorrow"), "request.of_tomorrow");
  assert.equal(press_words(undefined), "a button");
});
