// The channels one sees, the conversation with the app and its Home. Arrow keys move inside, too.

import { store } from '../store.js';
import { icon } from '../ui/icons.js';
import { face } from './people.js';
import { channels_of, conversation_of } from './places.js';
import { unread_count } from './reading.js';

export default {
  name: 'PaneSidebar',
  props: { side: String, person: String, snapshot: Object, at: String },
  methods: {
    on_key(event) {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const entries = [...this.$el.querySelectorAll('[data-channel]')];
      const next = entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length];
      event.preventDefault();
      next.focus();
    },
    draw_entry(h, at, mark, words, unread, more = '') {
      const is_here = at === this.at;
      const count =
        unread && !is_here
          ? h('span', { staticClass: 'badge' }, [String(unread), h('span', { staticClass: 'hidden-text' }, ' new')])
          : null;
      return h('li', { key: at }, [
        h(
          'button',
          {
            staticClass: 'place',
            class: { here: is_here, unread: count },
            attrs: {
              type: 'button',
              'data-channel': at,
              'aria-current': is_here ? 'page' : null,
              title: more || null,
            },
            on: { click: () => this.$emit('go', at) },
          },
          [mark, h('span', { staticClass: 'place-name' }, words), count],
        ),
      ]);
    },
    draw_channel(h, channel) {
      const mark = icon(h, channel.kind === 'private' ? 'lock' : 'hash', 'small');
      const more = [
        channel.kind === 'private' ? 'Private channel' : 'Channel',
        channel.is_ext_shared ? 'shared with another company' : '',
        channel.is_archived ? 'archived' : '',
      ]
        .filter(Boolean)
        .join(', ');
      return this.draw_entry(h, channel.name, mark, channel.name, unread_count(this.person, channel), more);
    },
  },
  render(h) {
    const direct = conversation_of(this.snapshot, store.workspace);
    const app = store.workspace.app;
    return h(
      'nav',
      {
        staticClass: 'sidebar',
        attrs: { 'aria-label': `Channels, ${this.side} window` },
        on: { keydown: this.on_key },
      },
      [
        h('h2', { staticClass: 'sidebar-title' }, 'Channels'),
        h(
          'ul',
          channels_of(this.snapshot).map((channel) => this.draw_channel(h, channel)),
        ),
        h('h2', { staticClass: 'sidebar-title' }, 'App'),
        h('ul', [
          this.draw_entry(
            h,
            'dm',
            face(h, store.workspace, app.bot_user_id, 'tiny'),
            app.name,
            direct ? unread_count(this.person, direct) : 0,
            'Your conversation with the app',
          ),
          this.draw_entry(h, 'home', icon(h, 'home', 'small'), 'App Home', 0, 'What the app shows in its Home tab'),
        ]),
      ],
    );
  },
};
