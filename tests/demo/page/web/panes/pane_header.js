// Who one is in this window, and what Slack had to say.

import { store } from '../store.js';
import { icon } from '../ui/icons.js';
import { face, name_with_title, person_of, standing_words } from './people.js';
import { NoticeList } from './notices.js';

const kinds = [
  ['Your company', (person) => person.standing === 'member'],
  ['Guests and others', (person) => person.standing !== 'member'],
];

export default {
  name: 'PaneHeader',
  props: { side: String, person: String, notices: Array, closable: Boolean },
  methods: {
    draw_selector(h) {
      const option = (person) =>
        h(
          'option',
          { attrs: { value: person.id }, domProps: { selected: person.id === this.person } },
          name_with_title(person),
        );
      const groups = kinds.map(([label, belongs]) => [
        label,
        store.workspace.people.filter((person) => person.standing !== 'bot' && belongs(person)),
      ]);
      return h(
        'select',
        {
          staticClass: 'person-select',
          attrs: { 'data-person': '', 'aria-label': `You are, in the ${this.side} window` },
          domProps: { value: this.person },
          on: { change: (event) => this.$emit('person', event.target.value) },
        },
        groups
          .filter(([, people]) => people.length)
          .map(([label, people]) => h('optgroup', { attrs: { label } }, people.map(option))),
      );
    },
    draw_chips(h) {
      const person = person_of(store.workspace, this.person);
      const chips = (person?.groups ?? []).map((group) => h('span', { key: group, staticClass: 'chip' }, `@${group}`));
      const standing = person && standing_words(person);
      if (standing) chips.unshift(h('span', { key: 'standing', staticClass: 'chip warn' }, standing));
      else if (person && chips.length === 0) chips.push(h('span', { key: 'none', staticClass: 'chip' }, 'in no group'));
      return h('span', { staticClass: 'person-chips' }, chips);
    },
  },
  render(h) {
    const close = !this.closable
      ? null
      : h(
          'button',
          {
            staticClass: 'icon-button',
            attrs: {
              type: 'button',
              'aria-label': `Close the ${this.side} window`,
              title: 'Close this window',
            },
            on: { click: () => this.$emit('close') },
          },
          [icon(h, 'close')],
        );
    return h('header', { staticClass: 'pane-header' }, [
      face(h, store.workspace, this.person),
      h('span', { staticClass: 'person-pick' }, [this.draw_selector(h), icon(h, 'down', 'small')]),
      this.draw_chips(h),
      h('span', { staticClass: 'grow' }),
      h(NoticeList, { props: { notices: this.notices } }),
      close,
    ]);
  },
};
