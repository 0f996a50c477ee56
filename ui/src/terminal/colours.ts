// Colours of terminals: all of them readable on their own background.

import type { ITheme } from '@xterm/xterm';

const DARK: ITheme = {
  background: '#12161c',
  foreground: '#e6ebf1',
  cursor: '#e6ebf1',
  cursorAccent: '#12161c',
  selectionBackground: '#345a85',
  black: '#5b6673',
  red: '#ff8f86',
  green: '#6fd08c',
  yellow: '#e9c46a',
  blue: '#82b6ff',
  magenta: '#d9a5f5',
  cyan: '#6fd3d8',
  white: '#d5dde6',
  brightBlack: '#93a0ae',
};

const LIGHT: ITheme = {
  background: '#ffffff',
  foreground: '#1d242c',
  cursor: '#1d242c',
  cursorAccent: '#ffffff',
  selectionBackground: '#b6d5ff',
  black: '#1d242c',
  red: '#a8251c',
  green: '#17692f',
  yellow: '#7a5200',
  blue: '#0b57b0',
  magenta: '#7b2c9e',
  cyan: '#0b6470',
  white: '#59646f',
  brightBlack: '#59646f',
  brightRed: '#a8251c',
  brightGreen: '#17692f',
  brightYellow: '#7a5200',
  brightBlue: '#0b57b0',
  brightMagenta: '#7b2c9e',
  brightCyan: '#0b6470',
  brightWhite: '#3b454f',
};

/** The colours that go with the page now. */
export function colours(): ITheme {
  return document.body.dataset['jpThemeLight'] === 'false' ? DARK : LIGHT;
}

/** Call `changed` whenever the page's theme changes; returns how to stop. */
export function onTheme(changed: () => void): () => void {
  const watcher = new MutationObserver(changed);
  watcher.observe(document.body, {
    attributes: true,
    attributeFilter: ['data-jp-theme-light', 'data-jp-theme-name'],
  });
  return () => watcher.disconnect();
}
