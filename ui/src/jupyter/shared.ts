// The little that we use of JupyterLab, and how to get its own copies of it: the page shares them
// by name, so that our script needs none.

export interface Widget {
  id: string;
  readonly node: HTMLElement;
  readonly isDisposed: boolean;
  readonly isVisible: boolean;
  readonly title: { label: string; caption: string; icon: unknown; closable: boolean };
  addClass(name: string): void;
  dispose(): void;
  disposed: Signal<Widget, void>;
}

export interface Signal<Sender, Args> {
  connect(slot: (sender: Sender, args: Args) => void): boolean;
}

export interface WidgetsModule {
  Widget: new (options?: { node?: HTMLElement }) => Widget;
}

export interface Outputs {
  readonly length: number;
  add(output: object): number;
}

export interface CellModel {
  readonly type: string;
  readonly outputs?: Outputs;
  getMetadata(key: string): unknown;
}

export interface Cell {
  readonly model: CellModel;
  readonly node: HTMLElement;
  /** Of a text: whether it is shown as it reads, and not to be typed in. */
  rendered?: boolean;
}

export interface NotebookPanel extends Widget {
  readonly context: {
    readonly path: string;
    readonly ready: Promise<void>;
    readonly model: { dirty: boolean };
  };
  readonly content: {
    readonly node: HTMLElement;
    readonly widgets: readonly Cell[];
    activeCellIndex: number;
    mode: 'edit' | 'command';
    readonly model: { readonly cells: Iterable<CellModel> } | null;
  };
}

export interface NotebookTracker {
  readonly widgetAdded: Signal<unknown, NotebookPanel>;
  forEach(visit: (panel: NotebookPanel) => void): void;
}

export interface Shell {
  add(widget: Widget, area?: string, options?: object): void;
  activateById(id: string): void;
  widgets?(area: string): Iterable<Widget>;
  collapseLeft?(): void;
}

export interface Application {
  readonly shell: Shell;
  readonly restored: Promise<void>;
  readonly commands: {
    addCommand(id: string, options: object): unknown;
    hasCommand(id: string): boolean;
    execute(id: string, args?: object): Promise<unknown>;
  };
}

export interface MimeModel {
  readonly data: Record<string, unknown>;
}

type Scope = Record<string, Record<string, { get(): Promise<() => unknown>; loaded?: unknown }>>;

let scope: Scope = {};

/** Called by JupyterLab once, with everything that the page shares. */
export function share(given: Scope): void {
  scope = given;
}

/** The page's own copy of a module, or null where the page has none. */
export async function shared<T>(name: string): Promise<T | null> {
  const versions = Object.values(scope[name] ?? {});
  const chosen = versions.find(version => version.loaded) ?? versions[versions.length - 1];
  return chosen ? ((await chosen.get())() as T) : null;
}
