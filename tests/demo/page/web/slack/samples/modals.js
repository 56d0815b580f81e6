import { button, confirm, input, mrkdwn, noon, option, plain, section } from './parts.js';

// Modals and what is entered in them.
const reasons = [
  option('forgot', 'Forgot it'),
  option('locked', 'Locked out', 'Too many tries'),
  option('leak', 'It leaked'),
];
const groups = [
  { label: plain('Customers'), options: [option('acme', 'Acme'), option('initech', 'Initech')] },
  {
    label: plain('Ourselves'),
    options: [option('staff', 'Staff'), option('test', 'Test accounts', 'Nobody reads their mail')],
  },
];
const steps = [...Array(12)].map((_, index) => option(`step-${index + 1}`, `Step ${index + 1}`));

const typed = [
  input(
    'email',
    'E-mail address',
    { type: 'email_text_input', action_id: 'value', placeholder: plain('name@example.com'), focus_on_load: true },
    { hint: plain('The address that the customer signs in with') },
  ),
  input('reason', 'Why', {
    type: 'plain_text_input',
    action_id: 'value',
    multiline: true,
    min_length: 10,
    max_length: 300,
    placeholder: plain('How the caller was verified'),
  }),
  input(
    'site',
    'Ticket',
    { type: 'url_text_input', action_id: 'value', initial_value: 'https://example.com/tickets/42' },
    { optional: true },
  ),
  input('hours', 'Hours until it expires', {
    type: 'number_input',
    action_id: 'value',
    is_decimal_allowed: false,
    min_value: '1',
    max_value: '24',
    initial_value: '4',
  }),
  input(
    'share',
    'Share of the day',
    { type: 'number_input', action_id: 'value', is_decimal_allowed: true },
    { optional: true },
  ),
];

const chosen = [
  input('why', 'Reason', {
    type: 'static_select',
    action_id: 'value',
    options: reasons,
    placeholder: plain('Choose a reason'),
  }),
  input('whose', 'Account of', {
    type: 'static_select',
    action_id: 'value',
    option_groups: groups,
    initial_option: groups[1].options[0],
  }),
  input('steps', 'Steps done', {
    type: 'multi_static_select',
    action_id: 'value',
    options: steps,
    max_selected_items: 3,
    initial_options: steps.slice(0, 2),
  }),
  input('kind', 'What is reset', {
    type: 'radio_buttons',
    action_id: 'value',
    options: [option('password', 'Password'), option('mfa', 'Second factor', 'Ask for two team leads')],
  }),
  input(
    'also',
    'Also',
    {
      type: 'checkboxes',
      action_id: 'value',
      options: [option('sessions', 'End all sessions'), option('mail', 'Tell the owner by e-mail')],
      initial_options: [option('sessions', 'End all sessions')],
    },
    { optional: true },
  ),
  input('day', 'From', { type: 'datepicker', action_id: 'value', initial_date: '2025-11-22' }),
  input('hour', 'At', { type: 'timepicker', action_id: 'value', placeholder: plain('A time') }, { optional: true }),
  input('moment', 'Until', { type: 'datetimepicker', action_id: 'value', initial_date_time: noon }, { optional: true }),
];

const people = [
  input('lead', 'Team lead', { type: 'users_select', action_id: 'value', placeholder: plain('Choose a person') }),
  input(
    'tell',
    'Also tell',
    { type: 'multi_users_select', action_id: 'value', placeholder: plain('Choose people') },
    { optional: true },
  ),
  input('where', 'Post in', { type: 'channels_select', action_id: 'value', initial_channel: 'C0AUDIT' }),
  input(
    'rooms',
    'And in',
    { type: 'multi_conversations_select', action_id: 'value', placeholder: plain('Conversations') },
    { optional: true },
  ),
  input('more', 'Channels', { type: 'multi_channels_select', action_id: 'value' }, { optional: true }),
  input(
    'filled',
    'From the app',
    { type: 'external_select', action_id: 'value', placeholder: plain('Type to search'), min_query_length: 2 },
    { optional: true },
  ),
];

const acting = [
  section('intro', 'Search first. The list below changes *while this is open*.'),
  input(
    'query',
    'Name or address',
    {
      type: 'plain_text_input',
      action_id: 'value',
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    },
    { dispatch_action: true, hint: plain('Press Enter to search') },
  ),
  section('found', '`Ada Lovelace`\n`ada@example.com`', { accessory: button('take', 'Take', { style: 'primary' }) }),
  {
    type: 'actions',
    block_id: 'acts',
    elements: [button('again', 'Search again'), button('drop', 'Forget it', { style: 'danger', confirm })],
  },
];

const ask = {
  type: 'modal',
  callback_id: 'ask',
  title: plain('Reset a password'),
  submit: plain('Ask a team lead'),
  close: plain('Cancel'),
};

export const modals = [
  { title: 'A form to type into', surface: 'modal', view: { ...ask, blocks: typed } },
  { title: 'A form to choose in', surface: 'modal', view: { ...ask, title: plain('Choose'), blocks: chosen } },
  { title: 'People and places', surface: 'modal', view: { ...ask, title: plain('Who and where'), blocks: people } },
  {
    title: 'Errors at the fields',
    surface: 'modal',
    view: { ...ask, blocks: typed.slice(0, 2) },
    errors: {
      email: 'There is no account with this address. Nothing was changed.',
      reason: 'Say how the caller was verified.',
    },
  },
  {
    title: 'Buttons inside, and a search',
    surface: 'modal',
    view: { type: 'modal', title: plain('Find the account'), submit: plain('Go on'), blocks: acting },
  },
  {
    title: 'The second of two, waiting for the app',
    surface: 'modal',
    below: [{ ...ask, blocks: typed.slice(0, 1) }],
    view: {
      type: 'modal',
      title: plain('Is this the account?'),
      submit: plain('Yes, ask'),
      blocks: [section('who', '*Ada Lovelace*\n`ada@example.com`, last seen yesterday')],
    },
    busy: true,
  },
  {
    title: 'Nothing to send',
    surface: 'modal',
    view: {
      type: 'modal',
      title: plain('The new password'),
      close: plain('Done'),
      blocks: [
        section('secret', 'Shown once:\n```$Erika!Mustermann$!```'),
        { type: 'context', elements: [mrkdwn('Read it to the customer. It is gone when you close this.')] },
      ],
    },
  },
];
