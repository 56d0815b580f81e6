// A customer at the tenant's log-in page, with the password that was read out to them.

import { store, sign_in, choose_password } from '../store.js';

const nobody = { words: '', page: '', state: '' };

export default {
  name: 'SignIn',
  data: () => ({ email: '', password: '', own: '', busy: false, said: nobody }),
  computed: {
    // Whose passwords this tenant keeps, each address once.
    addresses() {
      const users = store.auth0.users.filter((user) => user.identities.some(({ provider }) => provider === 'auth0'));
      return [...new Set(users.map((user) => user.email))];
    },
    customer() {
      return this.email || this.addresses[0] || '';
    },
  },
  methods: {
    async send(call) {
      this.busy = true;
      const answer = await call;
      this.said = { ...nobody, ...answer, words: answer.words ?? answer.error };
      this.password = '';
      this.own = '';
      this.busy = false;
    },
    sign_in() {
      return this.send(sign_in({ email: this.customer, password: this.password }));
    },
    choose() {
      const { page, state } = this.said;
      return this.send(choose_password({ page, state, password: this.own }));
    },
    draw_field(h, label, name) {
      return h('label', { key: name, staticClass: 'trouble-customer' }, [
        label,
        h('input', {
          staticClass: 'field',
          attrs: { type: 'password', autocomplete: 'off', required: true, 'data-sign-in': name },
          domProps: { value: this[name] },
          on: {
            input: (event) => {
              this[name] = event.target.value;
            },
          },
        }),
      ]);
    },
    draw_form(h, key, fields, label, send) {
      const submit = (event) => {
        event.preventDefault();
        if (!this.busy) send();
      };
      return h('form', { key, on: { submit } }, [
        ...fields,
        h('button', { staticClass: 'button small', attrs: { type: 'submit', 'data-sign-in': key } }, label),
      ]);
    },
    draw_customer(h) {
      return h('label', { key: 'email', staticClass: 'trouble-customer' }, [
        'Customer',
        h(
          'select',
          {
            staticClass: 'field',
            attrs: { 'data-sign-in': 'email' },
            on: {
              change: (event) => {
                this.email = event.target.value;
              },
            },
          },
          this.addresses.map((address) =>
            h('option', { attrs: { value: address }, domProps: { selected: address === this.customer } }, address),
          ),
        ),
      ]);
    },
  },
  render(h) {
    const words = h(
      'p',
      { key: 'words', staticClass: 'trouble-words', class: { said: this.said.words }, attrs: { role: 'status' } },
      this.said.words,
    );
    if (this.said.page)
      return h('div', { staticClass: 'troubles' }, [
        words,
        this.draw_form(h, 'choose', [this.draw_field(h, 'A password of your own', 'own')], 'Choose', this.choose),
      ]);
    const fields = [this.draw_customer(h), this.draw_field(h, 'Password', 'password')];
    return h('div', { staticClass: 'troubles' }, [words, this.draw_form(h, 'enter', fields, 'Sign in', this.sign_in)]);
  },
};
