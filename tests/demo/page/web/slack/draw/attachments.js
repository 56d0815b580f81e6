import { draw_image_block } from './image.js';
import { external_link, plain, mrkdwn } from './text.js';

// The older attachments: a bar of colour, and beside it blocks or the old fields.
const named_colours = { good: 'sk-bar-good', warning: 'sk-bar-warning', danger: 'sk-bar-danger' };

function bar(h, colour) {
  const is_hex = /^#?[0-9a-f]{6}$/i.test(colour || '');
  return h('span', {
    class: ['sk-bar', named_colours[colour] || null],
    style: is_hex ? { backgroundColor: colour.startsWith('#') ? colour : `#${colour}` } : {},
    attrs: { 'aria-hidden': 'true' },
  });
}

// `mrkdwn_in` names the fields that hold marks; text, pretext and fields do unless it says otherwise.
function said(h, attachment, field, text, names) {
  const marked = attachment.mrkdwn_in ? attachment.mrkdwn_in.includes(field) : true;
  return marked ? mrkdwn(h, text, names) : plain(h, text, names);
}

function draw_fields(h, attachment, names) {
  return h(
    'div',
    { class: 'sk-fields' },
    attachment.fields.map((field) =>
      h('div', { class: ['sk-field', 'sk-text', { 'sk-field-long': !field.short }] }, [
        h('strong', plain(h, String(field.title ?? ''), names)),
        h('br'),
        ...said(h, attachment, 'fields', String(field.value ?? ''), names),
      ]),
    ),
  );
}

function draw_old_style(h, attachment, names) {
  const parts = [];
  const line = (name, children) => parts.push(h('div', { class: ['sk-text', name] }, children));
  if (attachment.author_name)
    line('sk-attachment-author', [external_link(h, attachment.author_link, plain(h, attachment.author_name, names))]);
  if (attachment.title)
    line('sk-attachment-title', [external_link(h, attachment.title_link, plain(h, attachment.title, names))]);
  if (attachment.text) line('sk-attachment-text', said(h, attachment, 'text', attachment.text, names));
  if (Array.isArray(attachment.fields)) parts.push(draw_fields(h, attachment, names));
  const image_url = attachment.image_url || attachment.thumb_url;
  if (image_url) parts.push(draw_image_block(h, { image_url, alt_text: attachment.fallback || 'Image' }, names));
  if (attachment.footer || attachment.ts) line('sk-context', [h('span', footer(h, attachment, names))]);
  if (parts.length === 0 && attachment.fallback) line(null, plain(h, attachment.fallback, names));
  return parts;
}

function footer(h, attachment, names) {
  const parts = attachment.footer ? plain(h, attachment.footer, names) : [];
  if (!attachment.ts) return parts;
  const date = mrkdwn(h, `<!date^${Math.floor(Number(attachment.ts))}^{date_short_pretty} at {time}|>`, names);
  return parts.length > 0 ? [...parts, ' · ', ...date] : date;
}

// `body` is the MessageBody, which draws blocks.
export function draw_attachments(h, body, attachments) {
  return attachments.map((attachment, index) => {
    const inside = Array.isArray(attachment.blocks)
      ? [body.draw_blocks(h, attachment.blocks, `attachment-${index}`)]
      : draw_old_style(h, attachment, body.names);
    return h('div', { key: `attachment-${index}`, class: 'sk-attachment-frame' }, [
      attachment.pretext
        ? h('div', { class: 'sk-text' }, said(h, attachment, 'pretext', attachment.pretext, body.names))
        : null,
      h('div', { class: 'sk-attachment' }, [
        bar(h, attachment.color),
        h('div', { class: 'sk-attachment-body' }, inside),
      ]),
    ]);
  });
}
