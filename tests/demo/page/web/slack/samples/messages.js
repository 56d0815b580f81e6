import { button, confirm, grave_confirm, mrkdwn, noon, option, plain, section } from './parts.js';

// Messages, block by block.
const severities = [
  option('low', 'Low', 'It can wait until next week'),
  option('mid', 'Medium', 'Today'),
  option('high', 'High :rotating_light:', 'Somebody cannot work'),
];

const card = [
  section('headline', '*Waiting* for a team lead · password reset'),
  {
    type: 'section',
    block_id: 'facts',
    fields: [
      mrkdwn('*Name*\n`Ada Lovelace`'),
      mrkdwn('*E-mail*\n`ada@example.com`'),
      mrkdwn('*Connection*\nUsername-Password-Authentication'),
      mrkdwn(`*Last login*\n<!date^${noon}^{date_short_pretty} at {time}|22 Nov 2025, 12:00 UTC>`),
      mrkdwn('*Asked for by*\n<@U0ALAN>'),
      mrkdwn('*Why*\n`Forgot it over the holidays; called from the number on record`'),
    ],
  },
  {
    type: 'context',
    block_id: 'foot',
    elements: [
      mrkdwn(
        'Request `R-4F7K-22QH` · expires <!date^1763816400^{date_short_pretty} at {time}|13:00 UTC> · you are asked because you are in <!subteam^S0APPROVERS>',
      ),
    ],
  },
  {
    type: 'actions',
    block_id: 'decision',
    elements: [
      button('approve', 'Approve reset', {
        style: 'primary',
        confirm,
        accessibility_label: 'Approve the reset R-4F7K-22QH',
      }),
      button('deny', 'Deny', { style: 'danger' }),
    ],
  },
];

const marks = [
  section(
    'marks',
    '*Bold*, _italic_, ~struck~, *_both_*, `code *as it is*` and :tada: :no_such_emoji:\nA link: <https://example.com/docs|the documentation>, an address: <mailto:ada@example.com|ada@example.com>, one by itself: https://example.com/a?b=1&amp;c=2.\nHello <@U0GRACE>, <@U0ALAN> and <@U0NOBODY>, in <#C0AUDIT> with <!subteam^S0APPROVERS> and <!here>\nsnake_case_stays and so do 2 * 3 * 4 and &lt;tags&gt; &amp; entities',
  ),
  section(
    'quote',
    '&gt; A quotation\n&gt; of two lines, with *bold*\nand the answer\n• a line with a bullet\n• and another',
  ),
  section('pre', 'Before\n```\n{ "preformatted": true,\n  "marks": "*not* drawn" }\n```\nand after'),
  section(
    'dates',
    `Now and then: <!date^${noon}^{date} at {time}|a day>, <!date^1700000000^{date_long}|a day>, <!date^1700000000^{date_num} {time_secs}^https://example.com|with a link>, <!date^1700000000^{no_such_token}|the fallback>`,
  ),
];

const layout = [
  { type: 'header', block_id: 'head', text: plain('A header, :memo: with an emoji') },
  { type: 'section', block_id: 'plain', text: plain('Plain text draws *no* marks, `none`, but :bulb: emoji') },
  { type: 'divider', block_id: 'line' },
  section('beside', 'A section with an image beside it. The image is on another server, so a frame stands for it.', {
    accessory: {
      type: 'image',
      image_url: 'https://example.com/portrait.png',
      alt_text: 'A portrait of Ada Lovelace',
    },
  }),
  {
    type: 'image',
    block_id: 'picture',
    image_url: 'https://example.com/chart.png',
    alt_text: 'Resets a day, rising',
    title: plain('Resets a day'),
  },
  {
    type: 'context',
    block_id: 'small',
    elements: [
      { type: 'image', image_url: 'https://example.com/dot.png', alt_text: 'A green dot' },
      mrkdwn('*Small* text beside a small image'),
      plain('and plain :coffee:'),
    ],
  },
  section('long', `${'A text that goes on for longer than anybody reads at once. '.repeat(28)}`),
];

