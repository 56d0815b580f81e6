// A button that opens a menu of actions: arrow keys move, Escape and a click elsewhere close, focus returns to the
// button.

import { icon } from './icons.js';

let count = 0;

export default {
  name: 'ActionMenu',
  props: {
    name: { type: String, required: true }, // of the button, for those who do not see the icon
    icon: { type: String, required: true },
    items: { type: Array, required: true }, // {label, hint?, icon?, run()}
    empty: { type: String, default: '' }, // what to say when there are none
    kind: { type: String, default: '' },
    place: { type: String, default: 'below' }, // or 'above'
  },
  data: () => ({ open: false, id: `menu-${++count}` }),
  beforeDestroy() {
    this.listen(false);
  },
  methods: {
    listen(on) {
      const change = on ? document.addEventListener : document.removeEventListener;
      change.call(document, 'pointerdown', this.outside, true);
    },
    outside(event) {
      if (!this.$el.contains(event.target)) this.close(false);
    },
    entries() {
      return [...this.$el.querySelectorAll('[role=menuitem]')];
    },
    toggle() {
      if (this.open) this.close(true);
      else this.show();
    },
    show(last = false) {
      this.open = true;
      this.listen(true);
      this.$emit('opened', true);
      this.$nextTick(() => {
        const entries = this.entries();
        (last ? entries[entries.length - 1] : entries[0])?.focus();
      });
    },
    close(refocus) {
      this.open = false;
      this.listen(false);
      this.$emit('opened', false);
      if (refocus) this.$refs.button.focus();
    },
    choose(item) {
      this.close(true);
      item.run();
    },
    on_button_key(event) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      this.show(event.key === 'ArrowUp');
    },
    on_key(event) {
      const entries = this.entries();
      const at = entries.indexOf(document.activeElement);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1 + entries.length, Home: 0, End: entries.length - 1 }[event.key];
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.close(true);
      }
      if (event.key === 'Tab') this.close(false);
      if (next === undefined || entries.length === 0) return;
      event.preventDefault();
      entries[next % entries.length].focus();
    },
    draw_item(h, item) {
      return h(
        'button',
        {
          key: item.label,
          staticClass: 'menu-item',
          attrs: { type: 'button', role: 'menuitem', tabindex: '-1' },
          on: { click: () => this.choose(item) },
        },
        [icon(h, item.icon ?? 'right'), h('span', [item.label, item.hint ? h('small', item.hint) : null])],
      );
    },
  },
  render(h) {
    const button = h(
      'button',
      {
        ref: 'button',
        staticClass: 'icon-button',
        class: this.kind,
        attrs: {
          type: 'button',
          'aria-label': this.name,
          title: this.name,
          'aria-haspopup': 'menu',
          'aria-expanded': String(this.open),
          'aria-controls': this.open ? this.id : null,
        },
        on: { click: this.toggle, keydown: this.on_button_key },
      },
      [icon(h, this.icon)],
    );
    const menu = !this.open
      ? null
      : h(
          'div',
          {
            staticClass: 'menu',
            attrs: { id: this.id, role: this.items.length ? 'menu' : 'note', 'aria-label': this.name },
            on: { keydown: this.on_key },
          },
          this.items.length
            ? this.items.map((item) => this.draw_item(h, item))
            : [h('p', { staticClass: 'menu-empty' }, this.empty)],
        );
    return h('div', { staticClass: 'menu-holder', class: this.place }, [button, menu]);
  },
};
