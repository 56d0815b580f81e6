import { host_of, is_own } from '../text/links.js';
import { text_object } from './text.js';

// Nothing is fetched from elsewhere. An image of another origin is a frame that says what would be seen.
const here = () => window.location.origin;

function glyph(h) {
  const shape = (tag, attrs) => h(tag, { attrs });
  return h('svg', { class: 'sk-image-glyph', attrs: { viewBox: '0 0 24 24', 'aria-hidden': 'true' } }, [
    shape('rect', { x: 3, y: 4, width: 18, height: 16, rx: 2.5 }),
    shape('circle', { cx: 8.5, cy: 9.5, r: 1.6 }),
    shape('path', { d: 'M4 17.5l5-5 3.5 3.5 3-3 4.5 4.5' }),
  ]);
}

function frame(h, image) {
  const host = host_of(image.image_url);
  return h('div', { class: 'sk-image-frame', attrs: { role: 'img', 'aria-label': image.alt_text } }, [
    glyph(h),
    h('span', { class: 'sk-image-alt' }, [h('bdi', image.alt_text)]),
    host ? h('span', { class: 'sk-image-host' }, `on ${host}: not loaded here`) : null,
  ]);
}

export function draw_image_block(h, block, names) {
  const picture = is_own(block.image_url, here())
    ? h('img', { class: 'sk-image', attrs: { src: block.image_url, alt: block.alt_text, loading: 'lazy' } })
    : frame(h, block);
  const title = block.title ? h('figcaption', { class: 'sk-image-title' }, text_object(h, block.title, names)) : null;
  return h('figure', { class: 'sk-figure' }, [title, picture]);
}

// Beside a section, or small in a context.
export function draw_image_element(h, image, size) {
  const attrs = { title: image.alt_text };
  if (is_own(image.image_url, here())) {
    return h('img', {
      class: ['sk-image', `sk-image-${size}`],
      attrs: { ...attrs, src: image.image_url, alt: image.alt_text },
    });
  }
  return h(
    'span',
    {
      class: ['sk-image-frame', `sk-image-${size}`],
      attrs: { ...attrs, role: 'img', 'aria-label': image.alt_text },
    },
    [glyph(h)],
  );
}
