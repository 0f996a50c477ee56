// Why something does not come: what the answer to a plain request says about it.

import { Refused, ask } from './server';
import { offlineWords, type Words } from './words';

/** Nothing answers; somebody must log in again; requests pass and sockets do not. */
export type Why = 'away' | 'login' | 'blocked';

export async function whyNoSocket(): Promise<Why> {
  try {
    await ask('GET', 'api/words?language=nl');
    return 'blocked';
  } catch (error) {
    const status = error instanceof Refused ? error.status : 0;
    return status === 401 || status === 403 ? 'login' : 'away';
  }
}

/** The key of the sentence for it, among those that travel in the script. */
export const WHY_KEY: Record<Why, string> = {
  away: 'offline.unreachable',
  login: 'offline.login',
  blocked: 'offline.blocked',
};

/** What is said of a request that came to nothing; null where no server of ours answered it. */
export function whyRefused(error: unknown, words: Words = offlineWords()): string | null {
  if (!(error instanceof Refused)) {
    return null;
  }
  if (error.status === 401 || error.status === 403) {
    return words.say(WHY_KEY.login);
  }
  return error.text || (error.status === 500 ? words.say('offline.mistake') : null);
}
