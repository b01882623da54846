import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useConnection } from '../connection.ts';
import { VerdictShape } from '../ui/verdict-mark.tsx';
import classes from './banners.module.css';
import { watchConnection } from './watch-connection.ts';

/** Messages for everyone: the server is unavailable, or was updated. */
export function Banners() {
  const { reachable, offline, updated } = useConnection();
  useEffect(watchConnection, []);
  return (
    <div role="status" className={classes.root}>
      {reachable ? null : (
        <p className={classes.banner} data-kind="silent">
          <VerdictShape state="cannot_read" />
          {offline ? 'This computer is offline.' : 'The server cannot be reached.'} You are seeing what was
          last loaded; nothing you do is saved until the server responds.
        </p>
      )}
      {updated ? (
        <p className={classes.banner}>
          Bylaw was updated. Reload to continue.
          <Button size="xs" onClick={() => location.reload()}>
            Reload
          </Button>
        </p>
      ) : null}
    </div>
  );
}
