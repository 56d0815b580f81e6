import { emoji_at } from './emoji.js';
import { safe_href } from './links.js';

// The `markdown` block: a small, safe part of Markdown (no HTML, no images: a picture is a link). The tree is that of
// mrkdwn_tokens.js, with {type: 'heading', level, nodes}, {type: 'list', ordered, start, items: [nodes]},
// {type: 'paragraph', nodes} and {type: 'rule'} besides.
const depth_max = 8;
const marks = [
  ['**', 'bold'],
  ['__', 'bold'],
  ['~~', 'strike'],
  ['*', 'italic'],
  ['_', 'italic'],
];

function is_word_like(character) {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function emphasised(text, at) {
  for (const [mark, type] of marks) {
    if (!text.startsWith(mark, at)) continue;
    const from = at + mark.length;
    if (from >= text.length || /\s/.test(text[from]) || (mark.includes('_') && is_word_like(text[at - 1]))) continue;
    let end = text.indexOf(mark, from + 1);
    // "**" inside of "*...*" is no end of it.
    while (end > 0 && mark.length === 1 && text[end + 1] === mark) end = text.indexOf(mark, end + 2);
    if (end < 0 || /\s/.test(text[end - 1]) || (mark.includes('_') && is_word_like(text[end + mark.length]))) continue;
    return { node: { type, nodes: spans(text.slice(from, end)) }, length: end + mark.length - at };
  }
  return null;
}

function linked(text, at) {
  const rest = text.slice(at, at + 4000);
  const found = /^!?\[([^\][]*)\]\((\S+?)\)/.exec(rest);
  if (found !== null) {
    const label = { type: 'text', text: found[1] || found[2] };
    const node = safe_href(found[2]) ? { type: 'link', url: found[2], nodes: [label] } : label;
    return { node, length: found[0].length };
  }
  const bare = /^<?(https?:\/\/[^\s<>*`]+)>?/.exec(rest);
  if (bare === null || is_word_like(text[at - 1])) return null;
  const url = bare[0].startsWith('<') ? bare[1] : bare[1].replace(/[.,;:!?)\]'"_]+$/, '');
  return {
    node: { type: 'link', url, nodes: [{ type: 'text', text: url }] },
    length: bare[0].startsWith('<') ? bare[0].length : url.length,
  };
}

function span(text, at) {
  const character = text[at];
  if (character === '\\' && /[\\`*_~[\](){}#+.!>|-]/.test(text[at + 1] || '')) {
    return { node: { type: 'text', text: text[at + 1] }, length: 2 };
  }
  if (character === '`') {
    const fence = /^`+/.exec(text.slice(at, at + 9))[0];
    const end = text.indexOf(fence, at + fence.length);
    if (end < 0) return null;
    const inside = text.slice(at + fence.length, end).replace(/^ (.+) $/, '$1');
    return inside === '' ? null : { node: { type: 'code', text: inside }, length: end + fence.length - at };
  }
  if (character === ':') {
    const emoji = is_word_like(text[at - 1]) ? null : emoji_at(text.slice(at, at + 120));
    return emoji && { node: { type: 'emoji', name: emoji.name, skin_tone: emoji.skin_tone }, length: emoji.length };
  }
  if ('*_~'.includes(character)) return emphasised(text, at);
  return '![<h'.includes(character) ? linked(text, at) : null;
}

function spans(text) {
  const nodes = [];
  for (let at = 0; at < text.length;) {
    const found = span(text, at);
    const last = nodes[nodes.length - 1];
    if (found) nodes.push(found.node);
    else if (last && last.type === 'text') last.text += text[at];
    else nodes.push({ type: 'text', text: text[at] });
    at += found ? found.length : 1;
  }
  return nodes;
}

function paragraph(lines) {
  const nodes = lines.flatMap((line, index) => [...(index > 0 ? [{ type: 'break' }] : []), ...spans(line.trim())]);
  return { type: 'paragraph', nodes };
}

const item = /^(\s*)(?:[-*+]|(\d{1,6})[.)])\s+(\S.*)$/;

// The list that begins at line `at`: items deeper by two columns or more stand in a list of their own.
function list(lines, at, depth = 0) {
  const first = item.exec(lines[at]);
  const node = { type: 'list', ordered: first[2] !== undefined, start: Number(first[2] || 1), items: [] };
  while (at < lines.length) {
    const found = item.exec(lines[at]);
    if (found === null || found[1].length < first[1].length) break;
    if (found[1].length >= first[1].length + 2 && depth < depth_max) {
      const inner = list(lines, at, depth + 1);
      node.items[node.items.length - 1].push(inner.node);
      at = inner.at;
    } else {
      if ((found[2] !== undefined) !== node.ordered) break;
      node.items.push(spans(found[3]));
      at += 1;
    }
  }
  return { node, at };
}

function fenced(lines, at) {
  const inside = [];
  for (at += 1; at < lines.length && !/^\s*```\s*$/.test(lines[at]); at += 1) inside.push(lines[at]);
  return { node: { type: 'pre', text: inside.join('\n') }, at: at + 1 };
}

function quoted(lines, at, depth) {
  const inside = [];
  for (; at < lines.length && /^\s*>/.test(lines[at]); at += 1) inside.push(lines[at].replace(/^\s*> ?/, ''));
  return { node: { type: 'quote', nodes: parse_markdown(inside.join('\n'), depth + 1) }, at };
}

function block_at(lines, at, depth) {
  const line = lines[at];
  if (/^\s*```/.test(line)) return fenced(lines, at);
  if (/^\s*>/.test(line) && depth < depth_max) return quoted(lines, at, depth);
  if (/^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return { node: { type: 'rule' }, at: at + 1 };
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading !== null)
    return { node: { type: 'heading', level: heading[1].length, nodes: spans(heading[2]) }, at: at + 1 };
  return item.test(line) ? list(lines, at) : null;
}

export function parse_markdown(text, depth = 0) {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const nodes = [];
  let open = [];
  const close = () => {
    if (open.length > 0) nodes.push(paragraph(open));
    open = [];
  };
  for (let at = 0; at < lines.length;) {
    const block = block_at(lines, at, depth);
    if (block !== null) {
      close();
      nodes.push(block.node);
      at = block.at;
    } else {
      if (lines[at].trim() === '') close();
      else open.push(lines[at]);
      at += 1;
    }
  }
  close();
  return nodes;
}
