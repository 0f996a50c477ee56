// What is written in words at the end: the reply to the customer and the work note. In practice they
// are written here and held against an example; in an assignment, in the notebook's own cells.

import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import { useId } from '../core/id';
import { Markdown } from '../core/markdown';
import type { DeskState, Question, View } from '../core/protocol';
import type { Words } from '../core/words';
import { handsIn } from './next';
import type { Store } from './store';

/** Characters that an answer may have. */
const MOST = 4000;
/** How often what is typed is kept, in milliseconds. */
const PAUSE = 1000;

interface Props {
  store: Store;
  state: DeskState;
  view: View;
  words: Words;
  off: string | undefined;
  onCell?: ((gradeId: string) => void) | undefined;
}

export function Questions(props: Props): ComponentChild {
  const { view, words } = props;
  const questions = view.questions ?? [];
  if (questions.length === 0) {
    return null;
  }
  const elsewhere = handsIn(view);
  const title = words.say('panel.questions');
  return (
    <section class="bf-questions" aria-label={title}>
      <h3>{title}</h3>
      {elsewhere ? (
        <Note tone="info">{words.say('panel.answer-in-notebook')}</Note>
      ) : (
        <p class="bf-small">{words.say('panel.questions-why')}</p>
      )}
      {questions.map(question =>
        elsewhere ? (
          <InNotebook key={question.id} question={question} {...props} />
        ) : (
          <Here key={question.id} question={question} {...props} />
        ),
      )}
    </section>
  );
}

function InNotebook({ question, words, onCell }: Props & { question: Question }): ComponentChild {
  return (
    <div class="bf-question">
      <Markdown text={words.of(question.text)} />
      {onCell && (
        <Button icon="flag" onPress={() => onCell(`question-${question.id}`)}>
          {words.say('panel.answer-to-cell')}
        </Button>
      )}
    </div>
  );
}

function Here(props: Props & { question: Question }): ComponentChild {
  const { question, words, state } = props;
  const draft = state.drafts?.[question.id];
  const [changing, setChanging] = useState(draft !== undefined);
  const [wrote, setWrote] = useState(false);
  const writing = changing || question.answer === '';
  const done = (): void => {
    setChanging(false);
    setWrote(true);
  };
  return (
    <div class="bf-question">
      <Markdown text={words.of(question.text)} />
      {writing ? (
        <Writing {...props} kept={draft ?? question.answer} onDone={done} />
      ) : (
        <Compared question={question} words={words} wrote={wrote} onChange={() => setChanging(true)} />
      )}
    </div>
  );
}

function Writing(props: Props & { question: Question; kept: string; onDone: () => void }): ComponentChild {
  const { store, question, words, off, kept, onDone } = props;
  const id = useId();
  const { text, type, keep } = useDraft(store, question.id, kept);
  const why = text.trim() === '' ? words.say('panel.answer-empty') : off;
  return (
    <form class="bf-form" onSubmit={event => event.preventDefault()}>
      <label for={id}>
        {words.say('panel.answer-label', { title: titleOf(words.of(question.text)) })}
      </label>
      <textarea
        id={id}
        rows={8}
        maxLength={MOST}
        spellcheck
        lang={words.language}
        value={text}
        onInput={event => type(event.currentTarget.value)}
        onBlur={keep}
      />
      {text.length >= MOST && <Note tone="warn">{words.say('panel.answer-full')}</Note>}
      <Button
        icon="tick"
        off={why}
        onPress={() => {
          keep();
          store.do({ do: 'answer', question: question.id, text });
          onDone();
        }}
      >
        {words.say('panel.answer-save')}
      </Button>
    </form>
  );
}

/** A text that the server keeps while it is typed; what another page typed shows as long as nothing
 * was typed here. */
function useDraft(
  store: Store,
  question: string,
  kept: string,
): { text: string; type: (text: string) => void; keep: () => void } {
  const [typed, setTyped] = useState<string | null>(null);
  const unsent = useRef<string | null>(null);
  const keep = (): void => {
    if (unsent.current !== null && store.draft(question, unsent.current)) {
      unsent.current = null;
    }
  };
  useEffect(() => {
    // Again as long as the line is down.
    const timer = window.setInterval(keep, PAUSE);
    window.addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [store, question]);
  const type = (text: string): void => {
    setTyped(text);
    unsent.current = text;
  };
  return { text: typed ?? kept, type, keep };
}

function Compared(props: {
  question: Question;
  words: Words;
  /** Written here just now: whoever pressed the button reads on. */
  wrote: boolean;
  onChange: () => void;
}): ComponentChild {
  const { question, words, wrote, onChange } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrote) {
      place.current?.focus();
    }
  }, []);
  return (
    <>
      <div ref={place} class="bf-compare" tabIndex={-1}>
        <section aria-label={words.say('panel.answer-mine')}>
          <h4>{words.say('panel.answer-mine')}</h4>
          <p class="bf-own-words">{question.answer}</p>
        </section>
        {question.example && (
          <section aria-label={words.say('panel.answer-example')}>
            <h4>{words.say('panel.answer-example')}</h4>
            <Markdown text={words.of(question.example)} top={5} />
          </section>
        )}
      </div>
      <Button onPress={onChange}>{words.say('panel.answer-change')}</Button>
    </>
  );
}

/** The bold beginning of a question, else its first words. */
function titleOf(text: string): string {
  return /^\*\*(.+?)[.:]?\*\*/.exec(text.trim())?.[1] ?? text.slice(0, 60);
}
