// One person's window: who it is, where they are, what they see there. Modals lie over it, not over its neighbour.

import { store, act_and_see, choose_person, go, open_pane, announce } from '../store.js';
import { ModalStack } from '../slack/index.js';
import { names_for, display_name, plain_text } from './people.js';
import { channel_at, conversation_of, place_for } from './places.js';
import { mark_read } from './reading.js';
import PaneHeader from './pane_header.js';
import Sidebar from './sidebar.js';
import Conversation from './conversation.js';
import HomePlace from './home.js';
import { Toasts } from './notices.js';

const spoken_max = 180;

export default {
  name: 'PersonPane',
  props: { side: { type: String, required: true }, closable: { type: Boolean, default: true } },
  data: () => ({ mine: [], busy: false }),
  computed: {
    person() {
      return store.panes[this.side].person;
    },
    snapshot() {
      return store.persons[this.person] ?? null;
    },
    at() {
      return this.snapshot ? place_for(this.snapshot, store.panes[this.side].at) : store.panes[this.side].at;
    },
    channel() {
      return this.snapshot && channel_at(this.snapshot, store.workspace, this.at);
    },
    names() {
      return names_for(store.workspace, this.snapshot);
    },
    // Slack's notices to this person, and what its client would have held back here.
    notices() {
      const told = this.snapshot?.notices ?? [];
      return [...told, ...this.mine.filter((note) => note.person === this.person)].sort(
        (one, other) => one.at - other.at,
      );
    },
  },
  watch: {
    snapshot(now, before) {
      if (now && before && now.user.id === before.user.id) this.tell_news(now, before);
    },
  },
  methods: {
    async act(what) {
      const answer = await act_and_see(this.person, what);
      if (!answer.ok) this.note(answer.error);
      return answer;
    },
    note(text) {
      this.mine.push({ at: Date.now(), person: this.person, channel: '', text });
    },
    async act_in_modal(event) {
      const what =
        event.kind === 'press'
          ? { do: 'view_press', action_id: event.action_id, where: 'modal' }
          : {
              do: event.kind === 'enter' ? 'enter' : 'view_choose',
              block_id: event.block_id,
              action_id: event.action_id,
              value: event.value,
              where: 'modal',
            };
      await this.act(what);
    },
    async submit(event) {
      this.busy = true;
      await this.act({ do: 'submit', entries: event.entries });
      this.busy = false;
    },
    async go(at) {
      go(this.side, at);
      if (at === 'home') await this.act({ do: 'open_home' });
      if (at === 'dm' && !conversation_of(this.snapshot, store.workspace)) await this.act({ do: 'open_dm' });
    },
    // New and edited messages of others, in any of this person's channels.
    tell_news(now, before) {
      for (const channel of now.channels) {
        const known = new Map(
          (before.channels.find((each) => each.id === channel.id)?.messages ?? []).map((message) => [
            message.ts,
            message,
          ]),
        );
        for (const message of channel.messages) {
          const old = known.get(message.ts);
          if (message.user === this.person || (old && old.text === message.text)) continue;
          const where = channel.kind === 'im' ? 'in your conversation' : `in ${channel.name}`;
          const what = plain_text(message.text ?? '', this.names).slice(0, spoken_max);
          announce(
            `${display_name(store.workspace, message.user)} ${old ? 'edited a message' : 'wrote'} ${where}: ${what}`,
          );
        }
      }
    },
    draw_place(h) {
      if (this.at === 'home')
        return h(HomePlace, {
          key: 'home',
          props: { side: this.side, snapshot: this.snapshot, names: this.names, act: this.act },
        });
      const key = `${this.person} ${this.at}`;
      return h(Conversation, {
        key,
        props: {
          side: this.side,
          person: this.person,
          at: this.at,
          channel: this.channel,
          names: this.names,
          act: this.act,
        },
        on: { read: (channel) => mark_read(this.person, channel), held: this.note },
      });
    },
    draw_modals(h) {
      const views = this.snapshot?.modals ?? [];
      if (views.length === 0) return null;
      return h('div', { key: 'modals', staticClass: 'pane-modals' }, [
        h(ModalStack, {
          props: { views, names: this.names, busy: this.busy },
          on: {
            act: this.act_in_modal,
            submit: this.submit,
            close: (event) => this.act({ do: 'close', whole_stack: Boolean(event?.whole_stack) }),
          },
        }),
      ]);
    },
  },
  render(h) {
    const name = display_name(store.workspace, this.person);
    const covered = (this.snapshot?.modals.length ?? 0) > 0;
    const body = !this.snapshot
      ? [h('p', { staticClass: 'place-empty' }, 'Opening…')]
      : [
          h(Sidebar, {
            props: { side: this.side, person: this.person, snapshot: this.snapshot, at: this.at },
            on: { go: this.go },
          }),
          this.draw_place(h),
        ];
    return h(
      'section',
      {
        staticClass: 'pane',
        attrs: {
          'data-pane': this.side,
          'aria-label': `${this.side === 'left' ? 'Left' : 'Right'} window: ${name}`,
        },
      },
      [
        h(PaneHeader, {
          props: { side: this.side, person: this.person, notices: this.notices, closable: this.closable },
          on: { person: (id) => choose_person(this.side, id), close: () => open_pane(this.side, false) },
        }),
        h('div', { staticClass: 'pane-stage' }, [
          h('div', { key: 'body', staticClass: 'pane-body', attrs: { inert: covered ? '' : null } }, body),
          this.draw_modals(h),
          this.snapshot ? h(Toasts, { key: this.person, props: { notices: this.notices, names: this.names } }) : null,
        ]),
      ],
    );
  },
};
