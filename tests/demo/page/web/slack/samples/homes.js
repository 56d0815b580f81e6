import { button, mrkdwn, noon, option, plain, section } from './parts.js';

const waiting = (id, name) =>
  section(`r-${id}`, `*${name}*\nasked for by <@U0ALAN>, <!date^${noon}^{date_short_pretty} at {time}|at noon>`, {
    accessory: {
      type: 'overflow',
      action_id: 'request',
      options: [option(`see-${id}`, 'See the card'), option(`drop-${id}`, 'Withdraw')],
    },
  });

export const homes = [
  {
    title: 'A home',
    surface: 'home',
    view: {
      type: 'home',
      blocks: [
        { type: 'header', text: plain('Good afternoon') },
        {
          type: 'context',
          elements: [mrkdwn('You are in <!subteam^S0APPROVERS>: you decide what others ask for.')],
        },
        {
          type: 'actions',
          block_id: 'do',
          elements: [
            button('reset', 'Reset a password', { style: 'primary' }),
            button('create', 'Create a password'),
            {
              type: 'static_select',
              action_id: 'show',
              options: [option('mine', 'Mine'), option('all', 'All')],
              initial_option: option('all', 'All'),
            },
          ],
        },
        { type: 'divider' },
        { type: 'header', text: plain('Waiting for you') },
        waiting('1', 'Ada Lovelace'),
        waiting('2', 'Rosalind Franklin'),
        { type: 'divider' },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'This month: ' },
                { type: 'text', text: '17 resets', style: { bold: true } },
                { type: 'text', text: ', all countersigned.' },
              ],
            },
          ],
        },
      ],
    },
  },
];
