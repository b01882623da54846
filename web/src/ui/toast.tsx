import { ActionIcon, Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { Icon } from './icon.tsx';
import classes from './toast.module.css';

interface Message {
  readonly id: number;
  /** `failed` stays until it is closed. */
  readonly kind: 'done' | 'failed';
  readonly text: string;
  /** Offered for ten seconds. */
  readonly undo?: () => void;
}

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

/** Says that something was done, at the foot of the page and to screen readers. */
export function toast(message: Omit<Message, 'id'>): void {
  const id = next++;
  put([...messages.slice(-2), { ...message, id }]);
  if (message.kind === 'done') setTimeout(() => close(id), message.undo === undefined ? 6000 : 10_000);
}

/** Where the messages stand; once, in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  return (
    <section className={classes.root} aria-label="Messages" aria-live="polite" aria-relevant="additions">
      {shown.map((message) => (
        <div key={message.id} className={classes.message} data-kind={message.kind}>
          <p>{message.text}</p>
          {message.undo === undefined ? null : (
            <Button
              size="xs"
              onClick={() => {
                message.undo?.();
                close(message.id);
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
            onClick={() => close(message.id)}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        </div>
      ))}
    </section>
  );
}
