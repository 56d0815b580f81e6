// The chapters about failures: an outage with a kill in its midst, and an answer that is lost.

import { store } from '../store.js';
import { audited, break_it, cast, in_force, job_of, press } from './scene.js';
import {
  approve,
  at_work,
  is_changed,
  is_decided,
  is_over,
  is_pending,
  next_try,
  pending,
  request,
} from './telling.js';

export const outage = [
  {
    title: 'Auth0 goes down',
    look: at_work,
    done: (story) => is_pending(story) && in_force('auth0_outage'),
    text: (story) =>
      `A request for ${story.name} waits. Now every call to Auth0 fails. (By hand: ask, then press the button ` +
      `in the Auth0 tab.)`,
    act: async (story) => {
      await pending(story);
      await break_it('auth0_outage');
    },
  },
  {
    title: 'Approved all the same',
    look: at_work,
    done: (story) => is_over(story) || (is_decided(story) && (job_of(request(story), 'change')?.attempts ?? 0) > 0),
    text: () =>
      'The team lead approves. The card says Working, and goes on saying so: it is not called Done before it is.',
    act: async (story) => press(cast().lead, await pending(story), approve),
    can: (story) => !is_decided(story),
    waiting: next_try,
  },
  {
    title: 'kill -9',
    look: at_work,
    done: (story) =>
      story.starts !== null && store.ledger.process.starts > story.starts && store.ledger.ready.status === 200,
    text: () =>
      'As if that were not enough, the bot is killed in the middle of its work. It is started again after three ' +
      'seconds, and knows what it has to do from its disk.',
    act: () => break_it('bot_kill'),
    waiting: () => 'The bot starts again in a moment.',
  },
  {
    title: 'Auth0 is back',
    look: at_work,
    done: is_changed,
    waiting: next_try,
    text: () => 'The outage ends. Nothing was lost: the approval is carried out, once, without anybody asking again.',
    act: () => break_it('clear'),
  },
];

export const lost_answer = [
  {
    title: 'The next answer gets lost',
    look: at_work,
    done: (story) => is_pending(story) && in_force('auth0_lost_answer'),
    text: (story) =>
      `A request for ${story.name} waits. Auth0 will carry out the next change, but the connection breaks ` +
      `before it can say so.`,
    act: async (story) => {
      await pending(story);
      await break_it('auth0_lost_answer');
    },
  },
  {
    title: 'Neither yes nor no',
    look: at_work,
    done: (story) => request(story) !== null && audited(request(story), 'change_answer_lost'),
    waiting: next_try,
    text: () => 'The team lead approves. Was the password changed? Countersign does not guess: the card says Checking.',
    act: async (story) => press(cast().lead, await pending(story), approve),
    can: (story) => !is_decided(story),
  },
  {
    title: 'Settled by reading back',
    look: at_work,
    done: is_changed,
    waiting: () => 'Countersign reads the account back.',
    text: () =>
      'Countersign looks at the account and finds its own mark on it. Now it is Done, and the password was sent ' +
      'exactly once.',
  },
  {
    title: 'Now you',
    last: true,
    look: at_work,
    text: () =>
      'Be a guest, somebody from another company, or an auditor; try the customers that are offered after the ' +
      'command; break things in the other tabs. Nothing here is real but the bot.',
  },
];
