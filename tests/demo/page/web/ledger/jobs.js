// The bot's work list. What waits stands first, what has time (as an expiry in some hours) after it; what is done
// fades.

import { cell, empty, moment, table, when } from '../ui/records.js';
import { code_words, job_chip, job_words } from './words.js';

const columns = ['State', 'What', 'Request', 'Due', 'Tries', 'Last trouble', 'Ended'];
const shown_max = 60;
const soon_ms = 10 * 60 * 1000;
const order = { leased: 0, ready: 1, dead: 2, later: 3, done: 4 };

function standing(job, now = Date.now()) {
  return job.state === 'ready' && job.due_at > now + soon_ms ? 'later' : job.state;
}

export default {
  name: 'JobTable',
  props: { ledger: Object },
  methods: {
    draw(h, job) {
      return h('tr', { key: job.id, class: { past: job.state === 'done' } }, [
        cell(h, 'State', job_chip(h, standing(job))),
        cell(h, 'What', job_words(job.kind)),
        cell(h, 'Request', h('code', job.request_id ?? 'none')),
        cell(h, 'Due', when(h, job.due_at)),
        cell(h, 'Tries', String(job.attempts), 'number'),
        cell(
          h,
          'Last trouble',
          job.last_error ? code_words(job.last_error) : h('span', { staticClass: 'faint' }, 'none'),
        ),
        cell(h, 'Ended', job.finished_at ? moment(h, job.finished_at) : h('span', { staticClass: 'faint' }, 'not yet')),
      ]);
    },
  },
  render(h) {
    const jobs = [...this.ledger.jobs]
      .sort((one, other) => order[standing(one)] - order[standing(other)] || other.id - one.id)
      .slice(0, shown_max);
    return jobs.length === 0
      ? empty(h, 'Nothing to do, and nothing done yet.')
      : table(
          h,
          'Jobs',
          columns,
          jobs.map((job) => this.draw(h, job)),
        );
  },
};
