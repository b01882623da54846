import { Button } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useState } from 'react';
import { client } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import { usePasskeyOf } from '../account/passkey.ts';
import classes from './sign-in.module.css';

type Ways = Awaited<ReturnType<typeof client.signIn.providers>>;

interface WaysInProps {
  ways: Ways;
  /** Page to which a provider redirects afterwards. */
  next: string;
  /** Opens the provider in a new tab, so that this page keeps its state. */
  newTab?: boolean;
  onSignedIn: () => unknown;
}

/** Sign-in methods without a password: a passkey, and the providers that an Owner has set up. */
export function WaysIn({ ways, next, newTab = false, onSignedIn }: WaysInProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const openAt = browserSupportsWebAuthn() ? (ways.passkeys?.openAt ?? null) : null;
  const attempt = async (way: string, act: () => Promise<void>) => {
    setBusy(way);
    setFailure(null);
    try {
      await act();
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(null);
    }
  };
  const passkey = () =>
    attempt('passkey', async () => {
      const options = await client.signIn.passkeyOptions({});
      const answer = await usePasskeyOf(options);
      await client.signIn.passkey({ challenge: options.challenge, answer });
      await onSignedIn();
    });
  const provider = (id: string) =>
    attempt(id, async () => {
      // Opened before the request: browsers allow a new tab only directly after a click.
      const tab = newTab ? window.open('', '_blank') : null;
      if (newTab && tab === null)
        throw new Error(
          'Your browser blocked the new tab. Allow pop-ups for this page, or sign in another way.',
        );
      try {
        const { url } = await client.signIn.oidcStart({ provider: id, returnTo: next });
        (tab ?? window).location.assign(url);
      } catch (error) {
        tab?.close();
        throw error;
      }
    });
  if (openAt === null && ways.providers.length === 0) return null;
  return (
    <Stack>
      <p className={classes.or}>
        <span>or</span>
      </p>
      {openAt === location.origin ? (
        <Button
          fullWidth
          size="md"
          leftSection={<Icon name="key" />}
          loading={busy === 'passkey'}
          onClick={() => void passkey()}
        >
          Sign in with a passkey
        </Button>
      ) : openAt === null ? null : (
        <p className="muted">
          With a passkey, sign in at <a href={`${openAt}/sign-in`}>{openAt}</a>: browsers do not allow
          passkeys on a numeric address.
        </p>
      )}
      {ways.providers.map(({ id, name }) => (
        <Button key={id} fullWidth size="md" loading={busy === id} onClick={() => void provider(id)}>
          Sign in with {name}
        </Button>
      ))}
      {newTab && ways.providers.length > 0 ? (
        <p className="muted">A provider opens in a new tab. Sign in there, then come back to this one.</p>
      ) : null}
      <p role="alert" className="late">
        {failure}
      </p>
    </Stack>
  );
}
