import { text_of } from '../draw/text.js';
import { to_input } from '../values/values.js';
import { choices_of } from './choices_of.js';
import { element } from './element.js';
import { popover } from './popover.js';

// Several of many: a button that tells what is chosen, and a sheet of checkboxes with a search when they are many.
const searched_from = 9;

export const MultiSelect = {
  name: 'SlackMultiSelect',
  mixins: [element, popover],
  data: () => ({ search: '' }),
  computed: {
    selected() {
      return to_input(this.element, this.value);
    },
    groups() {
      return choices_of(this.element, this.names, this.selected);
    },
    all() {
      return this.groups.flatMap((group) => group.choices);
    },
    shown() {
      const wanted = this.search.trim().toLocaleLowerCase();
      const fits = (choice) => choice.text.toLocaleLowerCase().includes(wanted);
      return this.groups
        .map((group) => ({ ...group, choices: group.choices.filter(fits) }))
        .filter((group) => group.choices.length > 0);
    },
    is_full() {
      return this.element.max_selected_items !== undefined && this.selected.length >= this.element.max_selected_items;
    },
    placeholder() {
      return text_of(this.element.placeholder) || 'Choose options';
    },
  },
  methods: {
    async check(choice, event) {
      const chosen = event.target.checked
        ? [...this.selected, choice.value]
        : this.selected.filter((value) => value !== choice.value);
      const order = this.all.map((each) => each.value);
      const agreed = await this.choose(chosen.sort((one, other) => order.indexOf(one) - order.indexOf(other)));
      if (!agreed) event.target.checked = this.selected.includes(choice.value);
    },
    focus_first() {
      this.search = '';
      const sheet = this.$refs.sheet;
      (
        sheet.querySelector('input[type=text]') ||
        sheet.querySelector('input:checked') ||
        sheet.querySelector('input')
      )?.focus();
    },
    opener_key(event) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      this.show();
    },
    move(event) {
      // Enter in the search would send the form around it.
      if (event.key === 'Enter') event.preventDefault();
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      const inputs = [...this.$refs.sheet.querySelectorAll('input:not([disabled])')];
      const at = inputs.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      event.preventDefault();
      inputs[Math.max(0, Math.min(at, inputs.length - 1))]?.focus();
    },
    draw_chosen(h) {
      if (this.selected.length === 0) return [h('span', { class: 'sk-unchosen' }, this.placeholder)];
      const text = new Map(this.all.map((choice) => [choice.value, choice.text]));
      return this.selected.map((value) => h('span', { key: value, class: 'sk-chip' }, [h('bdi', text.get(value))]));
    },
    draw_choice(h, choice) {
      const checked = this.selected.includes(choice.value);
      const id = `${this.uid}-${this.all.indexOf(choice)}`;
      return h('label', { key: choice.value, class: 'sk-choice', attrs: { for: id } }, [
        h('input', {
          attrs: { type: 'checkbox', id, disabled: this.is_full && !checked, 'data-value': choice.value },
          domProps: { checked },
          on: { change: (event) => this.check(choice, event) },
        }),
        h('span', { class: 'sk-choice-words' }, [
          h('bdi', choice.text),
          choice.description ? h('span', { class: 'sk-choice-description' }, choice.description) : null,
        ]),
      ]);
    },
    draw_sheet(h) {
      const groups = this.shown.map((group, index) => {
        const choices = group.choices.map((choice) => this.draw_choice(h, choice));
        if (group.label === null) return choices;
        const id = `${this.uid}-group-${index}`;
        return [
          h('div', { attrs: { role: 'group', 'aria-labelledby': id } }, [
            h('div', { class: 'sk-sheet-title', attrs: { id } }, group.label),
            ...choices,
          ]),
        ];
      });
      return [
        this.all.length < searched_from
          ? null
          : h('input', {
              key: 'search',
              class: 'sk-input sk-sheet-search',
              attrs: {
                type: 'text',
                placeholder: 'Search',
                'aria-label': 'Search the options',
                autocomplete: 'off',
              },
              domProps: { value: this.search },
              on: {
                input: (event) => {
                  this.search = event.target.value;
                },
                keydown: this.move,
              },
            }),
        h(
          'div',
          { class: 'sk-sheet-list', on: { keydown: this.move } },
          groups.length > 0 ? groups : [h('p', { class: 'sk-sheet-note' }, 'Nothing fits.')],
        ),
        this.is_full
          ? h('p', { class: 'sk-sheet-note' }, `At most ${this.element.max_selected_items} can be chosen.`)
          : null,
      ];
    },
  },
  render(h) {
    const opener = h(
      'button',
      {
        ref: 'opener',
        class: 'sk-select sk-multi-opener',
        attrs: {
          ...this.aria,
          type: 'button',
          id: `${this.uid}-opener`,
          // The name of the field, then what is chosen.
          'aria-label': null,
          'aria-labelledby': this.labelledby ? `${this.labelledby} ${this.uid}-chosen` : null,
          'aria-haspopup': 'dialog',
          disabled: this.disabled,
          ...this.opener_attrs,
        },
        on: { keydown: this.opener_key },
      },
      [
        this.labelledby ? null : h('span', { class: 'sk-hidden' }, `${this.label || this.placeholder}: `),
        h('span', { class: 'sk-multi-chosen', attrs: { id: `${this.uid}-chosen` } }, this.draw_chosen(h)),
      ],
    );
    const sheet = h(
      'div',
      {
        ref: 'sheet',
        class: 'sk-sheet',
        attrs: { ...this.sheet_attrs, role: 'dialog', 'aria-label': this.label || this.placeholder },
        on: this.sheet_on,
      },
      this.open ? this.draw_sheet(h) : [],
    );
    return h('span', { class: 'sk-select-frame' }, [opener, sheet]);
  },
};
