// What every interactive element is given and how it answers.
//   choose(value)  a decided value, as entered (values.js); resolves to false when a confirm dialog was denied
//   type(value)    text as it is typed
export const element = {
  props: {
    element: { type: Object, required: true },
    value: { type: Object, default: null },
    // Which element of the page names and describes this one; `label` is for what has no visible name.
    labelledby: { type: String, default: null },
    describedby: { type: String, default: null },
    label: { type: String, default: null },
    invalid: { type: Boolean, default: false },
    required: { type: Boolean, default: false },
    clearable: { type: Boolean, default: false },
    disabled: { type: Boolean, default: false },
    names: { type: Object, default: () => ({}) },
    choose: { type: Function, required: true },
    type: { type: Function, required: true },
  },
  computed: {
    uid() {
      return `sk-${this._uid}`;
    },
    // For the one thing that takes the focus.
    aria() {
      return {
        'aria-label': this.labelledby ? null : this.label,
        'aria-labelledby': this.labelledby,
        'aria-describedby': this.describedby,
        'aria-invalid': this.invalid ? 'true' : null,
        'data-action': this.element.action_id,
        'data-focus-first': this.element.focus_on_load ? '' : null,
      };
    },
    aria_required() {
      return this.required ? 'true' : null;
    },
  },
};

// Native controls change themselves before anybody agrees. This sets them back to what is: after a denied confirm, and
// when the value changed elsewhere. The component says how in `sync()`.
export const synced = {
  mounted() {
    this.sync();
  },
  updated() {
    this.sync();
  },
  methods: {
    async decide(value) {
      const agreed = await this.choose(value);
      if (!agreed) this.sync();
    },
  },
};
