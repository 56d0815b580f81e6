// The process and its numbers.

import { icon } from '../ui/icons.js';

// Numbers as one reads them; "" is a count.
function value_words(metric) {
  if (metric.value === null || metric.value === undefined) return 'none yet';
  if (metric.unit === 'ms') return metric.value >= 10000 ? `${(metric.value / 1000).toFixed(0)} s` : metric.value >= 1000 ? `${(metric.value / 1000).toFixed(1)} s` : `${Math.round(metric.value)} ms`;
  if (metric.unit === 's' || metric.unit === 'seconds') return metric.value >= 90 ? `${(metric.value / 60).toFixed(1)} min` : `${Number(metric.value.toFixed(1))} s`;
  if (metric.unit === 'percent' || metric.unit === '%') return `${Math.round(metric.value)} %`;
  const number = typeof metric.value === 'number' ? Number(metric.value.toFixed(2)) : metric.value;
  return metric.unit ? `${number} ${metric.unit}` : String(number);
}

export const Metrics = {
  name: 'LedgerMetrics',
  props: { ledger: Object },
  render(h) {
    return h('dl', { staticClass: 'tiles' }, this.ledger.metrics.map((metric) => h('div', { key: metric.name, staticClass: 'tile', attrs: { title: metric.help } }, [
      h('dt', { staticClass: 'tile-name' }, metric.name), h('dd', { staticClass: 'tile-value' }, value_words(metric)),
    ])));
  },
};

export const ProcessState = {
  name: 'ProcessState',
  props: { ledger: Object },
  render(h) {
    const { process, ready } = this.ledger;
    const is_ready = process.running && ready.status === 200;
    const words = !process.running ? 'Not running' : is_ready ? 'Running and ready' : 'Running, not ready';
    const more = !process.running ? 'Slack gets no answer from it. What was acknowledged is on disk.' : is_ready ? `Process ${process.pid}` : `Process ${process.pid} says: ${ready.word || 'no answer'}`;
    return h('div', { staticClass: 'process', class: is_ready ? 'good' : 'bad', attrs: { role: 'status' } }, [
      icon(h, 'power'), h('div', [h('p', { staticClass: 'process-words' }, words), h('p', more), h('p', `Started ${process.starts === 1 ? 'once' : `${process.starts} times`}`)]),
    ]);
  },
};
