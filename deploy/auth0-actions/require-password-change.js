/**
 * Auth0 Action, trigger "post-login": a password that was set by Countersign opens nothing but the page where its owner
 * chooses another, as often as that is needed until it is done. See deploy/auth0-setup.md.
 *
 * Countersign leaves app_metadata.countersign = { request_id, reset_at, must_change, admin_lpr } on the account it
 * changes: without admin_lpr together with the password, always, and whole once the change is proved, where its
 * configuration says must_change = true. Whether the password is still the one that was set then is told by the
 * account's last_password_reset, and not by an Action on "post-change-password": that one also runs for the change that
 * Countersign itself makes, and would clear the flag it has just set.
 *
 * The page is a password-change ticket. It is made with a machine-to-machine application of the Action's own, which
 * holds create:user_tickets and nothing else.
 *   Secrets       DOMAIN (TENANT.REGION.auth0.com, the canonical host), CLIENT_ID, CLIENT_SECRET; and, for tenants with
 *                 Classic pages, RESULT_URL: where the owner goes on when the password is chosen
 *   Dependencies  auth0
 */

// How far Countersign's clock and the tenant's may be apart: Countersign takes nothing from Slack while its own is more
// than five minutes off.
const CLOCK_DIFFERENCE_MS = 10 * 60 * 1000;
// And how much earlier than the mark a change may look and still be taken for ours, where only the first mark is there.
// It costs an owner one more page at worst.
const EARLIER_MS = 24 * 60 * 60 * 1000;
// The owner is at the page already.
const TICKET_LIFE_S = 5 * 60;
// Auth0 ends an Action after 20 s, without words.
const TICKET_PATIENCE_MS = 10 * 1000;
// A token is not used in its last minute.
const TOKEN_MARGIN_MS = 60 * 1000;
const TOKEN_KEY = "countersign-token";

const NO_PAGE =
  "Your password was set by our support team and is good for one thing: choosing your own. " +
  "Please sign in on our web page once to do that.";
const NO_TICKET =
  "Your password was set by our support team and is good for one thing: choosing your own. " +
  "The page for that cannot be opened right now. Please try again in a few minutes.";
const STILL_OURS =
  "You have not chosen a password of your own yet. Please sign in again: the page for that opens once more.";

const NOT_DECIDED =
  "Your sign-in cannot be checked right now. " +
  "Please try again in a few minutes; if it stays so, please ask our support team.";

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

// Times are compared as numbers: the same instant can be written in more than one way. NaN: it cannot be read. A Date
// would make a time of nearly anything.
function toTime(value) {
  if (value instanceof Date) return value.getTime();
  return typeof value === "string" && ISO_TIME.test(value) ? new Date(value).getTime() : NaN;
}

const isMissing = (value) => value === undefined || value === null;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// undefined: there is none. Empty: there is one, and it cannot be read.
function markerOf(user) {
  if (isMissing(user.app_metadata)) return undefined;
  if (!isObject(user.app_metadata)) return {};
  const marker = user.app_metadata.countersign;
  if (isMissing(marker)) return undefined;
  return isObject(marker) ? marker : {};
}

// When Countersign began its change; NaN also for a time at which it cannot have: before the account was there, or later
// than now.
function resetAtOf(marker, user, now) {
  const resetAt = toTime(marker.reset_at);
  const isPossible =
    resetAt <= now + CLOCK_DIFFERENCE_MS && !(resetAt < toTime(user.created_at) - CLOCK_DIFFERENCE_MS);
  return isPossible ? resetAt : NaN;
}

// Nothing but a change of the password that can be told opens the account: what cannot be read, or compared, does not
// say that anybody has changed anything. One case opens, where an owner could never be let in again otherwise: a
// database that does not tell of changes.
function isStillOurs(marker, user, now) {
  const changedAt = toTime(user.last_password_reset);
  const tells = !isMissing(user.last_password_reset);
  // admin_lpr is last_password_reset right after Countersign's change, or created_at right after it made the account.
  // Writing it is a second call, which can be lost.
  const adminLpr = toTime(marker.admin_lpr);
  if (tells && Number.isNaN(changedAt)) return true;
  // An account of which the time was told with our change tells it of the owner's, too.
  if (!Number.isNaN(adminLpr)) return !tells || changedAt === adminLpr;
  const resetAt = resetAtOf(marker, user, now);
  if (Number.isNaN(resetAt)) return true;
  // An account that Countersign created has no last_password_reset until its owner changes the password. An older
  // account without one is in a custom database whose scripts do not tell.
  if (!tells) return !(toTime(user.created_at) < resetAt - EARLIER_MS);
  // Much later, it was the owner. Much earlier, the database does not tell of it.
  return changedAt >= resetAt - EARLIER_MS && changedAt <= resetAt + CLOCK_DIFFERENCE_MS;
}

