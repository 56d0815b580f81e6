// What this is, the three tabs, and what is out of order at the moment.

import { store, show_tab, make_trouble } from './store.js';
import { icon } from './ui/icons.js';
import { theme, next_theme } from './theme.js';
import { tour, start_tour } from './tour/progress.js';

const tabs = [
  ['workspace', 'Workspace'],
  ['auth0', 'Auth0'],
  ['ledger', 'Ledger'],
];

export default {
  name: 'PageHeader',
  computed: {
    // What is being broken on purpose, in words.
    in_force() {
      const area = (kind) => store.workspace.troubles.find((trouble) => trouble.kind === kind)?.area;
      const words = (store.auth0?.troubles ?? [])
        .filter((trouble) => area(trouble.kind) !== 'bot')
        .map((trouble) => `${area(trouble.kind) === 'slack' ? 'Slack' : 'Auth0'}: ${trouble.title.toLowerCase()}`);
      if (store.ledger && !store.ledger.process.running) words.push('The bot is not running');
      return words;
    },
  },
  methods: {
    on_key(event) {
      const at = tabs.findIndex(([name]) => name === store.tab);
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      const name = tabs[next % tabs.length][0];
      show_tab(name);
      this.$nextTick(() => this.$el.querySelector(`[data-tab="${name}"]`).focus());
    },
    draw_tab(h, [name, words]) {
      const is_here = store.tab === name;
      return h(
        'button',
        {
          key: name,
          staticClass: 'tab',
          class: { here: is_here },
          attrs: {
            type: 'button',
            id: `tab-${name}`,
            role: 'tab',
            'data-tab': name,
            'aria-selected': String(is_here),
            'aria-controls': is_here ? `panel-${name}` : null,
            tabindex: is_here ? '0' : '-1',
          },
          on: { click: () => show_tab(name) },
        },
        words,
      );
    },
    draw_state(h) {
      if (!store.connected)
        return h('p', { staticClass: 'state bad', attrs: { role: 'status' } }, [
          icon(h, 'warning', 'small'),
          'The demo does not answer. This page goes on by itself once it runs again.',
        ]);
      if (this.in_force.length === 0) return null;
      return h('p', { staticClass: 'state warn', attrs: { role: 'status' } }, [
        icon(h, 'warning', 'small'),
        h('span', { staticClass: 'state-words' }, this.in_force.join(' · ')),
        h(
          'button',
          {
            staticClass: 'link-button',
            attrs: { type: 'button' },
            on: { click: () => make_trouble('clear') },
          },
          'End all trouble',
        ),
      ]);
    },
    draw_tools(h) {
      const { icon: look, words } = {
        system: { icon: 'auto', words: 'as the system' },
        light: { icon: 'sun', words: 'light' },
        dark: { icon: 'moon', words: 'dark' },
      }[theme.name];
      const name = `Appearance: ${words}. Change it`;
      return h('div', { staticClass: 'header-tools' }, [
        tour.open
          ? null
          : h('button', { staticClass: 'button small', attrs: { type: 'button' }, on: { click: () => start_tour() } }, [
              icon(h, 'route', 'small'),
              'Tour',
            ]),
        h(
          'button',
          {
            staticClass: 'icon-button',
            attrs: { type: 'button', 'aria-label': name, title: name },
            on: { click: next_theme },
          },
          [icon(h, look)],
        ),
      ]);
    },
  },
  render(h) {
    return h('header', { staticClass: 'page-header' }, [
      h('div', { staticClass: 'brand' }, [
        h('img', { attrs: { src: '/page/icon.svg', alt: '', width: '26', height: '26' } }),
        h('h1', ['Countersign', h('span', { staticClass: 'brand-more' }, 'demo on this machine')]),
      ]),
      h(
        'div',
        {
          staticClass: 'tabs',
          attrs: { role: 'tablist', 'aria-label': 'Parts of the demo' },
          on: { keydown: this.on_key },
        },
        tabs.map((tab) => this.draw_tab(h, tab)),
      ),
      this.draw_state(h),
      h('span', { staticClass: 'grow' }),
      this.draw_tools(h),
    ]);
  },
};
