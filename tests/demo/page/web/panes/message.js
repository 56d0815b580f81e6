// One message: who, when, what, and what one can do with it.

import { store } from '../store.js';
import { MessageBody } from '../slack/index.js';
import { icon } from '../ui/icons.js';
import ActionMenu from '../ui/menu.js';
import { ms_of_ts, time_element, time_of_day } from '../time.js';
import { display_name, face, is_app } from './people.js';
import { hand_to_preview } from '../preview/handover.js';

export default {
  name: 'MessageEntry',
  props: {
    message: Object,
    is_reply: Boolean,
    follows: Boolean,
    stop: Boolean,
    person: String,
    channel: Object,
    names: Object,
    act: Function,
  },
  data: () => ({ busy: false, menu_open: false }),
  computed: {
    by_app() {
      return is_app(store.workspace, this.message.user);
    },
    author() {
      return display_name(store.workspace, this.message.user, this.message.user_name);
    },
    ms() {
      return ms_of_ts(this.message.ts);
    },
  },
  methods: {
    async on_act(event) {
      const place = { channel: this.channel.id, ts: this.message.ts, action_id: event.action_id };
      this.busy = true;
      await this.act(
        event.kind === 'press' ? { do: 'press', ...place } : { do: 'choose', ...place, value: event.value },
      );
      this.busy = false;
    },
    items() {
      const shortcuts = store.workspace.shortcuts
        .filter((shortcut) => shortcut.type === 'message')
        .map((shortcut) => ({
          label: shortcut.name,
          hint: shortcut.description,
          icon: 'bolt',
          run: () =>
            this.act({
              do: 'message_shortcut',
              channel: this.channel.id,
              ts: this.message.ts,
              callback_id: shortcut.callback_id,
            }),
        }));
      const look = !this.message.blocks
        ? []
        : [
            {
              label: 'Look at its blocks',
              hint: 'Opens the preview page with what the app sent',
              icon: 'code',
              run: () => hand_to_preview({ surface: 'message', blocks: this.message.blocks }),
            },
          ];
      return [...shortcuts, ...look];
    },
    draw_head(h) {
      return h('div', { staticClass: 'message-head' }, [
        h('strong', this.author),
        this.by_app ? h('span', { staticClass: 'app-mark' }, 'App') : null,
        time_element(h, this.ms),
      ]);
    },
    draw_tools(h) {
      const items = this.items();
      if (items.length === 0) return null;
      return h('div', { staticClass: 'message-tools', class: { open: this.menu_open } }, [
        h(ActionMenu, {
          props: {
            name: `More actions for the message of ${this.author}, ${time_of_day(this.ms)}`,
            icon: 'more',
            items,
            kind: 'small',
          },
          on: {
            opened: (open) => {
              this.menu_open = open;
            },
          },
        }),
      ]);
    },
  },
  render(h) {
    const private_mark = this.message.is_ephemeral
      ? h('p', { staticClass: 'private-mark' }, [icon(h, 'eye', 'small'), 'Only visible to you'])
      : null;
    const reply_mark = this.is_reply
      ? h('p', { staticClass: 'private-mark' }, [icon(h, 'reply', 'small'), 'In the thread'])
      : null;
    const edited = this.message.edited
      ? h(
          'span',
          {
            staticClass: 'edited',
            attrs: { title: `Edited ${time_of_day(ms_of_ts(this.message.edited.ts))}` },
          },
          '(edited)',
        )
      : null;
    return h(
      'article',
      {
        staticClass: 'message',
        class: {
          follows: this.follows,
          private: this.message.is_ephemeral,
          reply: this.is_reply,
          busy: this.busy,
        },
        attrs: {
          'data-message': this.message.ts,
          'data-by': this.by_app ? 'app' : this.message.user,
          tabindex: this.stop ? '0' : '-1',
          'aria-label': `${this.author}, ${time_of_day(this.ms)}`,
          'aria-busy': this.busy ? 'true' : null,
        },
        on: { focus: () => this.$emit('focused', this.message.ts) },
      },
      [
        h(
          'div',
          { staticClass: 'message-side' },
          this.follows ? [time_element(h, this.ms)] : [face(h, store.workspace, this.message.user)],
        ),
        h('div', { staticClass: 'message-main' }, [
          private_mark,
          reply_mark,
          this.follows ? null : this.draw_head(h),
          h(MessageBody, {
            props: { message: this.message, names: this.names, disabled: false },
            on: { act: this.on_act },
          }),
          edited,
        ]),
        this.draw_tools(h),
      ],
    );
  },
};