// Only databases of the tenant have a password here; the marker says nothing about other ways to sign in. Which way it
// was has to be known for that.
function isOtherWay(connection) {
  const strategy = connection?.strategy;
  return typeof strategy === "string" && strategy !== "" && strategy !== "auth0";
}

// Whether the owner has a password of ours still to change; what they did change is noted, and not asked about again.
function mustChoose(event, api) {
  const marker = markerOf(event.user);
  if (marker === undefined || marker.must_change === false || isOtherWay(event.connection)) return false;
  if (isStillOurs(marker, event.user, Date.now())) return true;
  // Metadata merges at the first level only: the whole object goes back.
  api.user.setAppMetadata("countersign", { ...marker, must_change: false });
  return false;
}

// Versions of the package differ in whether what was answered is wrapped.
const bodyOf = (answer) => answer?.data ?? answer;

async function tokenOf(event, api) {
  const cached = api.cache.get(TOKEN_KEY);
  if (cached?.value) return cached.value;
  const { AuthenticationClient } = require("auth0");
  const { DOMAIN: domain, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = event.secrets;
  const client = new AuthenticationClient({ domain, clientId, clientSecret });
  const granted = bodyOf(await client.oauth.clientCredentialsGrant({ audience: `https://${domain}/api/v2/` }));
  const ttl = granted.expires_in * 1000 - TOKEN_MARGIN_MS;
  // Not kept, it is asked for again.
  if (ttl > 0) api.cache.set(TOKEN_KEY, granted.access_token, { ttl });
  return granted.access_token;
}

// Of an account whose main identity is another provider's, the one that signs in now is named.
function identityOf(event) {
  if (event.user.user_id.startsWith("auth0|")) return {};
  const { id, name } = event.connection;
  const used = event.user.identities?.find((each) => each.provider === "auth0" && each.connection === name);
  return used ? { identity: { user_id: String(used.user_id), provider: "auth0", connection_id: id } } : {};
}

async function makeTicket(event, api) {
  const { ManagementClient } = require("auth0");
  const management = new ManagementClient({ domain: event.secrets.DOMAIN, token: await tokenOf(event, api) });
  const { RESULT_URL: resultUrl } = event.secrets;
  const made = bodyOf(
    await management.tickets.changePassword({
      user_id: event.user.user_id,
      ...identityOf(event),
      ttl_sec: TICKET_LIFE_S,
      // Whoever holds the password proves nothing about the mailbox.
      mark_email_as_verified: false,
      ...(resultUrl ? { result_url: resultUrl } : { client_id: event.client.client_id }),
    }),
  );
  if (typeof made?.ticket !== "string" || !made.ticket.startsWith("https://")) throw new Error("no ticket");
  return made.ticket;
}

async function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), TICKET_PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function leadToPage(event, api) {
  // Refresh tokens, the password grant and prompt=none. Refresh tokens from before the reset stay valid, so that letting
  // these flows pass would let anybody pass.
  if (!api.redirect.canRedirect()) {
    api.access.deny(NO_PAGE);
    return;
  }
  let ticket;
  try {
    ticket = await inTime(makeTicket(event, api));
  } catch (problem) {
    // A token that was refused is not kept; nothing of it, or of the answer, goes into the log.
    api.cache.delete(TOKEN_KEY);
    console.log(`countersign: no ticket (${problem?.statusCode ?? problem?.name ?? "error"})`);
    api.access.deny(NO_TICKET);
    return;
  }
  api.redirect.sendUserTo(ticket);
}

// Whatever goes wrong, nobody gets in by it.
async function orDeny(api, work) {
  try {
    await work();
  } catch (problem) {
    console.log(`countersign: not decided (${problem?.name ?? "error"})`);
    api.access.deny(NOT_DECIDED);
  }
}

exports.onExecutePostLogin = (event, api) =>
  orDeny(api, async () => {
    if (mustChoose(event, api)) await leadToPage(event, api);
  });

// The log-in that was led to the page can be gone on with at /continue, by whoever has it: the question stays the same.
exports.onContinuePostLogin = (event, api) =>
  orDeny(api, async () => {
    if (mustChoose(event, api)) api.access.deny(STILL_OURS);
  });
