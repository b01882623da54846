import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import classes from './account.module.css';
import { AddPasskey } from './add-passkey.tsx';
import { useProof } from './proof.tsx';

type Passkey = Awaited<ReturnType<typeof client.account.passkeys>>['items'][number];

interface PasskeysCardProps {
  passkeys: readonly Passkey[];
  openAt: string | null;
  onChanged: () => void;
}

/** Passkeys by name, with the last use of each. */
export function PasskeysCard({ passkeys, openAt, onChanged }: PasskeysCardProps) {
  const withProof = useProof();
  const [renaming, setRenaming] = useState<Passkey | null>(null);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const [name, setName] = useState('');
  return (
    <Card title="Passkeys" aside={passkeys.length === 0 ? 'None' : undefined} flush>
      <ul>
        {passkeys.map((passkey) => (
          <li key={passkey.id} className={classes.item}>
            <span>
              <strong>{passkey.name}</strong>
              <span className="muted line">
                Added <When at={passkey.createdAt} inline /> ·{' '}
                {passkey.lastUsedAt === null ? (
                  'never used'
                ) : (
                  <>
                    last used <When at={passkey.lastUsedAt} inline />
                  </>
                )}
              </span>
            </span>
            <Row as="span">
              <Button
                size="xs"
                aria-label={`Rename ${passkey.name}`}
                onClick={() => {
                  setName(passkey.name);
                  setRenaming(passkey);
                }}
              >
                Rename
              </Button>
              <Button size="xs" aria-label={`Remove ${passkey.name}`} onClick={() => setRemoving(passkey)}>
                Remove
              </Button>
            </Row>
          </li>
        ))}
        <li>
          <AddPasskey openAt={openAt} onAdded={onChanged} />
        </li>
      </ul>
      <FormDialog
        opened={renaming !== null}
        onClose={() => setRenaming(null)}
        title="Rename the passkey"
        submit="Rename"
        onSubmit={async () => {
          if (renaming !== null) await client.account.renamePasskey({ passkey: renaming.id, name });
          onChanged();
          return true;
        }}
      >
        <TextInput
          label="Name"
          maxLength={80}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </FormDialog>
      <FormDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove ${removing?.name ?? 'the passkey'}`}
        submit="Remove the passkey"
        final
        onSubmit={async () => {
          const id = removing?.id ?? '';
          setRemoving(null);
          await withProof(() => client.account.removePasskey({ passkey: id })).then(
            onChanged,
            (error: unknown) => toast({ kind: 'failed', text: explainError(error).text }),
          );
          return true;
        }}
      >
        <p>It no longer signs you in here. Delete it in the device or password manager as well.</p>
      </FormDialog>
    </Card>
  );
}
