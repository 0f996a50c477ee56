// The panel on a place of the page, for every front end alike.

import { render } from 'preact';
import { Note } from '../core/controls';
import { root } from '../core/root';
import { offlineWords } from '../core/words';
import { Desk, type Around } from './Desk';
import { Store } from './store';

export interface PanelOptions extends Around {
  slug: string;
  /** The open notebook, as Jupyter names its path; empty where there is none. */
  notebook: string;
}

/** Draw the panel of a lab in `host`; returns how to take it away again. */
export function mountPanel(host: HTMLElement, { slug, notebook, ...around }: PanelOptions): () => void {
  const place = root(host, 'bf-panel');
  const store = new Store(slug, notebook);
  render(<Desk store={store} {...around} />, place);
  return () => {
    store.close();
    render(null, place);
    place.remove();
  };
}

/** Say in `host` that nobody knows which lab belongs there; returns how to take it away again. */
export function mountDamaged(host: HTMLElement): () => void {
  const place = root(host, 'bf-panel');
  const words = offlineWords();
  render(
    <div class="bf-empty" lang={words.language}>
      <Note tone="warn">{words.say('offline.damaged')}</Note>
    </div>,
    place,
  );
  return () => {
    render(null, place);
    place.remove();
  };
}
