// Draws views, in light and dark, for whoever builds them.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { openWindow, startBrowser } from "../support/browser.mjs";
import { startDemo } from "../support/demo.mjs";
import { scratch } from "../support/packages.mjs";
import { draw, views } from "../support/views.mjs";

const names = process.argv.slice(2);
for (const name of names)
  if (!views[name]) {
    console.error(`There is no view "${name}". There are: ${Object.keys(views).join(", ")}`);
    process.exit(64);
  }
if (names.length === 0) {
  console.error(`Which view? There are: ${Object.keys(views).join(", ")}`);
  process.exit(64);
}

const folder = join(scratch, "look");
mkdirSync(folder, { recursive: true });
const browser = await startBrowser();
let complaints = 0;
for (const name of names) {
  const demo = await startDemo();
  await views[name].happen?.(demo);
  for (const colorScheme of ["light", "dark"]) {
    const window = await openWindow(browser, demo.url, { colorScheme, ...views[name].window });
    const file = join(folder, `${name}.${colorScheme}.png`);
    await views[name].show(window);
    await draw(window, views[name], file);
    console.log(file);
    await window.check().catch((problem) => {
      ++complaints;
      console.error(problem.message);
    });
    await window.close();
  }
  await demo.stop();
}
await browser.close();
process.exit(complaints ? 1 : 0);
