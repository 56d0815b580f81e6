// The way to the demo's own server. Nothing here knows what the answers mean.

const base = '/page/api/';
const pause_after_loss_ms = 1000;

class Unreachable extends Error {}

async function exchange(path, options) {
  let response;
  try {
    response = await fetch(base + path, { cache: 'no-store', ...options });
  } catch (cause) {
    throw new Unreachable('The demo does not answer.', { cause });
  }
  const body = await response.json().catch(() => null);
  return { response, body };
}

export async function get(path) {
  const { response, body } = await exchange(path);
  if (!response.ok || body === null)
    throw new Error(body?.error ?? `${path} was answered with status ${response.status}`);
  return body;
}

// Never throws: what did not happen comes back as {ok: false, error: a sentence}.
async function post(path, what) {
  try {
    const { response, body } = await exchange(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    });
    if (body !== null) return response.ok || body.ok === false ? body : { ok: false, ...body };
    return { ok: false, error: `The demo answered with status ${response.status}.` };
  } catch (problem) {
    return { ok: false, error: problem.message };
  }
}

// What a person does in Slack: {do: 'press', ...}.
export const act = (as, what) => post('act', { as, ...what });
export const trouble = (kind, more = {}) => post('trouble', { kind, ...more });
export const sign_in = (what) => post('sign_in', what);
export const choose_password = (what) => post('choose', what);
export const check = (what) => post('preview', what);

// Calls `changed` with {revision, parts} whenever something did, and `lost` when the demo stops answering; never ends.
export async function changes(changed, lost) {
  let since = 0;
  for (;;) {
    try {
      const now = await get(`changes?since=${since}`);
      if (now.revision !== since) await changed(now);
      since = now.revision;
    } catch (problem) {
      since = 0;
      lost(problem);
      await new Promise((resume) => setTimeout(resume, pause_after_loss_ms));
    }
  }
}
