// Times in the reader's own zone and manner.

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const clock_s = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const day_short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

const day_ms = 24 * 3600 * 1000;

export const ms_of_ts = (ts) => Math.floor(Number(ts) * 1000);
export const time_of_day = (ms) => clock.format(ms);
export const time_with_seconds = (ms) => clock_s.format(ms);
export const date_and_time = (ms) => `${day_short.format(ms)}, ${clock.format(ms)}`;
export const in_full = (ms) => full.format(ms);

const midnight = (ms) => new Date(ms).setHours(0, 0, 0, 0);

export function day_name(ms, now = Date.now()) {
  if (midnight(ms) === midnight(now)) return 'Today';
  if (midnight(ms) === midnight(now - day_ms)) return 'Yesterday';
  return day.format(ms);
}

export function same_day(one, other) {
  return midnight(one) === midnight(other);
}

// "3 hours ago", for tables; the exact time stands in its title.
export function ago(ms, now = Date.now()) {
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const seconds = Math.round((ms - now) / 1000);
  for (const [unit, size] of [
    ['year', 31536000],
    ['month', 2592000],
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
  ])
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  return Math.abs(seconds) < 10 ? 'just now' : words.format(seconds, 'second');
}

// A <time> element: what is read, and the exact moment behind it.
export function time_element(h, ms, words = time_of_day(ms), more = {}) {
  return h('time', { ...more, attrs: { datetime: new Date(ms).toISOString(), title: in_full(ms) } }, words);
}
