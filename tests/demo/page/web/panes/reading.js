// How far each person has read each channel, for this visit. Own messages and edits never count as new.

const key = 'countersign-read';

function load() {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

export const read_marks = window.Vue.observable(load());

const last_ts = (channel) =>
  channel.messages.reduce((last, message) => (Number(message.ts) > Number(last) ? message.ts : last), '0');

export function mark_read(person, channel) {
  const last = last_ts(channel);
  const marks = read_marks[person] ?? window.Vue.set(read_marks, person, {});
  if (Number(marks[channel.id] ?? 0) >= Number(last)) return;
  window.Vue.set(marks, channel.id, last);
  sessionStorage.setItem(key, JSON.stringify(read_marks));
}

export function first_unread(person, channel) {
  const since = Number(read_marks[person]?.[channel.id] ?? 0);
  return channel.messages.find((message) => Number(message.ts) > since && message.user !== person);
}

export function unread_count(person, channel) {
  const since = Number(read_marks[person]?.[channel.id] ?? 0);
  return channel.messages.filter((message) => Number(message.ts) > since && message.user !== person).length;
}
