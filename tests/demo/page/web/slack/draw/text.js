import { emoji_for } from '../text/emoji.js';
import { format_date, iso_date } from '../text/dates.js';
import { safe_href } from '../text/links.js';
import { parse_mrkdwn, parse_plain } from '../text/mrkdwn_tokens.js';

// Trees of text, drawn. `names` tells what ids are called; what it does not know is shown by its id.

export function external_link(h, url, children, title) {
  const href = safe_href(url);
  if (href === null) return h('span', children);
  return h(
    'a',
    {
      class: 'sk-link',
      attrs: { href, title: title || null, target: '_blank', rel: 'noopener noreferrer nofollow' },
    },
    children,
  );
}

// Names are other people's words: each is set apart, so that right-to-left marks in it turn nothing around it.
function mention(h, text, { mine = false, quiet = false } = {}) {
  return h('span', { class: ['sk-mention', { 'sk-mention-me': mine, 'sk-mention-quiet': quiet }] }, [h('bdi', text)]);
}

export function user_name(names, id, label = '') {
  const user = names?.users?.[id];
  return user?.real_name || user?.name || label || id;
}

export function channel_name(names, id, label = '') {
  return names?.channels?.[id]?.name || label || id;
}

export function group_name(names, id, label = '') {
  return names?.groups?.[id]?.handle || label || id;
}

export function draw_emoji(h, name, skin_tone, characters = emoji_for(name, skin_tone)) {
  if (characters === null) return h('span', { class: 'sk-emoji-unknown' }, `:${name}:`);
  return h('span', { class: 'sk-emoji', attrs: { title: `:${name}:` } }, characters);
}

export function draw_date(h, { unix, format, url, fallback }) {
  const words = format_date(unix, format);
  if (words === null) return h('span', fallback);
  const time = h('time', { class: 'sk-date', attrs: { datetime: iso_date(unix), title: fallback || null } }, words);
  return url ? external_link(h, url, [time], url) : time;
}

function label(nodes) {
  return nodes.map((node) => node.text ?? '').join('');
}

const drawers = {
  text: (h, node) => node.text,
  break: (h) => h('br'),
  bold: (h, node, names) => h('strong', draw_nodes(h, node.nodes, names)),
  italic: (h, node, names) => h('em', draw_nodes(h, node.nodes, names)),
  strike: (h, node, names) => h('s', draw_nodes(h, node.nodes, names)),
  code: (h, node) => h('code', { class: 'sk-code' }, node.text),
  pre: (h, node) => h('pre', { class: 'sk-pre' }, [h('code', node.text)]),
  quote: (h, node, names) => h('blockquote', { class: 'sk-quote' }, draw_nodes(h, node.nodes, names)),
  link: (h, node, names) =>
    external_link(h, node.url, draw_nodes(h, node.nodes, names), label(node.nodes) === node.url ? null : node.url),
  user: (h, node, names) => mention(h, `@${user_name(names, node.id, node.label)}`, { mine: names?.me === node.id }),
  channel: (h, node, names) => mention(h, `#${channel_name(names, node.id, node.label)}`, { quiet: true }),
  group: (h, node, names) => mention(h, `@${group_name(names, node.id, node.label)}`),
  broadcast: (h, node) => mention(h, `@${node.range}`, { mine: true }),
  emoji: (h, node) => draw_emoji(h, node.name, node.skin_tone),
  date: (h, node) => draw_date(h, node),
  paragraph: (h, node, names) => h('p', { class: 'sk-paragraph' }, draw_nodes(h, node.nodes, names)),
  heading: (h, node, names) =>
    h(
      'div',
      {
        class: ['sk-heading', `sk-heading-${Math.min(node.level, 3)}`],
        attrs: { role: 'heading', 'aria-level': Math.min(node.level + 2, 6) },
      },
      draw_nodes(h, node.nodes, names),
    ),
  list: (h, node, names) =>
    h(
      node.ordered ? 'ol' : 'ul',
      { class: 'sk-list', attrs: node.ordered ? { start: node.start } : {} },
      node.items.map((nodes) => h('li', draw_nodes(h, nodes, names))),
    ),
  rule: (h) => h('hr', { class: 'sk-divider' }),
};

export function draw_nodes(h, nodes, names) {
  return nodes.map((node) => drawers[node.type](h, node, names));
}

export function mrkdwn(h, text, names, options) {
  return draw_nodes(h, parse_mrkdwn(text, options), names);
}

// A text object: {type: 'mrkdwn'|'plain_text', text}.
export function text_object(h, object, names) {
  if (!object || typeof object.text !== 'string') return [];
  if (object.type === 'mrkdwn') return mrkdwn(h, object.text, names, { verbatim: object.verbatim === true });
  return draw_nodes(h, parse_plain(object.text, { emoji: object.emoji !== false }), names);
}

// Text without marks that no text object stands around.
export function plain(h, text, names) {
  return draw_nodes(h, parse_plain(text), names);
}

// A text object as characters alone, for labels, titles and options of native menus.
export function text_of(object) {
  if (!object || typeof object.text !== 'string') return '';
  const words = (nodes) =>
    nodes
      .map((node) => {
        if (node.nodes) return words(node.nodes);
        if (node.type === 'emoji') return emoji_for(node.name, node.skin_tone) ?? `:${node.name}:`;
        return node.type === 'break' ? ' ' : (node.text ?? '');
      })
      .join('');
  const plain = object.type !== 'mrkdwn';
  return words(
    plain ? parse_plain(object.text, { emoji: object.emoji !== false }) : parse_mrkdwn(object.text, { verbatim: true }),
  );
}
