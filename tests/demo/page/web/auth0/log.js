// The tenant's log as sentences; the record itself on demand.

import { empty, json_text, moment, opening_row } from '../ui/records.js';

const shown_max = 60;

function api_sentence(record) {
  const { request, response } = record.details ?? {};
  const status = response?.statusCode;
  const what = record.description || `${request?.method ?? ''} ${request?.path ?? ''}`;
  return status >= 400
    ? `The Management API refused “${what}” with status ${status}.`
    : `The Management API carried out “${what}”.`;
}

const sentences = {
  sapi: api_sentence,
  fapi: (record) => `The Management API failed at “${record.description}”.`,
  scp: (record) => `The password of ${record.user_name ?? 'a customer'} was changed.`,
  scpr: (record) => `A password change for ${record.user_name ?? 'a customer'} was asked for.`,
  fcp: (record) => `A password change for ${record.user_name ?? 'a customer'} failed.`,
  fcpr: (record) => `Asking for a password change for ${record.user_name ?? 'a customer'} failed.`,
  s: (record) => `${record.user_name ?? 'A customer'} signed in.`,
  f: (record) => `${record.user_name ?? 'A customer'} could not sign in.`,
  fp: (record) => `${record.user_name ?? 'A customer'} typed a wrong password.`,
  fu: () => 'Somebody tried to sign in with an unknown address.',
  seccft: () => 'The bot got a token of its own.',
  feccft: (record) => `The bot was refused a token: ${record.description}`,
  limit_wc: (record) => `${record.user_name ?? 'A customer'} was locked after too many wrong passwords.`,
  du: (record) => `${record.user_name ?? 'An account'} was deleted.`,
};

function sentence(record) {
  return (sentences[record.type] ?? (() => record.description || `Event ${record.type}.`))(record);
}

export default {
  name: 'TenantLog',
  props: { tenant: Object },
  methods: {
    draw(h, record) {
      const correlation = record.references?.correlation_id;
      return opening_row(
        h,
        record.log_id,
        [
          moment(h, record.date),
          h('span', { staticClass: 'opening-words' }, [
            sentence(record),
            correlation ? h('code', { staticClass: 'tag' }, correlation) : null,
          ]),
          h('code', { staticClass: 'faint' }, record.type),
        ],
        [h('pre', { staticClass: 'json', attrs: { tabindex: '0' } }, json_text(record))],
      );
    },
  },
  render(h) {
    const { log } = this.tenant;
    return log.length === 0
      ? empty(h, 'Nothing yet. Every write and every password change is noted here.')
      : h(
          'div',
          { staticClass: 'opening-list' },
          log.slice(0, shown_max).map((record) => this.draw(h, record)),
        );
  },
};
