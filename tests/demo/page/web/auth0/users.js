// The tenant's accounts and the state of each.

import { cell, facts, json_text, table, when } from '../ui/records.js';

const columns = ['Customer', 'Connection', 'State', 'Last login', 'Last reset', 'Noted on the account'];

function connections_of(user) {
  return user.identities.map((identity) => identity.connection).join(', ');
}

function states_of(user) {
  const states = [];
  if (user.blocked) states.push(['bad', 'Blocked']);
  if (user.brute_force_blocks > 0) states.push(['bad', 'Locked out']);
  if (user.email_verified === false) states.push(['warn', 'E-mail not verified']);
  if (!user.identities.some((identity) => identity.provider === 'auth0')) states.push(['', 'No password here']);
  return states.length ? states : [['good', 'Active']];
}

// app_metadata in words; what is not ours is shown as it is.
function notes_of(h, user) {
  const { countersign, ...others } = user.app_metadata ?? {};
  const notes = [];
  if (countersign)
    notes.push(
      h('p', { key: 'ours' }, [
        'Reset by ',
        h('code', countersign.request_id),
        countersign.must_change ? '; a password of their own is due at the next login' : '',
      ]),
    );
  if (Object.keys(others).length)
    notes.push(
      h(
        'p',
        { key: 'others' },
        Object.entries(others)
          .map(
            ([name, value]) =>
              `${name.replace(/_/g, ' ')}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
          )
          .join('; '),
      ),
    );
  return notes.length ? notes : [h('span', { staticClass: 'faint' }, 'nothing')];
}

export default {
  name: 'UserTable',
  props: { tenant: Object },
  data: () => ({ open: null }),
  methods: {
    draw_user(h, user) {
      const is_open = this.open === user.user_id;
      const name = h(
        'button',
        {
          staticClass: 'row-opener',
          attrs: { type: 'button', 'aria-expanded': String(is_open) },
          on: {
            click: () => {
              this.open = is_open ? null : user.user_id;
            },
          },
        },
        user.name ?? user.email,
      );
      const row = h('tr', { key: user.user_id, class: { open: is_open } }, [
        h('th', { attrs: { scope: 'row' } }, [name, h('span', { staticClass: 'address' }, user.email)]),
        cell(h, 'Connection', connections_of(user), 'connection'),
        cell(
          h,
          'State',
          states_of(user).map(([kind, words]) => h('span', { key: words, staticClass: 'chip', class: kind }, words)),
        ),
        cell(h, 'Last login', when(h, user.last_login)),
        cell(h, 'Last reset', when(h, user.last_password_reset)),
        cell(h, 'Noted on the account', notes_of(h, user), 'notes'),
      ]);
      return is_open ? [row, this.draw_detail(h, user)] : [row];
    },
    draw_detail(h, user) {
      return h('tr', { key: `${user.user_id} more`, staticClass: 'detail' }, [
        h('td', { attrs: { colspan: String(columns.length) } }, [
          facts(h, [
            ['User id', h('code', user.user_id)],
            ['Given name', user.given_name],
            ['Family name', user.family_name],
            ['Logins', String(user.logins_count ?? 0)],
            ['Created', user.created_at ? when(h, user.created_at) : null],
            ['Sessions', String(user.sessions)],
            ['Refresh tokens', String(user.refresh_tokens)],
          ]),
          h('pre', { staticClass: 'json', attrs: { tabindex: '0' } }, json_text(user)),
        ]),
      ]);
    },
  },
  render(h) {
    return table(
      h,
      'Customers',
      columns,
      this.tenant.users.flatMap((user) => this.draw_user(h, user)),
    );
  },
};
