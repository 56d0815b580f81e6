import { is_filled, is_typed, to_input } from './values.js';

// What Slack's client demands of a form before it lets it go. The app checks again: a client can be left out.
const address = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/;

function counted(count) {
  return `${count} character${count === 1 ? '' : 's'}`;
}

function length_problem(element, text) {
  const max = element.max_length ?? 3000;
  const min = element.min_length ?? 0;
  if (text.length < min) return `Enter at least ${counted(min)}.`;
  if (text.length > max) return `Enter at most ${counted(max)}: ${counted(text.length - max)} too many.`;
  return null;
}

function number_problem(element, text) {
  const words = text.trim();
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(words)) return 'Enter a number.';
  if (!element.is_decimal_allowed && !/^-?\d+$/.test(words)) return 'Enter a whole number.';
  const number = Number(words);
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Enter ${element.max_value} or less.`;
  return null;
}

function url_problem(text) {
  try {
    const url = new URL(text.trim());
    if (/^https?:$/.test(url.protocol) && url.hostname !== '') return null;
  } catch {
    // Told below: there is one sentence for everything that is no URL.
  }
  return 'Enter a full web address, beginning with https://.';
}

const typed_problems = {
  plain_text_input: length_problem,
  number_input: number_problem,
  email_text_input: (element, text) =>
    address.test(text.trim()) ? null : 'Enter a full e-mail address, such as name@example.com.',
  url_text_input: (element, text) => url_problem(text),
};

// What is wrong with one input block, as a sentence, or null.
export function problem_of(block, value) {
  const { element } = block;
  if (!is_filled(element, value)) return block.optional ? null : 'Complete this required field.';
  const input = to_input(element, value);
  if (is_typed(element)) return typed_problems[element.type](element, input);
  if (element.max_selected_items !== undefined && input.length > element.max_selected_items) {
    return `Choose at most ${element.max_selected_items}.`;
  }
  return null;
}

// Every problem of a form, by block_id. Empty: it may go.
export function problems_of(blocks, value_of) {
  const problems = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const problem = problem_of(block, value_of(block.block_id, block.element));
    if (problem !== null) problems[block.block_id] = problem;
  }
  return problems;
}
