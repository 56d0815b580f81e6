import { component_for } from '../elements/index.js';
import { text_of } from './text.js';

// The names of what has no visible label, by type.
const generic_labels = {
  overflow: 'More actions',
  datepicker: 'Date',
  timepicker: 'Time',
  datetimepicker: 'Date and time',
  radio_buttons: 'Options',
  checkboxes: 'Options',
};

export function draw_element(h, list, block, element, more = {}) {
  const component = component_for(element.type);
  if (component === null)
    return h('span', { class: 'sk-unknown' }, `An element of the type ${element.type}, which is not drawn here.`);
  return h(component, {
    key: element.action_id,
    props: {
      element,
      value: element.type === 'button' || element.type === 'overflow' ? null : list.value_of(block.block_id, element),
      names: list.names,
      disabled: list.disabled,
      label: text_of(element.placeholder) || generic_labels[element.type] || 'Options',
      choose: (value) => list.choose(block, element, value),
      type: (text) => list.type(block, element, text),
      ...more,
    },
    on: { 'enter-pressed': () => list.enter_pressed(block, element) },
  });
}