const accessories = [
  section('a1', 'A button that opens a page', {
    accessory: button('open', 'Open', { url: 'https://example.com/docs' }),
  }),
  section('a2', 'A menu', {
    accessory: {
      type: 'static_select',
      action_id: 'severity',
      placeholder: plain('Severity'),
      options: severities,
      confirm,
    },
  }),
  section('a3', 'Several of many', {
    accessory: {
      type: 'multi_static_select',
      action_id: 'many',
      placeholder: plain('Severities'),
      options: severities,
      initial_options: [severities[1]],
    },
  }),
  section('a4', 'More to do', {
    accessory: {
      type: 'overflow',
      action_id: 'more',
      options: [
        option('log', 'Show the log'),
        option('copy', 'Copy the link', 'to this request'),
        { ...option('docs', 'Open the handbook'), url: 'https://example.com/handbook' },
      ],
    },
  }),
  section('a5', 'A date', {
    accessory: {
      type: 'datepicker',
      action_id: 'day',
      initial_date: '2025-11-22',
      placeholder: plain('Pick a day'),
    },
  }),
  section('a6', 'A time', {
    accessory: { type: 'timepicker', action_id: 'time', initial_time: '14:30', timezone: 'Europe/Berlin' },
  }),
  section('a7', 'Who is told?', {
    accessory: {
      type: 'radio_buttons',
      action_id: 'told',
      initial_option: { text: mrkdwn('*Everybody*'), value: 'all' },
      options: [
        { text: mrkdwn('*Everybody*'), value: 'all' },
        { text: mrkdwn('Only the _owner_'), value: 'owner', description: mrkdwn('by `e-mail`') },
      ],
    },
  }),
  section('a8', 'What has been checked', {
    accessory: {
      type: 'checkboxes',
      action_id: 'checked',
      options: [
        { text: plain('Called back'), value: 'call' },
        { text: mrkdwn('Knows the *ticket*'), value: 'ticket', description: plain('Its number, from memory') },
      ],
    },
  }),
  section('a9', 'A person', {
    accessory: {
      type: 'users_select',
      action_id: 'person',
      placeholder: plain('A person'),
      initial_user: 'U0MARIE',
    },
  }),
];

const actions = [
  {
    type: 'actions',
    block_id: 'acts',
    elements: [
      button('plainly', 'Plain'),
      button('go', 'Primary', { style: 'primary' }),
      button('no', 'Danger', { style: 'danger', confirm: grave_confirm }),
      button('emoji', ':mag: Look'),
      { type: 'channels_select', action_id: 'channel', placeholder: plain('A channel') },
      { type: 'conversations_select', action_id: 'talk', placeholder: plain('A conversation') },
      { type: 'external_select', action_id: 'elsewhere', placeholder: plain('Filled by the app') },
      { type: 'datetimepicker', action_id: 'moment', initial_date_time: noon },
      { type: 'overflow', action_id: 'rest', options: [option('a', 'First'), option('b', 'Second')] },
    ],
  },
];

const attachments = [
  {
    color: '#2eb886',
    blocks: [
      section('inside', '*Changed* · a block inside an attachment'),
      { type: 'context', elements: [mrkdwn('with a green bar')] },
    ],
  },
  {
    color: 'danger',
    pretext: 'The older kind',
    author_name: 'Countersign',
    title: 'Reset failed',
    title_link: 'https://example.com/r',
    text: 'Auth0 answered *429*.',
    fields: [
      { title: 'Tries', value: '3', short: true },
      { title: 'Next', value: 'in 2 minutes', short: true },
    ],
    footer: 'countersign',
    ts: noon,
  },
];

export const messages = [
  { title: 'A card that waits for a decision', surface: 'message', blocks: card },
  { title: 'Text with marks', surface: 'message', blocks: marks },
  { title: 'Layout: header, divider, images, context', surface: 'message', blocks: layout },
  { title: 'Sections with something beside them', surface: 'message', blocks: accessories },
  { title: 'Actions', surface: 'message', blocks: actions },
  {
    title: 'Text alone',
    surface: 'message',
    message: { text: '*Waiting*: password reset for `Ada Lovelace`, asked for by <@U0ALAN>\n&gt; she called' },
  },
  { title: 'Attachments', surface: 'message', message: { text: 'Two attachments', attachments } },
];
