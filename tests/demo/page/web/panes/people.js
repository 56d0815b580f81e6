// Names and faces, for whoever draws a person or the app.

import { icon } from '../ui/icons.js';

const hues = 8;

// What slack/ needs to draw mentions, as one person sees it.
export function names_for(workspace, snapshot) {
  const users = {};
  for (const person of workspace.people) users[person.id] = { name: person.name, real_name: person.real_name };
  users[workspace.app.bot_user_id] = { name: workspace.app.name, real_name: workspace.app.name };
  const channels = {};
  for (const channel of snapshot.channels) channels[channel.id] = { name: channel.name };
  const groups = {};
  for (const group of workspace.groups ?? []) groups[group.id] = { handle: group.handle };
  return Object.freeze({ users, channels, groups, me: snapshot.user.id });
}

export function person_of(workspace, id) {
  return workspace.people.find((person) => person.id === id) ?? null;
}

export const is_app = (workspace, id) => id === workspace.app.bot_user_id;

export function display_name(workspace, id, fallback = id) {
  if (is_app(workspace, id)) return workspace.app.name;
  return person_of(workspace, id)?.real_name ?? fallback;
}

// What one is here, in a few words: "Support agent", "Guest", "From another company".
export function standing_words(person) {
  const words = {
    guest: 'Guest',
    ultra_guest: 'Guest of one channel',
    deactivated: 'Deactivated',
    outsider: 'From another company',
    stranger: 'From another company',
    bot: 'App',
  };
  return words[person.standing] ?? '';
}

// The name, with the title when that says more.
export function name_with_title(person) {
  const title = person.title || standing_words(person);
  return !title || title === person.real_name ? person.real_name : `${person.real_name} · ${title}`;
}

function hue_of(workspace, id) {
  return workspace.people.findIndex((person) => person.id === id) % hues;
}

function initials(name) {
  const words = name.split(/[\s.]+/).filter(Boolean);
  return (
    (words[0]?.[0] ?? '') + (words.length > 1 ? words[words.length - 1][0] : (words[0]?.[1] ?? ''))
  ).toUpperCase();
}

export function face(h, workspace, id, kind = '') {
  if (is_app(workspace, id))
    return h('span', { staticClass: 'face app', class: kind, attrs: { 'aria-hidden': 'true' } }, [icon(h, 'seal')]);
  const name = display_name(workspace, id);
  return h(
    'span',
    {
      staticClass: 'face',
      class: [kind, `hue-${Math.max(0, hue_of(workspace, id))}`],
      attrs: { 'aria-hidden': 'true' },
    },
    initials(name),
  );
}

// mrkdwn as it is read aloud: names for ids, no marks.
export function plain_text(text, names) {
  return text
    .replace(/<@(\w+)(\|[^>]*)?>/g, (all, id) => names.users[id]?.real_name ?? id)
    .replace(/<#(\w+)(\|[^>]*)?>/g, (all, id) => `#${names.channels[id]?.name ?? id}`)
    .replace(/<!date\^(\d+)\^[^|>]*\|([^>]*)>/g, (all, at, words) => words)
    .replace(/<(?:[^|>]*)\|([^>]*)>/g, '$1')
    .replace(/<([^>]*)>/g, '$1')
    .replace(/[*`~]/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
