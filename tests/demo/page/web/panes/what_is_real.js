// Which part of the demo is real, which stands in, and where each of them is.

import { store } from '../store.js';
import { icon } from '../ui/icons.js';

export default {
  name: 'WhatIsReal',
  data: () => ({ open: false }),
  beforeDestroy() {
    this.toggle(false);
  },
  methods: {
    toggle(open) {
      this.open = open;
      const change = open ? document.addEventListener : document.removeEventListener;
      change.call(document, 'pointerdown', this.outside, true);
    },
    outside(event) {
      if (!this.$el.contains(event.target)) this.toggle(false);
    },
    on_key(event) {
      if (event.key !== 'Escape' || !this.open) return;
      event.stopPropagation();
      this.toggle(false);
      this.$refs.button.focus();
    },
    draw_link(h, words, url) {
      return h('a', { attrs: { href: url, target: '_blank', rel: 'noopener' } }, [
        words,
        icon(h, 'link_out', 'small'),
        h('span', { staticClass: 'hidden-text' }, ' (opens a tab)'),
      ]);
    },
    draw_facts(h) {
      const { urls } = store.workspace;
      const facts = [
        [
          'Real',
          'The bot: the program that you would install, with its database, its retries and its audit log. Only ' +
            "its addresses and secrets are the demo's.",
          [this.draw_link(h, 'Is it ready?', `${urls.bot}/readyz`)],
        ],
        [
          'Stand-in',
          'Slack: a workspace that refuses what Slack would refuse, as far as its documents tell.',
          [h('code', urls.slack)],
        ],
        ['Stand-in', 'Auth0: a tenant with its own customers, rules, log and rate limits.', [h('code', urls.auth0)]],
        ['Gone at the end', 'Configuration, database and log of this run, in', [h('code', urls.files)]],
      ];
      return h(
        'dl',
        facts.flatMap(([what, words, more], at) => [
          h('dt', { key: `t${at}` }, what),
          h('dd', { key: `d${at}` }, [words, ' ', ...more]),
        ]),
      );
    },
  },
  render(h) {
    return h('div', { staticClass: 'menu-holder below', on: { keydown: this.on_key } }, [
      h(
        'button',
        {
          ref: 'button',
          staticClass: 'link-button',
          attrs: { type: 'button', 'aria-expanded': String(this.open) },
          on: { click: () => this.toggle(!this.open) },
        },
        'What is real here?',
      ),
      this.open
        ? h(
            'div',
            {
              staticClass: 'menu real-facts',
              attrs: { role: 'region', 'aria-label': 'What is real here', tabindex: '0' },
            },
            [this.draw_facts(h), h('p', 'Nothing leaves this machine.')],
          )
        : null,
    ]);
  },
};
