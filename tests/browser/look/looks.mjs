// Prints the names of the views that can be looked at.
import { views } from "../support/views.mjs";

for (const [name, { words }] of Object.entries(views)) console.log(`${name.padEnd(20)} ${words}`);
