// Slack's three entities, once: what was escaped twice stays escaped once.
const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

export function decode(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity]);
}
