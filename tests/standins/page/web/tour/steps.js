// The story that the tour tells. A step says what to see, shows where, can do what is to be done, and knows from the
// state whether it is done: the visitor may as well do it by hand.
//   look     the tab and what the two windows show: [person, place]
//   text     one or two plain sentences
//   type     what one would type
//   act      does it; absent where there is nothing to do but look
//   can      whether it can still be done
//   done     whether it has happened
//   waiting  what is being waited for, when nothing is left to do

import { store } from '../store.js';
import { clock } from './clock.js';
import { code_words } from '../ledger/words.js';
import {
  ask,
  audited,
  break_it,
  card_of,
  cast,
  customers,
  in_force,
  is_closed,
  job_of,
  newest_request,
  press,
  private_line,
} from './scene.js';

const approve = 'request.approve';
const deny = 'request.deny';
const reason = 'locked out after holiday';

const side_by_side = (left, right) => () => ({
  tab: 'workspace',
  left: [cast()[left[0]], left[1]],
  right: [cast()[right[0]], right[1]],
});
const at_work = side_by_side(['agent', 'helpdesk'], ['lead', 'password-approvals']);

const request = (story) => newest_request(story.email, story.since);
const is_pending = (story) => request(story)?.state === 'pending' && card_of(request(story), cast().lead) !== null;
const is_decided = (story) => {
  const now = request(story);
  return now !== null && !['looking_up', 'pending'].includes(now.state);
};
const is_changed = (story) => request(story)?.state === 'changed';
const is_over = (story) => {
  const now = request(story);
  return now !== null && is_closed(now);
};
const command = (story) => `/reset-password ${story.email} ${reason}`;

async function pending(story) {
  if (!is_pending(story)) await ask(cast().agent, story.email, reason);
  return request(story);
}

function next_try(story) {
  const job = request(story) && job_of(request(story), 'change');
  if (!job || job.state === 'done') return 'Countersign is at work.';
  const seconds = Math.ceil((job.due_at - clock.now) / 1000);
  if (!job.attempts || seconds <= 0) return 'Countersign is at work.';
  return (
    `Tried ${job.attempts === 1 ? 'once' : `${job.attempts} times`} (${code_words(job.last_error)}). ` +
    `Countersign tries again by itself in ${seconds} s.`
  );
}

const main_story = [
  {
    title: 'Two people, one password',
    look: at_work,
    text: (story) =>
      `On the left you are a support agent, on the right a team lead. A customer, ${story.name}, cannot sign ` +
      `in, and nobody may reset a password alone.`,
  },
  {
    title: 'The agent asks',
    look: at_work,
    type: command,
    done: is_pending,
    text: () =>
      'In #helpdesk the agent types one line. Countersign answers at once, in private, and looks the account up.',
    act: (story) => ask(cast().agent, story.email, reason),
  },
  {
    title: 'A team lead is asked',
    look: at_work,
    done: is_decided,
    text: () =>
      'The card on the right says who asks, for whom and why. Press Approve reset on it, as the team lead, and ' +
      'confirm.',
    act: async (story) => press(cast().lead, await pending(story), approve),
    can: (story) => !is_decided(story),
  },
  {
    title: 'Changed, then proved, then said',
    look: at_work,
    done: is_changed,
    waiting: next_try,
    text: () =>
      'Countersign changes the password in Auth0 and reads the account back. Only then the same card says Done, ' +
      'and its buttons are gone.',
  },
  {
    title: 'Those who must know are told',
    look: side_by_side(['agent', 'dm'], ['auditor', 'password-audit']),
    done: is_changed,
    text: () =>
      'The agent has a direct message. The audit channel has the outcome, the account masked, and the head of ' +
      'the audit log.',
  },
  {
    title: 'What Auth0 saw',
    look: () => ({ tab: 'auth0' }),
    text: (story) =>
      `One PATCH, with ${request(story)?.id ?? 'the request'} as its correlation id. The password stands in no ` +
      `log, no message and no URL.`,
  },
  {
    title: 'What the bot wrote down',
    look: () => ({ tab: 'ledger' }),
    text: () =>
      'Each step is a row, and each row holds the hash of the one before. This page recomputes the chain ' +
      'without asking the bot.',
  },
];

const at_once = [
  {
    title: 'A second request',
    chapter: 'Two press at once',
    look: at_work,
    type: command,
    done: is_pending,
    text: (story) => `Now ${story.name} is locked out. The agent asks again.`,
    act: (story) => ask(cast().agent, story.email, reason),
  },
  {
    title: 'Not by yourself',
    look: side_by_side(['agent', 'password-approvals'], ['lead', 'password-approvals']),
    done: (story) => private_line(cast().agent, 'Nothing was decided', story.since) !== null,
    text: () =>
      "The agent presses Approve reset on the agent's own request. A private line says that it did not count; " +
      'nobody else sees it, and the card stays as it was.',
    act: async (story) => press(cast().agent, await pending(story), approve),
  },
  {
    title: 'At the same moment',
    look: side_by_side(['lead', 'password-approvals'], ['second', 'password-approvals']),
    done: is_decided,
    text: () =>
      'Two team leads look at the card. One presses Approve reset, the other Deny, at the same moment. The ' +
      'first to arrive decides; the other is told by whom.',
    act: async (story) => {
      const now = await pending(story);
      await Promise.all([press(cast().lead, now, approve), press(cast().second, now, deny)]);
    },
  },
];

const outage = [
  {
    title: 'Auth0 goes down',
    chapter: 'Auth0 is down, and the bot is killed',
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

const lost_answer = [
  {
    title: 'The next answer gets lost',
    chapter: 'A lost answer',
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

const chapters = [main_story, at_once, outage, lost_answer];

// Each step with its chapter's number; the first of a chapter starts a story about another customer.
export const steps = chapters.flatMap((chapter, number) =>
  chapter.map((step, at) => ({
    act: null,
    can: () => true,
    type: null,
    last: false,
    done: () => true,
    waiting: () => '',
    ...step,
    number,
    starts: at === 0,
    is_awaited: Boolean(step.done),
    chapter: chapter[0].chapter ?? 'The main story',
  })),
);

// About whom a chapter is, and since when.
export function story_for(number, told) {
  const unused = customers().filter((user) => !told.includes(user.email));
  const user = (unused.length ? unused : customers())[unused.length ? 0 : number % Math.max(1, customers().length)];
  return {
    email: user?.email ?? 'ada.lovelace@example.com',
    name: user?.name ?? 'Ada Lovelace',
    since: Date.now(),
    starts: store.ledger?.process.starts ?? null,
  };
}
