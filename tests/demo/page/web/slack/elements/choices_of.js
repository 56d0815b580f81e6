import { text_of } from '../draw/text.js';

// What can be chosen in any select, in groups: [{label: text|null, choices: [{value, text, description}]}].
function from_option(option) {
  return {
    value: option.value,
    text: text_of(option.text),
    description: option.description ? text_of(option.description) : '',
  };
}

const by_text = (one, other) => one.text.localeCompare(other.text);

function people(names) {
  return Object.entries(names?.users || {})
    .map(([id, user]) => ({ value: id, text: user.real_name || user.name || id, description: '' }))
    .sort(by_text);
}

function channels(names) {
  return Object.entries(names?.channels || {})
    .filter(([id, channel]) => !id.startsWith('D') && channel.name)
    .map(([id, channel]) => ({ value: id, text: `# ${channel.name}`, description: '' }))
    .sort(by_text);
}

function conversations(element, names) {
  const wanted = element.filter?.include;
  const includes = (...kinds) => !wanted || kinds.some((kind) => wanted.includes(kind));
  const groups = [];
  if (includes('public', 'private')) groups.push({ label: 'Channels', choices: channels(names) });
  if (includes('im')) groups.push({ label: 'People', choices: people(names) });
  return groups.filter((group) => group.choices.length > 0);
}

function known(element, names) {
  switch (element.type.replace(/^multi_/, '')) {
    case 'users_select':
      return [{ label: null, choices: people(names) }];
    case 'channels_select':
      return [{ label: null, choices: channels(names) }];
    case 'conversations_select':
      return conversations(element, names);
    default:
      break;
  }
  if (!element.option_groups) return [{ label: null, choices: (element.options || []).map(from_option) }];
  return element.option_groups.map((group) => ({
    label: text_of(group.label),
    choices: group.options.map(from_option),
  }));
}

// `selected`: an id that nobody here knows (a person who left, a channel out of sight) stays choosable by its id.
export function choices_of(element, names, selected = null) {
  const groups = known(element, names);
  const all = new Set(groups.flatMap((group) => group.choices.map((choice) => choice.value)));
  const strays = [selected].flat().filter((value) => value !== null && !all.has(value));
  if (strays.length === 0) return groups;
  return [{ label: null, choices: strays.map((value) => ({ value, text: value, description: '' })) }, ...groups];
}
