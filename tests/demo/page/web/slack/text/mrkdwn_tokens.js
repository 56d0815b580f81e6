import { inline, to_plain } from './mrkdwn_inline.js';
import { decode } from './entities.js';

// Slack's mrkdwn as a tree of plain objects. Drawing it is another file's affair.
//   {type: 'text'|'code', text}  {type: 'bold'|'italic'|'strike', nodes}  {type: 'break'}
//   {type: 'pre', text}  {type: 'quote', nodes}
//   {type: 'link', url, nodes}  {type: 'user'|'channel'|'group', id, label}  {type: 'broadcast', range}
//   {type: 'date', unix, format, url, fallback}  {type: 'emoji', name, skin_tone}
// mrkdwn knows no lists: a line with a bullet is a line of text.

const fence = '```';

// What stands between two fences is shown as it is; a fence without its pair is text.
function split_fences(text) {
  const parts = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf(fence, at);
    const close = open < 0 ? -1 : text.indexOf(fence, open + fence.length);
    if (close < 0) break;
    const inside = text.slice(open + fence.length, close);
    if (inside === '') {
      parts.push({ lines: text.slice(at, close + fence.length) });
    } else {
      parts.push({ lines: text.slice(at, open) });
      parts.push({ pre: inside });
    }
    at = close + fence.length;
  }
  parts.push({ lines: text.slice(at) });
  return parts.filter((part) => part.pre !== undefined || part.lines !== '');
}

// How long the quote mark at the beginning of a line is, and whether it holds for all that follows.
function quote_mark(line) {
  const all = /^(?:&gt;|>){3} ?/.exec(line);
  if (all !== null) return { length: all[0].length, to_end: true };
  const one = /^(?:&gt;|>) ?/.exec(line);
  return one === null ? null : { length: one[0].length, to_end: false };
}

function join_lines(lines, verbatim) {
  const nodes = [];
  lines.forEach((line, index) => {
    if (index > 0) nodes.push({ type: 'break' });
    nodes.push(...inline(line, { verbatim }));
  });
  return nodes;
}

// Lines as groups: quoted ones together, plain ones together.
function grouped(text) {
  const groups = [];
  let to_end = false;
  for (const line of text.split('\n')) {
    const mark = to_end ? { length: 0 } : quote_mark(line);
    const quoted = mark !== null;
    if (quoted && mark.to_end) to_end = true;
    if (groups.length === 0 || groups[groups.length - 1].quoted !== quoted) groups.push({ quoted, lines: [] });
    groups[groups.length - 1].lines.push(quoted ? line.slice(mark.length) : line);
  }
  return groups;
}

function block_nodes(text, verbatim) {
  return grouped(text).flatMap(({ quoted, lines }) => {
    const nodes = join_lines(lines, verbatim);
    return quoted ? [{ type: 'quote', nodes }] : nodes;
  });
}

export function parse_mrkdwn(text, { verbatim = false } = {}) {
  const nodes = [];
  for (const part of split_fences(text.replace(/\r\n?/g, '\n'))) {
    if (part.pre === undefined) {
      // The line break next to a preformatted block belongs to the block.
      const follows_pre = nodes.length > 0 && nodes[nodes.length - 1].type === 'pre';
      const lines = follows_pre ? part.lines.replace(/^\n/, '') : part.lines;
      if (lines !== '') nodes.push(...block_nodes(lines, verbatim));
    } else {
      if (nodes.length > 0 && nodes[nodes.length - 1].type === 'break') nodes.pop();
      nodes.push({ type: 'pre', text: to_plain(part.pre.replace(/^\n/, '').replace(/\n$/, '')) });
    }
  }
  return nodes;
}

// plain_text knows no marks at all: only the entities, line breaks and, unless `emoji` is false, emoji.
export function parse_plain(text, { emoji = true } = {}) {
  const nodes = [];
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .forEach((line, index) => {
      if (index > 0) nodes.push({ type: 'break' });
      if (emoji) nodes.push(...inline(line, { plain: true }));
      else if (line !== '') nodes.push({ type: 'text', text: decode(line) });
    });
  return nodes;
}
