// What the tour knows of the stage: who plays, whom it is about, and how to do things as one of them.

import { store, act_and_see, has_role, make_trouble, watch_people } from '../store.js';
import { channels_of } from '../panes/places.js';

const patience_ms = 30000;
const eyes = new window.Vue();

const closed_states = ['changed', 'denied', 'cancelled', 'expired', 'refused', 'failed', 'unknown'];

export function cast() {
  const with_role = (role) =>
    store.workspace.people.filter((person) => has_role(person, role)).map((person) => person.id);
  const deciders = with_role('approvers');
  const askers = [...with_role('support'), ...with_role('implementation')];
  const second = deciders.find((id) => askers.includes(id)) ?? deciders[1] ?? deciders[0];
  const lead = deciders.find((id) => id !== second) ?? second;
  return { agent: with_role('support')[0], lead, second, auditor: with_role('auditors')[0] ?? lead };
}

export function watch_cast() {
  watch_people('tour', [...new Set(Object.values(cast()))]);
}

export const is_closed = (request) => closed_states.includes(request.state);

export function newest_request(email, since = 0) {
  return (
    store.ledger?.requests.find(
      (request) =>
        request.document.email.toLowerCase() === email.toLowerCase() &&
        (request.created_at >= since || !is_closed(request)),
    ) ?? null
  );
}

// Ordinary customers: one account with a password, both names, not blocked; those of open requests stand last.
export function customers() {
  const users = store.auth0?.users ?? [];
  const usual = users[0]?.identities[0].connection;
  const ordinary = users.filter(
    (user) =>
      user.identities.length === 1 &&
      user.identities[0].connection === usual &&
      user.given_name &&
      user.family_name &&
      user.email_verified &&
      !user.blocked &&
      users.filter((other) => other.email === user.email).length === 1 &&
      user.family_name.length + user.given_name.length < 40,
  );
  const is_busy = (user) => {
    const request = newest_request(user.email, Infinity);
    return Number(request !== null);
  };
  return ordinary.sort((one, other) => is_busy(one) - is_busy(other));
}

function approvals_of(person) {
  const snapshot = store.persons[person];
  const channel = snapshot?.channels.find((each) => each.id === store.workspace.channels.approvals);
  return (
    channel ??
    (snapshot ? channels_of(snapshot).find((each) => each.name === 'password-approvals') : null) ?? {
      id: '',
      messages: [],
    }
  );
}

// The card of a request as this person sees it.
export function card_of(request, person) {
  return (
    approvals_of(person).messages.find(
      (message) => !message.is_ephemeral && message.blocks && JSON.stringify(message.blocks).includes(request.id),
    ) ?? null
  );
}

export function private_line(person, words, since) {
  return (
    approvals_of(person).messages.find(
      (message) => message.is_ephemeral && Number(message.ts) * 1000 >= since && message.text.includes(words),
    ) ?? null
  );
}

export const in_force = (kind) => (store.auth0?.troubles ?? []).some((trouble) => trouble.kind === kind);

export function job_of(request, kind) {
  return store.ledger.jobs.find((job) => job.request_id === request.id && job.kind === kind) ?? null;
}

export function audited(request, action) {
  return store.ledger.audit.some((row) => row.request_id === request.id && row.text.includes(`"action":"${action}"`));
}

// Resolves when the page has seen it; rejects when it has not come about for long.
export function until(words, condition) {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const late = setTimeout(() => {
      stop();
      reject(new Error(`${words} did not come about within ${patience_ms / 1000} seconds.`));
    }, patience_ms);
    stop = eyes.$watch(
      condition,
      (seen) => {
        if (!seen) return;
        clearTimeout(late);
        setTimeout(() => stop());
        resolve(seen);
      },
      { immediate: true },
    );
  });
}

async function must(answer) {
  if (!answer.ok) throw new Error(answer.error);
}

export async function ask(person, email, reason) {
  const { commands, channels } = store.workspace;
  const command = commands.find((each) => each.command === '/reset-password')?.command ?? commands[0].command;
  await must(
    await act_and_see(person, { do: 'command', channel: channels.helpdesk, command, text: `${email} ${reason}` }),
  );
  return until('The card in #password-approvals', () => {
    const request = newest_request(email);
    return request && request.state !== 'looking_up' && card_of(request, cast().lead) ? request : null;
  });
}

export async function press(person, request, action_id) {
  const card = await until('The card', () => card_of(request, person));
  await must(
    await act_and_see(person, { do: 'press', channel: store.workspace.channels.approvals, ts: card.ts, action_id }),
  );
}

// Denies it as Slack's people do: the button, then the form that it opens.
export async function deny_because(person, request, reason) {
  await press(person, request, 'request.deny');
  await until('The form that asks why', () => top_modal(person)?.callback_id === 'request.deny_form');
  await must(await act_and_see(person, { do: 'submit', entries: { reason } }));
}

export const top_modal = (person) => store.persons[person]?.modals.at(-1) ?? null;

// The direct message that has this button, for this request.
export function message_with(person, request, action_id) {
  const talks = (store.persons[person]?.channels ?? []).filter((channel) => channel.kind === 'im');
  const all = talks.flatMap((channel) => channel.messages.map((message) => ({ channel: channel.id, message })));
  return (
    all.find(({ message }) => {
      const words = JSON.stringify(message.blocks ?? []);
      return words.includes(action_id) && words.includes(request.id);
    }) ?? null
  );
}

export async function show_password(person, request) {
  const action_id = 'handover.show';
  const found = await until('The direct message', () => message_with(person, request, action_id));
  await must(await act_and_see(person, { do: 'press', channel: found.channel, ts: found.message.ts, action_id }));
}

// What stands in the visible window is a form without a field.
export async function close_for_good(person) {
  await must(await act_and_see(person, { do: 'submit', entries: {} }));
}

export async function break_it(kind) {
  await must(await make_trouble(kind));
}
