// What is shown stands in the page's address, so that a reload and a link show the same.

const words = new URLSearchParams(location.search);
const tabs = ['workspace', 'auth0', 'ledger'];

export const address = {
  preview: words.has('preview'),
  gallery: words.has('gallery'),
  tab: tabs.includes(words.get('tab')) ? words.get('tab') : 'workspace',
  left: words.get('left'),
  right: words.get('right'),
  left_at: words.get('left_at') ?? 'helpdesk',
  right_at: words.get('right_at') ?? 'password-approvals',
  panes: words.get('panes'),
  tour: words.get('tour'),
  theme: words.get('theme'),
};

export function remember_address(store) {
  const { left, right } = store.panes;
  const now = new URLSearchParams({
    tab: store.tab,
    left: left.person,
    left_at: left.at,
    right: right.person,
    right_at: right.at,
  });
  if (!left.open || !right.open) now.set('panes', 'one');
  for (const kept of ['tour', 'theme']) if (address[kept] !== null) now.set(kept, address[kept]);
  history.replaceState(null, '', `/?${now}`);
}
