import { draw_rich_text } from './rich_text.js';

// The table block: the first row is its heading.
function draw_cell(h, cell, column, is_heading, names) {
  const inside = cell.type === 'rich_text' ? draw_rich_text(h, cell.elements, names) : [cell.text];
  const align = ['left', 'center', 'right'].includes(column?.align) ? column.align : 'left';
  const classes = [`sk-align-${align}`, { 'sk-wrapped': column?.is_wrapped === true }];
  return h(is_heading ? 'th' : 'td', { class: classes, attrs: is_heading ? { scope: 'col' } : {} }, inside);
}

export function draw_table(h, block, names) {
  const columns = block.column_settings || [];
  const rows = block.rows.map((row, index) =>
    h(
      'tr',
      row.map((cell, at) => draw_cell(h, cell, columns[at], index === 0, names)),
    ),
  );
  const table = h('table', { class: 'sk-table' }, [h('thead', rows.slice(0, 1)), h('tbody', rows.slice(1))]);
  return h('div', { class: 'sk-table-frame', attrs: { tabindex: 0, role: 'group', 'aria-label': 'Table' } }, [table]);
}
