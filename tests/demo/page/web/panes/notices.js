// What Slack itself tells a person, as when the app did not respond: shown for a while, then kept in a list.

import { icon } from '../ui/icons.js';
import { mrkdwn } from '../slack/index.js';
import { time_element } from '../time.js';

const shown_ms = 9000;
const shown_max = 3;

export const Toasts = {
  name: 'NoticeToasts',
  props: { notices: Array, names: Object },
  data() {
    return { known: this.notices.length, shown: [] };
  },
  watch: {
    notices(now) {
      const fresh = now.slice(this.known);
      this.known = now.length;
      for (const notice of fresh) this.show(notice);
    },
  },
  beforeDestroy() {
    for (const entry of this.shown) clearTimeout(entry.timer);
  },
  methods: {
    show(notice) {
      const entry = { notice, key: `${notice.at} ${this.known}`, timer: 0 };
      this.shown = [...this.shown, entry].slice(-shown_max);
      this.wait(entry);
    },
    wait(entry) {
      entry.timer = setTimeout(() => this.drop(entry), shown_ms);
    },
    drop(entry) {
      clearTimeout(entry.timer);
      this.shown = this.shown.filter((each) => each !== entry);
    },
  },
  render(h) {
    return h(
      'div',
      { staticClass: 'toasts', attrs: { role: 'status' } },
      this.shown.map((entry) =>
        h(
          'div',
          {
            key: entry.key,
            staticClass: 'toast',
            attrs: { 'data-notice': '' },
            on: {
              mouseenter: () => clearTimeout(entry.timer),
              mouseleave: () => this.wait(entry),
              focusin: () => clearTimeout(entry.timer),
            },
          },
          [
            icon(h, 'info'),
            h('p', mrkdwn(h, entry.notice.text, this.names)),
            h(
              'button',
              {
                staticClass: 'icon-button small',
                attrs: { type: 'button', 'aria-label': 'Put this notice away' },
                on: { click: () => this.drop(entry) },
              },
              [icon(h, 'close', 'small')],
            ),
          ],
        ),
      ),
    );
  },
};

export const NoticeList = {
  name: 'NoticeList',
  props: { notices: Array },
  data: () => ({ open: false }),
  beforeDestroy() {
    this.toggle(false);
  },
  methods: {
    toggle(open) {
      this.open = open;
      const change = open ? document.addEventListener : document.removeEventListener;
      change.call(document, 'pointerdown', this.outside, true);
    },
    outside(event) {
      if (!this.$el.contains(event.target)) this.toggle(false);
    },
    on_key(event) {
      if (event.key !== 'Escape' || !this.open) return;
      event.stopPropagation();
      this.toggle(false);
      this.$refs.button.focus();
    },
    draw_list(h) {
      if (this.notices.length === 0)
        return [
          h(
            'p',
            { staticClass: 'menu-empty' },
            'Nothing yet. When the app does not respond, or Slack holds something back, it is noted here.',
          ),
        ];
      return [
        h(
          'ul',
          this.notices
            .slice()
            .reverse()
            .map((notice, at) =>
              h('li', { key: at, staticClass: 'notice-row' }, [time_element(h, notice.at), h('p', notice.text)]),
            ),
        ),
      ];
    },
  },
  render(h) {
    const count = this.notices.length;
    const name = `Slack's notices to you: ${count === 0 ? 'none' : count}`;
    return h('div', { staticClass: 'menu-holder below', on: { keydown: this.on_key } }, [
      h(
        'button',
        {
          ref: 'button',
          staticClass: 'icon-button',
          attrs: { type: 'button', 'aria-label': name, title: name, 'aria-expanded': String(this.open) },
          on: { click: () => this.toggle(!this.open) },
        },
        [icon(h, 'bell'), count ? h('span', { staticClass: 'dot', attrs: { 'aria-hidden': 'true' } }) : null],
      ),
      this.open
        ? h(
            'div',
            {
              staticClass: 'menu notice-list',
              attrs: { role: 'region', 'aria-label': 'Notices', tabindex: '0' },
            },
            [h('p', { staticClass: 'menu-title' }, 'Told by Slack itself, not by the app'), ...this.draw_list(h)],
          )
        : null,
    ]);
  },
};
