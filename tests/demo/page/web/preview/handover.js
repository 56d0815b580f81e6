// A message's blocks on their way to the preview page, which opens in a tab of its own.

const key = 'countersign-preview';

export function hand_to_preview(what) {
  localStorage.setItem(key, JSON.stringify(what, null, 2));
  window.open('/?preview', '_blank', 'noopener');
}

export function take_handed() {
  const text = localStorage.getItem(key);
  localStorage.removeItem(key);
  return text;
}
