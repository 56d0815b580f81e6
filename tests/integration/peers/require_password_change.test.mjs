// deploy/auth0-actions/require-password-change.js, run as Auth0 runs it: with an event and an api object, and with the
// package `auth0`, of which the calls are noted and answered here. Also runs with Node 18 (Debian 12).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const root = process.env.COUNTERSIGN_ROOT;
assert.ok(root, "COUNTERSIGN_ROOT must name the repository: run tests/integration/peers/run.sh");

const { onExecutePostLogin, onContinuePostLogin } = createRequire(import.meta.url)(
  join(root, "deploy", "auth0-actions", "require-password-change.js"));
const cases = JSON.parse(readFileSync(join(root, "tests", "data", "auth0", "must_change_cases.json"), "utf8"));

const secrets = { DOMAIN: "acme.eu.auth0.com", CLIENT_ID: "the-action", CLIENT_SECRET: "s3cret" };
const usualNow = "2026-11-22T15:00:00.000Z";
const page = "https://acme.eu.auth0.com/u/reset-password?ticket=abc#";

// What the tenant does with the Action's own calls: a test may break it.
let tenant;

class AuthenticationClient {
  constructor(options) {
    assert.deepEqual(options, {
      domain: secrets.DOMAIN, clientId: secrets.CLIENT_ID, clientSecret: secrets.CLIENT_SECRET });
    this.oauth = {
      clientCredentialsGrant: async (wanted) => {
        assert.deepEqual(wanted, { audience: "https://acme.eu.auth0.com/api/v2/" });
        return tenant.grant();
      },
    };
  }
}

class ManagementClient {
  constructor({ domain, token }) {
    assert.equal(domain, secrets.DOMAIN);
    this.tickets = { changePassword: async (wanted) => tenant.ticket(wanted, token) };
  }
}

const load = Module._load;
Module._load = (name, ...rest) => (name === "auth0" ? { AuthenticationClient, ManagementClient } : load(name, ...rest));

function newTenant() {
  tenant = {
    tokens: 0,
    wanted: [],
    grant: () => ({ data: { access_token: `token-${++tenant.tokens}`, expires_in: 86400 } }),
    ticket: (wanted, token) => {
      assert.equal(token, `token-${tenant.tokens}`);
      tenant.wanted.push(wanted);
      return { data: { ticket: page } };
    },
  };
  return new Map();
}

// Runs one of the Action's functions on a frozen event; what it did to the log-in, in order. Anything that it may not
// call is not there. `breaks` may take more away.
async function run(event, {
  cache = newTenant(), canRedirect = true, enter = onExecutePostLogin, now = usualNow, breaks = () => {},
} = {}) {
  const calls = [];
  const api = {
    access: { deny: (reason) => calls.push(["deny", reason]) },
    user: { setAppMetadata: (key, value) => calls.push(["setAppMetadata", key, value]) },
    redirect: { canRedirect: () => canRedirect, sendUserTo: (url) => calls.push(["sendUserTo", url]) },
    cache: {
      get: (key) => cache.get(key),
      set: (key, value, options) => cache.set(key, { value, options }),
      delete: (key) => cache.delete(key),
    },
  };
  breaks(api);
  const { log: said } = console;
  const { now: clock } = Date;
  console.log = (...words) => calls.push(["log", ...words]);
  Date.now = () => Date.parse(now);
  try {
    await enter(freeze(event), api);
  } finally {
    console.log = said;
    Date.now = clock;
  }
  return calls;
}

