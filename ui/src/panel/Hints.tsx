// Hints, one at a time; what one costs is told before it is asked.

import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { Button, Note, Sure } from '../core/controls';
import { Markdown } from '../core/markdown';
import type { Hint, View } from '../core/protocol';
import type { Words } from '../core/words';
import type { Store } from './store';

export function Hints(props: {
  store: Store;
  hints: Hint[];
  view: View;
  words: Words;
  off: string | undefined;
}): ComponentChild {
  const { store, hints, view, words, off } = props;
  const [asking, setAsking] = useState(false);
  const shown = Math.max(hints.length, view.hints_shown);
  const of = view.hints_of;
  const price = view.policy?.hint_price ?? 0;
  const priced = view.policy?.hints === 'priced' && price > 0;
  if (of === 0 || view.policy?.hints === 'off') {
    return (
      <div class="bf-empty">
        <Note tone="info">{words.say('panel.hints-none')}</Note>
      </div>
    );
  }
  const ask = (sure: boolean): void => {
    setAsking(false);
    store.do({ do: 'hint', sure });
  };
  const button = shown === 0 ? 'panel.hint-first' : 'panel.hint-next';
  return (
    <>
      <p class="bf-small">
        {words.say('panel.hints-left', { shown, of })}{' '}
        {words.say(priced ? 'panel.hint-price' : 'panel.hint-free', { price })}
      </p>
      <ol class="bf-hints">
        {hints.map(hint => (
          <li key={hint.number}>
            <h3>{words.say('panel.hint-heading', { number: hint.number, of: hint.of })}</h3>
            <Markdown text={words.of(hint.text)} top={4} />
          </li>
        ))}
      </ol>
      {shown < of ? (
        <Button icon="bulb" off={off} onPress={() => (priced ? setAsking(true) : ask(false))}>
          {words.say(button)}
        </Button>
      ) : (
        <p class="bf-small">{words.say('panel.hint-all')}</p>
      )}
      {asking && (
        <Sure
          title={words.say('panel.sure-hint')}
          yes={words.say('panel.sure-hint-yes')}
          no={words.say('panel.cancel')}
          onYes={() => ask(true)}
          onNo={() => setAsking(false)}
        >
          <p>{words.say('panel.sure-hint-text', { number: shown + 1, of, price })}</p>
        </Sure>
      )}
    </>
  );
}
