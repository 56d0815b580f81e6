import { text_object } from '../draw/text.js';
import { to_input } from '../values/values.js';
import { element, synced } from './element.js';

// Radio buttons and checkboxes: the browser's own, with Slack's texts and descriptions beside them.
function option_list(name, kind, value_with) {
  return {
    name,
    mixins: [element, synced],
    computed: {
      selected() {
        return [to_input(this.element, this.value)].flat();
      },
    },
    methods: {
      sync() {
        this.element.options.forEach((option, index) => {
          this.$refs[`option-${index}`].checked = this.selected.includes(option.value);
        });
      },
      draw_option(h, option, index) {
        const id = `${this.uid}-${index}`;
        const description = option.description ? `${id}-description` : null;
        return h('div', { class: 'sk-choice' }, [
          h('input', {
            ref: `option-${index}`,
            attrs: {
              type: kind,
              id,
              name: this.uid,
              disabled: this.disabled,
              'aria-describedby': description,
              'data-value': option.value,
            },
            on: { change: () => this.decide(value_with(this, option)) },
          }),
          h('div', { class: 'sk-choice-words' }, [
            h('label', { attrs: { for: id } }, text_object(h, option.text, this.names)),
            description &&
              h(
                'div',
                { class: 'sk-choice-description', attrs: { id: description } },
                text_object(h, option.description, this.names),
              ),
          ]),
        ]);
      },
    },
    render(h) {
      const role = kind === 'radio' ? 'radiogroup' : 'group';
      const attrs = { ...this.aria, role, 'aria-required': kind === 'radio' ? this.aria_required : null };
      if (kind === 'checkbox') attrs['aria-invalid'] = null;
      return h(
        'div',
        { class: 'sk-choices', attrs },
        this.element.options.map((option, index) => this.draw_option(h, option, index)),
      );
    },
  };
}

export const RadioButtons = option_list('SlackRadioButtons', 'radio', (list, option) => option.value);

export const Checkboxes = option_list('SlackCheckboxes', 'checkbox', (list) =>
  list.element.options.filter((_, index) => list.$refs[`option-${index}`].checked).map((option) => option.value),
);
