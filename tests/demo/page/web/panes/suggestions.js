// What may be meant by what is being typed: commands and shortcuts after "/", customers worth trying after a command.

const email_in = /\s\S+@\S+/;

function commands(workspace, typed) {
  return workspace.commands
    .filter((each) => each.command.startsWith(typed))
    .map((each) => ({
      key: each.command,
      kind: 'command',
      title: each.command,
      hint: each.usage_hint,
      more: each.description,
      insert: `${each.command} `,
    }));
}

function shortcuts(workspace, typed) {
  const word = typed.slice(1).toLowerCase();
  return workspace.shortcuts
    .filter((each) => each.type === 'global' && each.name.toLowerCase().includes(word))
    .map((each) => ({
      key: each.callback_id,
      kind: 'shortcut',
      title: each.name,
      hint: '',
      more: each.description,
      shortcut: each.callback_id,
    }));
}

function examples(workspace, command, rest) {
  const word = rest.trim().toLowerCase();
  return workspace.examples
    .filter((each) => each.email.toLowerCase().includes(word) || each.title.toLowerCase().includes(word))
    .map((each) => ({
      key: each.email,
      kind: 'example',
      title: each.email,
      hint: each.title,
      more: each.says,
      insert: `${command} ${each.email} `,
    }));
}

// {heading, items, eager}: `eager` lists have a first choice that Enter takes.
export function suggestions(workspace, text) {
  if (/^\/\S*$/.test(text)) {
    const items = [...commands(workspace, text), ...shortcuts(workspace, text)];
    return { heading: 'Commands and shortcuts of this workspace', items, eager: true };
  }
  const parts = /^(\/\S+)\s(.*)$/s.exec(text);
  const known = parts && workspace.commands.find((each) => each.command === parts[1]);
  if (!known || !/mail/i.test(known.usage_hint) || email_in.test(` ${parts[2]} `))
    return { heading: '', items: [], eager: false };
  return { heading: 'Customers worth trying', items: examples(workspace, known.command, parts[2]), eager: false };
}

// The command that is being typed, for its usage hint.
export function command_of(workspace, text) {
  const word = /^(\/\S+)\s/.exec(text)?.[1];
  return word ? (workspace.commands.find((each) => each.command === word) ?? null) : null;
}

// {command, text, known} for what starts with a slash, else nothing. Slack's client sends only what it knows.
export function as_command(workspace, text) {
  const parts = /^(\/[^\s/]\S*)\s*(.*)$/s.exec(text);
  return parts
    ? { command: parts[1], text: parts[2], known: workspace.commands.some((each) => each.command === parts[1]) }
    : null;
}
