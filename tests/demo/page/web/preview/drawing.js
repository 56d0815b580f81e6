// The drawing itself, with what is typed and chosen in it kept as Slack's client would keep it.

import { store } from '../store.js';
import { BlockList, HomeView, ModalStack } from '../slack/index.js';
import { face } from '../panes/people.js';

function names() {
  const users = {};
  for (const person of store.workspace.people) users[person.id] = { name: person.name, real_name: person.real_name };
  const channels = {};
  for (const [name, id] of Object.entries(store.workspace.channels)) channels[id] = { name };
  return { users, channels, groups: {}, me: store.workspace.people[0].id };
}

export default {
  name: 'PreviewDrawing',
  props: { drawn: Object },
  data: () => ({ closed: false }),
  watch: {
    drawn() {
      this.closed = false;
    },
  },
  methods: {
    did(event) {
      const words = { press: 'block_actions', choose: 'block_actions', enter: 'kept until it is submitted' }[
        event.kind
      ];
      const value = event.value === undefined ? '' : ` = ${JSON.stringify(event.value)}`;
      this.$emit('did', `${words}: ${event.block_id} / ${event.action_id}${value}`);
    },
    view() {
      return {
        id: 'V0',
        private_metadata: '',
        state: { values: {} },
        errors: {},
        submit: null,
        close: null,
        ...this.drawn.view,
        blocks: this.drawn.blocks,
      };
    },
  },
  render(h) {
    const on = { act: this.did };
    if (this.drawn.surface === 'home') return h(HomeView, { props: { view: this.view(), names: names() }, on });
    if (this.drawn.surface === 'message') {
      const app = store.workspace.app;
      return h('div', { staticClass: 'message' }, [
        h('div', { staticClass: 'message-side' }, [face(h, store.workspace, app.bot_user_id)]),
        h('div', { staticClass: 'message-main' }, [
          h('div', { staticClass: 'message-head' }, [
            h('strong', app.name),
            h('span', { staticClass: 'app-mark' }, 'App'),
          ]),
          h(BlockList, {
            props: {
              blocks: this.drawn.blocks,
              surface: 'message',
              values: {},
              errors: {},
              names: names(),
              disabled: false,
            },
            on,
          }),
        ]),
      ]);
    }
    if (this.closed)
      return h('p', { staticClass: 'place-empty' }, [
        h(
          'button',
          {
            staticClass: 'button',
            attrs: { type: 'button' },
            on: {
              click: () => {
                this.closed = false;
              },
            },
          },
          'Open the modal again',
        ),
      ]);
    return h('div', { staticClass: 'pane-modals' }, [
      h(ModalStack, {
        props: { views: [this.view()], names: names(), busy: false },
        on: {
          ...on,
          submit: (event) => this.$emit('did', `view_submission: ${JSON.stringify(event.entries)}`),
          close: () => {
            this.closed = true;
            this.$emit('did', 'closed');
          },
        },
      }),
    ]);
  },
};
