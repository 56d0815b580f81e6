// axe-core on every view, in light and in dark.
import { checkAccess } from "../support/axe.mjs";
import { scene } from "../support/scene.mjs";
import { views } from "../support/views.mjs";

const it = scene();

// In the order of what happens, so that one demo serves them all.
const order = [
  "empty", "tour", "typing", "real", "home", "preview", "modal", "workspace", "confirm", "outage", "auth0", "ledger",
  "done", "audit", "late", "narrow",
];
for (const name of order) {
  const view = views[name];
  it.test(`axe-core finds nothing wrong with ${view.words}, in light and in dark`, async () => {
    await view.happen?.(it.demo);
    for (const colorScheme of ["light", "dark"]) {
      const window = await it.window({ colorScheme, ...view.window });
      await view.show(window);
      await checkAccess(window, `${name}, ${colorScheme}`);
    }
  });
}
