// The bot's requests and how far each has come.

import { cell, empty, facts, json_text, table, when } from '../ui/records.js';
import { code_words, state_chip, who } from './words.js';

const columns = ['State', 'Account', 'Asked for by', 'Decided by', 'Asked', 'Last step', 'Request'];

export default {
  name: 'RequestTable',
  props: { ledger: Object },
  data: () => ({ open: null }),
  methods: {
    draw(h, request) {
      const is_open = this.open === request.id;
      const { document } = request;
      const opener = h(
        'button',
        {
          staticClass: 'row-opener mono',
          attrs: { type: 'button', 'aria-expanded': String(is_open) },
          on: {
            click: () => {
              this.open = is_open ? null : request.id;
            },
          },
        },
        request.id,
      );
      const row = h('tr', { key: request.id, class: { open: is_open } }, [
        cell(h, 'State', [
          state_chip(h, request.state),
          document.ending ? h('span', { staticClass: 'why' }, code_words(document.ending)) : null,
        ]),
        cell(h, 'Account', document.email, 'address'),
        cell(h, 'Asked for by', who(request.requester)),
        cell(
          h,
          'Decided by',
          document.decision ? who(document.decision.by) : h('span', { staticClass: 'faint' }, 'nobody yet'),
        ),
        cell(h, 'Asked', when(h, request.created_at)),
        cell(h, 'Last step', when(h, request.updated_at)),
        cell(h, 'Request', opener),
      ]);
      return is_open ? [row, this.draw_detail(h, request)] : [row];
    },
    draw_detail(h, request) {
      const { account, intent, reason, reblock } = request.document;
      return h('tr', { key: `${request.id} more`, staticClass: 'detail' }, [
        h('td', { attrs: { colspan: String(columns.length) } }, [
          facts(h, [
            ['Why', reason || 'no reason was given'],
            ['Version', String(request.version)],
            ['Account', account ? `${account.name}, ${account.id}` : 'not found yet'],
            ['Sent to Auth0', intent ? `${intent.sends === 1 ? 'once' : `${intent.sends} times`}` : 'not sent'],
            ['Block', code_words(reblock ?? '')],
          ]),
          h('pre', { staticClass: 'json', attrs: { tabindex: '0' } }, json_text(request.document)),
        ]),
      ]);
    },
  },
  render(h) {
    const { requests } = this.ledger;
    return requests.length === 0
      ? empty(h, 'Nobody has asked for anything yet.')
      : table(
          h,
          'Requests',
          columns,
          requests.flatMap((request) => this.draw(h, request)),
        );
  },
};
