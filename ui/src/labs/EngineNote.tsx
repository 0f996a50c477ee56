// That no machine can run now: what is wrong, what to do, and another try. The list stands below it.

import type { ComponentChild } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import { Sentence } from '../core/inline';
import type { Words } from '../core/words';
import type { Catalogue } from './catalogue';

interface Props {
  catalogue: Catalogue;
  words: Words;
  /** Another try found that it is over: the button that had the focus is gone. */
  onOver: () => void;
}

export function EngineNote({ catalogue, words, onOver }: Props): ComponentChild {
  const { engine } = catalogue.snapshot;
  const was = useRef(false);
  was.current ||= engine !== null;
  if (!was.current) {
    return null;
  }
  return (
    <div class={engine === null ? 'bf-hidden' : 'bf-engine'}>
      <div role="status">
        {engine === null ? (
          words.say('labs.engine-back')
        ) : (
          <Note tone="warn">
            <Sentence text={engine} />
          </Note>
        )}
      </div>
      {engine !== null && <Again catalogue={catalogue} words={words} onOver={onOver} />}
    </div>
  );
}

function Again({ catalogue, words, onOver }: Props): ComponentChild {
  const [trying, setTrying] = useState(false);
  const [tried, setTried] = useState<number | null>(null);
  const again = async (): Promise<void> => {
    setTrying(true);
    await catalogue.lookAtEngine();
    if (catalogue.snapshot.engine === null) {
      onOver();
      return;
    }
    setTrying(false);
    setTried(Date.now() / 1000);
  };
  return (
    <div class="bf-row">
      <Button icon="again" off={trying ? words.say('labs.trying') : undefined} onPress={() => void again()}>
        {words.say(trying ? 'labs.trying' : 'labs.retry')}
      </Button>
      <span class="bf-small" role="status">
        {tried !== null && words.say('labs.still-no-engine', { time: words.clock(tried, true) })}
      </span>
    </div>
  );
}
