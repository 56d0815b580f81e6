import { holds_value, initial_of, same_value } from './values.js';

// What a person entered and nobody has confirmed yet. Plain data: {block_id: {action_id: {value, initial}}}, never
// changed in place, so that who watches it sees a new object.
export function with_draft(drafts, block_id, element, value) {
  const draft = { value, initial: initial_of(element) };
  return { ...drafts, [block_id]: { ...drafts[block_id], [element.action_id]: draft } };
}

// The value to show: a draft before what the workspace holds before the element's initial value. In a message a draft
// ends with the initial value that it was made on: the app has said something new. A view keeps what was entered where
// block_id and action_id stay the same, as Slack does.
export function value_of({ drafts, values, surface }, block_id, element) {
  const draft = drafts[block_id]?.[element.action_id];
  const is_current = draft && draft.value.type === element.type;
  if (is_current && (surface !== 'message' || same_value(element, draft.initial, initial_of(element)))) return draft.value;
  const held = values?.[block_id]?.[element.action_id];
  return held && held.type === element.type ? held : initial_of(element);
}

function elements_of(block) {
  return [block.accessory, block.element, ...(block.type === 'actions' ? block.elements : [])].filter(Boolean);
}

// The drafts that are still drafts: of elements that exist, and not yet what the workspace holds.
export function unconfirmed(drafts, blocks, values) {
  const left = {};
  for (const block of blocks) {
    for (const element of elements_of(block)) {
      const draft = drafts[block.block_id]?.[element.action_id];
      if (!draft || !holds_value(element)) continue;
      const held = values?.[block.block_id]?.[element.action_id];
      if (held && held.type === element.type && same_value(element, held, draft.value)) continue;
      left[block.block_id] = { ...left[block.block_id], [element.action_id]: draft };
    }
  }
  return left;
}
