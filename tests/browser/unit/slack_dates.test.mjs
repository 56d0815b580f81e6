// The tokens of <!date^...>, in the reader's local time.
import assert from "node:assert/strict";
import test from "node:test";

process.env.TZ = "Europe/Berlin";
const { ago, format_date, ordinal } = await import("../../demo/page/web/slack/text/dates.js");
const { from_local, to_local } = await import("../../demo/page/web/slack/values/moments.js");

const unix = (words) => Date.parse(words) / 1000;
const at = unix("2025-02-18T17:39:42Z");
const shown = (format, now = "2025-03-01T12:00:00Z", moment = at, twelve_hours = true) =>
  format_date(moment, format, { now: new Date(now), twelve_hours });

test("each token is drawn as Slack draws it, in local time", () => {
  assert.equal(shown("{date_num}"), "2025-02-18");
  assert.equal(shown("{date_slash}"), "18/02/2025");
  assert.equal(shown("{date}"), "February 18th");
  assert.equal(shown("{date_short}"), "Feb 18");
  assert.equal(shown("{date_long}"), "Tuesday, February 18th");
  assert.equal(shown("{date_long_full}"), "February 18, 2025");
  assert.equal(shown("{day_divider_pretty}"), "Tuesday, February 18th");
  assert.equal(shown("{time}"), "6:39 PM");
  assert.equal(shown("{time_secs}"), "6:39:42 PM");
  assert.equal(shown("{time}", undefined, at, false), "18:39");
  assert.equal(shown("{ago}"), "10 days ago");
});

test("midnight and noon are twelve", () => {
  assert.equal(shown("{time}", undefined, unix("2025-02-18T23:05:00Z")), "12:05 AM");
  assert.equal(shown("{time}", undefined, unix("2025-02-18T11:05:00Z")), "12:05 PM");
});

test("the year is told from six months on, before and after", () => {
  assert.equal(shown("{date}", "2025-08-17T12:00:00Z"), "February 18th");
  assert.equal(shown("{date}", "2025-08-18T12:00:00Z"), "February 18th, 2025");
  assert.equal(shown("{date_short}", "2024-08-18T12:00:00Z"), "Feb 18, 2025");
  assert.equal(shown("{date_long}", "2024-08-19T12:00:00Z"), "Tuesday, February 18th");
});

test("yesterday, today and tomorrow are days of the calendar, with a capital only at the beginning", () => {
  assert.equal(shown("{date_short_pretty} at {time}", "2025-02-18T20:00:00Z"), "Today at 6:39 PM");
  assert.equal(shown("approved {date_pretty}", "2025-02-18T20:00:00Z"), "approved today");
  assert.equal(shown("{date_long_pretty}", "2025-02-18T23:30:00Z"), "Yesterday");
  assert.equal(shown("{date_pretty}", "2025-02-17T01:00:00Z"), "Tomorrow");
  assert.equal(shown("{date_pretty}", "2025-02-20T01:00:00Z"), "February 18th");
});

test("a day of summer time is one day", () => {
  assert.equal(shown("{date_pretty}", "2025-03-31T00:30:00+02:00", unix("2025-03-30T00:30:00+01:00")), "Yesterday");
});

test("a token that nobody knows and a moment that is none give nothing, so that the fallback is shown", () => {
  assert.equal(shown("{date} {nonsense}"), null);
  assert.equal(shown("{toString}"), null);
  assert.equal(shown("{date}", undefined, 99_999_999_999_999), null);
});

test("how long ago it was is told in the largest whole unit", () => {
  const now = new Date("2025-02-18T12:00:00Z");
  const before = (seconds) => ago(new Date(now.getTime() - seconds * 1000), now);
  assert.deepEqual([0, 1, 59, 60, 7_199, 86_400, -120].map(before),
    ["just now", "1 second ago", "59 seconds ago", "1 minute ago", "1 hour ago", "1 day ago", "in 2 minutes"]);
});

test("ordinals know eleven, twelve and thirteen", () => {
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map(ordinal),
    ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "31st"]);
});

test("a moment comes back from the words of its input field", () => {
  assert.equal(to_local(at), "2025-02-18T18:39");
  assert.equal(from_local(to_local(at)), at - 42);
  assert.equal(to_local(null), "");
  assert.equal(from_local("nonsense"), null);
});
