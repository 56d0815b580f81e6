import { safe_href } from '../text/links.js';
import { text_object } from '../draw/text.js';
import { element } from './element.js';
import { popover } from './popover.js';

// The three dots: a menu of two to five things to do.
export const Overflow = {
  name: 'SlackOverflow',
  mixins: [element, popover],
  computed: {
    aligns_right: () => true,
  },
  methods: {
    items() {
      return [...this.$refs.sheet.querySelectorAll('[role=menuitem]')];
    },
    focus_first() {
      this.items()[0]?.focus();
    },
    async pick(option) {
      this.hide();
      const href = safe_href(option.url);
      const agreed = await this.choose(option.value);
      if (agreed && href !== null) window.open(href, '_blank', 'noopener,noreferrer');
    },
    opener_key(event) {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      this.show();
    },
    move(event) {
      const items = this.items();
      const at = items.indexOf(document.activeElement);
      const to = {
        ArrowDown: (at + 1) % items.length,
        ArrowUp: (at + items.length - 1) % items.length,
        Home: 0,
        End: items.length - 1,
      }[event.key];
      if (to === undefined) {
        if (event.key === 'Tab') this.hide({ and_focus: true });
        return;
      }
      event.preventDefault();
      items[to].focus();
    },
    draw_item(h, option) {
      return h(
        'button',
        {
          class: 'sk-menu-item',
          attrs: { type: 'button', role: 'menuitem', tabindex: -1, 'data-value': option.value },
          on: { click: () => this.pick(option) },
        },
        [
          h('span', text_object(h, option.text, this.names)),
          option.description
            ? h('span', { class: 'sk-choice-description' }, text_object(h, option.description, this.names))
            : null,
        ],
      );
    },
  },
  render(h) {
    const dots = [4, 10, 16].map((cx) => h('circle', { attrs: { cx, cy: 10, r: 1.7 } }));
    const opener = h(
      'button',
      {
        ref: 'opener',
        class: 'sk-button sk-button-dots',
        attrs: {
          type: 'button',
          'aria-label': this.label || 'More actions',
          'aria-haspopup': 'menu',
          'data-action': this.element.action_id,
          disabled: this.disabled,
          ...this.opener_attrs,
        },
        on: { keydown: this.opener_key },
      },
      [h('svg', { attrs: { viewBox: '0 0 20 20', 'aria-hidden': 'true' } }, dots)],
    );
    const sheet = h(
      'div',
      {
        ref: 'sheet',
        class: 'sk-sheet sk-menu',
        attrs: { ...this.sheet_attrs, role: 'menu', 'aria-label': this.label || 'More actions' },
        on: {
          ...this.sheet_on,
          keydown: (event) => {
            this.sheet_key(event);
            this.move(event);
          },
        },
      },
      this.open ? this.element.options.map((option) => this.draw_item(h, option)) : [],
    );
    return h('span', { class: 'sk-overflow' }, [opener, sheet]);
  },
};
