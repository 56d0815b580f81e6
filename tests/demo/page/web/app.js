// The page: one header, three tabs, the tour. /?preview and /?gallery are pages of their own for who builds a view.

import { address } from './address.js';
import { store, start } from './store.js';
import { apply_theme } from './theme.js';
import Header from './header.js';
import Workspace from './panes/workspace.js';
import Auth0Tab from './auth0.js';
import LedgerTab from './ledger.js';
import Tour from './tour.js';
import { tour } from './tour/progress.js';
import Preview from './preview.js';

const tabs = { auth0: Auth0Tab, ledger: LedgerTab };

const Page = {
  name: 'DemoPage',
  data: () => ({ problem: '' }),
  async created() {
    try {
      await start();
    } catch (problem) {
      this.problem = problem.message;
    }
  },
  methods: {
    draw_main(h) {
      const Tab = tabs[store.tab];
      return h('main', { ref: 'main', staticClass: 'main', attrs: { id: 'main', tabindex: '-1' } }, [
        h(
          'div',
          {
            key: 'workspace',
            staticClass: 'panel',
            attrs: {
              id: 'panel-workspace',
              role: 'tabpanel',
              'aria-labelledby': 'tab-workspace',
              hidden: store.tab !== 'workspace',
            },
          },
          [h(Workspace)],
        ),
        Tab
          ? h(
              'div',
              {
                key: store.tab,
                staticClass: 'panel scrolls',
                attrs: {
                  id: `panel-${store.tab}`,
                  role: 'tabpanel',
                  'aria-labelledby': `tab-${store.tab}`,
                  tabindex: '0',
                },
              },
              [h(Tab)],
            )
          : null,
      ]);
    },
    skip(event) {
      event.preventDefault();
      this.$refs.main.focus();
    },
  },
  render(h) {
    if (!store.workspace)
      return h('div', { attrs: { id: 'app' } }, [
        h('main', [
          h('p', { staticClass: 'starting', attrs: { role: 'status' } }, this.problem || 'Opening the demo workspace…'),
        ]),
      ]);
    return h(
      'div',
      {
        staticClass: 'page',
        class: { touring: tour.open, [`tour-${tour.dock}`]: tour.open },
        attrs: { id: 'app' },
      },
      [
        h('a', { staticClass: 'skip-link', attrs: { href: '#main' }, on: { click: this.skip } }, 'Skip to the content'),
        h(Header),
        this.draw_main(h),
        tour.open ? h(Tour) : null,
        h('div', { staticClass: 'hidden-text', attrs: { 'aria-live': 'polite' } }, store.announcement),
      ],
    );
  },
};

// The gallery's samples are read only by who asks for them.
async function page() {
  if (address.gallery) return (await import('./slack/gallery.js')).Gallery;
  return address.preview ? Preview : Page;
}

apply_theme();
page().then((shown) => new window.Vue({ el: '#app', render: (h) => h(shown) }));
