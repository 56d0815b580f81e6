// The npm packages, which run.sh installs outside the source tree.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export const root = process.env.COUNTERSIGN_ROOT;
if (!root) throw new Error("COUNTERSIGN_ROOT must name the repository: run tests/browser/run.sh");
export const scratch = join(root, "build", "browser");

const require = createRequire(join(scratch, "package.json"));
export const { chromium } = require("playwright-core");
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
