// The panel as an output of a notebook's cell: drawn without a kernel, without running anything.

import { mountDamaged, mountPanel } from '../panel/mount';
import { hasTabs, notebookOf, openInOwnTab, showCell } from './desk';
import { shared, type MimeModel, type NotebookPanel, type Widget, type WidgetsModule } from './shared';

export const MIME = 'application/vnd.breakfix.panel+json';

/** As in the server's addresses. */
const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The lab that a cell's metadata or an output names, or null when that is damaged. */
export function slugIn(data: unknown): string | null {
  const slug = (data as { panel?: unknown } | null | undefined)?.panel;
  return typeof slug === 'string' && SLUG.test(slug) ? slug : null;
}

/** Whether a cell's metadata is about a panel, however damaged it is. */
export function asksForPanel(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return data !== undefined;
  }
  return 'panel' in data || Object.keys(data).length === 0;
}

/** JupyterLab's description of our output. */
export async function mimeExtension(): Promise<object> {
  const widgets = await shared<WidgetsModule>('@lumino/widgets');
  if (widgets === null) {
    throw new Error('JupyterLab shares no @lumino/widgets');
  }
  return {
    id: 'breakfix:mime',
    rendererFactory: {
      safe: true,
      mimeTypes: [MIME],
      createRenderer: () => renderer(new widgets.Widget()),
    },
    // Before the tables that the same cell prints for other front ends.
    rank: -10,
    dataType: 'json',
  };
}

/** Whether a notebook has a cell that shows the panel of `slug`. */
function shows(slug: string): (panel: NotebookPanel) => boolean {
  return panel =>
    [...(panel.content.model?.cells ?? [])].some(
      cell => slugIn(cell.getMetadata('breakfix')) === slug,
    );
}

function renderer(widget: Widget): Widget {
  let shown: string | null | undefined;
  let close: (() => void) | null = null;
  const renderModel = (model: MimeModel): Promise<void> => {
    const slug = slugIn(model.data[MIME]);
    if (slug !== shown) {
      close?.();
      shown = slug;
      close = slug === null ? mountDamaged(widget.node) : whenPlaced(widget.node, slug);
    }
    return Promise.resolve();
  };
  widget.disposed.connect(() => close?.());
  return Object.assign(widget, { renderModel });
}

/** Draw the panel once it is known in which notebook; returns how to undo that, or not to do it. */
function whenPlaced(host: HTMLElement, slug: string): () => void {
  let undo: (() => void) | null = null;
  let timer = 0;
  const look = (): void => {
    // Rendering comes before attaching.
    const notebook = host.isConnected ? notebookOf(host, shows(slug)) : null;
    if (notebook === null) {
      timer = window.setTimeout(look, 5);
      return;
    }
    const onOwnTab = hasTabs() ? (title: string): void => openInOwnTab(slug, notebook, title) : undefined;
    const onCell = (id: string): void => showCell(notebook, id);
    undo = mountPanel(host, { slug, notebook, onOwnTab, onCell });
  };
  look();
  return () => {
    clearTimeout(timer);
    undo?.();
  };
}
