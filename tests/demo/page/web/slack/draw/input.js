import { component_for } from '../elements/index.js';
import { is_external } from '../values/values.js';
import { draw_element } from './element.js';
import { text_object, text_of } from './text.js';

// An input block: its label, the element, a hint, and what is wrong with it, all tied together for screen readers.
export function draw_input(h, list, block, id) {
  const { element } = block;
  const error = list.errors[block.block_id] || null;
  const ids = { label: `${id}-label`, hint: `${id}-hint`, error: `${id}-error` };
  const described = [error && ids.error, block.hint && ids.hint].filter(Boolean).join(' ') || null;
  const label = h(
    'div',
    { class: 'sk-label', attrs: { id: ids.label }, on: { click: (event) => focus_field(event) } },
    [
      ...text_object(h, block.label, list.names),
      block.optional ? h('span', { class: 'sk-optional' }, ' (optional)') : null,
    ],
  );
  const field = draw_element(h, list, block, element, {
    label: text_of(block.label).slice(0, 150),
    labelledby: ids.label,
    describedby: described,
    invalid: error !== null,
    clearable: block.optional === true,
    required: block.optional !== true && !is_external(element),
  });
  return [
    h('div', { class: ['sk-input-block', { 'sk-invalid': error !== null }] }, [
      label,
      field,
      error && h('div', { class: 'sk-error', attrs: { id: ids.error, 'data-error': block.block_id } }, error),
      block.hint && h('div', { class: 'sk-hint', attrs: { id: ids.hint } }, text_object(h, block.hint, list.names)),
      is_external(element) && component_for(element.type)
        ? h('div', { class: 'sk-hint' }, 'The app fills this menu; the demo cannot ask it.')
        : null,
    ]),
  ];
}

// A press on the label brings the focus to the field, as a native label does; a radio group has no one field.
function focus_field(event) {
  const block = event.currentTarget.parentElement;
  block.querySelector('input.sk-input, textarea, select, button.sk-multi-opener')?.focus();
}
