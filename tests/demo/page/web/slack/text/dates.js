// <!date^unix^format|fallback>: every token that Slack knows, in the reader's local time.
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function two(number) {
  return String(number).padStart(2, '0');
}

export function ordinal(number) {
  const tens = number % 100;
  if (tens >= 11 && tens <= 13) return `${number}th`;
  return number + (['th', 'st', 'nd', 'rd'][number % 10] || 'th');
}

// How many calendar days `at` lies after `now`, in local time; summer time does not count as a part of a day.
function days_after(at, now) {
  const midnight = (moment) => Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return Math.round((midnight(at) - midnight(now)) / 86_400_000);
}

function pretty(at, now, otherwise) {
  const word = { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days_after(at, now)];
  return word === undefined ? otherwise : word;
}

function time_of_day(at, twelve_hours, with_seconds) {
  const seconds = with_seconds ? `:${two(at.getSeconds())}` : '';
  if (!twelve_hours) return `${two(at.getHours())}:${two(at.getMinutes())}${seconds}`;
  return `${at.getHours() % 12 || 12}:${two(at.getMinutes())}${seconds} ${at.getHours() < 12 ? 'AM' : 'PM'}`;
}

// "3 minutes ago", "in 2 days"; months and years are as long as they are on average.
export function ago(at, now) {
  const seconds = Math.round((now - at) / 1000);
  const steps = [
    ['year', 31_556_952],
    ['month', 2_629_746],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ];
  const [unit, length] = steps.find(([, each]) => Math.abs(seconds) >= each) || ['second', 1];
  const count = Math.floor(Math.abs(seconds) / length);
  if (count === 0) return 'just now';
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}

// The year goes without saying within six months, before and after.
function is_near(at, now) {
  const months_apart = (at.getFullYear() - now.getFullYear()) * 12 + at.getMonth() - now.getMonth();
  if (Math.abs(months_apart) !== 6) return Math.abs(months_apart) < 6;
  return months_apart > 0 ? at.getDate() < now.getDate() : at.getDate() > now.getDate();
}

function with_year(words, at, now) {
  return is_near(at, now) ? words : `${words}, ${at.getFullYear()}`;
}

const month_and_day = (at) => `${months[at.getMonth()]} ${ordinal(at.getDate())}`;
const date = (at, { now }) => with_year(month_and_day(at), at, now);
const short = (at, { now }) => with_year(`${months[at.getMonth()].slice(0, 3)} ${at.getDate()}`, at, now);
const long = (at, { now }) => with_year(`${days[at.getDay()]}, ${month_and_day(at)}`, at, now);

function divider(at, { now }) {
  const words = `${days[at.getDay()]}, ${month_and_day(at)}`;
  return at.getFullYear() === now.getFullYear() ? words : `${words}, ${at.getFullYear()}`;
}

const tokens = {
  date_num: (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
  date_slash: (at) => `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`,
  date,
  date_short: short,
  date_long: long,
  date_long_full: (at) => `${months[at.getMonth()]} ${at.getDate()}, ${at.getFullYear()}`,
  date_pretty: (at, about) => pretty(at, about.now, date(at, about)),
  date_short_pretty: (at, about) => pretty(at, about.now, short(at, about)),
  date_long_pretty: (at, about) => pretty(at, about.now, long(at, about)),
  day_divider_pretty: (at, about) => pretty(at, about.now, divider(at, about)),
  time: (at, { twelve_hours }) => time_of_day(at, twelve_hours, false),
  time_secs: (at, { twelve_hours }) => time_of_day(at, twelve_hours, true),
  ago: (at, { now }) => ago(at, now),
};

function readers_clock_is_twelve_hours() {
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12 === true;
}

// `unix` in seconds. Null when the moment cannot be told or the format names a token that does not exist: then Slack
// shows the fallback, and so does who calls this.
export function format_date(unix, format, { now = new Date(), twelve_hours = readers_clock_is_twelve_hours() } = {}) {
  const at = new Date(unix * 1000);
  if (Number.isNaN(at.getTime()) || format === '') return null;
  let all_known = true;
  const text = format.replace(/\{([A-Za-z_]+)\}/g, (whole, name, offset) => {
    if (!Object.hasOwn(tokens, name)) all_known = false;
    const words = all_known ? tokens[name](at, { now, twelve_hours }) : whole;
    // Slack begins with a capital: "Today at 3:05 PM", but "approved today".
    return offset === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  });
  return all_known ? text : null;
}

export function iso_date(unix) {
  const at = new Date(unix * 1000);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
