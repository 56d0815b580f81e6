// The customer gets in where the tenant has the Action that demands a password of their own.
import { includes, enterAtWork } from "../support/pane.mjs";
import { choose, readOut, signIn, told } from "../support/customer.mjs";
import { scene } from "../support/scene.mjs";

const it = scene({ ownPassword: true });

it.test("the password that was read out opens the page where the customer chooses their own", async () => {
  const window = await it.window();
  const words = await readOut(await enterAtWork(window), "ada.lovelace@example.com", "$Ada!Lovelace$!");
  includes(words, "choose a password of their own");
  await signIn(window, "ada.lovelace@example.com", "$Ada!Lovelace$!");
  await told(window, "the page where you choose your own");
  await choose(window, "weak");
  await told(window, "does not take this password");
  await choose(window, "Chosen-by-its-owner-7");
  await told(window, "Signed in.");
  await signIn(window, "ada.lovelace@example.com", "$Ada!Lovelace$!");
  await told(window, "Wrong e-mail address or password.");
  await signIn(window, "ada.lovelace@example.com", "Chosen-by-its-owner-7");
  await told(window, "Signed in.");
});
