import { noon, run } from './parts.js';

// Rich text, Markdown and tables.
const list = (style, indent, texts, more = {}) => ({
  type: 'rich_text_list',
  style,
  indent,
  elements: texts.map((text) => ({ type: 'rich_text_section', elements: [run(text)] })),
  ...more,
});

const rich = [
  {
    type: 'rich_text',
    block_id: 'rich',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          run('Bold', { bold: true }),
          run(', '),
          run('italic', { italic: true }),
          run(', '),
          run('struck', { strike: true }),
          run(', '),
          run('underlined', { underline: true }),
          run(', '),
          run('code', { code: true }),
          run(', '),
          run('marked', { highlight: true }),
          run(', '),
          run('all at once', { bold: true, italic: true, strike: true, code: true }),
          run('.\n'),
          { type: 'link', url: 'https://example.com/docs', text: 'a link' },
          run(' by '),
          { type: 'user', user_id: 'U0GRACE' },
          run(' and '),
          { type: 'user', user_id: 'U0ALAN', style: { bold: true } },
          run(' in '),
          { type: 'channel', channel_id: 'C0AUDIT' },
          run(' for '),
          { type: 'usergroup', usergroup_id: 'S0APPROVERS' },
          run(' and '),
          { type: 'broadcast', range: 'channel' },
          run(' '),
          { type: 'emoji', name: 'wave', unicode: '1f44b-1f3fd' },
          { type: 'emoji', name: 'party_parrot' },
          run(' on '),
          { type: 'date', timestamp: noon, format: '{date_long} at {time}', fallback: 'a Saturday' },
          run(' in '),
          { type: 'color', value: '#5B3FD9' },
          run('\nNo *marks* and no &lt;entities&gt; here.'),
        ],
      },
      list('ordered', 0, ['Look the account up', 'Ask a team lead']),
      list('bullet', 1, ['who is not the requester', 'and is there']),
      list('bullet', 2, ['or their deputy']),
      list('ordered', 0, ['Change the password'], { offset: 2 }),
      { type: 'rich_text_quote', elements: [run('Trust, but '), run('countersign', { italic: true }), run('.')] },
      {
        type: 'rich_text_preformatted',
        border: 0,
        elements: [run('$ countersign audit verify\n1024 rows, chain intact')],
      },
    ],
  },
];

const markdown = [
  {
    type: 'markdown',
    block_id: 'md',
    text: '# A report\n\nResets in **November**, _all_ ~~reviewed~~ audited, as `csv` [here](https://example.com/csv).\n\n- by support\n  - at night\n- by implementation\n\n1. ask\n2. decide\n\n> nothing was changed\n\n```\ntotal 17\n```\n---\n<b>HTML is text</b>',
  },
];

const cell = (text) => ({ type: 'raw_text', text });
const table = [
  {
    type: 'table',
    block_id: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }, { align: 'center' }],
    rows: [
      [cell('Customer'), cell('Resets'), cell('Last')],
      [cell('Ada Lovelace'), cell('2'), cell('today')],
      [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [run('Rosalind Franklin', { bold: true })] }],
        },
        cell('11'),
        cell('May'),
      ],
    ],
  },
];

export const rich_texts = [
  { title: 'Rich text', surface: 'message', blocks: rich },
  { title: 'Markdown', surface: 'message', blocks: markdown },
  { title: 'A table', surface: 'message', blocks: table },
];
