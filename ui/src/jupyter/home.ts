// The landing page in JupyterLab: when it is there, and when it stands in front.

import type { Catalogue } from '../labs/catalogue';
import { mountLabs } from '../labs/mount';
import type { OtherPage } from '../labs/Pages';
import { newTab } from './desk';
import type { Application, Widget } from './shared';

/** The page option of a JupyterLab that was started as the desk, and for nothing else. */
export const OWN_DESK = 'breakfixDesk';

/** Whether this tab of the browser has the landing page; nothing at its first visit. */
const KEPT = 'breakfix:home';

export class Home {
  private widget: Widget | null = null;

  constructor(
    private readonly app: Application,
    private readonly catalogue: Catalogue,
    private readonly icon: unknown,
    private readonly onOpen: (path: string) => void,
    private readonly pages: OtherPage[],
  ) {}

  /**
   * The page has loaded, and what was open before is open again. A visit to the desk begins with the
   * list of labs, unless a notebook is asked for; a reload leaves everything in its place.
   */
  async begin(asked: string, ownDesk: boolean): Promise<void> {
    const kept = sessionStorage.getItem(KEPT);
    if (ownDesk && kept === null) {
      // The labs are here, and their panels need the room.
      this.app.shell.collapseLeft?.();
      sessionStorage.setItem(KEPT, 'closed');
    }
    if (asked === '' && ((ownDesk && kept === null) || this.isEmpty())) {
      await this.show();
    } else if (kept === 'open') {
      await this.show(true);
    }
  }

  /** Have the page, in front of everything else unless `behind`. */
  async show(behind = false): Promise<void> {
    if (this.widget && !this.widget.isDisposed) {
      this.app.shell.activateById(this.widget.id);
      return;
    }
    const { catalogue, icon, onOpen, pages } = this;
    const mount = (host: HTMLElement): (() => void) => mountLabs(host, { catalogue, wide: true, onOpen, pages });
    this.widget = await newTab('breakfix-home', this.label, icon, mount, behind);
    sessionStorage.setItem(KEPT, 'open');
    this.widget?.disposed.connect(() => sessionStorage.setItem(KEPT, 'closed'));
  }

  /** The language may have changed. */
  rename(): void {
    if (this.widget) {
      this.widget.title.label = this.label;
    }
  }

  private get label(): string {
    return this.catalogue.snapshot.offer?.words.say('labs.label') ?? 'breakfix';
  }

  private isEmpty(): boolean {
    const open = this.app.shell.widgets ? [...this.app.shell.widgets('main')] : null;
    return open !== null && open.every(widget => widget.id.startsWith('launcher'));
  }
}
