// The list of labs on a place of the page: a landing page, or a side panel.

import { render } from 'preact';
import { root } from '../core/root';
import type { Catalogue } from './catalogue';
import { Labs } from './List';
import type { OtherPage } from './Pages';

/** Draw the labs in `host`; returns how to take them away again. */
export function mountLabs(
  host: HTMLElement,
  options: { catalogue: Catalogue; wide: boolean; onOpen: (path: string) => void; pages?: OtherPage[] },
): () => void {
  const place = root(host, options.wide ? 'bf-landing' : 'bf-side');
  render(<Labs pages={[]} {...options} />, place);
  return () => {
    render(null, place);
    place.remove();
  };
}
