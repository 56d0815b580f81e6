import { BlockList, HomeView, MessageBody, ModalStack } from './index.js';
import { hostile } from './samples/hostile.js';
import { homes } from './samples/homes.js';
import { messages } from './samples/messages.js';
import { modals } from './samples/modals.js';
import { names } from './samples/parts.js';
import { rich_texts } from './samples/rich_text.js';

// Every block and element that is drawn, as samples that the strict stand-in accepts:
//   {title, surface: 'message' | 'modal' | 'home', blocks | view | message}
// and for modals also `errors`, `busy` and `below`, the views under the visible one.
export const gallery = [...messages, ...rich_texts, ...modals, ...homes, ...hostile];

// A view as the workspace would show it.
function shown(view, id, errors = {}) {
  return { id, state: { values: {} }, errors, ...view };
}

const Sample = {
  name: 'GallerySample',
  props: { sample: { type: Object, required: true }, number: { type: Number, required: true } },
  data: () => ({ log: '' }),
  methods: {
    told(kind, words) {
      this.log = `${kind} ${JSON.stringify(words)}`;
    },
    draw(h) {
      const { sample, number } = this;
      const props = { names };
      const on = {
        act: ({ kind, block_id, action_id, value }) => this.told(kind, { block_id, action_id, value }),
      };
      if (sample.surface === 'home')
        return h(HomeView, { props: { ...props, view: shown(sample.view, `V${number}`) }, on });
      if (sample.surface === 'modal') {
        const below = (sample.below || []).map((view, index) => shown(view, `V${number}-${index}`));
        const views = [...below, shown(sample.view, `V${number}`, sample.errors)];
        on.submit = ({ entries }) => this.told('submit', entries);
        on.close = (how) => this.told('close', how);
        return h(ModalStack, { props: { ...props, views, busy: sample.busy === true, autofocus: false }, on });
      }
      if (sample.message) return h(MessageBody, { props: { ...props, message: sample.message }, on });
      return h(BlockList, { props: { ...props, blocks: sample.blocks, surface: 'message' }, on });
    },
  },
  render(h) {
    const { sample, number } = this;
    const drawn = this.draw(h);
    return h(
      'section',
      {
        class: ['sk-sample', `sk-sample-${sample.surface}`],
        attrs: { 'data-sample': number, 'aria-labelledby': `sample-${number}` },
      },
      [
        h('h2', { attrs: { id: `sample-${number}` } }, [
          sample.title,
          h('span', { class: 'sk-sample-surface' }, sample.surface),
        ]),
        h('div', { class: 'sk-pane' }, [
          sample.surface === 'modal' ? drawn : h('div', { class: 'sk-sample-inside' }, [drawn]),
        ]),
        h('p', { class: 'sk-sample-log', attrs: { role: 'status' } }, this.log),
      ],
    );
  },
};

export const Gallery = {
  name: 'SlackGallery',
  render(h) {
    return h('main', { class: 'sk-gallery' }, [
      h('h1', 'Block Kit, drawn'),
      h(
        'p',
        'Every block and element that this page draws. What you press or choose is told below the sample; nothing is sent anywhere.',
      ),
      h(
        'div',
        { class: 'sk-gallery-grid' },
        gallery.map((sample, number) => h(Sample, { key: number, props: { sample, number } })),
      ),
    ]);
  },
};
