import { holds_value, initial_of, same_value } from './values.js';

// What a person entered and the workspace has not confirmed yet. Plain data: {block_id: {action_id: value object}},
// never changed in place, so that who watches it sees a new object.
export function with_draft(drafts, block_id, element, value) {
  return { ...drafts, [block_id]: { ...drafts[block_id], [element.action_id]: value } };
}

function of_type(values, block_id, element) {
  const value = values?.[block_id]?.[element.action_id];
  return value && value.type === element.type ? value : null;
}

// The value to show: a draft before what the workspace holds before the element's initial value. What was entered stays
// where block_id, action_id and type stay the same, whatever initial value comes after, as in Slack.
export function value_of({ drafts, values }, block_id, element) {
  return of_type(drafts, block_id, element) || of_type(values, block_id, element) || initial_of(element);
}

function elements_of(block) {
  return [block.accessory, block.element, ...(block.type === 'actions' ? block.elements : [])].filter(Boolean);
}

// The drafts that are still drafts: of elements that exist, and not what the workspace holds. `is_typing(block_id,
// action_id)` tells of those that somebody is at: what comes in meanwhile is older than they are.
export function unconfirmed(drafts, blocks, values, is_typing = () => false) {
  let left = {};
  for (const block of blocks) {
    for (const element of elements_of(block)) {
      const draft = of_type(drafts, block.block_id, element);
      if (draft === null || !holds_value(element)) continue;
      const held = of_type(values, block.block_id, element);
      const is_held = held !== null && same_value(element, held, draft);
      if (!is_held || is_typing(block.block_id, element.action_id))
        left = with_draft(left, block.block_id, element, draft);
    }
  }
  return left;
}
