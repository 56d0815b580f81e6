import { text_of } from '../draw/text.js';
import { to_input } from '../values/values.js';
import { element } from './element.js';

// Everything that is typed. The kinds are told apart by keyboard and check only (values/checks.js): an
// <input type="email"> would rewrite what a person typed.
const keyboards = { email_text_input: 'email', url_text_input: 'url', number_input: 'decimal' };

export const TextInput = {
  name: 'SlackTextInput',
  mixins: [element],
  computed: {
    text() {
      return to_input(this.element, this.value) ?? '';
    },
    left() {
      return this.element.max_length === undefined ? null : this.element.max_length - this.text.length;
    },
    is_multiline() {
      return this.element.multiline === true;
    },
  },
  methods: {
    key(event) {
      // In several lines Enter is a character; with Ctrl or Command it is the form's.
      if (event.key !== 'Enter' || event.isComposing || this.is_multiline || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.$emit('enter-pressed');
    },
  },
  render(h) {
    const counter = this.left === null ? null : `${this.uid}-counter`;
    const described = [this.describedby, counter].filter(Boolean).join(' ') || null;
    const input = h(this.is_multiline ? 'textarea' : 'input', {
      class: ['sk-input', { 'sk-input-multiline': this.is_multiline }],
      attrs: {
        ...this.aria,
        type: this.is_multiline ? null : 'text',
        rows: this.is_multiline ? 4 : null,
        inputmode: keyboards[this.element.type] || null,
        'aria-describedby': described,
        'aria-required': this.aria_required,
        placeholder: text_of(this.element.placeholder) || null,
        autocomplete: 'off',
        spellcheck: this.element.type === 'plain_text_input' ? null : 'false',
        disabled: this.disabled,
      },
      domProps: { value: this.text },
      on: { input: (event) => this.type(event.target.value), keydown: this.key },
    });
    if (counter === null) return input;
    const words = this.left < 0 ? `${-this.left} too many` : `${this.left} left`;
    return h('div', { class: 'sk-counted' }, [
      input,
      h('span', { class: ['sk-counter', { 'sk-counter-over': this.left < 0 }], attrs: { id: counter } }, words),
    ]);
  },
};
