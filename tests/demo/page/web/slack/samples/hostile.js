import { button, input, mrkdwn, option, plain, section } from './parts.js';

// What unfriendly or unlucky people enter. Nothing of it may do anything, hide anything or push anything away.
const turned = 'user\u202Egpj.exe\u202C and \u2067right to left\u2069';
const long_name = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(9).slice(0, 300);
const surname = 'Ada 👩‍🔬🧪🏳️‍🌈 Lovelace-🔥';
const piled = 'Z̸̡͓͚̯̆̅̈́̓a̴̧͚̣̿̃̏͌l̵̡̛̟̘͇̽̏g̷̨̭̦̰͌̅̒̚o̶͖̺͓͊̐̚';

const message = [
  section(
    'escaped',
    `Escaped: &lt;!channel&gt; &lt;@U0GRACE&gt; &lt;https://evil.example|https://portal.example&gt; &lt;script&gt;alert(1)&lt;/script&gt;`,
  ),
  section('code', 'In code: `<!channel>` `*not bold*` `&lt;img src=x onerror=alert(1)&gt;`'),
  section(
    'lookalike',
    'A link that says one place and means another: <https://evil.example/login|https://portal.example/login> (its title tells)',
  ),
  section('scheme', 'Not a link: <javascript:alert(1)|press me>, nor <data:text/html,hello|this>'),
  section('turned', `Turned around: ${turned}, then *bold* and \`${turned}\` and <@U0ALAN> after it`),
  section('long', `*${long_name}*\n\`${long_name}\``),
  section('unbroken', `https://example.com/${'a'.repeat(240)} stays inside`),
  {
    type: 'section',
    block_id: 'fields',
    fields: [
      mrkdwn(`*Name*\n\`${surname}\``),
      mrkdwn(`*Also*\n${piled}`),
      plain(`<!here> ${turned}`),
      mrkdwn(`*Unclosed _marks ~everywhere \`and no end`),
    ],
  },
  {
    type: 'actions',
    block_id: 'acts',
    elements: [
      button('long_button', 'A button with seventy-five characters, which is as much as one may have!!!'),
      button('turned_button', turned),
      button('script', '<b>bold</b>'),
    ],
  },
  {
    type: 'context',
    elements: [
      plain(long_name),
      { type: 'image', image_url: 'https://example.com/x.png', alt_text: '"><script>alert(1)</script>' },
    ],
  },
  {
    type: 'image',
    block_id: 'tracked',
    image_url: 'https://tracker.example/pixel.gif?who=U0GRACE',
    alt_text: long_name,
    title: plain(turned),
  },
];

const modal = {
  type: 'modal',
  title: plain('👩‍🔬 <b>Title</b> & co'),
  submit: plain('<script>'),
  close: plain('\u202Ekcab oG'),
  blocks: [
    input(
      'name',
      `Label <!channel> ${long_name}`,
      {
        type: 'plain_text_input',
        action_id: 'value',
        initial_value: '<img src=x onerror=alert(1)> "quoted" \u202Eturned',
        max_length: 20,
      },
      { hint: plain(`Hint ${long_name}`) },
    ),
    input('pick', 'Options', {
      type: 'static_select',
      action_id: 'value',
      options: [option('x', '<script>alert(1)</script>'), option('y', turned), option('z', '👩‍🔬 Ω≈ç√ 日本語 العربية')],
    }),
    input('picks', 'Many', {
      type: 'multi_static_select',
      action_id: 'value',
      options: [option('x', turned), option('y', 'W'.repeat(75))],
      initial_options: [option('x', turned), option('y', 'W'.repeat(75))],
    }),
  ],
};

export const hostile = [
  { title: 'Hostile text in a message', surface: 'message', blocks: message },
  { title: 'Hostile text in a modal', surface: 'modal', view: modal },
  {
    title: 'Hostile text alone',
    surface: 'message',
    message: {
      text: `&lt;!everyone&gt; *${long_name}* ${turned} ${'*_~`'.repeat(40)} <> <|> <@> <!date^x^y|z> <!date^99999999999999^{date}|no such day>`,
    },
  },
];