function freeze(value) {
  if (value !== null && typeof value === "object") Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

const database = { id: "con_AcmeDatabase0001", name: "Username-Password-Authentication" };
const eventOf = ({ user, strategy }) => ({
  user: structuredClone(user),
  ...(strategy === null ? {} : { connection: { ...database, strategy } }),
  client: { client_id: "app", name: "App" },
  transaction: { protocol: "oidc-basic-profile" },
  secrets: { ...secrets },
});
const caseOf = (outcome) => cases.find((one) => one.outcome === outcome);
const names = (calls) => calls.map(([name]) => name);

for (const one of cases) {
  test(`${one.name}: ${one.outcome}`, async () => {
    const at_login = await run(eventOf(one), { now: one.now });
    const at_continue = await run(eventOf(one), { now: one.now, enter: onContinuePostLogin });
    if (one.outcome === "choose") {
      assert.deepEqual(at_login, [["sendUserTo", page]]);
      assert.deepEqual(names(at_continue), ["deny"]);
      return;
    }
    // The whole object, because metadata merges at the first level only.
    const marker = { ...one.user.app_metadata?.countersign, must_change: false };
    const expected = one.outcome === "nothing" ? [] : [["setAppMetadata", "countersign", marker]];
    assert.deepEqual(at_login, expected);
    assert.deepEqual(at_continue, expected);
    assert.equal(tenant.tokens, 0, "a log-in that goes on costs a call");
  });
}

test("the page is the owner's own, for five minutes, and says nothing about the mailbox", async () => {
  await run(eventOf(caseOf("choose")));
  assert.deepEqual(tenant.wanted, [
    { user_id: "auth0|1", ttl_sec: 300, mark_email_as_verified: false, client_id: "app" }]);
});

test("a tenant with Classic pages goes on where its secret says", async () => {
  const event = eventOf(caseOf("choose"));
  event.secrets.RESULT_URL = "https://app.example.com/";
  await run(event);
  assert.equal(tenant.wanted[0].result_url, "https://app.example.com/");
  assert.equal("client_id" in tenant.wanted[0], false);
});

test("of an account whose main identity is another provider's, the database identity is named", async () => {
  const event = eventOf(caseOf("choose"));
  event.user.user_id = "google-oauth2|1";
  event.user.identities = [
    { provider: "google-oauth2", connection: "google-oauth2", user_id: "1" },
    { provider: "auth0", connection: "Other", user_id: "4e" },
    { provider: "auth0", connection: database.name, user_id: "5f" }];
  await run(event);
  assert.deepEqual(tenant.wanted[0].identity, { user_id: "5f", provider: "auth0", connection_id: database.id });
});

test("the page is opened as often as it is needed, with one token, which is kept for less than its life", async () => {
  const cache = newTenant();
  for (let i = 0; i < 3; ++i)
    assert.deepEqual(await run(eventOf(caseOf("choose")), { cache }), [["sendUserTo", page]]);
  assert.equal(tenant.tokens, 1);
  assert.equal(tenant.wanted.length, 3);
  const [kept] = cache.values();
  assert.ok(kept.options.ttl > 0 && kept.options.ttl < 86400 * 1000);
});

test("answers that the package does not wrap are read, too", async () => {
  const cache = newTenant();
  tenant.grant = () => ({ access_token: "token-0", expires_in: 60 });
  tenant.ticket = () => ({ ticket: page });
  assert.deepEqual(await run(eventOf(caseOf("choose")), { cache }), [["sendUserTo", page]]);
  assert.equal(cache.size, 0, "a token in its last minute is kept");
});

test("flows without a page are refused, in words, and make no link", async () => {
  const calls = await run(eventOf(caseOf("choose")), { canRedirect: false });
  assert.deepEqual(names(calls), ["deny"]);
  assert.match(calls[0][1], /sign in on our web page/);
  assert.equal(tenant.tokens, 0);
});

const failures = {
  "no token": () => { tenant.grant = () => { throw Object.assign(new Error("s3cret"), { statusCode: 403 }); }; },
  "no link": () => { tenant.ticket = () => { throw new TypeError("token-1"); }; },
  "a link that is none": () => { tenant.ticket = () => ({ data: { ticket: "javascript:alert(1)" } }); },
  "an answer that is none": () => { tenant.ticket = () => undefined; },
};
for (const [name, breaks] of Object.entries(failures)) {
  test(`${name}: refused, in words, without a secret in the log, and not with the same token again`, async () => {
    const cache = newTenant();
    breaks();
    const calls = await run(eventOf(caseOf("choose")), { cache });
    assert.deepEqual(names(calls), ["log", "deny"]);
    assert.match(calls[1][1], /try again in a few minutes/);
    assert.doesNotMatch(calls[0][1], /s3cret|token-|ticket=/);
    assert.equal(cache.size, 0);
  });
}

test("a tenant that does not answer is waited for at most ten seconds", async (context) => {
  const cache = newTenant();
  tenant.ticket = () => new Promise(() => {});
  const wait = globalThis.setTimeout;
  const waits = [];
  globalThis.setTimeout = (late, ms) => { waits.push(ms); return wait(late, 1); };
  context.after(() => { globalThis.setTimeout = wait; });
  const calls = await run(eventOf(caseOf("choose")), { cache });
  assert.deepEqual(names(calls), ["log", "deny"]);
  assert.deepEqual(waits, [10_000]);
});

test("the refusals say what to do, and nothing about the account", async () => {
  const cache = newTenant();
  const no_page = await run(eventOf(caseOf("choose")), { canRedirect: false });
  const resumed = await run(eventOf(caseOf("choose")), { enter: onContinuePostLogin });
  failures["no link"]();
  const no_ticket = await run(eventOf(caseOf("choose")), { cache });
  for (const [, reason] of [no_page[0], resumed[0], no_ticket[1]]) {
    assert.match(reason, /[Pp]lease/);
    assert.doesNotMatch(reason, /ada|rq-1|2026|Forgot/);
  }
});

test("times that arrive as objects mean the same", async () => {
  for (const outcome of ["choose", "clear"]) {
    const event = eventOf(caseOf(outcome));
    event.user.last_password_reset = new Date(event.user.last_password_reset);
    const calls = await run(event);
    assert.equal(calls[0][0], outcome === "choose" ? "sendUserTo" : "setAppMetadata");
  }
});

test("a user without metadata goes on", async () => {
  assert.deepEqual(await run(eventOf({ strategy: "auth0", user: { user_id: "auth0|1" } })), []);
});

// Without these nothing can be decided, or done: nobody gets in for that.
const broken = {
  "no user": [(event) => { delete event.user; }],
  "a user that is none": [(event) => { event.user = null; }],
  "no redirect": [undefined, (api) => { delete api.redirect; }],
  "a redirect that fails": [undefined, (api) => { api.redirect.sendUserTo = () => { throw new RangeError("s3cret"); }; }],
  "no cache": [undefined, (api) => { delete api.cache; }],
};
for (const [name, [of_event, of_api]] of Object.entries(broken)) {
  test(`${name}: refused, in words, without a secret in the log`, async () => {
    const event = eventOf(caseOf("choose"));
    of_event?.(event);
    const calls = await run(event, { breaks: of_api });
    assert.deepEqual(names(calls).filter((each) => each !== "log"), ["deny"]);
    assert.match(calls.at(-1)[1], /try again/);
    for (const [, words] of calls) assert.doesNotMatch(words, /s3cret|token-/);
  });
}

test("what cannot be noted lets nobody in, at the log-in and where it goes on", async () => {
  for (const enter of [onExecutePostLogin, onContinuePostLogin]) {
    const calls = await run(eventOf(caseOf("clear")), { enter, breaks: (api) => { delete api.user; } });
    assert.deepEqual(names(calls), ["log", "deny"]);
  }
});

test("a log-in through a connection that is not named, of an account of another provider, gets no page", async () => {
  const event = eventOf({ ...caseOf("choose"), strategy: null });
  event.user.user_id = "google-oauth2|1";
  assert.deepEqual(names(await run(event)), ["log", "deny"]);
});
