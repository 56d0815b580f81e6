import { BlockList } from '../block_list.js';
import { text_object, text_of } from '../draw/text.js';
import { problems_of } from '../values/checks.js';
import { entries_of, is_filled } from '../values/values.js';
import { keep_tab_inside } from './focus.js';

const fields = '.sk-modal-body :is(input, select, textarea, .sk-multi-opener)';

// One modal of the stack. Those below the visible one stay drawn but hidden, so that what was entered is still there
// when they come back. Emits 'act', 'submit' {entries} and 'close' {whole_stack}.
export const ModalView = {
  name: 'SlackModalView',
  props: {
    view: { type: Object, required: true },
    names: { type: Object, default: () => ({}) },
    busy: { type: Boolean, default: false },
    place: { type: Number, required: true },
    depth: { type: Number, required: true },
  },
  // `problems`: found here, by block_id. `seen`: told by the app, but changed by the person since.
  data: () => ({ problems: {}, seen: {} }),
  computed: {
    uid() {
      return `sk-modal-${this._uid}`;
    },
    is_top() {
      return this.place === this.depth;
    },
    errors() {
      const told = Object.entries(this.view.errors || {}).filter(([block_id]) => !this.seen[block_id]);
      return { ...Object.fromEntries(told), ...this.problems };
    },
    blocks() {
      return this.view.blocks || [];
    },
    // Then the text itself takes the focus, so that the keyboard can scroll it.
    is_only_read() {
      const acts = (block) =>
        ['input', 'actions'].includes(block.type) || (block.accessory && block.accessory.type !== 'image');
      return !this.blocks.some(acts);
    },
  },
  watch: {
    'view.errors'(now, before) {
      if (JSON.stringify(now) !== JSON.stringify(before)) this.show_errors();
    },
    // The same errors again change nothing in the view: then the end of the wait tells that they were told.
    busy(now) {
      if (!now && this.was_sent) this.show_errors();
    },
  },
  created() {
    this.was_sent = false;
  },
  methods: {
    focus_first() {
      const wanted =
        this.$el.querySelector('[data-focus-first]:not([disabled])') ||
        this.$el.querySelector('.sk-modal-body[tabindex]') ||
        [...this.$el.querySelectorAll(fields)].find((field) => !field.disabled);
      (wanted || this.$refs.dialog).focus();
    },
    show_errors() {
      this.was_sent = false;
      this.seen = {};
      if (Object.keys(this.errors).length > 0) this.focus_first_error();
    },
    async focus_first_error() {
      await this.$nextTick();
      const holder = document.activeElement;
      if (holder !== document.body && !this.$el.contains(holder)) return;
      const block = this.$el.querySelector('.sk-invalid');
      block?.querySelector('input, select, textarea, button')?.focus();
    },
    value_of(block_id, element) {
      return this.$refs.list.value_of(block_id, element);
    },
    submit() {
      if (this.busy || !this.is_top || !this.view.submit) return;
      this.problems = problems_of(this.blocks, this.value_of);
      if (Object.keys(this.problems).length > 0) {
        this.focus_first_error();
        return;
      }
      this.was_sent = true;
      this.$refs.list.drop_typing();
      this.$emit('submit', { entries: entries_of(this.blocks, this.value_of) });
    },
    close(whole_stack) {
      this.$refs.list.drop_typing();
      this.$emit('close', { whole_stack });
    },
    changed(block_id) {
      this.$delete(this.problems, block_id);
      this.$set(this.seen, block_id, true);
    },
    // `submit_disabled`: the form waits for something to be filled.
    is_waiting() {
      if (this.view.submit_disabled !== true || !this.$refs.list) return this.view.submit_disabled === true;
      return !this.blocks.some(
        (block) => block.type === 'input' && is_filled(block.element, this.value_of(block.block_id, block.element)),
      );
    },
    key(event) {
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.close(false);
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.submit();
      } else {
        keep_tab_inside(event, this.$refs.dialog);
      }
    },
    draw_head(h) {
      const cross = h('svg', { attrs: { viewBox: '0 0 20 20', 'aria-hidden': 'true' } }, [
        h('path', { attrs: { d: 'M5 5l10 10M15 5L5 15' } }),
      ]);
      const arrow = h('svg', { attrs: { viewBox: '0 0 20 20', 'aria-hidden': 'true' } }, [
        h('path', { attrs: { d: 'M12 4.5L6.5 10l5.5 5.5' } }),
      ]);
      const button = (label, whole_stack, icon) =>
        h(
          'button',
          {
            class: 'sk-icon-button',
            attrs: { type: 'button', 'aria-label': label, title: label },
            on: { click: () => this.close(whole_stack) },
          },
          [icon],
        );
      return h('div', { class: 'sk-modal-head' }, [
        this.place > 1 ? button('Back', false, arrow) : null,
        h(
          'h2',
          { class: 'sk-dialog-title', attrs: { id: `${this.uid}-title` } },
          text_object(h, this.view.title, this.names),
        ),
        this.depth > 1 ? h('span', { class: 'sk-modal-depth' }, `${this.place} of ${this.depth}`) : null,
        button(this.depth > 1 ? 'Dismiss all' : 'Dismiss', true, cross),
      ]);
    },
    draw_foot(h) {
      const { submit, close } = this.view;
      const close_words = close ? text_object(h, close, this.names) : [submit ? 'Cancel' : 'Close'];
      const waits = this.busy || this.is_waiting();
      return h('div', { class: 'sk-dialog-foot' }, [
        h('span', { class: 'sk-modal-status', attrs: { role: 'status' } }, this.busy ? 'Waiting for the app…' : ''),
        h(
          'button',
          {
            class: 'sk-button',
            attrs: { type: 'button', 'data-modal': 'close' },
            on: { click: () => this.close(false) },
          },
          close_words,
        ),
        submit
          ? h(
              'button',
              {
                class: ['sk-button', 'sk-button-primary', { 'sk-busy': this.busy }],
                attrs: { type: 'submit', 'data-modal': 'submit', 'aria-disabled': waits ? 'true' : null },
              },
              text_object(h, submit, this.names),
            )
          : null,
      ]);
    },
  },
  render(h) {
    const list = h(BlockList, {
      ref: 'list',
      props: {
        blocks: this.blocks,
        surface: 'modal',
        values: this.view.state?.values || {},
        errors: this.errors,
        names: this.names,
      },
      on: { act: (act) => this.$emit('act', act), changed: this.changed, 'enter-pressed': this.submit },
    });
    return h(
      'div',
      {
        ref: 'dialog',
        class: 'sk-dialog sk-modal',
        attrs: {
          role: 'dialog',
          'aria-modal': 'true',
          'aria-labelledby': `${this.uid}-title`,
          'aria-busy': this.busy ? 'true' : null,
          'data-modal-title': text_of(this.view.title),
          tabindex: -1,
          hidden: !this.is_top,
        },
        on: { keydown: this.key },
      },
      [
        h(
          'form',
          {
            class: 'sk-modal-form',
            attrs: { novalidate: true },
            on: {
              submit: (event) => {
                event.preventDefault();
                this.submit();
              },
            },
          },
          [
            this.draw_head(h),
            h('div', { class: 'sk-modal-body', attrs: { tabindex: this.is_only_read ? 0 : null } }, [list]),
            this.draw_foot(h),
          ],
        ),
      ],
    );
  },
};
