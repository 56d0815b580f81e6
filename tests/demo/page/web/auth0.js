// The Auth0 tab: whom the tenant knows, what it wrote down, what the bot asked of it, and what can be broken.

import { store } from './store.js';
import { section } from './ui/records.js';
import UserTable from './auth0/users.js';
import TenantLog from './auth0/log.js';
import BotCalls from './auth0/calls.js';
import SignIn from './auth0/sign_in.js';
import TroubleButtons from './ui/troubles.js';

export default {
  name: 'Auth0Tab',
  render(h) {
    const tenant = store.auth0;
    if (!tenant) return h('p', { staticClass: 'starting' }, 'Opening the tenant…');
    return h('div', { staticClass: 'records-page with-side' }, [
      h('div', { staticClass: 'records-intro' }, [
        h('p', [
          'The tenant ',
          h('code', tenant.domain),
          " as its administrator sees it. It is a stand-in on this machine: it keeps Auth0's rules, passwords " +
            'are kept out of sight, and every customer is made up.',
        ]),
      ]),
      h('aside', { staticClass: 'records-side', attrs: { 'aria-label': 'A customer, and trouble' } }, [
        section(h, 'Sign in', 'As the customer, with the password that was read out.', [h(SignIn)]),
        section(h, 'Make trouble', 'Break something, and see what the bot makes of it.', [
          h(TroubleButtons, { props: { areas: ['auth0', 'slack'] } }),
        ]),
      ]),
      section(h, 'Customers', `${tenant.users.length} accounts in ${tenant.connections.length} connections`, [
        h(UserTable, { props: { tenant } }),
      ]),
      h('div', { staticClass: 'records-pair' }, [
        section(h, 'Tenant log', 'Newest first', [h(TenantLog, { props: { tenant } })]),
        section(h, 'Calls of the bot', 'Newest first', [h(BotCalls, { props: { tenant } })]),
      ]),
    ]);
  },
};
