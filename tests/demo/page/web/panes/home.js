// The app's Home tab, as the app last published it for this person.

import { store } from '../store.js';
import { HomeView } from '../slack/index.js';
import { face } from './people.js';

export default {
  name: 'HomePlace',
  props: { side: String, snapshot: Object, names: Object, act: Function },
  methods: {
    on_act(event) {
      const what =
        event.kind === 'press'
          ? { do: 'view_press', action_id: event.action_id, where: 'home' }
          : {
              do: 'view_choose',
              block_id: event.block_id,
              action_id: event.action_id,
              value: event.value,
              where: 'home',
            };
      return this.act(what);
    },
  },
  render(h) {
    const app = store.workspace.app;
    const view = this.snapshot.home;
    return h('div', { staticClass: 'conversation' }, [
      h('header', { staticClass: 'place-header' }, [
        face(h, store.workspace, app.bot_user_id, 'tiny'),
        h('h2', `${app.name}: Home`),
      ]),
      h(
        'div',
        {
          staticClass: 'home-scroll',
          attrs: { tabindex: '0', role: 'region', 'aria-label': `App Home, ${this.side} window` },
        },
        view
          ? [h(HomeView, { props: { view, names: this.names }, on: { act: this.on_act } })]
          : [
              h('p', { staticClass: 'place-empty' }, [
                `${app.name} has published no Home for this person. `,
                'What an app sends with views.publish appears here.',
              ]),
            ],
      ),
    ]);
  },
};
