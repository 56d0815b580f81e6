// What the chapters of the tour have in common: where things are shown, and how far the chapter's request has come.

import { clock } from './clock.js';
import { code_words } from '../ledger/words.js';
import { ask, card_of, cast, is_closed, job_of, newest_request } from './scene.js';

export const approve = 'request.approve';
export const reason = 'locked out after holiday';

export const side_by_side = (left, right) => () => ({
  tab: 'workspace',
  left: [cast()[left[0]], left[1]],
  right: [cast()[right[0]], right[1]],
});
export const at_work = side_by_side(['agent', 'helpdesk'], ['lead', 'password-approvals']);

export const request = (story) => newest_request(story.email, story.since);
export const is_pending = (story) =>
  request(story)?.state === 'pending' && card_of(request(story), cast().lead) !== null;
export const is_decided = (story) => {
  const now = request(story);
  return now !== null && !['looking_up', 'pending'].includes(now.state);
};
export const is_changed = (story) => request(story)?.state === 'changed';
export const is_shown = (story) => ['opening', 'shown', 'reopening'].includes(request(story)?.document.handover?.state);
export const is_over = (story) => {
  const now = request(story);
  return now !== null && is_closed(now);
};
export const command = (story) => `/reset-password ${story.email} ${reason}`;

// The chapter's request, asked for when nobody has.
export async function pending(story, asker = cast().agent) {
  if (!is_pending(story)) await ask(asker, story.email, reason);
  return request(story);
}

export function next_try(story) {
  const job = request(story) && job_of(request(story), 'change');
  if (!job || job.state === 'done') return 'Countersign is at work.';
  const seconds = Math.ceil((job.due_at - clock.now) / 1000);
  if (!job.attempts || seconds <= 0) return 'Countersign is at work.';
  return (
    `Tried ${job.attempts === 1 ? 'once' : `${job.attempts} times`} (${code_words(job.last_error)}). ` +
    `Countersign tries again by itself in ${seconds} s.`
  );
}
