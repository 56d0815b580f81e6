// Buttons that break something on purpose, each with a sentence, and what is in force now.

import { store, make_trouble } from '../store.js';
import { icon } from './icons.js';

const area_names = { auth0: 'Auth0', slack: 'Slack', bot: 'The bot' };

export default {
  name: 'TroubleButtons',
  props: { areas: Array },
  data: () => ({ words: '', busy: '', user: '' }),
  computed: {
    kinds() {
      return store.workspace.troubles.filter(
        (trouble) => trouble.kind !== 'clear' && this.areas.includes(trouble.area),
      );
    },
    in_force() {
      return new Map((store.auth0?.troubles ?? []).map((trouble) => [trouble.kind, trouble]));
    },
    customers() {
      return (store.auth0?.users ?? []).filter((user) =>
        user.identities.some((identity) => identity.provider === 'auth0'),
      );
    },
    customer() {
      return this.user || this.customers[0]?.user_id || '';
    },
  },
  methods: {
    async press(trouble) {
      this.busy = trouble.kind;
      const answer = await make_trouble(
        trouble.kind,
        trouble.needs?.includes('user_id') ? { user_id: this.customer } : {},
      );
      this.words = answer.ok ? answer.words : answer.error;
      this.busy = '';
    },
    draw_state(h, trouble) {
      const now = this.in_force.get(trouble.kind);
      if (!now) return null;
      return h(
        'span',
        { staticClass: 'chip warn' },
        now.pending > 1 ? `In force, ${now.pending} times more` : 'In force',
      );
    },
    draw_button(h, trouble) {
      const id = `trouble-${trouble.kind}`;
      return h('li', { key: trouble.kind, staticClass: 'trouble', class: { on: this.in_force.has(trouble.kind) } }, [
        h('div', { staticClass: 'trouble-head' }, [
          h(
            'button',
            {
              staticClass: 'button small',
              attrs: {
                type: 'button',
                'data-trouble': trouble.kind,
                'aria-describedby': id,
                'aria-busy': this.busy === trouble.kind ? 'true' : null,
              },
              on: { click: () => this.press(trouble) },
            },
            trouble.title,
          ),
          this.draw_state(h, trouble),
        ]),
        h('p', { attrs: { id } }, trouble.description),
      ]);
    },
    draw_customer(h) {
      return h('label', { staticClass: 'trouble-customer' }, [
        'Customer it is about',
        h(
          'select',
          {
            staticClass: 'field',
            domProps: { value: this.customer },
            on: {
              change: (event) => {
                this.user = event.target.value;
              },
            },
          },
          this.customers.map((user) =>
            h(
              'option',
              { attrs: { value: user.user_id }, domProps: { selected: user.user_id === this.customer } },
              user.name === user.email || !user.name ? user.email : `${user.name}, ${user.email}`,
            ),
          ),
        ),
      ]);
    },
    draw_area(h, area) {
      const kinds = this.kinds.filter((trouble) => trouble.area === area);
      if (kinds.length === 0) return null;
      const about_somebody = kinds.some((trouble) => trouble.needs?.includes('user_id'));
      return h('div', { key: area, staticClass: 'trouble-area' }, [
        this.areas.length > 1 ? h('h3', area_names[area] ?? area) : null,
        h(
          'ul',
          kinds.filter((trouble) => !trouble.needs?.includes('user_id')).map((trouble) => this.draw_button(h, trouble)),
        ),
        about_somebody ? this.draw_customer(h) : null,
        h(
          'ul',
          kinds.filter((trouble) => trouble.needs?.includes('user_id')).map((trouble) => this.draw_button(h, trouble)),
        ),
      ]);
    },
  },
  render(h) {
    const clear = { kind: 'clear', title: 'End all trouble' };
    return h('div', { staticClass: 'troubles' }, [
      this.areas.includes('bot') && this.in_force.size === 0
        ? null
        : h('div', { staticClass: 'trouble-clear' }, [
            h(
              'button',
              {
                staticClass: 'button small',
                class: { solid: this.in_force.size > 0 },
                attrs: { type: 'button', 'data-trouble': 'clear' },
                on: { click: () => this.press(clear) },
              },
              [icon(h, 'check', 'small'), clear.title],
            ),
          ]),
      h('p', { staticClass: 'trouble-words', class: { said: this.words }, attrs: { role: 'status' } }, this.words),
      ...this.areas.map((area) => this.draw_area(h, area)),
    ]);
  },
};
