import { safe_href } from '../text/links.js';
import { text_object, text_of } from '../draw/text.js';
import { element } from './element.js';

// The app's label for screen readers. Who speaks to the page says what they see, so the words on the button stay in it.
function name_of(button) {
  const label = button.accessibility_label;
  if (!label) return null;
  const words = text_of(button.text);
  return label.toLowerCase().includes(words.toLowerCase()) ? label : `${words}: ${label}`;
}

// A button. With a `url` it is a link that looks like one, and the app is told all the same.
export const Button = {
  name: 'SlackButton',
  mixins: [element],
  methods: {
    async press(event) {
      const href = safe_href(this.element.url);
      if (href !== null && this.element.confirm) event.preventDefault();
      const agreed = await this.choose(this.element.value ?? null);
      if (agreed && href !== null && this.element.confirm) window.open(href, '_blank', 'noopener,noreferrer');
    },
  },
  render(h) {
    const { element: button } = this;
    const href = this.disabled ? null : safe_href(button.url);
    const data = {
      class: ['sk-button', button.style ? `sk-button-${button.style}` : null],
      attrs: { 'aria-label': name_of(button), 'data-action': button.action_id },
      on: { click: this.press },
    };
    const words = [h('span', { class: 'sk-button-words' }, text_object(h, button.text, this.names))];
    if (href !== null) {
      Object.assign(data.attrs, { href, target: '_blank', rel: 'noopener noreferrer nofollow', role: 'button' });
      return h('a', data, words);
    }
    Object.assign(data.attrs, { type: 'button', disabled: this.disabled });
    return h('button', data, words);
  },
};
