// What an element holds. Slack tells it in three ways, and this file is where they meet:
//   the element's own initial value                     {initial_option: {...}}
//   the value object of a view's state and of payloads  {type, selected_option: {...}}
//   what a person enters, as the stand-in takes it       "option value"
const holders = {
  plain_text_input: ['text', 'value', 'initial_value'],
  email_text_input: ['text', 'value', 'initial_value'],
  url_text_input: ['text', 'value', 'initial_value'],
  number_input: ['text', 'value', 'initial_value'],
  static_select: ['option', 'selected_option', 'initial_option'],
  external_select: ['option', 'selected_option', 'initial_option'],
  radio_buttons: ['option', 'selected_option', 'initial_option'],
  overflow: ['option', 'selected_option', null],
  multi_static_select: ['options', 'selected_options', 'initial_options'],
  multi_external_select: ['options', 'selected_options', 'initial_options'],
  checkboxes: ['options', 'selected_options', 'initial_options'],
  users_select: ['id', 'selected_user', 'initial_user'],
  conversations_select: ['id', 'selected_conversation', 'initial_conversation'],
  channels_select: ['id', 'selected_channel', 'initial_channel'],
  multi_users_select: ['ids', 'selected_users', 'initial_users'],
  multi_conversations_select: ['ids', 'selected_conversations', 'initial_conversations'],
  multi_channels_select: ['ids', 'selected_channels', 'initial_channels'],
  datepicker: ['date', 'selected_date', 'initial_date'],
  timepicker: ['time', 'selected_time', 'initial_time'],
  datetimepicker: ['moment', 'selected_date_time', 'initial_date_time'],
};

function holder(element) {
  if (!element || !Object.hasOwn(holders, element.type)) return null;
  const [holds, field, initial] = holders[element.type];
  return { holds, field, initial };
}

export function holds_value(element) {
  return holder(element) !== null && element.type !== 'overflow';
}

export function is_typed(element) {
  return holder(element)?.holds === 'text';
}

export function is_multi(element) {
  return ['options', 'ids'].includes(holder(element)?.holds);
}

// An element whose options only the app knows: they cannot be told here, so nothing is entered for it.
export function is_external(element) {
  return /^(?:multi_)?external_select$/.test(element.type);
}

export function options_of(element) {
  const groups = element.option_groups || [{ options: element.options || [] }];
  return groups.flatMap((group) => group.options || []);
}

export function initial_of(element) {
  const { field, initial } = holder(element);
  const untouched = is_multi(element) ? [] : null;
  return { type: element.type, [field]: (initial && element[initial]) ?? untouched };
}

// A value object as what a person would have entered for it.
export function to_input(element, value) {
  const { holds, field } = holder(element);
  const held = value ? value[field] : null;
  switch (holds) {
    case 'option':
      return held ? held.value : null;
    case 'options':
      return (held || []).map((option) => option.value);
    case 'ids':
      return [...(held || [])];
    case 'text':
      return held || null;
    default:
      return held ?? null;
  }
}

// What a person entered, as a value object.
export function from_input(element, input) {
  const { holds, field } = holder(element);
  const known = () => [
    ...options_of(element),
    ...[element.initial_option, ...(element.initial_options || [])].filter(Boolean),
  ];
  const option = (value) => known().find((each) => each.value === value) || null;
  let held = input ?? null;
  if (holds === 'option') held = input === null ? null : option(input);
  if (holds === 'options') held = (input || []).map(option).filter(Boolean);
  if (holds === 'ids') held = [...(input || [])];
  if (holds === 'text' && input === '') held = null;
  return { type: element.type, [field]: held };
}

export function is_filled(element, value) {
  const input = to_input(element, value);
  return Array.isArray(input) ? input.length > 0 : input !== null;
}

export function same_value(element, one, other) {
  return JSON.stringify(to_input(element, one)) === JSON.stringify(to_input(element, other));
}

// Spaces around them are nobody's intention.
const trimmed = ['email_text_input', 'url_text_input', 'number_input'];

// What a submission hands over: every input block's value, as entered. `value_of(block_id, element)` tells the value.
export function entries_of(blocks, value_of) {
  const entries = {};
  for (const block of blocks) {
    if (block.type !== 'input' || is_external(block.element) || !holds_value(block.element)) continue;
    const entered = to_input(block.element, value_of(block.block_id, block.element));
    entries[block.block_id] = trimmed.includes(block.element.type) && entered !== null ? entered.trim() : entered;
  }
  return entries;
}
