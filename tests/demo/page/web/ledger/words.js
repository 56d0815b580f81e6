// The bot's codes in the words that people see elsewhere.

import { store } from '../store.js';
import { display_name } from '../panes/people.js';
import { press_words } from './presses.js';

const states = {
  looking_up: ['', 'Looking up'],
  choosing: ['', 'Waiting for the requester'],
  pending: ['accent', 'Waiting'],
  approved: ['accent', 'Working'],
  executing: ['accent', 'Working'],
  checking: ['warn', 'Checking'],
  changed: ['good', 'Done'],
  denied: ['', 'Denied'],
  cancelled: ['', 'Cancelled'],
  expired: ['', 'Expired'],
  refused: ['warn', 'Refused'],
  failed: ['bad', 'Failed'],
  unknown: ['bad', 'Unknown'],
};
const job_states = {
  later: ['', 'Later'],
  ready: ['', 'Waiting'],
  leased: ['accent', 'Under way'],
  done: ['good', 'Done'],
  dead: ['bad', 'Given up'],
};
const jobs = {
  look_up: 'Look the account up',
  card: 'Draw the card',
  answer: 'Answer in private',
  note: 'Send a private note',
  claim: 'Ask Slack whether an approval counts',
  change: 'Change the password',
  reblock: 'Put the block back',
  requester_dm: 'Tell the requester',
  announce: 'Tell the audit channel',
  expire: 'Let it expire',
  trouble: 'Say what went wrong',
};

export const state_chip = (h, state) => chip(h, states[state] ?? ['', state]);
export const state_words = (state) => (states[state] ?? ['', code_words(state)])[1];
export const job_chip = (h, state) => chip(h, job_states[state] ?? ['', state]);
export const job_words = (kind) => jobs[kind] ?? kind.replace(/_/g, ' ');
export const code_words = (code) => code.replace(/_/g, ' ');
export const who = (id) => (id ? display_name(store.workspace, id, id) : 'somebody');

function chip(h, [kind, words]) {
  return h('span', { staticClass: 'chip', class: kind }, words);
}

// Ids of people stand in audit rows as they are; "countersign" is the bot itself.
const actor = (row) => (row.actor === 'countersign' ? 'Countersign' : who(row.actor));

const actions = {
  request_received: (row, more) => `${actor(row)} asked for a reset of ${more.email}`,
  request_not_allowed: (row, more) => `${actor(row)} asked and was refused: ${code_words(more.why ?? '')}`,
  account_found: (row, more) => `Countersign found the account ${more.email}; a team lead is asked`,
  request_refused: (row, more) => `Countersign refused the request for ${more.email}: ${code_words(more.ending ?? '')}`,
  approval_claimed: (row) => `${actor(row)} pressed Approve; Slack is asked whether it counts`,
  approval_claim_ended: (row, more) =>
    `What ${actor(row)} pressed did not count: ${code_words(more.why ?? '')}`,
  request_approved: (row, more) => `${actor(row)} approved the reset of ${more.email}`,
  request_denied: (row, more) => `${actor(row)} denied the reset of ${more.email}`,
  request_cancelled: (row, more) => `${actor(row)} cancelled the request for ${more.email}`,
  request_expired: (row, more) => `Nobody decided about ${more.email} in time`,
  change_started: (row, more) => `Countersign is about to change the password of ${more.email}`,
  password_changed: (row, more) => `The password of ${more.email} is proved to be changed`,
  request_failed: (row, more) => `The request for ${more.email} failed: ${code_words(more.ending ?? '')}`,
  change_answer_lost: (row, more) => `Auth0's answer about ${more.email} was lost; Countersign reads back`,
  change_resent: (row, more) => `Nothing had changed for ${more.email}; the same password is sent again`,
  change_outcome_unknown: (row, more) =>
    `What became of ${more.email} could not be settled: ${code_words(more.ending ?? '')}`,
  block_restored: () => "Countersign put the account's block back",
  block_not_restored: () => "The account's block could not be put back",
  job_buried: (row, more) =>
    `Countersign gave up: ${job_words(more.kind ?? '').toLowerCase()} (${code_words(more.error ?? '')})`,
  decision_not_accepted: (row, more) =>
    `${actor(row)} pressed ${press_words(more.action)}; it did not count: ${code_words(more.why ?? '')}`,
  requester_asked: (row, more) => `Countersign asked the requester to say more about ${more.email}`,
  requester_answered: (row, more) => `${actor(row)} said more about ${more.email}`,
  request_endorsed: (row, more) => `${actor(row)} approved the reset of ${more.email}; one more approval is needed`,
  request_passed_on: () => 'Nobody decided in time; the second group may decide, too',
  reminder_sent: (row, more) => `${actor(row)} had the team leads reminded (${more.number ?? '1'})`,
  details_shown: (row) => `${actor(row)} looked at the details`,
  password_shown: (row) => `${actor(row)} pressed Show password once`,
  handover_refused: (row, more) => `${actor(row)} pressed Show password once; it did not count: ${code_words(more.why ?? '')}`,
};

// The text of an audit row as {sentence, row}; a row that is no JSON is shown as it is.
export function audit_sentence(text) {
  try {
    const row = JSON.parse(text);
    const words = actions[row.action];
    return { sentence: words ? words(row, row.details ?? {}) : `${actor(row)}: ${code_words(row.action)}`, row };
  } catch {
    return { sentence: text, row: null };
  }
}
