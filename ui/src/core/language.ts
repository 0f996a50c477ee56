// The language of the screens: one choice for every panel, list and page.

import type { Language } from './protocol';
import { ask } from './server';

/** The window's event after somebody chose another language; its detail is that language. */
export const SPOKEN = 'breakfix:language';

/** Speak `language` from now on, everywhere. */
export async function speak(language: Language): Promise<void> {
  await ask('PUT', 'api/language', { language });
  window.dispatchEvent(new CustomEvent<Language>(SPOKEN, { detail: language }));
}
