// Our place in JupyterLab: the list of labs at the side, the landing page, and panels in notebooks.

import { Catalogue } from '../labs/catalogue';
import { mountLabs } from '../labs/mount';
import type { OtherPage } from '../labs/Pages';
import { mountLogbook } from '../logbook/mount';
import { mountProgress } from '../progress/mount';
import { hasTabs, know, newTab, remember } from './desk';
import { Home, OWN_DESK } from './home';
import { followLanguage } from './language';
import { asksForPanel, MIME, slugIn } from './mime';
import {
  shared,
  type Application,
  type NotebookPanel,
  type NotebookTracker,
  type Widget,
  type WidgetsModule,
} from './shared';
import { showInTree, type Tree } from './tree';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16"><path class="jp-icon3" fill="#616161" d="M14.3 4.2 12 6.5 9.5 4 11.8 1.7A4.4 4.4 0 0 0 6.2 7.3l-4.6 4.6a1.8 1.8 0 0 0 2.5 2.5l4.6-4.6a4.4 4.4 0 0 0 5.6-5.6z"/></svg>`;

/** How often a list that is in sight is looked at anew, in milliseconds. */
const REFRESH = 10_000;

interface Tokens {
  '@jupyterlab/notebook': { INotebookTracker?: unknown };
  '@jupyter-notebook/tree': { INotebookTree?: unknown };
  '@jupyterlab/ui-components': { LabIcon?: new (options: object) => unknown };
  '@jupyterlab/coreutils': { PageConfig?: { getOption(name: string): string } };
}

function page<Name extends keyof Tokens>(name: Name): Promise<Tokens[Name] | null> {
  return shared<Tokens[Name]>(name);
}

/** JupyterLab's description of our plug-in. */
export async function plugin(): Promise<object> {
  const notebook = await page('@jupyterlab/notebook');
  // Only Notebook has that page, and shares it.
  const startPage = await page('@jupyter-notebook/tree');
  const known = [notebook?.INotebookTracker, startPage?.INotebookTree];
  return {
    id: 'breakfix:plugin',
    description: 'Labs, and panels in their notebooks',
    autoStart: true,
    optional: known.filter(token => token),
    activate: (app: Application, ...given: (NotebookTracker | Tree | null)[]) => {
      remember(app);
      // Given in the order in which they are known.
      const [notebooks, tree] = known.map(token => (token ? given.shift() : null));
      begin(notebooks as NotebookTracker | null);
      // Voila has neither: it only draws, and what is beside a notebook has no place there.
      if (notebooks || hasTabs()) {
        void desk(app);
      }
      if (tree) {
        void showInTree(app, tree as Tree);
      }
    },
  };
}

function begin(notebooks: NotebookTracker | null): void {
  notebooks?.forEach(showPanels);
  notebooks?.widgetAdded.connect((_, panel) => showPanels(panel));
}

/** Show the panel in every cell that asks for one; the notebook stays as saved as it was. */
function showPanels(panel: NotebookPanel): void {
  know(panel);
  void panel.context.ready.then(() => {
    const was = panel.context.model.dirty;
    for (const cell of panel.content.model?.cells ?? []) {
      const metadata = cell.getMetadata('breakfix');
      if (cell.type === 'code' && asksForPanel(metadata) && cell.outputs?.length === 0) {
        cell.outputs.add({
          output_type: 'display_data',
          data: { [MIME]: { panel: slugIn(metadata) } },
          metadata: {},
        });
      }
    }
    panel.context.model.dirty = was;
  });
}

async function desk(app: Application): Promise<void> {
  const catalogue = new Catalogue();
  const [widgets, components, core] = await Promise.all([
    shared<WidgetsModule>('@lumino/widgets'),
    page('@jupyterlab/ui-components'),
    page('@jupyterlab/coreutils'),
  ]);
  if (widgets === null) {
    return;
  }
  const icon = components?.LabIcon ? new components.LabIcon({ name: 'breakfix:labs', svgstr: ICON }) : undefined;
  await catalogue.refresh();
  const label = catalogue.snapshot.offer?.words.say('labs.label') ?? 'breakfix';
  const open = (path: string): void => {
    void app.commands.execute('docmanager:open', { path, factory: 'Notebook' });
  };
  // They are tabs, and a page of Notebook has none.
  const pages = hasTabs() ? otherPages(app, catalogue, icon) : [];
  const panel = side(new widgets.Widget(), catalogue, icon, label, open, pages);
  app.shell.add(panel, 'left', { rank: 50 });

  const home = new Home(app, catalogue, icon, open, pages);
  app.commands.addCommand('breakfix:home', { label, icon, execute: () => home.show() });
  catalogue.subscribe(() => {
    panel.title.caption = catalogue.snapshot.offer?.words.say('labs.label') ?? label;
    home.rename();
  });
  watch(catalogue);
  const option = (name: string): string => core?.PageConfig?.getOption(name) ?? '';
  followLanguage(app, catalogue, option('settingsUrl'));
  await app.restored;
  if (!hasTabs()) {
    return;
  }
  await home.begin(option('treePath'), option(OWN_DESK) !== '');
}

/** The other pages of the desk, each in one tab of its own. */
function otherPages(app: Application, catalogue: Catalogue, icon: unknown): OtherPage[] {
  const show = (id: string, title: string, mount: (host: HTMLElement) => () => void) => (): void => {
    if ([...(app.shell.widgets?.('main') ?? [])].some(widget => widget.id === id)) {
      app.shell.activateById(id);
      return;
    }
    const label = catalogue.snapshot.offer?.words.say(title) ?? 'breakfix';
    void newTab(id, label, icon, mount);
  };
  const progress = show('breakfix-progress', 'progress-page.title', host => mountProgress(host, catalogue));
  const logbook = show('breakfix-logbook', 'logbook.title', host => mountLogbook(host, catalogue));
  return [
    { title: 'progress-page.title', icon: 'list', show: progress },
    { title: 'logbook.title', icon: 'book', show: logbook },
  ];
}

function side(
  widget: Widget,
  catalogue: Catalogue,
  icon: unknown,
  label: string,
  onOpen: (path: string) => void,
  pages: OtherPage[],
): Widget {
  widget.id = 'breakfix-labs';
  widget.title.icon = icon;
  widget.title.caption = label;
  const close = mountLabs(widget.node, { catalogue, wide: false, onOpen, pages });
  widget.disposed.connect(close);
  return widget;
}

/** What the list says of a lab's state is looked at anew when the learner comes back to it. */
function watch(catalogue: Catalogue): void {
  const refresh = (): void => {
    const lists = [...document.querySelectorAll<HTMLElement>('.bf-labs')];
    if (document.visibilityState === 'visible' && lists.some(list => list.offsetParent !== null)) {
      void catalogue.refresh();
    }
  };
  document.addEventListener('visibilitychange', refresh);
  window.setInterval(refresh, REFRESH);
}
