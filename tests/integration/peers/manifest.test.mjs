// deploy/slack-manifest.yaml against Slack's own schemas, and against what the product needs of it.
// Also runs with Node 18 (Debian 12).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const root = process.env.COUNTERSIGN_ROOT;
assert.ok(root, "COUNTERSIGN_ROOT must name the repository: run tests/integration/peers/run.sh");

const read = (...path) => readFileSync(join(root, ...path), "utf8");
const manifest = () => parse(read("deploy", "slack-manifest.yaml"));
const validator = (version) => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile(JSON.parse(read("tests", "data", "slack", "manifest", `manifest.schema.${version}.json`)));
};

for (const version of ["1.0.0", "2.0.0"]) {
  test(`the manifest is valid by Slack's schema ${version}`, () => {
    const validate = validator(version);
    assert.ok(validate(manifest()), JSON.stringify(validate.errors, null, 2));
  });

  test(`the schema ${version} refuses a manifest with an unknown key`, () => {
    const wrong = manifest();
    wrong.settings.socket_mode = true;
    assert.equal(validator(version)(wrong), false);
  });
}

test("the scopes are those that the calls need, and no other", () => {
  assert.deepEqual([...manifest().oauth_config.scopes.bot].sort(), [
    "channels:history", "channels:read", "chat:write", "commands", "groups:history", "groups:read", "im:history",
    "im:write", "usergroups:read", "users:read", "users:read.email",
  ]);
  assert.equal(manifest().oauth_config.scopes.user, undefined);
});

test("the commands escape mentions and links, so that they arrive as ids", () => {
  const commands = manifest().features.slash_commands;
  assert.deepEqual(commands.map(({ command }) => command), [
    "/reset-password", "/create-password", "/password-freeze", "/password-help",
  ]);
  for (const { command, should_escape } of commands) assert.equal(should_escape, true, command);
});

test("all requests go to one https host, on the paths that the bot serves", () => {
  const { features, settings } = manifest();
  const urls = [
    ...new Set(features.slash_commands.map(({ url }) => url)),
    settings.interactivity.request_url, settings.event_subscriptions.request_url,
  ].map((url) => new URL(url));
  assert.deepEqual(urls.map((url) => url.pathname), ["/slack/commands", "/slack/interactions", "/slack/events"]);
  for (const url of urls) {
    assert.equal(url.protocol, "https:");
    assert.equal(url.host, urls[0].host);
  }
});

test("Socket Mode is off, and the bot can be written to", () => {
  assert.equal(manifest().settings.socket_mode_enabled, false);
  assert.equal(manifest().features.app_home.messages_tab_enabled, true);
});
