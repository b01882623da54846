import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { TokenList } from '../../ui/token-list.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import { PURPOSE_WORDS, TOKEN_STATES } from './token-words.ts';

/** The viewer's own tokens, for their account page. */
export function OwnTokens() {
  const load = useQuery(api.access.tokens.list.queryOptions({ input: {} }));
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Card title="Tokens" aside={<Button onClick={() => setMaking(true)}>Create a token</Button>}>
      <Stack>
        <p className="muted">
          A token lets the command line, a program or Claude act as you. It can never do more than you can at
          that time.
        </p>
        <LoadFailed load={load} what="Your tokens could not be loaded." />
        {load.data?.total === 0 ? <p>You have no tokens.</p> : null}
        <TokenList
          tokens={load.data?.items ?? []}
          detail={(token) => (
            <>
              {PURPOSE_WORDS[token.purpose].name}; {token.client?.name ?? 'everything you can see'};{' '}
              {TOKEN_STATES[token.state].toLowerCase()}; last used{' '}
              <When at={token.lastUsedAt} none="never" inline />; ends{' '}
              <When at={token.expiresAt} none="when you revoke it" inline />
            </>
          )}
          onRevoke={({ id }) => calls.access.tokens.revoke({ token: id })}
          stale={api.access.key()}
        >
          <p>
            Anything that uses this token stops working immediately. This cannot be undone, but you can create
            a new token.
          </p>
        </TokenList>
      </Stack>
      <MakeToken opened={making} onClose={() => setMaking(false)} onMade={setSecret} />
      <SecretDialog title="Your new token" secret={secret} name="the token" onClose={() => setSecret(null)}>
        <p>Paste it where it will be used, and do not keep a copy anywhere else.</p>
      </SecretDialog>
    </Card>
  );
}

function MakeToken({
  opened,
  onClose,
  onMade,
}: {
  opened: boolean;
  onClose: () => void;
  onMade: (secret: string) => void;
}) {
  const { clients } = useSession();
  const withProof = useProof();
  const fields = useFields(
    { name: '', purpose: 'cli', place: '', expiresOn: '' },
    { name: needed('Name what will use it, such as “Dana’s laptop”.') },
  );
  const purpose =
    (['cli', 'mcp', 'automation', 'backup'] as const).find((one) => one === fields.values.purpose) ?? 'mcp';
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title="Create a token"
      submit="Create the token"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { name, place, expiresOn } = fields.values;
        const created = await withProof(() =>
          calls.access.tokens.create({
            name,
            purpose,
            forClient: place === '' ? null : place,
            expiresOn: expiresOn === '' ? null : expiresOn,
          }),
        );
        await queries.invalidateQueries({ queryKey: api.access.key() });
        fields.reset();
        onMade(created.secret);
        return true;
      }}
    >
      <TextInput label="Name" description="What will use it" {...fields.text('name')} />
      <NativeSelect
        label="Purpose"
        description={PURPOSE_WORDS[purpose].may}
        data={Object.entries(PURPOSE_WORDS).map(([value, { name }]) => ({ value, label: name }))}
        {...fields.text('purpose')}
      />
      <NativeSelect
        label="Scope"
        data={[
          { value: '', label: 'Everything you can see' },
          ...clients.map((client) => ({ value: client.slug, label: `Only ${client.name}` })),
        ]}
        {...fields.text('place')}
      />
      <TextInput
        type="date"
        label="Last day"
        description="If left empty, it expires after 90 days; 366 days at most"
        {...fields.text('expiresOn')}
      />
    </FormDialog>
  );
}
