// The customer at the tenant's log-in page, which stands in the Auth0 tab.
import { showTab } from "./pane.mjs";

// The agent asks, the lead approves, the agent looks: `email` has this password now.
export async function readOut({ left, right }, email, password) {
  await left.say(`/reset-password ${email}`);
  await right.press(await right.sees(email), "request.approve", "Approve reset");
  await (await right.sees("Done")).waitFor();
  await left.go("dm");
  await left.press(await left.sees("Show password once"), "handover.show");
  const window = left.dialog("Password, for you alone");
  await window.getByText(password, { exact: true }).waitFor();
  const words = await window.innerText();
  await window.getByRole("button", { name: /Close/ }).last().click();
  return words;
}

const place = (window, name) => window.page.locator(`[data-sign-in="${name}"]`);

export async function signIn(window, email, password) {
  await showTab(window, "auth0");
  await place(window, "email").selectOption(email);
  await place(window, "password").fill(password);
  await place(window, "enter").click();
}

export async function choose(window, password) {
  await place(window, "own").fill(password);
  await place(window, "choose").click();
}

// Waits until the page tells the customer this.
export const told = (window, words) => window.page.getByRole("status").filter({ hasText: words }).waitFor();
