// A channel or the conversation with the app: its name, its messages, and where one writes.

import { store } from '../store.js';
import { icon } from '../ui/icons.js';
import { face, display_name } from './people.js';
import MessageList from './message_list.js';
import Composer from './composer.js';

export default {
  name: 'ConversationPlace',
  props: { side: String, person: String, at: String, channel: Object, names: Object, act: Function },
  computed: {
    is_direct() {
      return this.at === 'dm';
    },
    title() {
      return this.is_direct ? store.workspace.app.name : this.at;
    },
    // Why one cannot write here, or nothing.
    closed() {
      if (!this.channel) return this.is_direct ? '' : 'You do not see this channel.';
      if (this.channel.is_archived) return 'This channel is archived.';
      if (this.channel.is_member === false && !this.is_direct)
        return 'You are not in this channel. You can read it, not write in it.';
      return '';
    },
  },
  methods: {
    subtitle() {
      if (this.is_direct) return `Between ${display_name(store.workspace, this.person)} and the app`;
      if (this.channel?.is_ext_shared) return 'Shared with another company';
      return this.channel?.kind === 'private' ? 'Private' : 'Everybody of the company';
    },
    draw_header(h) {
      const app = store.workspace.app.bot_user_id;
      const mark = this.is_direct
        ? face(h, store.workspace, app, 'tiny')
        : icon(h, this.channel?.kind === 'private' ? 'lock' : 'hash');
      return h('header', { staticClass: 'place-header' }, [mark, h('h2', this.title), h('p', this.subtitle())]);
    },
  },
  render(h) {
    const write = this.closed
      ? h('p', { staticClass: 'composer-closed' }, this.closed)
      : h(Composer, {
          props: { side: this.side, person: this.person, at: this.at, channel: this.channel, act: this.act },
          on: { held: (words) => this.$emit('held', words) },
        });
    return h('div', { staticClass: 'conversation' }, [
      this.draw_header(h),
      h(MessageList, {
        props: {
          person: this.person,
          title: this.title,
          channel: this.channel,
          names: this.names,
          act: this.act,
        },
        on: { read: (channel) => this.$emit('read', channel) },
      }),
      write,
    ]);
  },
};
