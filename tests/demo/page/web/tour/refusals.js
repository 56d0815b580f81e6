// The chapters about who decides: not who asked, and only one.

import { ask, cast, deny_because, press, private_line } from './scene.js';
import { approve, at_work, command, is_decided, is_pending, pending, reason, side_by_side } from './telling.js';

// Somebody who may both ask and decide, where there is one.
const both = side_by_side(['second', 'helpdesk'], ['lead', 'password-approvals']);
const facing = side_by_side(['second', 'password-approvals'], ['lead', 'password-approvals']);

export const own_request = [
  {
    title: 'A team lead asks',
    look: both,
    type: command,
    done: is_pending,
    text: (story) =>
      `The team lead on the left also belongs to a group that may ask, and asks for a reset of ${story.name}. ` +
      'The other one sees the card.',
    act: (story) => ask(cast().second, story.email, reason),
  },
  {
    title: 'Not by yourself',
    look: facing,
    done: (story) => private_line(cast().second, 'Nothing was decided', story.since) !== null,
    text: () =>
      'The one who asked presses Approve reset. A private line says that it did not count; nobody else sees it, and ' +
      'the card stays as it was.',
    act: async (story) => press(cast().second, await pending(story, cast().second), approve),
  },
  {
    title: 'Another decides',
    look: facing,
    done: is_decided,
    text: () => 'The other team lead presses Deny and says why. The card says by whom, and that nothing was changed; the ' +
      'one who asked reads the reason.',
    act: async (story) =>
      deny_because(cast().lead, await pending(story, cast().second), 'the caller could not be verified'),
    can: (story) => !is_decided(story),
  },
];

export const at_once = [
  {
    title: 'One more request',
    look: at_work,
    type: command,
    done: is_pending,
    text: (story) => `${story.name} cannot sign in. The agent asks.`,
    act: (story) => ask(cast().agent, story.email, reason),
  },
  {
    title: 'At the same moment',
    look: side_by_side(['lead', 'password-approvals'], ['second', 'password-approvals']),
    done: is_decided,
    text: () =>
      'Two team leads look at the card. Both press Approve reset at the same moment. The first to arrive decides; the ' +
      'other is told by whom.',
    act: async (story) => {
      const now = await pending(story);
      await Promise.all([press(cast().lead, now, approve), press(cast().second, now, approve)]);
    },
    can: (story) => !is_decided(story),
  },
];
