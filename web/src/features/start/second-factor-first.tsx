import { Button } from '@mantine/core';
import { useState } from 'react';
import { client, queries } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { toast } from '../../ui/toast.tsx';
import type { Me } from '../account/me.ts';
import classes from '../sign-in/sign-in.module.css';
import { Secure } from './secure.tsx';
import { Brand } from './start-frame.tsx';

/** Setup for someone whose role requires a second factor and who has none: nothing else opens before. */
export function SecondFactorFirst({ me, onDone }: { me: Me; onDone: () => void }) {
  const [leaving, setLeaving] = useState(false);
  const signOut = async () => {
    setLeaving(true);
    try {
      await client.account.signOut({});
      queries.clear();
      location.assign('/sign-in');
    } catch (error) {
      setLeaving(false);
      toast({ kind: 'failed', text: `You are still signed in. ${explainError(error).text}` });
    }
  };
  return (
    <main id="main" className={classes.root}>
      <Brand />
      <div className={classes.card}>
        <h1 tabIndex={-1}>Set up a second factor</h1>
        <p>
          You are signed in as {me.email}. Your role needs more than a password: add a passkey or set up an
          authenticator app to continue.
        </p>
        <Secure me={me} next="Continue" onNext={onDone} />
        <Button loading={leaving} onClick={() => void signOut()}>
          Sign out
        </Button>
      </div>
    </main>
  );
}
