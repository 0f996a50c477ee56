// The way to the other pages of the desk.

import type { ComponentChild } from 'preact';
import { Button } from '../core/controls';
import type { IconName } from '../core/icons';
import type { Words } from '../core/words';

export interface OtherPage {
  /** The key of its title. */
  title: string;
  icon: IconName;
  show: () => void;
}

export function Pages({ pages, words }: { pages: OtherPage[]; words: Words }): ComponentChild {
  return (
    <nav class="bf-row bf-pages" aria-label={words.say('labs.pages')}>
      {pages.map(page => (
        <Button key={page.title} icon={page.icon} onPress={page.show}>
          {words.say(page.title)}
        </Button>
      ))}
    </nav>
  );
}
