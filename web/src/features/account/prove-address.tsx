import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { failed } from '../../acts.ts';
import { client } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';

/** For an account of which nothing shows yet whose it is: asks for the link that goes to its address alone. */
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
          Someone else was shown the link that this account was opened with, so your approvals do not count
          yet. Open a link that goes to your address alone and set a new password with it, sign in with a
          provider that vouches for your address, or have an Owner confirm you under Access, Users. Until you
          prove it yourself, an approval of yours does not count for what that Owner or whoever handed you the
          link had a hand in. With one Owner and neither mail nor a provider, the Owner sets one of them up
          first.
        </p>
        <p>
          The emailed link ends every other way in that was set up before: passkeys, authenticator app, tokens
          and sessions.
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
