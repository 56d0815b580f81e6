// The messages of one place, oldest first. It stays at its end while one reads there, and where one is otherwise.

import { store } from '../store.js';
import { icon } from '../ui/icons.js';
import { day_name } from '../time.js';
import { first_unread } from './reading.js';
import { timeline } from './timeline.js';
import MessageEntry from './message.js';

const near_end_px = 40;

export default {
  name: 'MessageList',
  props: { person: String, title: String, channel: Object, names: Object, act: Function },
  data() {
    return {
      first_new: this.channel ? (first_unread(this.person, this.channel)?.ts ?? null) : null,
      at_end: true,
      below: 0,
      current: null,
      held: null,
    };
  },
  computed: {
    messages() {
      return this.channel?.messages ?? [];
    },
    entries() {
      return timeline(this.messages, this.first_new);
    },
  },
  watch: {
    messages(now, before) {
      const known = new Set(before.map((message) => message.ts));
      const fresh = now.filter((message) => !known.has(message.ts));
      if (!this.at_end) this.below += fresh.filter((message) => message.user !== this.person).length;
      if (fresh.some((message) => message.user === this.person)) this.at_end = true;
      this.read();
    },
  },
  mounted() {
    this.to_end();
    this.read();
    this.sizes = new ResizeObserver(() => {
      if (this.at_end) this.to_end();
    });
    this.sizes.observe(this.$refs.scroll);
    this.sizes.observe(this.$refs.list);
    document.addEventListener('visibilitychange', this.read);
  },
  beforeDestroy() {
    this.sizes.disconnect();
    document.removeEventListener('visibilitychange', this.read);
  },
  beforeUpdate() {
    this.held = document.activeElement?.closest?.('[data-message]')?.dataset.message ?? null;
  },
  updated() {
    if (this.at_end) this.to_end();
    this.keep_focus();
  },
  methods: {
    read() {
      if (this.channel && !document.hidden && this.at_end) this.$emit('read', this.channel);
    },
    to_end() {
      const scroll = this.$refs.scroll;
      scroll.scrollTop = scroll.scrollHeight;
      this.below = 0;
    },
    // A button that had the focus may be gone after an edit; the message then takes it.
    keep_focus() {
      if (!this.held || (document.activeElement && document.activeElement !== document.body)) return;
      this.$el.querySelector(`[data-message="${CSS.escape(this.held)}"]`)?.focus({ preventScroll: true });
    },
    on_scroll() {
      const scroll = this.$refs.scroll;
      if (!scroll) return; // told after the list is gone
      this.at_end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < near_end_px;
      if (this.at_end) {
        this.below = 0;
        this.read();
      }
    },
    // Arrow keys go from message to message while a message itself has the focus.
    on_key(event) {
      if (!event.target.matches('[data-message]')) return;
      const all = [...this.$el.querySelectorAll('[data-message]')];
      const at = all.indexOf(event.target);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (next === undefined || !all[next]) return;
      event.preventDefault();
      all[next].focus();
    },
    draw_entry(h, entry) {
      if (entry.kind === 'day') return h('li', { key: entry.key, staticClass: 'day' }, [h('span', day_name(entry.ms))]);
      if (entry.kind === 'new') return h('li', { key: entry.key, staticClass: 'day fresh' }, [h('span', 'New')]);
      const last = this.messages.length ? this.messages[this.messages.length - 1].ts : null;
      return h('li', { key: entry.key }, [
        h(MessageEntry, {
          props: {
            ...entry,
            person: this.person,
            channel: this.channel,
            names: this.names,
            act: this.act,
            stop: (this.current ?? last) === entry.message.ts,
          },
          on: {
            focused: (ts) => {
              this.current = ts;
            },
          },
        }),
      ]);
    },
    draw_empty(h) {
      return h('div', { staticClass: 'place-empty' }, [
        h(
          'p',
          this.channel
            ? 'Nothing was written here yet.'
            : `You and ${store.workspace.app.name} have not written to each other yet.`,
        ),
        h('p', 'Type / below to see what the app can do.'),
      ]);
    },
  },
  render(h) {
    const jump =
      this.below === 0
        ? null
        : h(
            'button',
            {
              staticClass: 'button small jump',
              attrs: { type: 'button' },
              on: {
                click: () => {
                  this.at_end = true;
                  this.to_end();
                },
              },
            },
            [`${this.below} new`, icon(h, 'arrow_down', 'small')],
          );
    return h('div', { staticClass: 'message-area' }, [
      h('div', { ref: 'scroll', staticClass: 'message-scroll', on: { scroll: this.on_scroll, keydown: this.on_key } }, [
        h(
          'div',
          {
            ref: 'list',
            staticClass: 'message-log',
            attrs: { role: 'log', 'aria-label': `Messages in ${this.title}` },
          },
          [
            this.entries.length
              ? h(
                  'ul',
                  { staticClass: 'messages' },
                  this.entries.map((entry) => this.draw_entry(h, entry)),
                )
              : this.draw_empty(h),
          ],
        ),
      ]),
      jump,
    ]);
  },
};
