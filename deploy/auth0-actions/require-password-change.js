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

// How far Countersign's clock and the tenant's may be apart.
const CLOCK_DIFFERENCE_MS = 2 * 60 * 1000;
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

// Times are compared as numbers: the same instant can be written in more than one way.
const toTime = (text) => (text ? new Date(text).getTime() : NaN);

function isStillOurs(marker, user) {
  const resetAt = toTime(marker.reset_at);
  const changedAt = toTime(user.last_password_reset);
  // admin_lpr is last_password_reset right after Countersign's change, or created_at right after it made the account.
  // Writing it is a second call, which can be lost.
  const adminLpr = toTime(marker.admin_lpr);
  // A mark that cannot be read does not say that anybody has changed anything.
  if (Number.isNaN(adminLpr) && Number.isNaN(resetAt)) return true;
  // An account that Countersign created has no last_password_reset until its owner changes the password. An older
  // account without one is in a custom database whose scripts do not tell: nobody may be locked out for that.
  if (Number.isNaN(changedAt)) {
    const madeAt = toTime(user.created_at);
    return Number.isNaN(adminLpr) ? madeAt >= resetAt - CLOCK_DIFFERENCE_MS : madeAt === adminLpr;
  }
  if (!Number.isNaN(adminLpr)) return changedAt === adminLpr;
  // Much later, it was the owner. Much earlier, Countersign's change never took effect, or is not told by the database.
  return Math.abs(changedAt - resetAt) <= CLOCK_DIFFERENCE_MS;
}

// Whether the owner has a password of ours still to change; what they did change is noted, and not asked about again.
function mustChoose(event, api) {
  // Only databases of the tenant have a password here; the marker says nothing about other ways to sign in.
  if (event.connection?.strategy !== "auth0") return false;
  const marker = event.user.app_metadata?.countersign;
  if (marker?.must_change !== true) return false;
  if (isStillOurs(marker, event.user)) return true;
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

exports.onExecutePostLogin = async (event, api) => {
  if (!mustChoose(event, api)) return;
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
};

// The log-in that was led to the page can be gone on with at /continue, by whoever has it: the question stays the same.
exports.onContinuePostLogin = async (event, api) => {
  if (mustChoose(event, api)) api.access.deny(STILL_OURS);
};
