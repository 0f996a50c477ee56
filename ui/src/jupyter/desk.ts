// Where panels stand in JupyterLab: in which notebook, and in tabs of their own.

import { mountPanel } from '../panel/mount';
import {
  shared,
  type Application,
  type CellModel,
  type NotebookPanel,
  type Widget,
  type WidgetsModule,
} from './shared';

const notebooks = new Set<NotebookPanel>();
let application: Application | null = null;

export function remember(app: Application): void {
  application = app;
}

/** Whether panels can have tabs of their own: JupyterLab has them, a page of Notebook is one. */
export function hasTabs(): boolean {
  return application !== null && 'mode' in application.shell;
}

export function know(panel: NotebookPanel): void {
  notebooks.add(panel);
  panel.disposed.connect(() => notebooks.delete(panel));
}

/**
 * The path of the notebook to which a panel at `node` belongs; null while that is not known yet, for
 * on the wrong one the learner's work would count for something else. A view of an output outside
 * its notebook belongs to the open one that shows the same lab.
 */
export function notebookOf(node: HTMLElement, shows: (panel: NotebookPanel) => boolean): string | null {
  const open = [...notebooks];
  const home = open.find(panel => panel.node.contains(node));
  if (home) {
    return home.context.path;
  }
  return node.closest('.jp-NotebookPanel') ? null : (open.find(shows)?.context.path ?? '');
}

/** A new tab in JupyterLab's main area, filled by `mount`; in front, unless `behind`. */
export async function newTab(
  id: string,
  label: string,
  icon: unknown,
  mount: (host: HTMLElement) => () => void,
  behind = false,
): Promise<Widget | null> {
  const widgets = await shared<WidgetsModule>('@lumino/widgets');
  if (widgets === null || application === null) {
    return null;
  }
  const widget = new widgets.Widget();
  widget.id = id;
  widget.title.label = label;
  widget.title.icon = icon;
  widget.title.closable = true;
  widget.addClass('bf-tab');
  const close = mount(widget.node);
  widget.disposed.connect(close);
  application.shell.add(widget, 'main', { activate: !behind });
  if (!behind) {
    application.shell.activateById(id);
  }
  return widget;
}

/** Go to the cell of a notebook with this grade id, ready to type in it. */
export function showCell(notebook: string, gradeId: string): void {
  const panel = [...notebooks].find(one => one.context.path === notebook);
  const at = panel?.content.widgets.findIndex(cell => gradeIdOf(cell.model) === gradeId) ?? -1;
  const cell = panel?.content.widgets[at];
  if (!panel || !cell) {
    return;
  }
  application?.shell.activateById(panel.id);
  panel.content.activeCellIndex = at;
  cell.rendered = false;
  panel.content.mode = 'edit';
  cell.node.scrollIntoView({ block: 'center' });
}

function gradeIdOf(cell: CellModel): unknown {
  return (cell.getMetadata('nbgrader') as { grade_id?: unknown } | undefined)?.grade_id;
}

let count = 0;

/** The panel once more, as large as the window, in a tab called `title`. */
export function openInOwnTab(slug: string, notebook: string, title: string): void {
  void newTab(`breakfix-desk-${++count}`, title, undefined, host =>
    mountPanel(host, { slug, notebook, onCell: id => showCell(notebook, id) }),
  );
}
