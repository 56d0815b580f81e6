// Where one can begin.

const section = { type: 'section', text: { type: 'mrkdwn', text: '*Waiting* for a team lead · password reset' } };

const all = [
  [
    'Message',
    [
      section,
      {
        type: 'section',
        block_id: 'facts',
        fields: [
          { type: 'mrkdwn', text: '*Name*\nAda Lovelace' },
          { type: 'mrkdwn', text: '*E-mail*\n`ada.lovelace@example.com`' },
        ],
      },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'Request `cs-example`' }] },
      {
        type: 'actions',
        block_id: 'decision',
        elements: [
          {
            type: 'button',
            action_id: 'approve',
            style: 'primary',
            text: { type: 'plain_text', text: 'Approve reset' },
            confirm: {
              title: { type: 'plain_text', text: 'Approve this reset?' },
              text: { type: 'mrkdwn', text: 'The password of *Ada Lovelace* is changed.' },
              confirm: { type: 'plain_text', text: 'Approve reset' },
              deny: { type: 'plain_text', text: 'Go back' },
            },
          },
          { type: 'button', action_id: 'deny', style: 'danger', text: { type: 'plain_text', text: 'Deny' } },
        ],
      },
    ],
  ],
  [
    'Modal',
    {
      type: 'modal',
      title: { type: 'plain_text', text: 'Reset a password' },
      submit: { type: 'plain_text', text: 'Ask for it' },
      close: { type: 'plain_text', text: 'Cancel' },
      blocks: [
        {
          type: 'input',
          block_id: 'email',
          label: { type: 'plain_text', text: 'E-mail address' },
          element: {
            type: 'email_text_input',
            action_id: 'value',
            placeholder: { type: 'plain_text', text: 'ada@example.com' },
          },
        },
        {
          type: 'input',
          block_id: 'proof',
          label: { type: 'plain_text', text: 'How was the caller verified?' },
          element: {
            type: 'radio_buttons',
            action_id: 'value',
            options: [
              {
                text: { type: 'plain_text', text: 'Call-back to the number on record' },
                value: 'call_back',
              },
              { text: { type: 'plain_text', text: 'Video identification' }, value: 'video' },
            ],
          },
        },
        {
          type: 'input',
          block_id: 'reason',
          optional: true,
          label: { type: 'plain_text', text: 'Reason' },
          hint: { type: 'plain_text', text: 'The team lead reads it.' },
          element: { type: 'plain_text_input', action_id: 'value', multiline: true },
        },
      ],
    },
  ],
  [
    'Home',
    {
      type: 'home',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Your requests' } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '*Ada Lovelace* · Waiting for a team lead' },
          accessory: { type: 'button', action_id: 'open', text: { type: 'plain_text', text: 'Look at it' } },
        },
        { type: 'divider' },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'Nothing else is open.' }] },
      ],
    },
  ],
];

export const examples = all.map(([name, what]) => ({ name, text: JSON.stringify(what, null, 2) }));
