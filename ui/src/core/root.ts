// What every screen of ours hangs on: the style sheet once a page, and keys that stay with us.

export const STYLE_ID = 'breakfix-style';
const SUPPRESS = 'data-lm-suppress-shortcuts';

/** A new root in `host`, in which JupyterLab's shortcuts do nothing. */
export function root(host: HTMLElement, name: string): HTMLElement {
  if (!document.getElementById(STYLE_ID)) {
    const style = document.createElement('style');
    style.id = STYLE_ID;
    style.textContent = __STYLE__;
    document.head.append(style);
  }
  const place = document.createElement('div');
  place.className = `bf-root ${name}`;
  place.setAttribute(SUPPRESS, 'true');
  // JupyterLab looks at the element in focus before it looks around it: a shortcut for whatever
  // has the focus (the arrows, d d) would do its work with a button or a choice of ours.
  place.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) {
      target.setAttribute(SUPPRESS, 'true');
    }
  });
  host.append(place);
  return place;
}
