import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { AddPasskey, takesPasskeys } from '../account/add-passkey.tsx';
import type { Me } from '../account/me.ts';
import { ProofProvider } from '../account/proof.tsx';
import { TotpSetup } from '../account/totp-setup.tsx';

/** Passkey or authenticator app, right after the password; can be skipped if no second factor is required. */
export function Secure({
  me,
  onNext,
  next = 'Continue to the first client',
}: {
  me: Me;
  onNext: () => void;
  next?: string;
}) {
  const ways = useQuery(api.signIn.providers.queryOptions({ input: {} }));
  const [open, setOpen] = useState<'app' | null>(null);
  const done = me.signIn.passkeys > 0 || me.signIn.totpSince !== null;
  const openAt = ways.data?.passkeys?.openAt ?? null;
  const passkeyFirst = takesPasskeys(openAt);
  const refresh = () => queries.invalidateQueries({ queryKey: api.account.key() });
  return (
    <ProofProvider>
      <Card title="A passkey" aside={me.signIn.passkeys > 0 ? 'Added' : undefined}>
        <Stack gap="lg">
          <p>Your device or password manager signs you in: nothing to type, nothing to give away.</p>
          <AddPasskey openAt={openAt} onAdded={() => void refresh()} main={!done && passkeyFirst} />
        </Stack>
      </Card>
      <Card title="An authenticator app" aside={me.signIn.totpSince === null ? undefined : 'Set up'}>
        <Stack gap="lg">
          {open === 'app' ? null : <p>An app on your phone shows a code to enter after your password.</p>}
          {open === 'app' ? (
            <TotpSetup
              onDone={() => {
                setOpen(null);
                void refresh();
              }}
              onCancel={() => setOpen(null)}
            />
          ) : me.signIn.totpSince === null ? (
            <Row gap="md">
              <Button variant={done || passkeyFirst ? 'default' : 'filled'} onClick={() => setOpen('app')}>
                Set up an app
              </Button>
            </Row>
          ) : null}
        </Stack>
      </Card>
      {open === null && (done || !me.signIn.secondFactorNeeded) ? (
        <Row gap="md">
          <Button variant={done ? 'filled' : 'default'} size="md" onClick={onNext}>
            {done ? next : 'Later, under My account'}
          </Button>
        </Row>
      ) : null}
    </ProofProvider>
  );
}
