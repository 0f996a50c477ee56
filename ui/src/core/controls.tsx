// The parts that every screen is made of.

import type { ComponentChild, ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icons';

interface ButtonProps {
  children: ComponentChildren;
  onPress: () => void;
  icon?: IconName;
  kind?: 'primary' | 'quiet' | 'plain';
  /** Why it cannot be pressed now; it keeps its place in the keyboard's order. */
  off?: string | undefined;
  label?: string;
  expanded?: boolean;
  pressed?: boolean;
  controls?: string;
  id?: string;
}

/** A button that stays reachable by keyboard when it cannot be used. */
export function Button(props: ButtonProps): ComponentChild {
  const { children, onPress, icon, kind = 'plain', off, label, expanded, pressed, controls, id } = props;
  return (
    <button
      type="button"
      {...(id ? { id } : {})}
      class={`bf-button bf-${kind}`}
      aria-disabled={off === undefined ? undefined : 'true'}
      title={off ?? label}
      aria-label={label}
      aria-expanded={expanded}
      aria-pressed={pressed}
      aria-controls={controls}
      onClick={() => off === undefined && onPress()}
    >
      {icon && <Icon name={icon} />}
      {children && <span>{children}</span>}
    </button>
  );
}

/** A short message with an icon; `tone` also gives it a border of its own. */
export function Note(props: {
  tone: 'info' | 'good' | 'bad' | 'warn';
  children: ComponentChildren;
  icon?: IconName;
}): ComponentChild {
  const { tone, children } = props;
  const icon = props.icon ?? ({ info: 'info', good: 'tick', bad: 'cross', warn: 'warn' } as const)[tone];
  return (
    <div class={`bf-note bf-${tone}`}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** A small word with an icon. */
export function Chip(props: { icon: IconName; children: ComponentChildren; tone?: string }): ComponentChild {
  return (
    <span class={`bf-chip ${props.tone ? `bf-is-${props.tone}` : ''}`}>
      <Icon name={props.icon} />
      {props.children}
    </span>
  );
}

/** A question that must be answered before anything else. */
export function Sure(props: {
  title: string;
  children: ComponentChildren;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}): ComponentChild {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => opener instanceof HTMLElement && opener.focus();
  }, []);
  return (
    <dialog ref={dialog} class="bf-dialog" aria-label={props.title} onCancel={props.onNo}>
      <h3>{props.title}</h3>
      <div class="bf-md">{props.children}</div>
      <div class="bf-row bf-end">
        <Button onPress={props.onNo}>{props.no}</Button>
        <Button kind="primary" onPress={props.onYes}>
          {props.yes}
        </Button>
      </div>
    </dialog>
  );
}

/** Moves the focus among the tabs of one list with the arrow keys, Home and End. */
export function roving(event: TargetedKeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const here = tabs.indexOf(event.target as HTMLElement);
  const to = {
    ArrowRight: (here + 1) % tabs.length,
    ArrowDown: (here + 1) % tabs.length,
    ArrowLeft: (here + tabs.length - 1) % tabs.length,
    ArrowUp: (here + tabs.length - 1) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  }[event.key];
  if (here < 0 || to === undefined) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  tabs[to]?.focus();
  tabs[to]?.click();
}
