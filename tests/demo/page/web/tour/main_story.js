// The first chapter: one reset, from the question to the audit log.

import { ask, cast, close_for_good, press, show_password, top_modal } from './scene.js';
import {
  approve,
  at_work,
  command,
  is_changed,
  is_decided,
  is_pending,
  is_shown,
  next_try,
  pending,
  reason,
  request,
  side_by_side,
} from './telling.js';

const with_agent_alone = side_by_side(['agent', 'dm'], ['lead', 'password-approvals']);

export const main_story = [
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
    title: 'The password, for the agent alone',
    look: with_agent_alone,
    done: is_shown,
    text: () =>
      'The agent presses Show password once, with the customer on the telephone. A window that nobody else sees holds ' +
      'the password for five minutes. Closed by mistake, it is opened again from the message until they end.',
    act: async (story) => show_password(cast().agent, request(story)),
    can: (story) => is_changed(story) && !is_shown(story),
  },
  {
    title: 'Closed, and gone',
    look: with_agent_alone,
    done: (story) => is_shown(story) && request(story).document.handover.is_closed === true,
    text: () =>
      'The agent presses Close for good. The direct message now says when the password was shown; its button is gone, ' +
      'and Countersign keeps no copy.',
    act: async () => close_for_good(cast().agent),
    can: (story) => is_shown(story) && top_modal(cast().agent)?.submit !== undefined,
  },
  {
    title: 'What Auth0 saw',
    look: () => ({ tab: 'auth0' }),
    text: (story) =>
      `One PATCH sets the password, with ${request(story)?.id ?? 'the request'} as its correlation id. It stands in ` +
      `no log, no message and no URL.`,
  },
  {
    title: 'What the bot wrote down',
    look: () => ({ tab: 'ledger' }),
    text: () =>
      'Each step is a row, and each row holds the hash of the one before. This page recomputes the chain ' +
      'without asking the bot.',
  },
];
