// What the customer wrote, what you may do about it, and the facts of this lab.

import type { ComponentChild } from 'preact';
import { useRef } from 'preact/hooks';
import { Button } from '../core/controls';
import { Icon } from '../core/icons';
import { Markdown } from '../core/markdown';
import { print } from '../core/print';
import type { Text, View } from '../core/protocol';
import type { Words } from '../core/words';
import { initials, letter } from './message';

export function Ticket({ view, words }: { view: View; words: Words }): ComponentChild {
  const { remit } = view;
  const place = useRef<HTMLElement>(null);
  return (
    <section ref={place} class="bf-for-paper" lang={words.language} aria-label={words.of(view.title)}>
      <h3 class="bf-only-copied">{words.of(view.title)}</h3>
      <Message ticket={words.of(view.ticket)} words={words} />
      {(remit.may.length > 0 || remit.may_not.length > 0) && (
        <section class="bf-remit" aria-label={words.say('panel.remit')}>
          <h3>{words.say('panel.remit')}</h3>
          <Rules title={words.say('panel.may')} rules={remit.may} good words={words} />
          <Rules title={words.say('panel.may-not')} rules={remit.may_not} good={false} words={words} />
        </section>
      )}
      {view.sheet.length > 0 && (
        <details class="bf-sheet">
          <summary>{words.say('panel.sheet')}</summary>
          {view.sheet.map((text, n) => (
            <Markdown key={n} text={words.of(text)} />
          ))}
        </details>
      )}
      <Button kind="quiet" icon="print" onPress={() => place.current && print(place.current)}>
        {words.say('panel.print-ticket')}
      </Button>
    </section>
  );
}

function Message({ ticket, words }: { ticket: string; words: Words }): ComponentChild {
  const read = letter(ticket);
  return (
    <article class="bf-message" aria-label={words.say('panel.message')}>
      {read && (
        <header>
          <span class="bf-face" aria-hidden="true">
            {initials(read.sender)}
          </span>
          <div>
            <b>{read.sender}</b>
            <span>{read.place}</span>
          </div>
          {read.subject && <h3>{read.subject}</h3>}
        </header>
      )}
      <Markdown text={read ? read.body : ticket} top={4} />
    </article>
  );
}

function Rules(props: { title: string; rules: Text[]; good: boolean; words: Words }): ComponentChild {
  const { title, rules, good, words } = props;
  return (
    rules.length > 0 && (
      <div class={good ? 'bf-may' : 'bf-may-not'}>
        <h4>
          <Icon name={good ? 'tick' : 'cross'} />
          {title}
        </h4>
        <ul>
          {rules.map((rule, n) => (
            <li key={n}>{words.of(rule)}</li>
          ))}
        </ul>
      </div>
    )
  );
}
