// Keys that a beginner expects in a terminal, beside those that belong to the shell.

import type { Terminal } from '@xterm/xterm';

export interface KeyListener {
  leave(): void;
  copied(): void;
}

/** Teach `terminal` F6, copying and pasting. Every other key is the shell's. */
export function teachKeys(terminal: Terminal, listener: KeyListener): void {
  terminal.attachCustomKeyEventHandler(event => {
    if (event.type !== 'keydown') {
      // The shell must not get the other half of a key that we took.
      return event.key !== 'F6';
    }
    if (event.key === 'F6') {
      event.preventDefault();
      listener.leave();
      return false;
    }
    return !clipboard(terminal, event, listener);
  });
}

/** Whether the key was about the clipboard. AltGr, which some systems report as Ctrl+Alt, never is. */
function clipboard(terminal: Terminal, event: KeyboardEvent, listener: KeyListener): boolean {
  if (!event.ctrlKey || event.altKey || event.metaKey || event.getModifierState('AltGraph')) {
    return false;
  }
  const key = event.key.toLowerCase();
  if (key === 'v') {
    return true; // the browser pastes, and xterm takes it from there
  }
  if (key !== 'c' || (!terminal.hasSelection() && !event.shiftKey)) {
    return false;
  }
  event.preventDefault();
  if (terminal.hasSelection()) {
    void copy(terminal.getSelection()).then(done => done && listener.copied());
    terminal.clearSelection();
  }
  return true;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

/** Where a page may not use the clipboard's interface: over plain http from another computer. */
function copyTheOldWay(text: string): boolean {
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', put, { capture: true, once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', put, { capture: true });
  return done;
}
