// Short words for writing Block Kit by hand.
export const mrkdwn = (text, more = {}) => ({ type: 'mrkdwn', text, ...more });
export const plain = (text, more = {}) => ({ type: 'plain_text', text, ...more });
export const section = (block_id, text, more = {}) => ({ type: 'section', block_id, text: mrkdwn(text), ...more });
export const option = (value, text, description) => ({
  text: plain(text),
  value,
  ...(description ? { description: plain(description) } : {}),
});
export const button = (action_id, text, more = {}) => ({
  type: 'button',
  action_id,
  text: plain(text),
  value: action_id,
  ...more,
});
export const input = (block_id, label, element, more = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element,
  ...more,
});
export const run = (text, style) => ({ type: 'text', text, ...(style ? { style } : {}) });

export const confirm = {
  title: plain('Approve this reset?'),
  text: mrkdwn(
    'The password of `Ada Lovelace` (`ada@example.com`) is set to the standard format, and their sessions end.',
  ),
  confirm: plain('Approve reset'),
  deny: plain('Go back'),
};
export const grave_confirm = {
  title: plain('Withdraw the request?'),
  text: plain('Nobody can decide it afterwards. Nothing has been changed so far.'),
  confirm: plain('Withdraw'),
  deny: plain('Keep it'),
  style: 'danger',
};

// A fixed afternoon, so that two drawings of the gallery can be laid over one another.
export const noon = 1_763_812_800;

export const names = {
  users: {
    U0GRACE: { name: 'grace', real_name: 'Grace Hopper' },
    U0ALAN: { name: 'alan', real_name: 'Alan Turing' },
    U0MARIE: { name: 'marie', real_name: 'Marie Curie' },
    U0EMMY: { name: 'emmy', real_name: 'Emmy Noether' },
  },
  channels: {
    C0APPROVALS: { name: 'password-approvals' },
    C0AUDIT: { name: 'password-audit' },
    C0HELP: { name: 'helpdesk' },
  },
  groups: { S0APPROVERS: { handle: 'approvers' } },
  me: 'U0GRACE',
};
