import { give_focus_back, may_take_focus, pane_of } from './focus.js';
import { ModalView } from './modal_view.js';

// The modals that a person sees: at most three, the visible one last. They lie over their pane and not over the window.
// `autofocus` is off where several stacks are shown at once. Emits 'act', 'submit' {entries} and 'close' {whole_stack}.
export const ModalStack = {
  name: 'SlackModalStack',
  props: {
    views: { type: Array, default: () => [] },
    names: { type: Object, default: () => ({}) },
    busy: { type: Boolean, default: false },
    autofocus: { type: Boolean, default: true },
  },
  computed: {
    top_id() {
      return this.views.length > 0 ? this.views[this.views.length - 1].id : null;
    },
  },
  watch: {
    // Runs before the page changes: who has the focus now gets it back when what comes on top goes.
    top_id(now, before) {
      this.remember(before);
      this.$nextTick(() => this.move_focus(before));
    },
  },
  created() {
    // Who had the focus: in each modal below the top, by view id, and outside of them all.
    this.holders = new Map();
    this.outside = document.activeElement;
    this.was_inside = false;
  },
  mounted() {
    this.pane = pane_of(this.$el);
    if (this.top_id !== null) this.move_focus(null);
  },
  updated() {
    this.keep_focus();
  },
  // By now the dialogs are out of the page, and nobody has the focus that was in them.
  beforeDestroy() {
    const { outside, pane } = this;
    if (this.was_inside && document.activeElement === document.body)
      this.$nextTick(() => give_focus_back(outside, pane));
  },
  methods: {
    dialog_of(id) {
      return this.$refs.views?.find((dialog) => dialog.view.id === id) || null;
    },
    remember(before) {
      const holder = document.activeElement;
      if (before === null) this.outside = holder;
      else if (this.dialog_of(before)?.$el.contains(holder)) this.holders.set(before, holder);
    },
    move_focus(before) {
      const open = new Set(this.views.map((view) => view.id));
      for (const id of [...this.holders.keys()]) if (!open.has(id)) this.holders.delete(id);
      if (this.top_id === null) {
        if (this.was_inside) give_focus_back(this.outside, this.pane);
        this.was_inside = false;
        return;
      }
      if (!this.autofocus || !(this.was_inside || may_take_focus(this.pane))) return;
      const holder = this.holders.get(this.top_id);
      if (holder?.isConnected && before !== null) holder.focus();
      else this.dialog_of(this.top_id)?.focus_first();
    },
    // When the field that had the focus is gone after an update, the dialog takes it: the keyboard must not fall out.
    keep_focus() {
      const dialog = this.dialog_of(this.top_id);
      if (!dialog) return;
      const holder = document.activeElement;
      const is_lost = holder === null || holder === document.body;
      if (this.was_inside && is_lost && this.autofocus) dialog.$el.focus();
    },
    entered() {
      this.was_inside = true;
    },
    // Without a next one the focus is lost and not moved: it was inside until then.
    left(event) {
      if (event.relatedTarget !== null && !this.$el.contains(event.relatedTarget)) this.was_inside = false;
    },
    // A press beside the dialog takes the focus from nothing.
    hold_focus(event) {
      if (event.target === this.$el) event.preventDefault();
    },
  },
  render(h) {
    const depth = this.views.length;
    if (depth === 0) return h('div', { class: 'sk-modals' });
    const dialogs = this.views.map((view, index) =>
      h(ModalView, {
        key: view.id,
        ref: 'views',
        refInFor: true,
        props: { view, names: this.names, busy: this.busy, place: index + 1, depth },
        on: {
          act: (act) => this.$emit('act', act),
          submit: (form) => this.$emit('submit', form),
          close: (how) => this.$emit('close', how),
        },
      }),
    );
    const on = { mousedown: this.hold_focus, focusin: this.entered, focusout: this.left };
    return h('div', { class: 'sk-modals sk-overlay', on }, dialogs);
  },
};
