// /?preview: paste Block Kit JSON, see it drawn, and read what the strict stand-in for Slack says about it.

import { check } from './api.js';
import { store, load_workspace } from './store.js';
import { theme, next_theme } from './theme.js';
import { icon } from './ui/icons.js';
import { take_handed } from './preview/handover.js';
import { examples } from './preview/examples.js';
import Drawing from './preview/drawing.js';

const pause_ms = 250;

// What was typed, as {what, surface} for the server, or {problem: a sentence}.
function read(text) {
  let typed;
  try {
    typed = JSON.parse(text);
  } catch (problem) {
    return { problem: `This is no JSON yet: ${problem.message}` };
  }
  if (Array.isArray(typed)) return { what: { surface: 'message', blocks: typed }, surface: 'message' };
  const view = typed.view ?? (typed.type === 'modal' || typed.type === 'home' ? typed : null);
  if (view) return { what: { surface: view.type, view }, surface: view.type };
  if (Array.isArray(typed.blocks))
    return {
      what: { surface: typed.surface ?? 'message', blocks: typed.blocks },
      surface: typed.surface ?? 'message',
    };
  return { problem: 'Give a list of blocks, a message with "blocks", or a view with "type": "modal" or "home".' };
}

export default {
  name: 'PreviewPage',
  data: () => ({ text: '', errors: [], problem: '', drawn: null, is_stale: false, done: [], ready: false }),
  watch: {
    text() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), pause_ms);
    },
  },
  async created() {
    try {
      await load_workspace();
      this.ready = true;
      this.text = take_handed() ?? examples[0].text;
    } catch (problem) {
      this.problem = problem.message;
    }
  },
  methods: {
    async look() {
      const { what, surface, problem } = read(this.text);
      this.problem = problem ?? '';
      this.is_stale = true;
      if (!what) return;
      const asked = this.text;
      const answer = await check(what);
      if (asked !== this.text) return;
      this.errors = answer.ok ? [] : (answer.errors ?? [answer.error]);
      if (!answer.ok) return;
      this.is_stale = false;
      this.done = [];
      this.drawn = { surface, view: what.view ?? null, blocks: answer.blocks };
    },
    note(words) {
      this.done = [words, ...this.done].slice(0, 12);
    },
    draw_verdict(h) {
      if (this.problem) return h('p', { staticClass: 'verdict warn' }, [icon(h, 'warning'), this.problem]);
      if (this.errors.length === 0)
        return h('p', { staticClass: 'verdict good' }, [
          icon(h, 'check'),
          'Slack would take this, as far as the stand-in knows its rules.',
        ]);
      return h('div', { staticClass: 'verdict bad' }, [
        icon(h, 'warning'),
        h('div', [
          h('p', `Slack would refuse this${this.drawn ? '; the drawing is of what it last took' : ''}.`),
          h(
            'ul',
            this.errors.map((error, at) => h('li', { key: at }, error)),
          ),
        ]),
      ]);
    },
    draw_editor(h) {
      return h('section', { staticClass: 'preview-side', attrs: { 'aria-label': 'What the app sends' } }, [
        h('div', { staticClass: 'preview-bar' }, [
          h('span', 'Begin with'),
          ...examples.map((example) =>
            h(
              'button',
              {
                key: example.name,
                staticClass: 'button small',
                attrs: { type: 'button' },
                on: {
                  click: () => {
                    this.text = example.text;
                  },
                },
              },
              example.name,
            ),
          ),
        ]),
        h('textarea', {
          staticClass: 'preview-text',
          domProps: { value: this.text },
          attrs: { 'aria-label': 'Block Kit JSON', spellcheck: 'false', 'aria-describedby': 'verdict' },
          on: {
            input: (event) => {
              this.text = event.target.value;
            },
          },
        }),
        h('div', { attrs: { id: 'verdict', role: 'status' } }, [this.draw_verdict(h)]),
      ]);
    },
    draw_result(h) {
      return h('section', { staticClass: 'preview-side', attrs: { 'aria-label': 'As it is drawn' } }, [
        h(
          'div',
          { staticClass: 'preview-stage sk-pane', class: { stale: this.is_stale && this.drawn } },
          this.drawn ? [h(Drawing, { props: { drawn: this.drawn }, on: { did: this.note } })] : [],
        ),
        h('div', { staticClass: 'preview-events' }, [
          h('h2', 'What Slack would tell the app'),
          this.done.length === 0
            ? h('p', { staticClass: 'faint' }, 'Use the drawing: each press and choice is listed here.')
            : h(
                'ol',
                { attrs: { role: 'log', 'aria-label': 'What was done', tabindex: '0' } },
                this.done.map((words, at) => h('li', { key: this.done.length - at }, [h('code', words)])),
              ),
        ]),
      ]);
    },
  },
  render(h) {
    return h('div', { staticClass: 'page preview-page', attrs: { id: 'app' } }, [
      h('header', { staticClass: 'page-header' }, [
        h('div', { staticClass: 'brand' }, [
          h('img', { attrs: { src: '/page/icon.svg', alt: '', width: '26', height: '26' } }),
          h('h1', [
            'Block Kit preview',
            h('span', { staticClass: 'brand-more' }, 'checked by the strict stand-in for Slack'),
          ]),
        ]),
        h('span', { staticClass: 'grow' }),
        h('a', { staticClass: 'button small', attrs: { href: '/?gallery' } }, 'All that is drawn'),
        h('a', { staticClass: 'button small', attrs: { href: '/' } }, 'To the workspace'),
        h(
          'button',
          {
            staticClass: 'icon-button',
            attrs: {
              type: 'button',
              'aria-label': `Appearance: ${theme.name}. Change it`,
              title: 'Appearance',
            },
            on: { click: next_theme },
          },
          [icon(h, { system: 'auto', light: 'sun', dark: 'moon' }[theme.name])],
        ),
      ]),
      h(
        'main',
        { staticClass: 'preview', attrs: { id: 'main' } },
        this.ready && store.workspace
          ? [this.draw_editor(h), this.draw_result(h)]
          : [h('p', { staticClass: 'starting' }, this.problem || 'Opening…')],
      ),
    ]);
  },
};
