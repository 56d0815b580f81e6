import { text_of } from '../draw/text.js';
import { to_input } from '../values/values.js';
import { from_local, to_local } from '../values/moments.js';
import { element, synced } from './element.js';

// Date, time and both: the browser's own pickers. While a year is typed digit by digit each state is a valid date; so
// a change counts after a moment of rest, on Enter, or when the focus leaves.
const rest_ms = 700;

const kinds = {
  datepicker: { input: 'date', icon: 'Date', read: (words) => words, write: (value) => value ?? '' },
  timepicker: { input: 'time', icon: 'Time', read: (words) => words.slice(0, 5), write: (value) => value ?? '' },
  datetimepicker: { input: 'datetime-local', icon: 'Date and time', read: from_local, write: to_local },
};

export const DatePicker = {
  name: 'SlackDatePicker',
  mixins: [element, synced],
  computed: {
    kind() {
      return kinds[this.element.type];
    },
    current() {
      return to_input(this.element, this.value);
    },
  },
  methods: {
    sync() {
      if (this.waiting) return;
      this.$refs.input.value = this.kind.write(this.current);
    },
    changed() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(this.settle, rest_ms);
    },
    settle() {
      if (!this.waiting) return;
      clearTimeout(this.waiting);
      this.waiting = null;
      const words = this.$refs.input.value;
      const value = words === '' ? null : this.kind.read(words);
      if (value !== this.current) this.decide(value);
    },
    key(event) {
      if (event.key === 'Enter') this.settle();
    },
  },
  beforeDestroy() {
    clearTimeout(this.waiting);
  },
  render(h) {
    const hint = text_of(this.element.placeholder);
    const input = h('input', {
      ref: 'input',
      class: ['sk-input', 'sk-input-date', { 'sk-unchosen': this.current === null }],
      attrs: {
        ...this.aria,
        type: this.kind.input,
        'aria-required': this.aria_required,
        disabled: this.disabled,
        title: hint || null,
      },
      on: { change: this.changed, blur: this.settle, keydown: this.key },
    });
    const zone = this.element.timezone
      ? h('span', { class: 'sk-zone' }, this.element.timezone.replaceAll('_', ' '))
      : null;
    return h('span', { class: 'sk-date-frame' }, [input, zone]);
  },
};
