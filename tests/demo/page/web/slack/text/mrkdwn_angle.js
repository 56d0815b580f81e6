import { decode } from './entities.js';
import { format_date } from './dates.js';

// What stands between < and >: mentions, links, dates. Null for what Slack would not understand: it stays text.
export function angle(inside) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  if (target.startsWith('!date^')) return date(inside.slice('!date^'.length));
  if (target.startsWith('!')) return command(target.slice(1), decode(label));
  const user = /^@([UWB][A-Z0-9]+)$/.exec(target);
  if (user !== null) return { type: 'user', id: user[1], label: decode(label) };
  const channel = /^#([CGD][A-Z0-9]+)$/.exec(target);
  if (channel !== null) return { type: 'channel', id: channel[1], label: decode(label) };
  return link(target, label);
}

function command(words, label) {
  if (['here', 'channel', 'everyone'].includes(words)) return { type: 'broadcast', range: words };
  const group = /^subteam\^(S[A-Z0-9]+)$/.exec(words);
  return group === null ? null : { type: 'group', id: group[1], label: label.replace(/^@/, '') };
}

// unix^format|fallback or unix^format^link|fallback. Only the last bar counts: a format may hold one.
function date(words) {
  const bar = words.lastIndexOf('|');
  const fallback = bar < 0 ? '' : decode(words.slice(bar + 1));
  const [unix, format = '', url = null] = (bar < 0 ? words : words.slice(0, bar)).split('^');
  if (!/^-?\d{1,12}$/.test(unix) || format === '') return null;
  return { type: 'date', unix: Number(unix), format: decode(format), url: url && decode(url), fallback };
}

function link(target, label) {
  if (!/^(?:https?:\/\/|mailto:|tel:)\S/i.test(target)) return null;
  const url = decode(target);
  const text = label === '' ? url.replace(/^(?:mailto|tel):/i, '') : decode(label);
  return { type: 'link', url, nodes: [{ type: 'text', text }] };
}

// The same as words, for where nothing may be pressed.
export function angle_words(inside) {
  const node = angle(inside);
  if (node === null) return null;
  switch (node.type) {
    case 'link':
      return node.nodes[0].text;
    case 'date':
      return format_date(node.unix, node.format) ?? node.fallback;
    case 'broadcast':
      return `@${node.range}`;
    case 'channel':
      return `#${node.label || node.id}`;
    default:
      return `@${node.label || node.id}`;
  }
}
