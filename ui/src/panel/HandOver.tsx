// Handing the ticket on to the second line, with what proves that it is theirs.

import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { Button, Chip } from '../core/controls';
import { Icon } from '../core/icons';
import type { DeskState, View } from '../core/protocol';
import type { Words } from '../core/words';
import { Proof, Radios } from './fields';
import type { Store } from './store';

export function HandOver(props: {
  store: Store;
  state: DeskState;
  view: View;
  words: Words;
  off: string | undefined;
}): ComponentChild {
  const { store, state, view, words, off } = props;
  const [place, setPlace] = useState(view.handover?.place ?? '');
  const [tests, setTests] = useState(view.handover?.tests ?? {});
  const { places, tests: known } = view.form;
  if (known.length === 0 || places.length === 0) {
    return null;
  }
  return (
    <details class="bf-hand-over" open={view.handover !== null || state.reply !== null}>
      <summary>
        <Icon name="send" />
        {words.say('panel.hand-over')}
      </summary>
      <Answer {...props} />
      <form class="bf-form" onSubmit={event => event.preventDefault()}>
        <p>{words.say('panel.hand-over-why')}</p>
        <Radios
          legend={words.say('panel.where')}
          choices={places}
          value={place}
          onChange={setPlace}
          words={words}
        />
        <Proof tests={known} seen={tests} onChange={setTests} words={words} />
        <Button
          icon="send"
          off={place ? off : words.say('panel.choose-where')}
          onPress={() => store.do({ do: 'hand-over', handover: { place, tests } })}
        >
          {words.say('panel.hand-over-send')}
        </Button>
      </form>
    </details>
  );
}

function Answer({ state, view, words }: { state: DeskState; view: View; words: Words }): ComponentChild {
  const { reply } = state;
  const place = view.form.places.find(one => one.id === view.handover?.place);
  return (
    <>
      {place && <p>{words.say('panel.hand-over-sent', { place: words.of(place.label) })}</p>}
      {reply && (
        <article class="bf-message" aria-label={words.say('panel.hand-over-reply')}>
          <header>
            <span class="bf-face" aria-hidden="true">
              2
            </span>
            <div>
              <b>{words.say('panel.hand-over-reply')}</b>
              <Chip icon={reply.accepted ? 'tick' : 'cross'} tone={reply.accepted ? 'pass' : 'fail'}>
                {words.say(reply.accepted ? 'panel.accepted' : 'panel.refused')}
              </Chip>
            </div>
          </header>
          <div class="bf-md">
            <p>{words.of(reply.text)}</p>
          </div>
        </article>
      )}
    </>
  );
}
