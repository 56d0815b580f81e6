// The demo as its user starts it: the real bot, the stand-ins and the page, with a database of its own.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { patience } from "./deadline.mjs";

const program = () => join(process.env.COUNTERSIGN_BUILD, "tests", "demo", "countersign-demo");

function words(bot, ownPassword) {
  const web = process.env.COUNTERSIGN_WEB;
  const folder = web && web !== "built" ? ["--page-dir", web] : [];
  return ["--port", "0", ...folder, ...(bot ? ["--bot", bot] : []), ...(ownPassword ? ["--own-password"] : [])];
}

// Who is who; the ids are those of the demo company.
export const people = {
  agent: "U0SUPPORT1",
  implementer: "U0IMPLEM01",
  lead: "U0TEAMLEAD",
  second: "U0TEAMLED2",
  auditor: "U0AUDITOR1",
  colleague: "U0COLLEAGU",
  guest: "U0GUEST001",
  outsider: "U0OUTSIDER",
};

class Demo {
  constructor(child, url) {
    this.child = child;
    this.url = url;
  }

  async get(path) {
    const answer = await fetch(new URL(path, this.url));
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`);
    return answer.json();
  }

  // Without a browser: what the page itself would say.
  async post(path, what) {
    const answer = await fetch(new URL(path, this.url), {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(what),
    });
    return { status: answer.status, ...(await answer.json()) };
  }

  ledger() { return this.get("/page/api/ledger"); }
  auth0() { return this.get("/page/api/auth0"); }
  person(id) { return this.get(`/page/api/person?id=${id}`); }
  calm() { return this.post("/page/api/trouble", { kind: "clear" }); }

  // The newest request about this address, or undefined.
  async request(email) {
    const { requests } = await this.ledger();
    return requests.find((request) => JSON.stringify(request.document).includes(email));
  }

  // The exit status of the demo when it is told to end; null when it does not, and has to be killed.
  async stop() {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const ended = new Promise((resolve) => this.child.once("exit", (code) => resolve(code)));
    const late = setTimeout(() => this.child.kill("SIGKILL"), patience);
    this.child.kill("SIGTERM");
    const code = await ended;
    clearTimeout(late);
    return code;
  }
}

// Resolves when the page can be opened. `bot`: a program in the place of the real bot. `ownPassword`: in a tenant with
// the Action that demands a password of the customer's own.
export function startDemo({ bot, ownPassword } = {}) {
  const child = spawn(program(), words(bot, ownPassword), { stdio: ["ignore", "pipe", "pipe"] });
  const end = () => child.kill("SIGTERM");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  let said = "";
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill("SIGTERM");
      reject(new Error(`the demo named no page within ${patience / 1000} s:\n${said}`));
    }, patience);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the demo ended early (${code}):\n${said}`)));
    child.stderr.on("data", (text) => { said += text; });
    createInterface({ input: child.stdout }).on("line", (line) => {
      said += `${line}\n`;
      const page = line.match(/^\s*(http:\/\/127\.0\.0\.1:\d+\/)\s*$/);
      if (!page) return;
      clearTimeout(late);
      resolve(new Demo(child, page[1]));
    });
  });
}
