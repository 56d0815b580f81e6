import { parse_markdown } from '../text/markdown_tokens.js';
import { draw_element } from './element.js';
import { draw_image_block, draw_image_element } from './image.js';
import { draw_input } from './input.js';
import { draw_rich_text } from './rich_text.js';
import { draw_table } from './table.js';
import { draw_nodes, text_object, text_of } from './text.js';

// Every type of block. `list` is the BlockList that draws it, `id` a prefix for ids that belong to the block alone.

// Long texts of messages are cut until asked for, unless the app says `expand`.
const long_characters = 900;
const long_lines = 14;

function is_long(list, block) {
  if (list.surface !== 'message' || block.expand === true) return false;
  const text = block.text?.text ?? '';
  return text.length > long_characters || text.split('\n').length > long_lines;
}

function section_text(h, list, block, id) {
  if (!block.text) return null;
  const is_cut = is_long(list, block) && !list.expanded[block.block_id];
  const text = h(
    'div',
    { class: ['sk-text', { 'sk-cut': is_cut }], attrs: { id: `${id}-text` } },
    text_object(h, block.text, list.names),
  );
  if (!is_long(list, block)) return text;
  return h('div', [
    text,
    h(
      'button',
      {
        class: 'sk-more',
        attrs: { type: 'button', 'aria-expanded': is_cut ? 'false' : 'true' },
        on: { click: () => list.$set(list.expanded, block.block_id, is_cut) },
      },
      is_cut ? 'Show more' : 'Show less',
    ),
  ]);
}

function accessory(h, list, block, id) {
  const { accessory: element } = block;
  if (!element) return null;
  if (element.type === 'image') return draw_image_element(h, element, 'beside');
  // A select says what it is about by the text that it stands beside.
  const named = block.text && element.type !== 'button' && element.type !== 'overflow';
  const words = text_of(block.text).slice(0, 150);
  const more = named ? { labelledby: `${id}-text`, label: words } : {};
  return h('div', { class: 'sk-accessory' }, [draw_element(h, list, block, element, more)]);
}

function section(h, list, block, id) {
  const field = (text) => h('div', { class: 'sk-field sk-text' }, text_object(h, text, list.names));
  const fields = block.fields && h('div', { class: 'sk-fields' }, block.fields.map(field));
  const wide = ['radio_buttons', 'checkboxes'].includes(block.accessory?.type);
  return [
    h('div', { class: ['sk-section', { 'sk-section-wide': wide }] }, [
      h('div', { class: 'sk-section-main' }, [section_text(h, list, block, id), fields]),
      accessory(h, list, block, id),
    ]),
  ];
}

function context_element(h, list, element) {
  if (element.type === 'image') return draw_image_element(h, element, 'small');
  return h('span', { class: 'sk-text' }, text_object(h, element, list.names));
}

const drawers = {
  section,
  header: (h, list, block) => [
    h(
      'div',
      { class: 'sk-header', attrs: { role: 'heading', 'aria-level': 3 } },
      text_object(h, block.text, list.names),
    ),
  ],
  divider: (h) => [h('hr', { class: 'sk-divider' })],
  context: (h, list, block) => [
    h(
      'div',
      { class: 'sk-context' },
      block.elements.map((element) => context_element(h, list, element)),
    ),
  ],
  actions: (h, list, block) => [
    h(
      'div',
      { class: 'sk-actions' },
      block.elements.map((element) => draw_element(h, list, block, element)),
    ),
  ],
  input: draw_input,
  image: (h, list, block) => [draw_image_block(h, block, list.names)],
  rich_text: (h, list, block) => [
    h('div', { class: 'sk-text sk-rich' }, draw_rich_text(h, block.elements, list.names)),
  ],
  markdown: (h, list, block) => [
    h('div', { class: 'sk-text sk-markdown' }, draw_nodes(h, parse_markdown(block.text), list.names)),
  ],
  table: (h, list, block) => [draw_table(h, block, list.names)],
};

export function draw_block(h, list, block, id) {
  if (Object.hasOwn(drawers, block.type)) return drawers[block.type](h, list, block, id);
  return [h('p', { class: 'sk-unknown' }, `A block of the type ${block.type}, which is not drawn here.`)];
}
