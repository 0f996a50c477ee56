// Printing one thing of a page: JupyterLab's own print would show everything around it.

import { STYLE_ID } from './root';

/** Print a copy of `element`, opened out and in light colours. */
export function print(element: HTMLElement): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.className = 'bf-print-frame';
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0';
  document.body.append(frame);
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  if (!page || !view) {
    frame.remove();
    return;
  }
  page.documentElement.lang = element.lang || 'nl';
  page.title = element.getAttribute('aria-label') ?? document.title;
  const style = document.getElementById(STYLE_ID);
  if (style) {
    page.head.append(page.importNode(style, true));
  }
  page.body.setAttribute('data-jp-theme-light', 'true');
  const root = page.createElement('div');
  root.className = 'bf-root bf-print';
  root.append(page.importNode(element, true));
  page.body.append(root);
  root.querySelectorAll('details').forEach(one => one.setAttribute('open', ''));
  root.querySelectorAll('button').forEach(one => one.remove());
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
}
