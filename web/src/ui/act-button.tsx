import { Button, type ButtonProps } from '@mantine/core';
import { type ComponentPropsWithoutRef, useRef, useState } from 'react';

type Given = Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps | 'onClick'> &
  Omit<ButtonProps, 'loading'>;

interface ActButtonProps extends Given {
  /** Action to run; it reports its own errors. */
  act: () => Promise<unknown>;
}

/** A button that runs an action, shows its progress, and is disabled until it ends. */
export function ActButton({ act, ...props }: ActButtonProps) {
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const start = async () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      await act();
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return <Button {...props} loading={busy} onClick={() => void start()} />;
}
