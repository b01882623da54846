import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { failed } from '../../acts.ts';
import { client } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';

/** For an account that is not verified yet: requests the link that is sent only to its address. */
export function ProveAddress() {
  const ask = useMutation({
    mutationFn: () => client.account.sendAddressLink({}),
    onSuccess: () => toast({ kind: 'done', text: 'The link is on its way to your email address.' }),
    onError: failed,
  });
  return (
    <Card title="Verify that this account is yours">
      <Stack gap="lg">
        <p>
          Someone else saw the link that this account was created with, so your approvals do not count yet.
          Open a link sent only to your address and set a new password with it, sign in with a provider that
          vouches for your address, or have an Owner confirm you under Access, Users. Until you verify the
          account yourself, your approval does not count for anything that this Owner, or the person who gave
          you the link, took part in. If there is only one Owner and neither mail nor a provider is set up,
          the Owner has to set one of them up first.
        </p>
        <p>
          The emailed link removes every other way to sign in that was set up before: passkeys, authenticator
          app, tokens and sessions.
        </p>
        <div>
          <Button variant="filled" loading={ask.isPending} onClick={() => ask.mutate()}>
            Email me the link
          </Button>
        </div>
      </Stack>
    </Card>
  );
}
