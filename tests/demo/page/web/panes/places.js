// The places one can be at: a channel by its name, "dm" (the conversation with the app), "home" (the app's Home).

export function channels_of(snapshot) {
  return snapshot.channels.filter((channel) => channel.kind === 'public' || channel.kind === 'private');
}

// The conversation with the app; absent until one of the two has opened it.
export function conversation_of(snapshot, workspace) {
  const ours = (channel) =>
    !channel.with || channel.with === workspace.app.bot_user_id || channel.with === snapshot.user.id;
  return snapshot.channels.find((channel) => channel.kind === 'im' && ours(channel)) ?? null;
}

export function channel_at(snapshot, workspace, at) {
  if (at === 'home') return null;
  if (at === 'dm') return conversation_of(snapshot, workspace);
  return channels_of(snapshot).find((channel) => channel.name === at) ?? null;
}

// Where somebody is put who cannot see `at`.
export function place_for(snapshot, at) {
  if (at === 'home' || at === 'dm') return at;
  const visible = channels_of(snapshot);
  if (visible.some((channel) => channel.name === at)) return at;
  return visible.length ? visible[0].name : 'dm';
}
