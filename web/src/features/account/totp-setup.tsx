import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../api.ts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import classes from './account.module.css';
import { useProof } from './proof.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Begun = Awaited<ReturnType<typeof client.account.beginTotp>>;

/** Scan, confirm with the first code, store the recovery codes. Nothing changes before the code is right. */
export function TotpSetup({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const withProof = useProof();
  const begin = useRef(false);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // Strict Mode runs effects twice in development; a second secret would invalidate the first QR code.
    if (begin.current) return;
    begin.current = true;
    withProof(() => client.account.beginTotp({})).then(setBegun, (error) =>
      setFailure(explainError(error).text),
    );
  }, [withProof]);
  if (codes !== null) return <RecoveryCodes codes={codes} onKept={onDone} />;
  const confirm = async () => {
    if (begun === null) return;
    setBusy(true);
    setFailure(null);
    try {
      const { enrolment } = begun;
      const answer = await withProof(() => client.account.confirmTotp({ enrolment, code: code.trim() }));
      setCodes(answer.recoveryCodes);
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack
      as="form"
      gap="lg"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      {begun === null ? null : (
        <div className={classes.scan}>
          <QrCode
            text={begun.address}
            label="QR code for the authenticator app; the secret is shown next to it as text"
          />
          <Stack gap="lg">
            <p>Scan this with the app. If you cannot scan it, type the secret into the app:</p>
            <CopyValue value={begun.secret} name="secret" />
          </Stack>
        </div>
      )}
      <TextInput
        label="First code from the app"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={failure}
        disabled={begun === null}
      />
      <Row>
        <Button type="submit" variant="filled" loading={busy} disabled={begun === null || code.trim() === ''}>
          Confirm
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </Row>
    </Stack>
  );
}
