// Drives Auth0's official SDK against the Auth0 stand-in: `node auth0_management.mjs PATH/TO/auth0_peer_host`.
// Prints one line a check; exits 1 when one fails, 77 when the SDK is not installed (`npm install` in this folder).
import { spawn } from "node:child_process";
import { startHost } from "./start_host.mjs";
import { fileURLToPath } from "node:url";

const clientId = "CountersignDemoClient0000000001";
const clientSecret = "demo-secret-of-the-acme-stand-in-tenant";
const readerId = "CountersignDemoReader0000000001";
const readerSecret = "demo-secret-of-the-acme-stand-in-reader";
const database = "Username-Password-Authentication";
const once = { maxRetries: 0 };

let failures = 0;

function report(name, problem) {
  if (problem) failures += 1;
  console.log(`${problem ? "FAILED" : "ok"} ${name}${problem ? `: ${problem}` : ""}`);
}

async function check(name, work) {
  try {
    await work();
    report(name);
  } catch (error) {
    report(name, error?.stack ?? String(error));
  }
}

function equal(found, expected) {
  const left = JSON.stringify(found);
  const right = JSON.stringify(expected);
  if (left !== right) throw new Error(`expected ${right}, found ${left}`);
}

async function refused(work, type, expected) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof type)) throw new Error(`expected ${type.name}, found ${error?.name}: ${error?.message}`);
    for (const [key, value] of Object.entries(expected)) equal(error.body?.[key], value);
    return error;
  }
  throw new Error("was not refused");
}

async function planFault(url, call, fault) {
  const answer = await fetch(`${url}/control/fault`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ call, fault }),
  });
  if (answer.status !== 204) throw new Error(`fault not planned: ${answer.status}`);
}

async function checkReads(client, ada) {
  await check("users.listUsersByEmail finds the account", async () => {
    const found = await client.users.listUsersByEmail({ email: "ada.lovelace@example.com" });
    equal(found.map((user) => user.user_id), [ada.user_id]);
  });
  await check("a plus in the address survives the SDK's encoding", async () => {
    const found = await client.users.listUsersByEmail({ email: "alan.turing+billing@example.com" });
    equal(found.length, 1);
  });
  await check("an unknown address is an empty list", async () => {
    equal(await client.users.listUsersByEmail({ email: "nobody@example.com" }), []);
  });
  await check("users.get shows names, identities and times", async () => {
    const user = await client.users.get(ada.user_id);
    equal([user.given_name, user.family_name], ["Ada", "Lovelace"]);
    equal(user.identities[0].connection, database);
    equal(typeof user.last_password_reset, "string");
  });
  await check("users.list searches with totals", async () => {
    const page = await client.users.list({
      q: 'email:"ADA.LOVELACE@example.com"', search_engine: "v3", include_totals: true,
    });
    equal(page.data.map((user) => user.user_id), [ada.user_id]);
  });
  await check("connections.list by name shows the password policy", async () => {
    const page = await client.connections.list({ name: database });
    equal(page.data[0].options.passwordPolicy, "good");
  });
}

