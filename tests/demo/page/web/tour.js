// The tour's panel: at the bottom or at the side, never over what it talks about.

import { icon } from './ui/icons.js';
import { begin_tour, do_step, end_tour, next_step, previous_step, tour, turn_dock } from './tour/progress.js';
import { steps } from './tour/steps.js';
import { run_clock } from './tour/clock.js';

export default {
  name: 'GuidedTour',
  created() {
    run_clock(true);
    begin_tour();
  },
  beforeDestroy() {
    run_clock(false);
  },
  computed: {
    step() {
      return steps[tour.at];
    },
    is_done() {
      return tour.story !== null && this.step.done(tour.story);
    },
    can_do() {
      return this.step.act !== null && !this.is_done && !tour.did && !tour.doing && this.step.can(tour.story);
    },
  },
  methods: {
    next() {
      if (this.is_done) next_step();
    },
    // The button goes while it is done; the keyboard then stands on the one that follows.
    do_it() {
      do_step();
      this.$nextTick(() => this.$refs.next.focus());
    },
    status() {
      if (tour.problem) return ['bad', 'warning', tour.problem];
      if (this.is_done)
        return this.step.act || this.step.is_awaited
          ? ['good', 'check', 'It happened. Go on when you have seen it.']
          : ['', null, ''];
      if (tour.doing) return ['', null, 'Doing it…'];
      const waiting = this.step.waiting(tour.story);
      if (this.can_do) return ['', null, 'Do it yourself, or let the tour do it.'];
      return ['', null, waiting || 'Waiting for it to happen.'];
    },
    draw_progress(h) {
      return h(
        'ol',
        { staticClass: 'tour-dots', attrs: { 'aria-hidden': 'true' } },
        steps.map((step, at) =>
          h('li', { key: at, class: { past: at < tour.at, here: at === tour.at, first: step.starts } }),
        ),
      );
    },
    draw_words(h) {
      const [kind, mark, words] = this.status();
      const { step } = this;
      return h('div', { staticClass: 'tour-words', attrs: { 'aria-live': 'polite' } }, [
        h('p', { staticClass: 'tour-place' }, `${step.chapter} · step ${tour.at + 1} of ${steps.length}`),
        h('h2', step.title),
        h('p', step.text(tour.story)),
        step.type && !this.is_done
          ? h('p', { staticClass: 'tour-type' }, ['Type ', h('code', step.type(tour.story))])
          : null,
        words
          ? h('p', { staticClass: 'tour-status', class: kind }, [mark ? icon(h, mark, 'small') : null, words])
          : null,
      ]);
    },
    draw_buttons(h) {
      const button = (words, kind, click, enabled = true) =>
        h(
          'button',
          {
            key: kind.split(' ')[0],
            ref: kind.split(' ')[0],
            staticClass: 'button',
            class: kind,
            attrs: { type: 'button', 'aria-disabled': enabled ? null : 'true' },
            on: { click: enabled ? click : () => {} },
          },
          words,
        );
      return h('div', { staticClass: 'tour-buttons' }, [
        this.can_do ? button('Do it for me', 'do solid', this.do_it) : null,
        button(this.step.last ? 'Finish' : 'Next', this.can_do ? 'next' : 'next solid', this.next, this.is_done),
        h('div', { staticClass: 'tour-small' }, [
          tour.at > 0
            ? h(
                'button',
                { staticClass: 'link-button', attrs: { type: 'button' }, on: { click: previous_step } },
                'Back',
              )
            : null,
          h(
            'button',
            { staticClass: 'link-button', attrs: { type: 'button' }, on: { click: end_tour } },
            'Skip the tour',
          ),
        ]),
      ]);
    },
  },
  render(h) {
    if (!tour.story)
      return h('aside', { staticClass: 'tour', attrs: { 'data-tour': '', 'aria-label': 'Guided tour' } });
    const dock =
      tour.dock === 'side' ? ['dock_bottom', 'Put the tour at the bottom'] : ['dock_side', 'Put the tour at the side'];
    return h('aside', { staticClass: 'tour', attrs: { 'data-tour': '', 'aria-label': 'Guided tour' } }, [
      this.draw_progress(h),
      h('div', { staticClass: 'tour-body' }, [this.draw_words(h), this.draw_buttons(h)]),
      h(
        'button',
        {
          staticClass: 'icon-button small tour-dock',
          attrs: { type: 'button', 'aria-label': dock[1], title: dock[1] },
          on: { click: turn_dock },
        },
        [icon(h, dock[0])],
      ),
    ]);
  },
};
