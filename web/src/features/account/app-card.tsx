import { Button } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../api.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import classes from './account.module.css';
import type { CardProps } from './me.ts';
import { useProof } from './proof.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TotpSetup } from './totp-setup.tsx';

/** The authenticator app and its recovery codes. */
export function AppCard({ me, onChanged }: CardProps) {
  const withProof = useProof();
  const [setup, setSetup] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { totpSince, recoveryCodesLeft } = me.signIn;
  const renew = async () => {
    try {
      setCodes((await withProof(() => client.account.newRecoveryCodes({}))).recoveryCodes);
    } catch (error) {
      toast({ kind: 'failed', text: explainError(error).text });
    }
  };
  if (setup || codes !== null) {
    const close = () => {
      setSetup(false);
      setCodes(null);
      onChanged();
    };
    return (
      <Card title="Authenticator app">
        {codes === null ? (
          <TotpSetup onDone={close} onCancel={() => setSetup(false)} />
        ) : (
          <RecoveryCodes codes={codes} renewed onKept={close} />
        )}
      </Card>
    );
  }
  return (
    <Card title="Authenticator app" aside={totpSince === null ? 'Not set up' : undefined}>
      {totpSince === null ? (
        <div className={classes.item}>
          <p>An app on your phone shows a code to enter after your password.</p>
          <Button onClick={() => setSetup(true)}>Set up an app</Button>
        </div>
      ) : (
        <div className={classes.item}>
          <p>
            Set up <When at={totpSince} inline />. {recoveryCodesLeft} recovery{' '}
            {recoveryCodesLeft === 1 ? 'code' : 'codes'} left.
          </p>
          <Row>
            <ActButton act={() => renew()}>New recovery codes</ActButton>
            <Button onClick={() => setSetup(true)}>Change app</Button>
            <Button onClick={() => setRemoving(true)}>Remove</Button>
          </Row>
        </div>
      )}
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Remove the authenticator app"
        submit="Remove the app"
        final
        onSubmit={async () => {
          setRemoving(false);
          await withProof(() => client.account.removeTotp({})).then(onChanged, (error: unknown) =>
            toast({ kind: 'failed', text: explainError(error).text }),
          );
          return true;
        }}
      >
        <p>After that, your password alone signs you in. The recovery codes stop working.</p>
      </FormDialog>
    </Card>
  );
}
