// Small line drawings, 24 by 24, made for this page. They never carry a meaning alone: a word or a name goes with each.

const drawings = {
  seal: ['M3.5 13l4 4 7-10', 'M11 15.2l2 1.8 7.5-10'],
  hash: ['M9.5 4l-2 16', 'M16.5 4l-2 16', 'M4.5 9h16', 'M3.5 15h16'],
  lock: ['M7 11V8a5 5 0 0 1 10 0v3', 'M5.5 11h13v9h-13z'],
  link_out: ['M13 5h6v6', 'M19 5l-9 9', 'M16 14v5H5V8h5'],
  home: ['M4 11.5L12 4l8 7.5', 'M6 10v10h12V10'],
  message: ['M4 5h16v11H10l-4.5 4V16H4z'],
  bell: ['M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15z', 'M10 20.5h4'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  more: ['M5.5 12h.01', 'M12 12h.01', 'M18.5 12h.01'],
  send: ['M4 12l16-8-5 16-3.5-6.5z', 'M11.5 13.5L20 4'],
  bolt: ['M13 3L5 14h6l-1 7 8-11h-6z'],
  slash: ['M15 4L9 20'],
  eye: [
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z',
    'M12 9.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z',
  ],
  pane: ['M4 5h16v14H4z', 'M12 5v14'],
  sun: [
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
    'M12 2.5v2',
    'M12 19.5v2',
    'M2.5 12h2',
    'M19.5 12h2',
    'M5.3 5.3l1.4 1.4',
    'M17.3 17.3l1.4 1.4',
    'M5.3 18.7l1.4-1.4',
    'M17.3 6.7l1.4-1.4',
  ],
  moon: ['M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z'],
  auto: ['M12 4a8 8 0 1 0 0 16z', 'M12 4a8 8 0 0 1 0 16'],
  route: [
    'M6 20a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
    'M18 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
    'M8.5 17.5H15a3.5 3.5 0 0 0 0-7H9.5a3 3 0 0 1 0-6h6',
  ],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  warning: ['M12 4l9 16H3z', 'M12 10v4.5', 'M12 17.3h.01'],
  info: ['M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', 'M12 11v5.5', 'M12 7.6h.01'],
  down: ['M6 9.5l6 6 6-6'],
  right: ['M9.5 6l6 6-6 6'],
  arrow_down: ['M12 5v14', 'M6 13l6 6 6-6'],
  copy: ['M9 9h11v11H9z', 'M15 9V4H4v11h5'],
  code: ['M8 7l-5 5 5 5', 'M16 7l5 5-5 5'],
  person: ['M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M4.5 20.5c.8-4 3.6-6 7.5-6s6.7 2 7.5 6'],
  power: ['M12 3.5V11', 'M7 6.2a8 8 0 1 0 10 0'],
  reply: ['M9 6L4 11l5 5', 'M4 11h9a7 7 0 0 1 7 7'],
  dock_side: ['M4 5h16v14H4z', 'M15 5v14'],
  dock_bottom: ['M4 5h16v14H4z', 'M4 14h16'],
};

export function icon(h, name, kind = '') {
  return h(
    'svg',
    {
      staticClass: 'icon',
      class: kind,
      attrs: { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    },
    drawings[name].map((d) => h('path', { attrs: { d } })),
  );
}
