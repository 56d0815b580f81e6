import { BlockList } from './block_list.js';
import { draw_attachments } from './draw/attachments.js';
import { mrkdwn } from './draw/text.js';

// What a message says: its blocks, or its text when it has none, then its attachments.
export const MessageBody = {
  name: 'SlackMessageBody',
  props: {
    message: { type: Object, required: true },
    names: { type: Object, default: () => ({}) },
    disabled: { type: Boolean, default: false },
  },
  methods: {
    // `values`: what this person chose in the message, as the workspace keeps it.
    draw_blocks(h, blocks, key, values = {}) {
      return h(BlockList, {
        key,
        props: { blocks, surface: 'message', values, names: this.names, disabled: this.disabled },
        on: { act: (act) => this.$emit('act', act) },
      });
    },
  },
  render(h) {
    const { blocks = [], attachments = [], text = '' } = this.message;
    const said =
      blocks.length > 0
        ? this.draw_blocks(h, blocks, 'blocks', this.message.state?.values)
        : h('div', { key: 'text', class: 'sk-text' }, text ? mrkdwn(h, text, this.names) : []);
    return h('div', { class: 'sk-message' }, [said, ...draw_attachments(h, this, attachments)]);
  },
};
