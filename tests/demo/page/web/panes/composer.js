// Where one writes. Enter sends, Shift+Enter makes a line; "/" opens the list of what the app can do. What is typed
// stays with its person and place.

import { store } from '../store.js';
import { icon } from '../ui/icons.js';
import ActionMenu from '../ui/menu.js';
import { as_command, command_of, suggestions } from './suggestions.js';

const drafts = new Map();
const lines_max = 8;

export default {
  name: 'MessageComposer',
  props: { side: String, person: String, at: String, channel: Object, act: Function },
  data() {
    return {
      text: drafts.get(`${this.person} ${this.at}`) ?? '',
      active: -1,
      dismissed: false,
      focused: false,
      sending: 0,
    };
  },
  computed: {
    place() {
      return `${this.person} ${this.at}`;
    },
    offered() {
      return this.focused && !this.dismissed
        ? suggestions(store.workspace, this.text)
        : { heading: '', items: [], eager: false };
    },
    list_id() {
      return `suggestions-${this.side}`;
    },
    hint() {
      return command_of(store.workspace, this.text);
    },
  },
  watch: {
    text(now) {
      drafts.set(this.place, now);
      this.dismissed = false;
      this.$nextTick(() => {
        this.active = this.offered.eager && this.offered.items.length ? 0 : -1;
        this.grow();
      });
    },
  },
  mounted() {
    this.grow();
  },
  methods: {
    grow() {
      const box = this.$refs.box;
      box.style.height = 'auto';
      box.style.height = `${Math.min(box.scrollHeight, lines_max * 22)}px`;
    },
    async send() {
      const text = this.text.trim();
      if (text === '') return;
      const command = as_command(store.workspace, text);
      if (command && !command.known) {
        this.$emit(
          'held',
          `${command.command} is not a valid command here. What starts with / is taken for a command; nothing ` +
            `was sent.`,
        );
        return;
      }
      const channel = await this.channel_id();
      if (!channel) return;
      this.text = '';
      this.sending += 1;
      const answer = await this.act(
        command
          ? { do: 'command', channel, command: command.command, text: command.text }
          : { do: 'say', channel, text },
      );
      this.sending -= 1;
      if (!answer.ok && this.text === '') this.text = text;
    },
    // The conversation with the app comes to be when one writes in it.
    async channel_id() {
      if (!this.channel) {
        await this.act({ do: 'open_dm' });
        await this.$nextTick();
      }
      return this.channel?.id ?? null;
    },
    take(item) {
      if (item.shortcut) {
        this.text = '';
        this.act({ do: 'shortcut', callback_id: item.shortcut });
      } else this.text = item.insert;
      this.$refs.box.focus();
    },
    on_key(event) {
      if (event.isComposing) return;
      const { items } = this.offered;
      if (items.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        event.preventDefault();
        this.active =
          this.active < 0 && step < 0 ? items.length - 1 : (this.active + step + items.length) % items.length;
        this.$nextTick(() => this.$el.querySelector('.suggestion.active')?.scrollIntoView({ block: 'nearest' }));
      } else if (items.length && event.key === 'Escape') {
        event.preventDefault();
        this.dismissed = true;
      } else if (items[this.active] && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
        event.preventDefault();
        this.take(items[this.active]);
      } else if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        this.send();
      }
    },
    draw_list(h) {
      const { heading, items } = this.offered;
      if (items.length === 0) return null;
      return h('div', { key: 'suggestions', staticClass: 'menu suggestions' }, [
        h('p', { staticClass: 'menu-title', attrs: { id: `${this.list_id}-title` } }, heading),
        h(
          'ul',
          { attrs: { id: this.list_id, role: 'listbox', 'aria-labelledby': `${this.list_id}-title` } },
          items.map((item, at) =>
            h(
              'li',
              {
                key: item.key,
                staticClass: 'menu-item suggestion',
                class: { active: at === this.active },
                attrs: {
                  id: `${this.list_id}-${at}`,
                  role: 'option',
                  'aria-selected': String(at === this.active),
                },
                on: {
                  mousedown: (event) => {
                    event.preventDefault();
                    this.take(item);
                  },
                  mousemove: () => {
                    this.active = at;
                  },
                },
              },
              [
                icon(h, { command: 'slash', shortcut: 'bolt', example: 'person' }[item.kind]),
                h('span', [
                  h('span', { staticClass: 'suggestion-title' }, [
                    h('b', item.title),
                    item.hint ? ` ${item.hint}` : '',
                  ]),
                  h('small', item.more),
                ]),
              ],
            ),
          ),
        ),
      ]);
    },
    draw_box(h) {
      const open = this.offered.items.length > 0;
      const where = this.at === 'dm' ? store.workspace.app.name : `#${this.at}`;
      return h('textarea', {
        ref: 'box',
        staticClass: 'composer-text',
        domProps: { value: this.text },
        attrs: {
          'data-composer': '',
          rows: '1',
          'aria-label': `Message ${where}`,
          placeholder: `Message ${where}, or type / for commands`,
          autocomplete: 'off',
          spellcheck: 'false',
          'aria-autocomplete': 'list',
          'aria-haspopup': 'listbox',
          'aria-controls': open ? this.list_id : null,
          'aria-activedescendant': open && this.active >= 0 ? `${this.list_id}-${this.active}` : null,
          'aria-describedby': `${this.list_id}-hint`,
        },
        on: {
          input: (event) => {
            this.text = event.target.value;
          },
          keydown: this.on_key,
          focus: () => {
            this.focused = true;
          },
          blur: () => {
            this.focused = false;
          },
        },
      });
    },
    draw_row(h) {
      const shortcuts = store.workspace.shortcuts
        .filter((each) => each.type === 'global')
        .map((each) => ({
          label: each.name,
          hint: each.description,
          icon: 'bolt',
          run: () => this.act({ do: 'shortcut', callback_id: each.callback_id }),
        }));
      const hint = this.hint
        ? [h('code', this.hint.command), ` ${this.hint.usage_hint}`]
        : [this.sending ? 'Sending…' : 'Enter sends, Shift+Enter makes a line'];
      return h('div', { staticClass: 'composer-row' }, [
        h(ActionMenu, {
          props: {
            name: 'Shortcuts',
            icon: 'bolt',
            items: shortcuts,
            empty: 'The app has no shortcuts that start here.',
            kind: 'small',
            place: 'above',
          },
        }),
        h('span', { staticClass: 'composer-hint', attrs: { id: `${this.list_id}-hint` } }, hint),
        h(
          'button',
          {
            staticClass: 'icon-button small send',
            class: { ready: this.text.trim() !== '' },
            attrs: { type: 'button', 'aria-label': 'Send', title: 'Send' },
            on: { click: this.send },
          },
          [icon(h, 'send')],
        ),
      ]);
    },
  },
  render(h) {
    const count = this.offered.items.length;
    return h('div', { staticClass: 'composer' }, [
      this.draw_list(h),
      h('div', { key: 'box', staticClass: 'composer-box', attrs: { 'data-composer-box': '' } }, [
        this.draw_box(h),
        this.draw_row(h),
      ]),
      h(
        'p',
        { staticClass: 'hidden-text', attrs: { 'aria-live': 'polite' } },
        count ? `${count} suggestions; arrow keys choose.` : '',
      ),
    ]);
  },
};
