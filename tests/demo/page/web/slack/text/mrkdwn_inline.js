import { emoji_at } from './emoji.js';
import { decode } from './entities.js';
import { angle, angle_words } from './mrkdwn_angle.js';

// One line of mrkdwn.
const emphasis = { '*': 'bold', _: 'italic', '~': 'strike' };
const bare_url = /^https?:\/\/[^\s<>|`*~]+/;
const bare_address = /^[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/;

function is_word_like(character) {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function is_space(character) {
  return character === undefined || /\s/.test(character);
}

// The end of an unbroken piece that begins at `at` and holds no marks: a code span or an angle token. Or `at` itself.
function end_of_atom(line, at) {
  const close = line[at] === '`' ? '`' : line[at] === '<' ? '>' : '';
  if (close === '') return at;
  const end = line.indexOf(close, at + 1);
  if (end <= at + 1 || (close === '>' && line.lastIndexOf('<', end) !== at)) return at;
  return end + 1;
}

// Where the mark that opens at `open` closes, or -1. What has no end here has none further on: the caller remembers it,
// so that a long line of opening marks is not searched once for each.
function find_closing(line, open) {
  const mark = line[open];
  for (let at = open + 1; at < line.length;) {
    const end = end_of_atom(line, at);
    if (end > at) {
      at = end;
      continue;
    }
    const closes = line[at] === mark && at > open + 1 && !is_space(line[at - 1]);
    if (closes && !is_word_like(line[at + 1]) && line[at + 1] !== mark) return at;
    at += 1;
  }
  return -1;
}

function can_open(line, at) {
  return (
    !is_word_like(line[at - 1]) && line[at - 1] !== line[at] && !is_space(line[at + 1]) && line[at + 1] !== line[at]
  );
}

// A URL or an address that Slack links of itself unless the text is `verbatim`. The mark of a sentence after it is none
// of its part.
function bare_link(line, at) {
  if (is_word_like(line[at - 1])) return null;
  const rest = line.slice(at, at + 3000);
  const found = bare_url.exec(rest) || bare_address.exec(rest);
  if (found === null) return null;
  const text = found[0].replace(/(?:&(?:amp|lt|gt);|[.,;:!?)\]'"_])+$/, '');
  const url = decode(text);
  return {
    length: text.length,
    node: { type: 'link', url: /^https?:/.test(url) ? url : `mailto:${url}`, nodes: [{ type: 'text', text: url }] },
  };
}

class Pieces {
  constructor() {
    this.nodes = [];
    this.text = '';
  }
  add(text) {
    this.text += text;
  }
  push(node) {
    this.flush();
    this.nodes.push(node);
  }
  flush() {
    if (this.text !== '') this.nodes.push({ type: 'text', text: decode(this.text) });
    this.text = '';
  }
  done() {
    this.flush();
    return this.nodes;
  }
}

// What begins at `at`, if it is more than text: {node, length}.
function special(line, at, how) {
  const character = line[at];
  if (character === ':') {
    const emoji = is_word_like(line[at - 1]) ? null : emoji_at(line.slice(at, at + 120));
    return emoji && { node: { type: 'emoji', name: emoji.name, skin_tone: emoji.skin_tone }, length: emoji.length };
  }
  if (how.plain) return null;
  if (character === '`' || character === '<') {
    const end = end_of_atom(line, at);
    if (end === at) return null;
    const inside = line.slice(at + 1, end - 1);
    const node = character === '`' ? { type: 'code', text: to_plain(inside) } : angle(inside);
    return node && { node, length: end - at };
  }
  if (Object.hasOwn(emphasis, character) && !how.settled.has(character) && can_open(line, at)) {
    const close = find_closing(line, at);
    if (close < 0) {
      how.settled.add(character);
      return null;
    }
    const nodes = inline(line.slice(at + 1, close), { verbatim: how.verbatim, inside: how.inside + character });
    return { node: { type: emphasis[character], nodes }, length: close + 1 - at };
  }
  return how.verbatim ? null : bare_link(line, at);
}

export function inline(line, { plain = false, verbatim = false, inside = '' } = {}) {
  const pieces = new Pieces();
  // Marks that open nothing more here: those that this text stands in, and those without an end.
  const how = { plain, verbatim, inside, settled: new Set(inside) };
  for (let at = 0; at < line.length;) {
    const found = special(line, at, how);
    if (found === null || found === undefined) {
      pieces.add(line[at]);
      at += 1;
    } else {
      pieces.push(found.node);
      at += found.length;
    }
  }
  return pieces.done();
}

// What a code span or a preformatted block shows: its text as it is, angle tokens by their words.
export function to_plain(text) {
  return decode(text.replace(/<([^<>\n]+)>/g, (whole, inside) => angle_words(inside) ?? whole));
}
