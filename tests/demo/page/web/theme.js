// Light, dark, or as the system has it. Remembered in this browser.

import { address } from './address.js';

const key = 'countersign-theme';
const themes = ['system', 'light', 'dark'];

export const theme = window.Vue.observable({ name: themes.includes(address.theme) ? address.theme : remembered() });

function remembered() {
  const name = localStorage.getItem(key);
  return themes.includes(name) ? name : 'system';
}

export function apply_theme() {
  if (theme.name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.name;
}

export function next_theme() {
  theme.name = themes[(themes.indexOf(theme.name) + 1) % themes.length];
  localStorage.setItem(key, theme.name);
  apply_theme();
}
