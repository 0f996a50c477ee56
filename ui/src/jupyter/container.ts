// What JupyterLab loads: the two calls by which it shares its modules with an extension and asks
// for ours (the interface of module federation), and the parts for other front ends.

import { Catalogue } from '../labs/catalogue';
import { mountLabs } from '../labs/mount';
import { mountLogbook } from '../logbook/mount';
import { mountPanel } from '../panel/mount';
import { mountProgress } from '../progress/mount';
import { mimeExtension } from './mime';
import { plugin } from './plugin';
import { share } from './shared';

const MODULES: Record<string, () => Promise<unknown>> = {
  './extension': plugin,
  './mimeExtension': mimeExtension,
  './panel': () => Promise.resolve({ mountPanel, mountLabs, mountLogbook, mountProgress, Catalogue }),
};

interface Container {
  init(scope: Parameters<typeof share>[0]): void;
  get(name: string): Promise<() => unknown>;
}

declare global {
  interface Window {
    _JUPYTERLAB?: Record<string, Container>;
  }
}

(window._JUPYTERLAB ??= {})['breakfix'] = {
  init: share,
  get: async name => {
    const found = MODULES[name];
    if (!found) {
      throw new Error(`breakfix has no module ${name}`);
    }
    const made = { __esModule: true, default: await found() };
    return () => made;
  },
};
