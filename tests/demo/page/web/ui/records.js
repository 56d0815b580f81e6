// What the Auth0 and the ledger tab have in common: sections, rows that open, dates, an id that one can take along.

import { ago, time_element, time_with_seconds } from '../time.js';

export function section(h, title, more, children, options = {}) {
  const id = `section-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return h(
    'section',
    { key: title, staticClass: 'record-section', class: options.kind, attrs: { 'aria-labelledby': id } },
    [
      h('header', { staticClass: 'record-header' }, [h('h2', { attrs: { id } }, title), more ? h('p', more) : null]),
      ...children,
    ],
  );
}

export function when(h, at, none = 'never') {
  if (at === null || at === undefined || at === '') return h('span', { staticClass: 'faint' }, none);
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return time_element(h, ms, ago(ms));
}

export function moment(h, at) {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return time_element(h, ms, time_with_seconds(ms), { staticClass: 'moment' });
}

export function empty(h, words) {
  return h('p', { staticClass: 'record-empty' }, words);
}

// A line that opens: `head` is always seen, `body` on demand. Uses <details>, so it needs no state of ours.
export function opening_row(h, key, head, body) {
  return h('details', { key, staticClass: 'opening' }, [
    h('summary', head),
    h('div', { staticClass: 'opening-body' }, body),
  ]);
}

export function facts(h, pairs) {
  return h(
    'dl',
    { staticClass: 'facts' },
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .flatMap(([name, value], at) => [
        h('dt', { key: `t${at}` }, name),
        h('dd', { key: `d${at}` }, Array.isArray(value) ? value : [value]),
      ]),
  );
}

export function json_text(value) {
  return JSON.stringify(value, null, 2);
}

// A table that scrolls inside its own frame; below `columns` names its heads.
export function table(h, name, columns, rows) {
  return h(
    'div',
    {
      staticClass: 'table-scroll',
      attrs: { tabindex: '0', role: 'region', 'aria-label': `Table: ${name.toLowerCase()}` },
    },
    [
      h('table', { staticClass: 'records' }, [
        h('caption', { staticClass: 'hidden-text' }, name),
        h('thead', [
          h(
            'tr',
            columns.map((column) => h('th', { key: column, attrs: { scope: 'col' } }, column)),
          ),
        ]),
        h('tbody', rows),
      ]),
    ],
  );
}

export function cell(h, column, children, kind = '') {
  return h('td', { class: kind, attrs: { 'data-column': column } }, Array.isArray(children) ? children : [children]);
}
