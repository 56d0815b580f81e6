// Where a link may lead. Other schemes are drawn as text: a page of this kind has no use for them.
export function safe_href(url) {
  return typeof url === 'string' && /^(?:https?:\/\/|mailto:)[^\s]/i.test(url) ? url : null;
}

// Images are shown only from the page's own origin; anything else would leave this machine.
export function is_own(url, origin) {
  try {
    const parsed = new URL(url, origin);
    return parsed.origin === origin && /^https?:$/.test(parsed.protocol);
  } catch {
    return false;
  }
}

export function host_of(url) {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}
