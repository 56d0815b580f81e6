import { to_input } from '../values/values.js';
import { text_of } from '../draw/text.js';
import { element, synced } from './element.js';
import { choices_of } from './choices_of.js';

// One of many: the browser's own menu, which keyboards and screen readers know.
export const Select = {
  name: 'SlackSelect',
  mixins: [element, synced],
  computed: {
    selected() {
      return to_input(this.element, this.value);
    },
    groups() {
      return choices_of(this.element, this.names, this.selected);
    },
    placeholder() {
      return text_of(this.element.placeholder) || 'Choose an option';
    },
  },
  methods: {
    sync() {
      this.$refs.select.value = this.selected ?? '';
    },
    change(event) {
      this.decide(event.target.value === '' ? null : event.target.value);
    },
  },
  render(h) {
    // The description stands below the text where the browser can draw it (forms.css); it is no part of the chosen
    // text.
    const option = (choice) =>
      h(
        'option',
        {
          key: choice.value,
          attrs: {
            value: choice.value,
            title: choice.description || null,
            'data-description': choice.description || null,
          },
        },
        choice.text,
      );
    const options = this.groups.flatMap((group) =>
      group.label === null
        ? group.choices.map(option)
        : [h('optgroup', { attrs: { label: group.label } }, group.choices.map(option))],
    );
    // Only an optional field can be emptied again.
    const clears = this.clearable ? {} : { disabled: true, hidden: this.selected !== null };
    const select = h(
      'select',
      {
        ref: 'select',
        class: ['sk-select', { 'sk-unchosen': this.selected === null }],
        attrs: { ...this.aria, 'aria-required': this.aria_required, disabled: this.disabled },
        on: { change: this.change },
      },
      [h('option', { key: '', attrs: { value: '', ...clears } }, this.placeholder), ...options],
    );
    return h('span', { class: 'sk-select-frame' }, [select]);
  },
};

// The options of an external select are known to the app alone, and the stand-in does not ask it for them.
export const ExternalSelect = {
  name: 'SlackExternalSelect',
  mixins: [element],
  render(h) {
    const held = [this.element.initial_option, ...(this.element.initial_options || [])].filter(Boolean);
    const words =
      held.map((option) => text_of(option.text)).join(', ') || text_of(this.element.placeholder) || 'Choose an option';
    const attrs = { ...this.aria, disabled: true, title: 'The app fills this menu; it cannot be asked here.' };
    return h('span', { class: 'sk-select-frame' }, [
      h('select', { class: 'sk-select sk-unchosen', attrs }, [h('option', words)]),
    ]);
  },
};
