import { text_object } from '../draw/text.js';
import { give_focus_back, keep_tab_inside, may_take_focus, pane_of, stage_of } from './focus.js';

// The confirm object: a question before an act. It is the client's alone; the app learns of an agreed act only.
const Confirm = {
  name: 'SlackConfirm',
  props: {
    confirm: { type: Object, required: true },
    names: { type: Object, default: () => ({}) },
  },
  computed: {
    uid() {
      return `sk-confirm-${this._uid}`;
    },
  },
  mounted() {
    this.pane = pane_of(this.$el);
    this.before = document.activeElement;
    const anchored = this.pane === document.body || may_take_focus(this.pane);
    if (!anchored) return;
    // What destroys something is not one careless Enter away.
    this.$refs[this.confirm.style === 'danger' ? 'deny' : 'confirm'].focus();
  },
  methods: {
    key(event) {
      event.stopPropagation();
      if (event.key === 'Escape') this.$emit('answer', false);
      else keep_tab_inside(event, this.$refs.dialog);
    },
  },
  beforeDestroy() {
    if (this.$el.contains(document.activeElement)) give_focus_back(this.before, this.pane);
  },
  render(h) {
    const { confirm, names, uid } = this;
    const button = (which, style, agreed) =>
      h(
        'button',
        {
          ref: which,
          class: ['sk-button', style],
          attrs: { type: 'button', 'data-confirm': which },
          on: { click: () => this.$emit('answer', agreed) },
        },
        text_object(h, confirm[which], names),
      );
    const style = confirm.style === 'danger' ? 'sk-button-danger' : 'sk-button-primary';
    return h('div', { class: 'sk-overlay sk-overlay-confirm' }, [
      h(
        'div',
        {
          ref: 'dialog',
          class: 'sk-dialog sk-confirm',
          attrs: {
            role: 'dialog',
            'aria-modal': 'true',
            'aria-labelledby': `${uid}-title`,
            'aria-describedby': `${uid}-text`,
            tabindex: -1,
          },
          on: { keydown: this.key },
        },
        [
          h('h2', { class: 'sk-dialog-title', attrs: { id: `${uid}-title` } }, text_object(h, confirm.title, names)),
          h(
            'div',
            { class: 'sk-confirm-text sk-text', attrs: { id: `${uid}-text` } },
            text_object(h, confirm.text, names),
          ),
          h('div', { class: 'sk-dialog-foot' }, [button('deny', null, false), button('confirm', style, true)]),
        ],
      ),
    ]);
  },
};

// Asks in the pane of `anchor`. `answer` is a promise; `withdraw()` closes the question as denied, for when what it
// asks about has gone.
export function ask(anchor, confirm, names) {
  let settle = null;
  const answer = new Promise((resolve) => {
    settle = resolve;
  });
  const dialog = new window.Vue({
    render: (h) => h(Confirm, { props: { confirm, names }, on: { answer: finish } }),
  });
  function finish(agreed) {
    if (settle === null) return;
    dialog.$destroy();
    dialog.$el.remove();
    settle(agreed);
    settle = null;
  }
  const place = document.createElement('div');
  stage_of(anchor).append(place);
  dialog.$mount(place);
  return { answer, withdraw: () => finish(false) };
}
