import { TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { TokenList } from '../../ui/token-list.tsx';
import { When } from '../../ui/when.tsx';
import { type IngestToken, STATE_WORDS } from './words.ts';

/** The tokens that authorize sending this client's telemetry. */
export function TokensCard({
  load,
  mayEdit,
}: {
  load: UseQueryResult<{ items: IngestToken[]; total: number }, Error>;
  mayEdit: boolean;
}) {
  const { slug } = useClientHere();
  return (
    <Card title="Tokens" foot="A token can only send telemetry for this client. It cannot sign anyone in.">
      <LoadFailed load={load} what="The tokens could not be loaded." />
      {load.data?.total === 0 ? <p>There is no token yet.</p> : null}
      <TokenList
        tokens={load.data?.items ?? []}
        detail={(token) => (
          <>
            {STATE_WORDS[token.state]}; made <When at={token.createdAt} inline />
            {token.createdBy === null ? '' : ` by ${token.createdBy}`}; last used{' '}
            <When at={token.lastUsedAt} none="never" inline />; ends{' '}
            <When at={token.expiresAt} none="when it is revoked" inline />
          </>
        )}
        onRevoke={mayEdit ? ({ id }) => calls.telemetry.revokeToken({ client: slug, token: id }) : undefined}
        stale={api.telemetry.key()}
      >
        <p>
          Anything that sends with this token is refused immediately, and its events are lost until it has
          another token. Events already received stay.
        </p>
      </TokenList>
    </Card>
  );
}

export function MakeToken({
  opened,
  onClose,
  onMade,
}: {
  opened: boolean;
  onClose: () => void;
  onMade: (secret: string) => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields(
    { name: '', expiresOn: '' },
    { name: needed('Name what will send with it, such as “Cowork” or “Office laptops”.') },
  );
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title="Create a token for telemetry"
      submit="Create the token"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { name, expiresOn } = fields.values;
        const created = await calls.telemetry.createToken({
          client: slug,
          name,
          expiresOn: expiresOn === '' ? null : expiresOn,
        });
        await queries.invalidateQueries({ queryKey: api.telemetry.key() });
        fields.reset();
        onMade(created.secret);
        return true;
      }}
    >
      <TextInput label="Name" description="What will send with it" {...fields.text('name')} />
      <TextInput
        type="date"
        label="Last day"
        description="If empty, it is valid until revoked"
        {...fields.text('expiresOn')}
      />
    </FormDialog>
  );
}
