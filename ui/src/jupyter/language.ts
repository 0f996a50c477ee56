// JupyterLab's own menus follow our language, but only when the page is loaded anew: it says so.

import { SPOKEN } from '../core/language';
import { pageAsk } from '../core/server';
import type { Language } from '../core/protocol';
import type { Catalogue } from '../labs/catalogue';
import type { Application } from './shared';

const TRANSLATION = '@jupyterlab/translation-extension:plugin';
const RELOAD = 'breakfix:reload';
/** How long the offer to reload stays, in milliseconds. */
const STAYS = 20_000;

interface Setting {
  settings: { locale?: string };
}

export function followLanguage(app: Application, catalogue: Catalogue, settingsUrl: string): void {
  app.commands.addCommand(RELOAD, { label: RELOAD, execute: () => location.reload() });
  window.addEventListener(SPOKEN, event => {
    void tell(app, catalogue, settingsUrl, (event as CustomEvent<Language>).detail);
  });
}

async function tell(
  app: Application,
  catalogue: Catalogue,
  settingsUrl: string,
  language: Language,
): Promise<void> {
  await catalogue.refresh();
  const words = catalogue.snapshot.offer?.words;
  // A JupyterLab that was not started by us may have a language of its own, and keeps it.
  if (!words || !app.commands.hasCommand('apputils:notify') || !(await follows(settingsUrl, language))) {
    return;
  }
  const actions = [{ label: words.say('labs.reload'), commandId: RELOAD, displayType: 'accent' }];
  await app.commands.execute('apputils:notify', {
    message: words.say('labs.reload-why'),
    type: 'info',
    options: { autoClose: STAYS, actions },
  });
}

/** Whether JupyterLab will speak `language` when it is loaded anew. */
async function follows(settingsUrl: string, language: Language): Promise<boolean> {
  try {
    const { settings } = await pageAsk<Setting>(`${settingsUrl}/${TRANSLATION}`);
    return settings.locale?.split('_')[0] === language;
  } catch {
    return false;
  }
}
