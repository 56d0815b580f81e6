// What the bot asked of the tenant, as it arrived: no secret is kept of a call.

import { empty, facts, moment, opening_row } from '../ui/records.js';

const shown_max = 60;

function kind_of(status) {
  if (status === 0) return ['bad', 'lost'];
  if (status >= 500) return ['bad', String(status)];
  if (status >= 400) return ['warn', String(status)];
  return ['good', String(status)];
}

function readable(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function body_of(h, call) {
  if (!call.body) return null;
  try {
    return h('pre', { staticClass: 'json', attrs: { tabindex: '0' } }, JSON.stringify(JSON.parse(call.body), null, 2));
  } catch {
    return h('pre', { staticClass: 'json', attrs: { tabindex: '0' } }, call.body);
  }
}

export default {
  name: 'BotCalls',
  props: { tenant: Object },
  methods: {
    draw(h, call, at) {
      const [kind, status] = kind_of(call.status);
      return opening_row(
        h,
        `${call.at} ${this.tenant.calls.length - at}`,
        [
          moment(h, call.at),
          h('span', { staticClass: 'opening-words call' }, [
            h('b', { staticClass: 'mono' }, call.method),
            h('span', { staticClass: 'path' }, readable(call.path)),
            call.correlation_id ? h('code', { staticClass: 'tag' }, call.correlation_id) : null,
          ]),
          h('span', { staticClass: 'chip', class: kind }, status),
        ],
        [
          facts(h, [
            ['Path', h('code', call.path)],
            [
              'Correlation id',
              call.correlation_id ? h('code', call.correlation_id) : 'none: this call changes nothing',
            ],
            ['Fields sent', call.fields.length ? call.fields.join(', ') : 'none'],
            ['Body, secrets masked', body_of(h, call)],
          ]),
        ],
      );
    },
  },
  render(h) {
    const { calls } = this.tenant;
    return calls.length === 0
      ? empty(h, 'The bot has not asked anything yet.')
      : h(
          'div',
          { staticClass: 'opening-list' },
          calls.slice(0, shown_max).map((call, at) => this.draw(h, call, at)),
        );
  },
};
