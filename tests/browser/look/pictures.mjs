// Draws the README's pictures again, in light and dark, and makes them small.
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { openWindow, startBrowser } from "../support/browser.mjs";
import { startDemo } from "../support/demo.mjs";
import { root } from "../support/packages.mjs";
import { draw, views } from "../support/views.mjs";

const bytes_max = 150_000;
const viewport = { width: 1360, height: 760 };
const folder = join(root, "tests", "browser", "pictures");

function shrink(file) {
  execFileSync("pngquant", ["--force", "--skip-if-larger", "--strip", "--speed", "1", "--output", file, "64", file]);
  execFileSync("optipng", ["-quiet", "-o5", file]);
}

mkdirSync(folder, { recursive: true });
const browser = await startBrowser();
let too_large = 0;
for (const [name, view] of Object.entries(views)) {
  if (!view.picture) continue;
  const demo = await startDemo();
  await view.happen?.(demo);
  for (const colorScheme of ["light", "dark"]) {
    const window = await openWindow(browser, demo.url, { viewport, colorScheme, ...view.window });
    const file = join(folder, `${name}.${colorScheme}.png`);
    await view.show(window);
    await draw(window, view, file);
    await window.check();
    await window.close();
    shrink(file);
    const { size } = statSync(file);
    console.log(`${file}  ${size} bytes`);
    if (size > bytes_max) ++too_large;
  }
  await demo.stop();
}
await browser.close();
if (too_large) console.error(`${too_large} pictures have more than ${bytes_max} bytes`);
process.exit(too_large ? 1 : 0);
