// The customer gets in with the password that was read out, as the demo is by default.
import { includes, enterAtWork } from "../support/pane.mjs";
import { readOut, signIn, told } from "../support/customer.mjs";
import { scene } from "../support/scene.mjs";

const it = scene();

it.test("the customer signs in with the password that the agent read out", async () => {
  const window = await it.window();
  const words = await readOut(await enterAtWork(window), "ada.lovelace@example.com", "$Ada!Lovelace$!");
  includes(words, "Ask them to change it");
  await signIn(window, "ada.lovelace@example.com", "not this one");
  await told(window, "Wrong e-mail address or password.");
  await signIn(window, "ada.lovelace@example.com", "$Ada!Lovelace$!");
  await told(window, "Signed in.");
});
