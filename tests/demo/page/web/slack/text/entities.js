// Slack's three entities (contract 7.2), once: what was escaped twice stays escaped once.
const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

export function decode(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity]);
}
