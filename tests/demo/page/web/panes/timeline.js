// From a channel's messages to what stands in the list: days, replies below what they answer, the same author's
// messages drawn together unless they are cards, and where the unread ones begin.

import { ms_of_ts, same_day } from '../time.js';

const together_ms = 5 * 60 * 1000;

function in_order(messages) {
  const roots = messages.filter((message) => !message.thread_ts || message.thread_ts === message.ts);
  const known = new Set(roots.map((message) => message.ts));
  const replies = new Map();
  const alone = [];
  for (const message of messages) {
    if (!message.thread_ts || message.thread_ts === message.ts) continue;
    if (!known.has(message.thread_ts)) alone.push(message);
    else replies.set(message.thread_ts, [...(replies.get(message.thread_ts) ?? []), message]);
  }
  const by_time = (one, other) => Number(one.ts) - Number(other.ts);
  return [...roots, ...alone]
    .sort(by_time)
    .flatMap((root) => [
      { message: root, is_reply: false },
      ...(replies.get(root.ts) ?? []).sort(by_time).map((message) => ({ message, is_reply: true })),
    ]);
}

// Entries: {kind: 'day', ms}, {kind: 'new'}, {kind: 'message', message, is_reply, follows}.
export function timeline(messages, first_new_ts) {
  const entries = [];
  let before = null;
  for (const { message, is_reply } of in_order(messages)) {
    const ms = ms_of_ts(message.ts);
    if (!is_reply && (before === null || !same_day(before.ms, ms))) {
      entries.push({ kind: 'day', key: `day ${message.ts}`, ms });
      before = null;
    }
    if (message.ts === first_new_ts && entries.some((entry) => entry.kind === 'message')) {
      entries.push({ kind: 'new', key: 'new' });
      before = null;
    }
    const follows =
      before !== null &&
      before.user === message.user &&
      before.is_reply === is_reply &&
      before.is_ephemeral === message.is_ephemeral &&
      !message.blocks &&
      ms - before.ms < together_ms &&
      ms >= before.ms;
    entries.push({ kind: 'message', key: message.ts, message, is_reply, follows });
    before = { ms, user: message.user, is_reply, is_ephemeral: message.is_ephemeral };
  }
  return entries;
}
