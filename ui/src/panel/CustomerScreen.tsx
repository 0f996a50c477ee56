// What the customer sees: a picture of it, in which nothing works and nothing runs.

import type { ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../core/controls';
import { Icon, type IconName } from '../core/icons';
import { Sentence } from '../core/inline';
import type { Look, ScreenKind, ScreenView, Shown, View } from '../core/protocol';
import type { Words } from '../core/words';
import { pageOf } from './sandbox';
import type { Glimpse, Store } from './store';

export const SCREEN_ICON: Record<ScreenKind, IconName> = {
  browser: 'globe',
  display: 'screen',
  paper: 'list',
  mailbox: 'mail',
};

interface Props {
  store: Store;
  view: View;
  words: Words;
  screen: ScreenView;
  /** Why nothing can be asked now; after a verb the screen is looked at again. */
  off: string | undefined;
}

export function CustomerScreen(props: Props): ComponentChild {
  const { store, words, screen } = props;
  const glimpse = store.snapshot.looks[screen.id];
  useLooking(props);
  return (
    <section class="bf-customer" aria-label={words.say('screen.label', { title: words.of(screen.title) })}>
      <div class="bf-customer-head">
        <span class="bf-small">{when(glimpse, words)}</span>
        <Button icon="again" kind="quiet" onPress={() => store.lookAt(screen.id)}>
          {words.say('screen.look')}
        </Button>
      </div>
      {glimpse?.reason && (
        <p class="bf-customer-reason">
          <Sentence text={glimpse.reason} />
        </p>
      )}
      <div class="bf-customer-stage">
        {glimpse?.look ? (
          <Device {...props} look={glimpse.look} />
        ) : (
          <p class="bf-small">{glimpse?.reason ? '' : words.say('screen.first')}</p>
        )}
      </div>
      <p class="bf-hidden" role="status">
        {glimpse?.look ? outcome(glimpse.look, props) : ''}
      </p>
    </section>
  );
}

/** Look at once, after each verb, and every so many seconds while somebody can see it. */
function useLooking({ store, view, screen, off }: Props): void {
  const on = view.state === 'running' && off === undefined;
  useEffect(() => {
    if (!on) {
      return undefined;
    }
    store.lookAt(screen.id);
    const timer = window.setInterval(
      () => document.visibilityState === 'visible' && store.lookAt(screen.id),
      screen.seconds * 1000,
    );
    return () => clearInterval(timer);
  }, [on, screen.id, screen.seconds, view.resets]);
}

function when(glimpse: Glimpse | undefined, words: Words): string {
  if (!glimpse?.look) {
    return '';
  }
  return words.say('screen.seen', { time: words.clock(glimpse.look.at) });
}

/** What there is to see, in one sentence. */
function outcome(look: Look, { words, screen, view }: Props): string {
  if (look.trouble) {
    return `${headline(look, words)} ${cause(look, words, screen, view)}`.trim();
  }
  const { page, text, messages } = look.shown ?? NOTHING;
  if (screen.kind === 'mailbox') {
    return words.say('screen.messages', { count: messages.length });
  }
  return page ? words.say('screen.shows', { title: page.title || look.address }) : text;
}

const NOTHING: Shown = { page: null, text: '', messages: [], cut: false };

function Device(props: Props & { look: Look }): ComponentChild {
  const { screen } = props;
  switch (screen.kind) {
    case 'browser':
      return <Browser {...props} />;
    case 'display':
      return <Display {...props} />;
    case 'paper':
      return <Paper {...props} />;
    case 'mailbox':
      return <Mailbox {...props} />;
  }
}

function Browser(props: Props & { look: Look }): ComponentChild {
  const { look, words, screen } = props;
  const address = look.address || screen.address;
  return (
    <div class="bf-browser">
      <div class="bf-browser-top">
        <span class="bf-browser-tab">{look.shown?.page?.title || hostOf(address)}</span>
        <span class="bf-browser-address">
          <Icon name={look.trouble ? 'warn' : 'globe'} />
          <span class="bf-hidden">{words.say('screen.address')}: </span>
          {address}
        </span>
      </div>
      {look.trouble ? <BrowserError {...props} /> : <PageOf {...props} shown={look.shown ?? NOTHING} />}
      {look.shown?.cut && <p class="bf-browser-cut">{words.say('screen.cut')}</p>}
    </div>
  );
}

function PageOf({ shown, words, screen }: Props & { shown: Shown }): ComponentChild {
  if (!shown.page) {
    return <pre class="bf-browser-text" tabIndex={0} aria-label={words.of(screen.title)}>{shown.text}</pre>;
  }
  return (
    <iframe
      class="bf-browser-page"
      // Before the page: no permission at all, so it has an origin of its own and runs nothing.
      sandbox=""
      referrerpolicy="no-referrer"
      title={words.say('screen.frame', { title: shown.page.title || words.of(screen.title) })}
      srcdoc={pageOf(shown.page)}
    />
  );
}

function BrowserError({ look, words, screen, view }: Props & { look: Look }): ComponentChild {
  return (
    <div class="bf-browser-error">
      <Icon name="warn" />
      <p class="bf-browser-failed">{headline(look, words)}</p>
      <p>{cause(look, words, screen, view)}</p>
    </div>
  );
}

const NOT_THE_SITE = ['off', 'unseen', 'odd', 'silent'];

function headline(look: Look, words: Words): string {
  const { trouble } = look;
  if (trouble === 'server' || trouble === 'not-there') {
    return look.status ? words.say('screen.error-page') : '';
  }
  return trouble && NOT_THE_SITE.includes(trouble) ? '' : words.say('screen.unreachable');
}

/** Why there is nothing to see, in plain words. */
function cause(look: Look, words: Words, screen: ScreenView, view: View): string {
  const name = view.machines.find(machine => machine.name === screen.machine)?.hostname ?? screen.machine;
  if (look.trouble === 'silent' && look.silent) {
    return words.of(look.silent);
  }
  if (look.trouble === 'not-there' && !look.status) {
    return words.say(`screen.nothing-${screen.kind}`);
  }
  return words.say(`screen.${look.trouble}`, { host: hostOf(look.address || screen.address), status: look.status, name });
}

function hostOf(address: string): string {
  return /^http:\/\/([^/]+)/.exec(address)?.[1] ?? address;
}

function Display(props: Props & { look: Look }): ComponentChild {
  const { look, words, screen, view } = props;
  const text = look.trouble ? cause(look, words, screen, view) : look.shown?.text ?? '';
  const own = look.trouble === 'off' || look.trouble === 'unseen';
  return (
    <div class={`bf-display ${own ? 'bf-display-dark' : ''}`}>
      <pre tabIndex={0} aria-label={words.of(screen.title)}>{text.trimEnd()}</pre>
    </div>
  );
}

function Paper(props: Props & { look: Look }): ComponentChild {
  const { look, words, screen, view } = props;
  if (look.trouble) {
    return <p class="bf-customer-none">{cause(look, words, screen, view)}</p>;
  }
  return (
    <div class="bf-sheet-of-paper">
      <pre tabIndex={0} aria-label={words.of(screen.title)}>{look.shown?.text.trimEnd()}</pre>
      {look.shown?.cut && <p class="bf-small">{words.say('screen.cut')}</p>}
    </div>
  );
}

function Mailbox(props: Props & { look: Look }): ComponentChild {
  const { look, words, screen, view } = props;
  const messages = look.shown?.messages ?? [];
  if (look.trouble || messages.length === 0) {
    const why = look.trouble ? cause(look, words, screen, view) : words.say('screen.nothing-mailbox');
    return <p class="bf-customer-none">{why}</p>;
  }
  return (
    <ul class="bf-mailbox" aria-label={words.of(screen.title)}>
      {messages.map((message, place) => (
        <li key={place}>
          <details>
            <summary>
              <b>{message.sender}</b>
              <span>{message.subject}</span>
              <span class="bf-small">{message.date}</span>
            </summary>
            <pre>{message.text}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
