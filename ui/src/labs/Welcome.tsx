// The top of the landing page, and the field to search.

import type { ComponentChild } from 'preact';
import { Button } from '../core/controls';
import { useId } from '../core/id';
import type { Words } from '../core/words';
import type { Catalogue } from './catalogue';

export function Welcome({ words, catalogue }: { words: Words; catalogue: Catalogue }): ComponentChild {
  const other = words.language === 'nl' ? 'en' : 'nl';
  return (
    <header class="bf-welcome">
      <div class="bf-row">
        <h1>{words.say('labs.title')}</h1>
        <span lang={other}>
          <Button kind="quiet" onPress={() => void catalogue.speak(other)}>
            {words.say(other === 'en' ? 'panel.english' : 'panel.dutch')}
          </Button>
        </span>
      </div>
      <p>{words.say('labs.intro')}</p>
    </header>
  );
}

export function Search(props: {
  text: string;
  onText: (text: string) => void;
  count: number;
  words: Words;
}): ComponentChild {
  const { text, onText, count, words } = props;
  const id = useId();
  return (
    <div class="bf-search" role="search">
      <label for={id}>{words.say('labs.search')}</label>
      <input
        id={id}
        type="search"
        autocomplete="off"
        value={text}
        onInput={event => onText(event.currentTarget.value)}
      />
      <span class="bf-small" role="status">
        {count === 1 ? words.say('labs.found-one') : words.say('labs.found', { count })}
      </span>
    </div>
  );
}
