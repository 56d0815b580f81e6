// The demo for a browser of one's own, with the page's files as they are on disk.
import { startDemo } from "../support/demo.mjs";

const demo = await startDemo();
console.log(`${demo.url}\nCtrl-C ends it.`);
const end = async () => process.exit(await demo.stop());
process.on("SIGINT", end);
process.on("SIGTERM", end);
demo.child.on("exit", (code) => process.exit(code ?? 1));
