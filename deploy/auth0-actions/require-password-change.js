/**
 * Auth0 Action, trigger "post-login": whoever was given a password by Countersign has to choose one of their own before
 * they get in. See deploy/auth0-setup.md.
 *
 * Countersign leaves app_metadata.countersign = { request_id, reset_at, must_change, admin_lpr } on the account it
 * changes. Whether the password is still the one that was set then is told by the account's last_password_reset, and
 * not by an Action on "post-change-password": that one also runs for the change that Countersign itself makes, and
 * would clear the flag it has just set. The Action needs no secret and calls nobody.
 */

// How far Countersign's clock and the tenant's may be apart.
const CLOCK_DIFFERENCE_MS = 2 * 60 * 1000;

const EXPLANATION =
  "Your password was set by our support team. Please choose your own before you sign in: " +
  'use "Forgot password?" on the sign-in page.';

// Times are compared as numbers: the same instant can be written in more than one way.
const toTime = (text) => (text ? new Date(text).getTime() : NaN);

function isStillOurs(marker, user) {
  const resetAt = toTime(marker.reset_at);
  const changedAt = toTime(user.last_password_reset);
  // An account that Countersign created has no last_password_reset until its owner changes the password. An older
  // account without one is in a custom database whose scripts do not tell: nobody may be locked out for that.
  if (Number.isNaN(changedAt)) return toTime(user.created_at) >= resetAt - CLOCK_DIFFERENCE_MS;

  // admin_lpr is last_password_reset right after Countersign's change. Writing it is a second call, which can be lost.
  const adminLpr = toTime(marker.admin_lpr);
  if (!Number.isNaN(adminLpr)) return changedAt === adminLpr;
  // Much later, it was the owner. Much earlier, Countersign's change never took effect, or is not told by the database.
  return Math.abs(changedAt - resetAt) <= CLOCK_DIFFERENCE_MS;
}

exports.onExecutePostLogin = async (event, api) => {
  // Only databases of the tenant have a password here; the marker says nothing about other ways to sign in.
  if (event.connection?.strategy !== "auth0") return;
  const marker = event.user.app_metadata?.countersign;
  if (marker?.must_change !== true) return;

  if (isStillOurs(marker, event.user)) {
    // Refused in every flow. A redirect is not possible for refresh tokens, the password grant and prompt=none, and
    // refresh tokens from before the reset stay valid, so that letting those flows pass would let anybody pass.
    api.access.deny(EXPLANATION);
    return;
  }
  // Metadata merges at the first level only: the whole object goes back.
  api.user.setAppMetadata("countersign", { ...marker, must_change: false });
};
