// Starts a stand-in as a program of its own.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// Starts the host; resolves to what it printed and a way to end it.
export function startHost(program, ...options) {
  const host = spawn(program, options, { stdio: ["pipe", "pipe", "inherit"] });
  const stop = () => host.stdin.end();
  return new Promise((resolve, reject) => {
    const printed = {};
    host.on("error", reject);
    host.on("exit", (code) => reject(new Error(`the host ended early: ${code}`)));
    createInterface({ input: host.stdout }).on("line", (line) => {
      const space = line.indexOf(" ");
      printed[line.slice(0, space)] = line.slice(space + 1);
      if (printed.url) resolve({ ...printed, stop });
    });
  });
}
