import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Icon } from './icon.tsx';
import { useKey } from './keys.ts';
import classes from './toast.module.css';

interface Message {
  readonly id: number;
  /** `failed` stays until closed. */
  readonly kind: 'done' | 'failed';
  readonly text: string;
  /** Available for ten seconds, and while the pointer or the focus is on the message. */
  readonly undo?: () => void;
}

/** Minimum time for which a message stays after the pointer or the focus left it. */
const AFTER_HELD_MS = 3000;

let messages: readonly Message[] = [];
let next = 1;
const listeners = new Set<() => void>();

function put(now: readonly Message[]): void {
  messages = now;
  for (const listener of listeners) listener();
}

function close(id: number): void {
  put(messages.filter((message) => message.id !== id));
}

/** Shows a message at the foot of the page and announces it to screen readers. */
export function toast(message: Omit<Message, 'id'>): void {
  const id = next++;
  put([...messages.slice(-2), { ...message, id }]);
}

/**
 * Container of the messages, mounted once in the shell. None disappears while the pointer or the focus is on one of
 * them.
 */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  const root = useRef<HTMLElement>(null);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  /** The element that had the focus before it moved to the messages. */
  const before = useRef<Element | null>(null);
  useKey(
    'u',
    shown.length === 0
      ? null
      : () => {
          before.current = document.activeElement;
          root.current?.querySelector<HTMLElement>(':scope > :last-child button')?.focus();
        },
  );
  const end = (id: number) => {
    if (focused && before.current instanceof HTMLElement) before.current.focus();
    // A removed button triggers neither pointer-leave nor blur.
    setPointed(false);
    setFocused(false);
    close(id);
  };
  return (
    <section
      ref={root}
      className={classes.root}
      aria-label="Messages"
      aria-live="polite"
      aria-relevant="additions"
      onPointerMove={({ pointerType }) => setPointed(pointerType === 'mouse')}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        setFocused(false);
        before.current = null;
      }}
    >
      {shown.map((message) => (
        <Toast key={message.id} message={message} held={pointed || focused} onEnd={() => end(message.id)} />
      ))}
    </section>
  );
}

interface ToastProps {
  readonly message: Message;
  /** Its timer is paused. */
  readonly held: boolean;
  readonly onEnd: () => void;
}

function Toast({ message, held, onEnd }: ToastProps) {
  const { id, kind, text, undo } = message;
  const left = useRef(kind === 'failed' ? null : undo === undefined ? 6000 : 10_000);
  useEffect(() => {
    const wait = left.current;
    if (wait === null || held) return;
    const since = Date.now();
    const timer = setTimeout(() => close(id), wait);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(wait - (Date.now() - since), AFTER_HELD_MS);
    };
  }, [id, held]);
  return (
    <div className={classes.message} data-kind={kind}>
      <p>{text}</p>
      {undo === undefined ? null : (
        <Button
          size="xs"
          onClick={() => {
            undo();
            onEnd();
          }}
        >
          Undo
        </Button>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label="Close this message"
        onClick={() => onEnd()}
      >
        <Icon name="close" size={14} />
      </ActionIcon>
    </div>
  );
}
