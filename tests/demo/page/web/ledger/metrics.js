// The numbers of the demo as a few tiles: each says one thing and, small, what belongs to it.

import { state_words } from './words.js';

const of = (metrics) => new Map(metrics.map((metric) => [metric.name, metric]));

export function value_words(metric) {
  const value = metric?.value;
  if (value === null || value === undefined) return 'none yet';
  if (metric.unit === 'ms') return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
  if (metric.unit === 's') return value < 90 ? `${Number(value.toFixed(1))} s` : `${(value / 60).toFixed(1)} min`;
  return String(value);
}

// By state, those that people ask about first.
function requests(metrics) {
  const counted = metrics.filter((metric) => /^requests_[a-z_]+$/.test(metric.name) && metric.value > 0);
  const total = counted.reduce((sum, metric) => sum + metric.value, 0);
  const words = counted.map((metric) => `${metric.value} ${state_words(metric.name.slice('requests_'.length))}`);
  return {
    name: 'Requests',
    value: String(total),
    more: words.join(', ') || 'nobody has asked yet',
    uses: counted.map((metric) => metric.name),
  };
}

const pairs = [
  [
    'Time to a decision',
    'decision_seconds_median',
    (m) => `half are faster; nine of ten within ${value_words(m.get('decision_seconds_p90'))}`,
    ['decision_seconds_p90'],
  ],
  [
    'Answer to Slack',
    'slack_answer_milliseconds_median',
    (m) =>
      `${value_words(m.get('slack_requests_in_time'))} of ${value_words(m.get('slack_requests'))} within 3 s; ` +
      `99 % in ${value_words(m.get('slack_answer_milliseconds_p99'))}`,
    ['slack_requests', 'slack_requests_in_time', 'slack_answer_milliseconds_p99'],
  ],
  ['Jobs waiting', 'jobs_waiting', (m) => `${value_words(m.get('jobs_dead'))} given up`, ['jobs_dead']],
  [
    'Calls to Slack',
    'calls_to_slack',
    (m) => `${value_words(m.get('calls_refused_by_slack'))} refused`,
    ['calls_refused_by_slack'],
  ],
  [
    'Calls to Auth0',
    'calls_to_auth0',
    (m) => `${value_words(m.get('calls_refused_by_auth0'))} refused`,
    ['calls_refused_by_auth0'],
  ],
];

// {name, value, more}; a number that no tile knows gets one of its own.
export function tiles(metrics) {
  const known = of(metrics);
  const first = requests(metrics);
  const used = new Set(first.uses);
  const drawn = [first];
  for (const [name, main, more, with_it] of pairs) {
    if (!known.has(main)) continue;
    for (const each of [main, ...with_it]) used.add(each);
    drawn.push({
      name,
      value: value_words(known.get(main)),
      more: known.get(main).value === null ? '' : more(known),
    });
  }
  const others = metrics.filter((metric) => !used.has(metric.name) && !/^requests_/.test(metric.name));
  return [
    ...drawn,
    ...others.map((metric) => ({
      name: metric.name.replace(/_/g, ' '),
      value: value_words(metric),
      more: metric.help,
    })),
  ];
}
