// My progress on a place of the page.

import { render } from 'preact';
import { root } from '../core/root';
import type { Catalogue } from '../labs/catalogue';
import { Page } from './Page';

/** Draw the page in `host`; returns how to take it away again. */
export function mountProgress(host: HTMLElement, catalogue: Catalogue): () => void {
  const place = root(host, 'bf-landing');
  render(<Page catalogue={catalogue} />, place);
  return () => {
    render(null, place);
    place.remove();
  };
}
