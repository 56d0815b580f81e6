// The workspace tab: what this is, and two people's windows side by side.

import { store, open_pane } from '../store.js';
import { icon } from '../ui/icons.js';
import Pane from './pane.js';
import WhatIsReal from './what_is_real.js';

export default {
  name: 'WorkspaceTab',
  methods: {
    draw_reopen(h, side) {
      return h(
        'button',
        { staticClass: 'button small', attrs: { type: 'button' }, on: { click: () => open_pane(side, true) } },
        [icon(h, 'pane', 'small'), 'Second window'],
      );
    },
  },
  render(h) {
    const sides = ['left', 'right'].filter((side) => store.panes[side].open);
    const closed = ['left', 'right'].find((side) => !store.panes[side].open);
    return h('div', { staticClass: 'workspace' }, [
      h('div', { staticClass: 'strip' }, [
        h('p', [
          'A workspace of its own on this machine. Slack and Auth0 are stand-ins; ',
          h('strong', 'the bot is the real program'),
          '.',
        ]),
        h(WhatIsReal),
        h('span', { staticClass: 'grow' }),
        closed ? this.draw_reopen(h, closed) : null,
      ]),
      h(
        'div',
        { staticClass: 'panes', class: { one: sides.length === 1 } },
        sides.map((side) => h(Pane, { key: side, props: { side, closable: sides.length === 2 } })),
      ),
    ]);
  },
};
