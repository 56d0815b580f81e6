import { ask } from './dialogs/confirm.js';
import { draw_block } from './draw/blocks.js';
import { unconfirmed, value_of, with_draft } from './values/drafts.js';
import { from_input, holds_value, to_input } from './values/values.js';

const typing_rest_ms = 300;

const key_of = (block_id, action_id) => `${block_id} ${action_id}`;

function triggers_of(element) {
  return element.dispatch_action_config?.trigger_actions_on || ['on_enter_pressed'];
}

// The blocks of a message, a modal or a home, and what people do with them. Emits
//   act      {kind: 'press' | 'choose' | 'enter', block_id, action_id, value, element}; see `kind_of`
//   changed  block_id, when what an input block holds has changed here
//   enter-pressed  Enter in a text field that does not send an action of its own
export const BlockList = {
  name: 'SlackBlockList',
  props: {
    blocks: { type: Array, required: true },
    surface: { type: String, required: true },
    values: { type: Object, default: () => ({}) },
    errors: { type: Object, default: () => ({}) },
    names: { type: Object, default: () => ({}) },
    disabled: { type: Boolean, default: false },
  },
  data: () => ({ drafts: {}, expanded: {} }),
  computed: {
    uid() {
      return `sk-${this._uid}`;
    },
  },
  watch: {
    values() {
      this.drafts = unconfirmed(this.drafts, this.blocks, this.values, (...at) => this.typing.has(key_of(...at)));
    },
  },
  created() {
    // Text on its way to the workspace, by block_id and action_id: {timer, send}.
    this.typing = new Map();
    this.had_focus = false;
  },
  beforeUpdate() {
    this.had_focus = this.$el.contains(document.activeElement);
  },
  // A button that was pressed is often gone after it. Who works with the keyboard stays where it was.
  updated() {
    if (this.had_focus && document.activeElement === document.body) this.$el.focus();
    this.had_focus = false;
  },
  beforeDestroy() {
    this.drop_typing();
    this.question?.withdraw();
  },
  methods: {
    value_of(block_id, element) {
      return value_of(this, block_id, element);
    },
    // In a modal the workspace keeps what is in an input block until the form is sent ('enter'). Everything else is an
    // action; whether the app hears of it (`dispatch_action`) or the workspace keeps it, the workspace decides.
    kind_of(block, element) {
      if (element.type === 'button') return 'press';
      return this.surface === 'modal' && block.type === 'input' && block.dispatch_action !== true ? 'enter' : 'choose';
    },
    async choose(block, element, value) {
      if (element.confirm && !(await this.confirmed(element.confirm))) return false;
      this.flush_typing();
      if (holds_value(element)) this.hold(block, element, value);
      this.tell(this.kind_of(block, element), block, element, value);
      return true;
    },
    async confirmed(confirm) {
      this.question?.withdraw();
      const question = ask(this.$el, confirm, this.names);
      this.question = question;
      const agreed = await question.answer;
      if (this.question === question) this.question = null;
      return agreed;
    },
    hold(block, element, value) {
      this.drafts = with_draft(this.drafts, block.block_id, element, from_input(element, value));
      if (block.type === 'input') this.$emit('changed', block.block_id);
    },
    tell(kind, block, element, value) {
      this.$emit('act', { kind, block_id: block.block_id, action_id: element.action_id, value, element });
    },
    // Text is told when the typing rests. With `dispatch_action` the app hears of it at Enter, or of every rest
    // when it asked for that; until then a modal's is kept.
    type(block, element, text) {
      this.hold(block, element, text);
      const is_told = block.dispatch_action !== true || triggers_of(element).includes('on_character_entered');
      const kind = is_told ? this.kind_of(block, element) : 'enter';
      const key = key_of(block.block_id, element.action_id);
      this.forget(key);
      if (!is_told && this.surface !== 'modal') return;
      const send = () => {
        this.typing.delete(key);
        this.tell(kind, block, element, text);
      };
      this.typing.set(key, { send, timer: setTimeout(send, typing_rest_ms) });
    },
    enter_pressed(block, element) {
      if (block.dispatch_action !== true || !triggers_of(element).includes('on_enter_pressed')) {
        this.$emit('enter-pressed');
        return;
      }
      this.forget(key_of(block.block_id, element.action_id));
      this.tell('choose', block, element, to_input(element, this.value_of(block.block_id, element)));
    },
    forget(key) {
      clearTimeout(this.typing.get(key)?.timer);
      this.typing.delete(key);
    },
    // What was typed before an act arrives before it.
    flush_typing() {
      for (const { timer, send } of [...this.typing.values()]) {
        clearTimeout(timer);
        send();
      }
    },
    // For who sends everything in another way, or has no more use for it.
    drop_typing() {
      for (const key of [...this.typing.keys()]) this.forget(key);
    },
  },
  render(h) {
    return h(
      'div',
      { class: ['sk-blocks', `sk-on-${this.surface}`], attrs: { tabindex: -1 } },
      this.blocks.map((block, index) =>
        h(
          'div',
          {
            key: block.block_id || `at-${index}`,
            class: ['sk-block', `sk-block-${block.type}`],
            attrs: { 'data-block': block.block_id },
          },
          draw_block(h, this, block, `${this.uid}-${index}`),
        ),
      ),
    );
  },
};
