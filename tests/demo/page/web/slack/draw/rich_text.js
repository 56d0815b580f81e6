import { emoji_from_code_points, emoji_for } from '../text/emoji.js';
import { channel_name, draw_date, draw_emoji, external_link, group_name, user_name } from './text.js';

// The rich_text block. Unlike mrkdwn nothing is parsed here: the text is a tree as it comes, and entities are text.
function styled(h, style, children) {
  let drawn = children;
  const wrap = (when, tag, data) => {
    if (style?.[when] === true) drawn = [h(tag, data, drawn)];
  };
  wrap('code', 'code', { class: 'sk-code' });
  wrap('strike', 's', {});
  wrap('underline', 'u', {});
  wrap('italic', 'em', {});
  wrap('bold', 'strong', {});
  if (style?.highlight || style?.client_highlight) drawn = [h('mark', { class: 'sk-highlight' }, drawn)];
  return drawn;
}

function mention(h, text, mine) {
  return h('span', { class: ['sk-mention', { 'sk-mention-me': mine }] }, [h('bdi', text)]);
}

function colour(h, value) {
  const swatch = h('span', {
    class: 'sk-swatch',
    style: /^#[0-9a-f]{3,8}$/i.test(value) ? { backgroundColor: value } : {},
    attrs: { 'aria-hidden': 'true' },
  });
  return h('span', { class: 'sk-colour' }, [swatch, value]);
}

const runs = {
  text: (h, run) => run.text,
  link: (h, run) => external_link(h, run.url, run.text || run.url, run.text && run.text !== run.url ? run.url : null),
  user: (h, run, names) => mention(h, `@${user_name(names, run.user_id)}`, names?.me === run.user_id),
  channel: (h, run, names) => mention(h, `#${channel_name(names, run.channel_id)}`),
  usergroup: (h, run, names) => mention(h, `@${group_name(names, run.usergroup_id)}`),
  broadcast: (h, run) => mention(h, `@${run.range}`, true),
  emoji: (h, run) =>
    draw_emoji(
      h,
      run.name,
      run.skin_tone,
      (run.unicode && emoji_from_code_points(run.unicode)) || emoji_for(run.name, run.skin_tone),
    ),
  date: (h, run) =>
    draw_date(h, { unix: run.timestamp, format: run.format, url: run.url, fallback: run.fallback || '' }),
  color: (h, run) => colour(h, run.value),
};

function draw_runs(h, elements, names) {
  return (elements || []).flatMap((run) => {
    const draw = Object.hasOwn(runs, run.type) ? runs[run.type] : () => run.text || `(${run.type})`;
    return styled(h, run.style, [draw(h, run, names)]);
  });
}

const bordered = (part) => (part.border ? 'sk-bordered' : null);

const parts = {
  rich_text_section: (h, part, names) => h('div', { class: 'sk-rich-section' }, draw_runs(h, part.elements, names)),
  rich_text_quote: (h, part, names) =>
    h('blockquote', { class: ['sk-quote', 'sk-rich-section', bordered(part)] }, draw_runs(h, part.elements, names)),
  rich_text_preformatted: (h, part, names) =>
    h('pre', { class: ['sk-pre', bordered(part)] }, [h('code', draw_runs(h, part.elements, names))]),
};

function list_tag(h, list, items) {
  const ordered = list.style === 'ordered';
  const depth = (list.indent || 0) % 3;
  const attrs = ordered ? { start: (list.offset || 0) + 1 } : {};
  return h(ordered ? 'ol' : 'ul', { class: ['sk-list', `sk-list-depth-${depth}`, bordered(list)], attrs }, items);
}

// Slack sends nested lists one after another, each with its indent. Here a deeper one moves into the last item of the
// one before, so that a screen reader hears what the eye sees. Gives the drawn list and how many parts it used up.
function nested(h, elements, from, names) {
  const list = elements[from];
  const indent = list.indent || 0;
  const items = list.elements.map((section) => draw_runs(h, section.elements, names));
  let at = from + 1;
  while (at < elements.length && elements[at].type === 'rich_text_list' && (elements[at].indent || 0) > indent) {
    const inner = nested(h, elements, at, names);
    items[items.length - 1].push(inner.drawn);
    at = inner.next;
  }
  return {
    drawn: list_tag(
      h,
      list,
      items.map((item) => h('li', item)),
    ),
    next: at,
  };
}

export function draw_rich_text(h, elements, names) {
  const drawn = [];
  for (let at = 0; at < elements.length;) {
    const part = elements[at];
    if (part.type === 'rich_text_list') {
      const list = nested(h, elements, at, names);
      drawn.push(list.drawn);
      at = list.next;
    } else {
      if (Object.hasOwn(parts, part.type)) drawn.push(parts[part.type](h, part, names));
      at += 1;
    }
  }
  return drawn;
}