async function checkUpdate(client, ada) {
  const password = "$Ada!Lovelace$!";
  await check("users.update sets password, connection and app_metadata in one call", async () => {
    const before = await client.users.get(ada.user_id);
    const after = await client.users.update(
      ada.user_id,
      { password, connection: database, app_metadata: { countersign: { request_id: "peer-1" } } },
      { ...once, headers: { "X-Correlation-ID": "peer-1" } },
    );
    equal(after.app_metadata.countersign.request_id, "peer-1");
    if (!(after.last_password_reset > before.last_password_reset)) throw new Error("last_password_reset did not move");
    equal("password" in after, false);
  });
  await check("the tenant log holds the correlation id and no password", async () => {
    const page = await client.logs.list({ q: "type:sapi" });
    const record = page.data.find((entry) => entry.references?.correlation_id === "peer-1");
    equal(record.details.request.method, "patch");
    equal(record.details.request.body.password, "*****");
    equal(JSON.stringify(record).includes(password), false);
  });
  await check("the password change ended the sessions and kept the refresh token", async () => {
    equal((await client.users.sessions.list(ada.user_id)).data, []);
    equal((await client.users.refreshToken.list(ada.user_id)).data.length, 1);
  });
  await check("sessions and refresh tokens are deleted", async () => {
    await client.users.sessions.delete(ada.user_id);
    await client.users.refreshToken.delete(ada.user_id);
    equal((await client.users.refreshToken.list(ada.user_id)).data, []);
  });
  await check("tickets.changePassword gives a link", async () => {
    const answer = await client.tickets.changePassword({ user_id: ada.user_id, ttl_sec: 3600 });
    if (!/^https:\/\/localhost:\d+\/u\/reset-password\?ticket=\w{32}#$/.test(answer.ticket))
      throw new Error("not a ticket");
  });
  await check("userBlocks.list is empty and userBlocks.delete is accepted", async () => {
    equal((await client.userBlocks.list(ada.user_id)).blocked_for, []);
    await client.userBlocks.delete(ada.user_id);
  });
}

async function checkErrors(client, sdk, domain, ada) {
  const { ManagementClient } = sdk;
  const errors = sdk.Management ?? sdk;
  await check("400 for a weak password", () =>
    refused(() => client.users.update(ada.user_id, { password: "weak" }, once), errors.BadRequestError, {
      message: "PasswordStrengthError: Password is too weak", statusCode: 400,
    }));
  await check("401 for a token that is forged", async () => {
    const forged = `${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${Buffer.from(
      '{"iss":"x"}').toString("base64url")}.AAAA`;
    const stranger = new ManagementClient({ domain, token: forged });
    await refused(() => stranger.users.get(ada.user_id, {}, once), errors.UnauthorizedError, { statusCode: 401 });
  });
  await check("403 for a missing scope", async () => {
    const reader = new ManagementClient({ domain, clientId: readerId, clientSecret: readerSecret });
    equal((await reader.users.get(ada.user_id)).user_id, ada.user_id);
    await refused(
      () => reader.users.update(ada.user_id, { blocked: true }, once), errors.ForbiddenError,
      { errorCode: "insufficient_scope" });
  });
  await check("404 for an unknown user", () =>
    refused(() => client.users.get("auth0|nobody", {}, once), errors.NotFoundError, { errorCode: "inexistent_user" }));
  await check("409 for a second account with the address", () =>
    refused(
      () => client.users.create(
        { connection: database, email: "ada.lovelace@example.com", password: "Fine-Pass-1" }, once),
      errors.ConflictError, { errorCode: "auth0_idp_error", message: "The user already exists." }));
  await check("429 when the tenant limits the rate", async () => {
    await planFault(`https://${domain}`, "GET /api/v2/users/*", "rate_limit");
    await refused(
      () => client.users.get(ada.user_id, {}, once), errors.TooManyRequestsError,
      { errorCode: "too_many_requests" });
  });
  await check("the SDK itself waits out a 429 and comes through", async () => {
    await planFault(`https://${domain}`, "GET /api/v2/users/*", "rate_limit");
    equal((await client.users.get(ada.user_id)).user_id, ada.user_id);
  });
  await check("500 before anything was applied", async () => {
    await planFault(`https://${domain}`, "PATCH /api/v2/users/*", "error_before");
    // The SDK has no class for a 500 of this call.
    const error = await refused(
      () => client.users.update(ada.user_id, { blocked: true }, once), sdk.ManagementError, {});
    equal(error.statusCode, 500);
    equal((await client.users.get(ada.user_id)).blocked, undefined);
  });
  for (const fault of ["reset_before", "reset_after", "truncate", "garbage"])
    await check(`${fault} never passes for an answer`, async () => {
      await planFault(`https://${domain}`, "GET /api/v2/users/*", fault);
      const user = await client.users.get(ada.user_id, {}, once).catch(() => undefined);
      equal(user?.user_id, undefined);
    });
  await check("a wrong client secret gives no token", async () => {
    const wrong = new ManagementClient({ domain, clientId, clientSecret: "wrong" });
    const error = await refused(
      () => wrong.users.get(ada.user_id, {}, once), sdk.ManagementError, { error: "access_denied" });
    equal(error.statusCode, 401);
  });
}

async function checkLifeCycle(client) {
  let id;
  await check("users.create fills in Auth0's defaults", async () => {
    const user = await client.users.create({
      connection: database, email: "Rosalind.Franklin@example.com", password: "Photo-51-x",
      given_name: "Rosalind", family_name: "Franklin",
    });
    id = user.user_id;
    equal([user.email, user.name, user.last_password_reset],
      ["rosalind.franklin@example.com", "rosalind.franklin@example.com", undefined]);
  });
  await check("users.delete answers the same for a user that is gone", async () => {
    await client.users.delete(id);
    await client.users.delete(id);
  });
}

async function drive(url) {
  const sdk = await import("auth0");
  const domain = new URL(url).host;
  const client = new sdk.ManagementClient({ domain, clientId, clientSecret });
  let ada;
  await check("a token is fetched with client credentials", async () => {
    [ada] = await client.users.listUsersByEmail({ email: "ada.lovelace@example.com" });
    equal(ada.email, "ada.lovelace@example.com");
  });
  if (!ada) return;
  await checkReads(client, ada);
  await checkUpdate(client, ada);
  await checkErrors(client, sdk, domain, ada);
  await checkLifeCycle(client);
}

async function drivePlain(program) {
  const { UsersClient } = await import("auth0/users");
  const host = await startHost(program);
  await check("plain http serves a sub-client with a token fetched as a form", async () => {
    const answer = await fetch(`${host.url}/oauth/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret,
        audience: `https://localhost:${new URL(host.url).port}/api/v2/`,
      }),
    });
    const { access_token: token, token_type: type } = await answer.json();
    equal([answer.status, type], [200, "Bearer"]);
    const users = new UsersClient({ baseUrl: `${host.url}/api/v2`, token });
    equal((await users.listUsersByEmail({ email: "max.planck@example.com" })).length, 2);
  });
  host.stop();
}

// Node reads NODE_EXTRA_CA_CERTS only as it starts, so the checks over TLS run in a second process.
async function main(program) {
  try {
    await import("auth0");
  } catch {
    console.log("skipped: the package auth0 is not installed");
    return 77;
  }
  await drivePlain(program);
  const host = await startHost(program, "--tls");
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "--drive", host.url], {
    stdio: "inherit", env: { ...process.env, NODE_EXTRA_CA_CERTS: host.authority },
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  host.stop();
  return failures > 0 || code !== 0 ? 1 : 0;
}

const [first, second] = process.argv.slice(2);
if (first === "--drive") {
  await drive(second);
  process.exit(failures > 0 ? 1 : 0);
}
process.exit(await main(first));
