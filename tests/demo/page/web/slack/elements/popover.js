// A sheet that opens below (or above) its button, in the browser's top layer so that nothing cuts it off. It closes by
// Escape, by a click elsewhere and when the focus leaves it. The component draws a button with ref "opener" and
// `opener_attrs`, a sheet with ref "sheet", `sheet_attrs` and `sheet_on`, and says in `focus_first()` where the focus
// goes.
const gap = 4;
const height_min = 120;
const height_max = 340;

export const popover = {
  data: () => ({ open: false }),
  computed: {
    sheet_id() {
      return `${this.uid}-sheet`;
    },
    sheet_attrs() {
      return { id: this.sheet_id, popover: 'auto', 'data-sheet': '' };
    },
    opener_attrs() {
      return {
        popovertarget: this.sheet_id,
        'aria-expanded': this.open ? 'true' : 'false',
        'aria-controls': this.sheet_id,
      };
    },
    sheet_on() {
      return {
        beforetoggle: this.toggling,
        toggle: this.toggled,
        keydown: this.sheet_key,
        focusout: this.focus_left,
      };
    },
  },
  methods: {
    show() {
      if (!this.disabled && !this.open) this.$refs.sheet.showPopover();
    },
    hide({ and_focus = true } = {}) {
      if (this.$refs.sheet.matches(':popover-open')) this.$refs.sheet.hidePopover();
      if (and_focus) this.$refs.opener.focus();
    },
    // What is in the sheet is drawn before it is seen; where it stands can be told once it is there, before the
    // next picture.
    toggling(event) {
      if (event.newState !== 'open') return;
      this.open = true;
      window.addEventListener('scroll', this.moved, true);
      window.addEventListener('resize', this.moved);
      requestAnimationFrame(() => {
        if (!this.open) return;
        this.place();
        this.focus_first();
      });
    },
    toggled(event) {
      if (event.newState === 'closed') this.closed();
    },
    closed() {
      window.removeEventListener('scroll', this.moved, true);
      window.removeEventListener('resize', this.moved);
      this.open = false;
    },
    moved(event) {
      if (event.target !== document && this.$refs.sheet.contains(event.target)) return;
      this.place();
    },
    place() {
      const { opener, sheet } = this.$refs;
      const at = opener.getBoundingClientRect();
      sheet.style.maxHeight = '';
      sheet.style.minWidth = `${Math.min(at.width, window.innerWidth - 2 * gap)}px`;
      const size = sheet.getBoundingClientRect();
      const below = window.innerHeight - at.bottom - 2 * gap;
      const above = at.top - 2 * gap;
      const goes_up = Math.min(size.height, height_max) > below && above > below;
      const room = Math.min(Math.max(goes_up ? above : below, height_min), height_max);
      const height = Math.min(size.height, room);
      const left = this.aligns_right ? at.right - size.width : at.left;
      sheet.style.maxHeight = `${room}px`;
      sheet.style.top = `${goes_up ? at.top - gap - height : at.bottom + gap}px`;
      sheet.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - size.width - gap))}px`;
    },
    sheet_key(event) {
      if (event.key !== 'Escape') return;
      // Escape closes the sheet and not the modal below it.
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    },
    focus_left(event) {
      const to = event.relatedTarget;
      if (this.open && to && !this.$refs.sheet.contains(to) && to !== this.$refs.opener)
        this.hide({ and_focus: false });
    },
  },
  updated() {
    if (this.open && this.$refs.sheet.matches(':popover-open')) this.place();
  },
  beforeDestroy() {
    this.closed();
  },
};
