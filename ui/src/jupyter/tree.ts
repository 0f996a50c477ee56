// Notebook's own start page, with the files: the list of labs is a tab there.

import { Catalogue } from '../labs/catalogue';
import { mountLabs } from '../labs/mount';
import { shared, type Application, type Widget, type WidgetsModule } from './shared';

/** The start page of Notebook 7. */
export interface Tree {
  addWidget(widget: Widget): void;
  currentWidget: Widget | null;
}

/** Put the list of labs beside the files; a lab opens in a tab of the browser, as notebooks do. */
export async function showInTree(app: Application, tree: Tree): Promise<void> {
  const widgets = await shared<WidgetsModule>('@lumino/widgets');
  if (widgets === null) {
    return;
  }
  const catalogue = new Catalogue();
  await catalogue.refresh();
  const { title } = prepared(new widgets.Widget(), app, tree, catalogue);
  const name = (): void => {
    title.label = catalogue.snapshot.offer?.words.say('labs.label') ?? 'breakfix';
  };
  name();
  catalogue.subscribe(name);
}

function prepared(widget: Widget, app: Application, tree: Tree, catalogue: Catalogue): Widget {
  widget.id = 'breakfix-tree';
  widget.addClass('bf-tab');
  const onOpen = (path: string): void => {
    void app.commands.execute('docmanager:open', { path, factory: 'Notebook' });
  };
  const close = mountLabs(widget.node, { catalogue, wide: true, onOpen });
  widget.disposed.connect(close);
  tree.addWidget(widget);
  return widget;
}
