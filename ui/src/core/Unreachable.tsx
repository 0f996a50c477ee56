// Instead of a page that did not come: why, and another try, by a button and by itself.

import type { ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button, Note } from './controls';
import { Sentence } from './inline';
import { offlineWords } from './words';

/** How long until the next try, in milliseconds. */
const AGAIN = 5_000;

/** `text` is why it did not come; null where nothing answered. */
export function Unreachable(props: { text: string | null; onAgain: () => void }): ComponentChild {
  const { text, onAgain } = props;
  const words = offlineWords();
  useEffect(() => {
    const timer = window.setInterval(() => document.visibilityState === 'visible' && onAgain(), AGAIN);
    return () => clearInterval(timer);
  }, [onAgain]);
  return (
    <div class="bf-empty bf-unreachable" role="status">
      <Note tone="warn">
        <Sentence text={text ?? words.say('offline.unreachable')} />
      </Note>
      <Button icon="again" onPress={onAgain}>
        {words.say('offline.retry')}
      </Button>
    </div>
  );
}
