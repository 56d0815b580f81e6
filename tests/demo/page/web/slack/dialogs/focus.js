// Keeping the focus inside a dialog, and knowing whose focus it is: two people sit side by side, and what opens for one
// takes nothing from the other.
const focusable = [
  'a[href]',
  'button:not([disabled])',
  'input:not([disabled])',
  'select:not([disabled])',
  'textarea:not([disabled])',
  '[tabindex]:not([tabindex="-1"])',
].join(',');

export function focusables_in(root) {
  return [...root.querySelectorAll(focusable)].filter((each) => each.tabIndex >= 0 && each.getClientRects().length > 0);
}

// The pane that a thing stands in, and the part of it that dialogs are drawn over: never the whole window.
export function pane_of(node) {
  return node.closest('[data-pane], .sk-pane') || document.body;
}

export function stage_of(node) {
  return node.closest('.pane-stage, .sk-pane, [data-pane]') || document.body;
}

// Whether what opens in this pane may take the focus: from nobody, or from the pane itself, but not from another one.
export function may_take_focus(pane) {
  const holder = document.activeElement;
  if (holder === null || holder === document.body) return true;
  return pane !== document.body && pane.contains(holder);
}

// For a dialog's keydown: Tab goes round inside.
export function keep_tab_inside(event, root) {
  if (event.key !== 'Tab') return;
  const all = focusables_in(root);
  if (all.length === 0) {
    event.preventDefault();
    return;
  }
  const first = all[0];
  const last = all[all.length - 1];
  const at = document.activeElement;
  if (event.shiftKey && (at === first || at === root)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && at === last) {
    event.preventDefault();
    first.focus();
  }
}

// Gives the focus back to what had it, or, when that is gone, to the pane's text box.
export function give_focus_back(holder, pane) {
  if (holder && holder.isConnected && holder !== document.body && !holder.disabled) {
    holder.focus();
    return;
  }
  pane.querySelector('[data-composer]')?.focus();
}
