// The audit log: whether its chain holds, where it stands, and its rows as sentences.

import { icon } from '../ui/icons.js';
import { empty, facts, moment, opening_row } from '../ui/records.js';
import { audit_sentence } from './words.js';

const short = (hash) => `${hash.slice(0, 10)}…`;

export const ChainState = {
  name: 'ChainState',
  props: { ledger: Object },
  data: () => ({ full: false }),
  render(h) {
    const { chain, heads } = this.ledger;
    const words = chain.ok
      ? `The chain holds: ${chain.rows} ${chain.rows === 1 ? 'row' : 'rows'}`
      : `The chain is broken at row ${chain.broken_at}`;
    const head =
      heads.sequence > 0
        ? h('p', { staticClass: 'chain-head' }, [
            `Head: row ${heads.sequence}, `,
            h('code', this.full ? heads.hash : short(heads.hash)),
            ' ',
            h(
              'button',
              {
                staticClass: 'link-button',
                attrs: { type: 'button', 'aria-pressed': String(this.full) },
                on: {
                  click: () => {
                    this.full = !this.full;
                  },
                },
              },
              this.full ? 'Shorten' : 'Show it all',
            ),
          ])
        : h('p', 'No row was written yet.');
    return h(
      'div',
      {
        staticClass: 'tile chain',
        class: chain.ok ? 'good' : 'bad',
        attrs: { role: 'group', 'aria-label': 'Audit chain' },
      },
      [
        h('p', { staticClass: 'tile-name' }, 'Audit chain'),
        h('p', { staticClass: 'chain-words' }, [icon(h, chain.ok ? 'check' : 'warning'), words]),
        head,
      ],
    );
  },
};

export const AuditRows = {
  name: 'AuditRows',
  props: { ledger: Object },
  methods: {
    draw(h, audit) {
      const { sentence, row } = audit_sentence(audit.text);
      return opening_row(
        h,
        audit.sequence,
        [
          h('span', { staticClass: 'sequence' }, [
            h('span', { staticClass: 'hidden-text' }, 'Row '),
            String(audit.sequence),
          ]),
          moment(h, audit.at),
          h('span', { staticClass: 'opening-words' }, sentence),
          h('code', { staticClass: 'faint' }, short(audit.hash)),
        ],
        [
          facts(h, [
            ['Request', row?.request ? h('code', row.request) : 'none'],
            ['Hash', h('code', audit.hash)],
            ['Hash before', row ? h('code', row.prev) : null],
            ['As written', h('pre', { staticClass: 'json', attrs: { tabindex: '0' } }, audit.text)],
          ]),
        ],
      );
    },
  },
  render(h) {
    const { audit } = this.ledger;
    return audit.length === 0
      ? empty(h, 'No row was written yet.')
      : h(
          'div',
          { staticClass: 'opening-list' },
          audit.map((row) => this.draw(h, row)),
        );
  },
};
