// The process and its numbers.

import { icon } from '../ui/icons.js';
import { tiles } from './metrics.js';

export const Metrics = {
  name: 'LedgerMetrics',
  props: { ledger: Object },
  render(h) {
    return h(
      'dl',
      { staticClass: 'tiles' },
      tiles(this.ledger.metrics).map((tile) =>
        h('div', { key: tile.name, staticClass: 'tile' }, [
          h('dt', { staticClass: 'tile-name' }, tile.name),
          h('dd', { staticClass: 'tile-value' }, tile.value),
          tile.more ? h('dd', { staticClass: 'tile-more' }, tile.more) : null,
        ]),
      ),
    );
  },
};

export const ProcessState = {
  name: 'ProcessState',
  props: { ledger: Object },
  render(h) {
    const { process, ready } = this.ledger;
    const is_ready = process.running && ready.status === 200;
    const words = !process.running ? 'Not running' : is_ready ? 'Running and ready' : 'Running, not ready';
    const more = !process.running
      ? 'Slack gets no answer from it. What was acknowledged is on disk.'
      : is_ready
        ? `Process ${process.pid}`
        : `Process ${process.pid} says: ${ready.word || 'no answer'}`;
    return h('div', { staticClass: 'process', class: is_ready ? 'good' : 'bad', attrs: { role: 'status' } }, [
      icon(h, 'power'),
      h('div', [
        h('p', { staticClass: 'process-words' }, words),
        h('p', more),
        h('p', `Started ${process.starts === 1 ? 'once' : `${process.starts} times`}`),
      ]),
    ]);
  },
};
