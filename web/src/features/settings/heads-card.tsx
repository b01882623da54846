import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import classes from './settings.module.css';
import type { Settings } from './settings-page.tsx';

type Heads = Settings['auditHeads'];

/** Where the heads of the audit log go, so that whoever holds the database cannot write it anew unseen. */
export function HeadsCard({ settings: { auditHeads, version, mail } }: { settings: Settings }) {
  const proven = useProof();
  const [to, setTo] = useState(auditHeads.mail?.to.join('\n') ?? '');
  const [every, setEvery] = useState<'day' | 'week'>(auditHeads.mail?.every ?? 'day');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const addresses = to.split(/[\s,;]+/u).filter((one) => one !== '');
  const wanted = addresses.length === 0 ? null : { to: addresses, every };
  const changed = JSON.stringify(wanted) !== JSON.stringify(auditHeads.mail);
  const save = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await proven(() => calls.settings.setAuditHeads({ version, mail: wanted }));
      await queries.invalidateQueries({ queryKey: api.settings.key() });
      toast({
        kind: 'done',
        text:
          wanted === null
            ? 'Saved. No more mails are sent.'
            : 'Saved. The first mail goes out within a quarter of an hour.',
      });
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title="Proof of the audit log" foot="How it is compared, and what it proves: docs/audit.md.">
      <div className={classes.form}>
        <p>
          Whoever holds the database could write the audit log anew, and it would look whole. So Bylaw sends
          number and hash of the last record of every log out of this machine. An export that does not fit
          them was changed.
        </p>
        <Standing heads={auditHeads} mailIsSetUp={mail !== null} />
        <Textarea
          label="Mail them to"
          description="One address a line, five at most. Choose mailboxes that nobody who runs this server can change, for example the auditor’s. Empty: nobody."
          autosize
          minRows={1}
          maxRows={5}
          spellCheck={false}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NativeSelect
          label="How often"
          data={[
            { value: 'day', label: 'Every day' },
            { value: 'week', label: 'Every week' },
          ]}
          value={every}
          onChange={(event) => setEvery(event.currentTarget.value === 'week' ? 'week' : 'day')}
        />
        <div>
          <p className="muted">Public key that they are signed with. Let the other side note it once.</p>
          <CopyValue value={auditHeads.key} name="the public key" />
        </div>
        <p role="alert" className="late">
          {failure}
        </p>
        <div className={classes.actions}>
          <Button disabled={!changed} loading={busy} onClick={() => void save()}>
            Save
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** The file is written at least once a day; older than this, it is not. Milliseconds. */
const FILE_IS_LATE = 26 * 3_600_000;

function Standing({
  heads: { mail, mailedAt, failed, file },
  mailIsSetUp,
}: {
  heads: Heads;
  mailIsSetUp: boolean;
}) {
  const late =
    file !== null &&
    (file.writtenAt === null || Date.now() - new Date(file.writtenAt).getTime() > FILE_IS_LATE);
  if (mail === null && file === null)
    return (
      <Notice mark="info">
        Nothing leaves yet by itself. Name an address here, let the server write a file
        (BYLAW_AUDIT_HEADS_FILE), or give a sink the audit log.
      </Notice>
    );
  return (
    <>
      {mail === null ? null : failed !== null ? (
        <Notice mark="fail">The last mail was not sent. {failed} It is tried again each hour.</Notice>
      ) : !mailIsSetUp ? (
        <Notice mark="fail">Addresses are named, but mail is not set up, so nothing is sent.</Notice>
      ) : (
        <p>
          {mailedAt === null ? (
            'No mail was sent yet.'
          ) : (
            <>
              Last mail: <When at={mailedAt} inline />.
            </>
          )}
        </p>
      )}
      {file === null ? null : late ? (
        <Notice mark="fail">
          <span className={classes.host}>{file.path}</span>{' '}
          {file.writtenAt === null
            ? 'is not there: nothing was written yet, or it could not be.'
            : 'was not written for more than a day.'}{' '}
          Look at the server’s own log.
        </Notice>
      ) : (
        <p>
          File: <span className={classes.host}>{file.path}</span>, last written{' '}
          {file.writtenAt === null ? 'never' : <When at={file.writtenAt} inline />}.
        </p>
      )}
    </>
  );
}
