import { BlockList } from './block_list.js';

// The app's home, as it was last published for this person. Emits 'act'.
export const HomeView = {
  name: 'SlackHomeView',
  props: {
    view: { type: Object, default: null },
    names: { type: Object, default: () => ({}) },
    disabled: { type: Boolean, default: false },
  },
  render(h) {
    if (!this.view)
      return h('div', { class: 'sk-home sk-home-empty' }, [h('p', 'The app has published no home for you yet.')]);
    return h('div', { class: 'sk-home' }, [
      h(BlockList, {
        props: {
          blocks: this.view.blocks || [],
          surface: 'home',
          values: this.view.state?.values || {},
          names: this.names,
          disabled: this.disabled,
        },
        on: { act: (act) => this.$emit('act', act) },
      }),
    ]);
  },
};
