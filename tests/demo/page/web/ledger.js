// The ledger tab: what the bot has written down, read beside it from its database file, and the process itself.

import { store } from './store.js';
import { section } from './ui/records.js';
import TroubleButtons from './ui/troubles.js';
import { ChainState, AuditRows } from './ledger/audit.js';
import RequestTable from './ledger/requests.js';
import JobTable from './ledger/jobs.js';
import { Metrics, ProcessState } from './ledger/state.js';

export default {
  name: 'LedgerTab',
  render(h) {
    const { ledger } = store;
    if (!ledger) return h('p', { staticClass: 'starting' }, 'Opening the ledger…');
    return h('div', { staticClass: 'records-page with-side' }, [
      h('div', { staticClass: 'records-intro' }, [
        h(
          'p',
          'What the bot has on disk. The page reads the database beside the bot and recomputes the audit chain ' +
            "by itself, so nothing here is the bot's own word.",
        ),
      ]),
      h('aside', { staticClass: 'records-side', attrs: { 'aria-label': 'The process' } }, [
        section(h, 'The bot', '', [
          h(ProcessState, { props: { ledger } }),
          h(TroubleButtons, { props: { areas: ['bot'] } }),
        ]),
      ]),
      h('div', { staticClass: 'record-tiles' }, [
        h(ChainState, { props: { ledger } }),
        h(Metrics, { props: { ledger } }),
      ]),
      section(h, 'Requests', 'Newest first', [h(RequestTable, { props: { ledger } })]),
      section(h, 'Audit log', 'Newest first; each row holds the hash of the one before', [
        h(AuditRows, { props: { ledger } }),
      ]),
      section(h, 'Jobs', 'What is still to be done, and what was', [h(JobTable, { props: { ledger } })]),
    ]);
  },
};
