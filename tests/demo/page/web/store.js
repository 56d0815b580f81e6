// What the page knows, as the server last told it, and what is being shown. Views read it while they draw; Vue notices.

import { get, changes, act, trouble } from './api.js';
export { sign_in, choose_password } from './api.js';
import { address, remember_address } from './address.js';

export const store = window.Vue.observable({
  workspace: null, // who and what there is; does not change while the demo runs
  persons: {}, // by id: the workspace as that person sees it
  auth0: null,
  ledger: null,
  connected: true,
  tab: address.tab,
  panes: {
    left: { person: address.left, at: address.left_at, open: true },
    right: { person: address.right, at: address.right_at, open: address.panes !== 'one' },
  },
  announcement: '',
});

const also_watched = new Map();
let seen_parts = {};

// One fetch at a time for each thing; what changes meanwhile is fetched once more.
const running = new Map();
async function fetch_once(key, path, keep) {
  if (running.has(key)) {
    running.get(key).again = true;
    return running.get(key).done;
  }
  const job = { again: false };
  running.set(key, job);
  job.done = (async () => {
    try {
      do {
        job.again = false;
        keep(Object.freeze(await get(path)));
      } while (job.again);
    } finally {
      running.delete(key);
    }
  })();
  return job.done;
}

export function refresh_person(id) {
  return fetch_once(`person ${id}`, `person?id=${encodeURIComponent(id)}`, (seen) =>
    window.Vue.set(store.persons, id, seen),
  );
}
const refresh = {
  slack: () => Promise.all([...watched_people()].map(refresh_person)),
  auth0: () =>
    fetch_once('auth0', 'auth0', (seen) => {
      store.auth0 = seen;
    }),
  ledger: () =>
    fetch_once('ledger', 'ledger', (seen) => {
      store.ledger = seen;
    }),
};

function watched_people() {
  const people = new Set([...also_watched.values()].flat());
  for (const pane of Object.values(store.panes)) if (pane.open && pane.person) people.add(pane.person);
  return people;
}

// Of who was not watched, what was last seen is old. That the demo does not answer is noticed elsewhere.
function look_again(id) {
  return refresh_person(id).catch(() => {});
}

// Keeps these people's views up to date too, under a name that replaces its former list.
export function watch_people(name, ids) {
  also_watched.set(name, ids);
  for (const id of ids) look_again(id);
}

// Enough for who only draws; start() does it too.
export async function load_workspace() {
  store.workspace = Object.freeze(await get('workspace'));
  const people = store.workspace.people;
  const known = (id) => people.some((person) => person.id === id);
  const usual = { left: first_with('support'), right: first_with('approvers') };
  for (const side of ['left', 'right']) if (!known(store.panes[side].person)) store.panes[side].person = usual[side].id;
}

function first_with(role) {
  return store.workspace.people.find((person) => has_role(person, role)) ?? store.workspace.people[0];
}

// Groups are named by the company; the demo's are named for what they may do.
export function has_role(person, role) {
  const also = {
    approvers: 'team-leads',
    auditors: 'auditors',
    support: 'support',
    implementation: 'implementation',
  };
  return person.groups.includes(role) || person.groups.includes(also[role]);
}

export async function start() {
  await load_workspace();
  await Promise.all([refresh.slack(), refresh.auth0(), refresh.ledger()]);
  changes(
    async (now) => {
      if (!store.connected) await load_workspace();
      const parts = Object.keys(refresh).filter((part) => !store.connected || now.parts[part] !== seen_parts[part]);
      await Promise.all(parts.map((part) => refresh[part]()));
      seen_parts = now.parts;
      store.connected = true;
    },
    () => {
      store.connected = false;
    },
  );
}

// A person acts; what they see afterwards is there when this resolves.
export async function act_and_see(person, what) {
  const answer = await act(person, what);
  await refresh_person(person).catch(() => {});
  return answer;
}

export async function make_trouble(kind, more) {
  const answer = await trouble(kind, more);
  await Promise.all([refresh.auth0(), refresh.ledger()]).catch(() => {});
  return answer;
}

export function choose_person(side, id) {
  store.panes[side].person = id;
  remember_address(store);
  return look_again(id);
}

export function go(side, at) {
  store.panes[side].at = at;
  remember_address(store);
}

export function open_pane(side, open) {
  store.panes[side].open = open;
  remember_address(store);
  if (open) look_again(store.panes[side].person);
}

export function show_tab(tab) {
  store.tab = tab;
  remember_address(store);
}

// Said by screen readers, once, when they are idle.
export function announce(text) {
  if (store.announcement !== text) store.announcement = text;
}
