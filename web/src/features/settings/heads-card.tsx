import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import type { Settings } from './settings-page.tsx';

type Heads = Settings['auditHeads'];

/** Where the heads of the audit log are sent, so that someone with database access cannot rewrite it unnoticed. */
export function HeadsCard({ settings: { auditHeads, version, mail } }: { settings: Settings }) {
  const withProof = useProof();
  const [to, setTo] = useState(auditHeads.mail?.to.join('\n') ?? '');
  const [every, setEvery] = useState<'day' | 'week'>(auditHeads.mail?.every ?? 'day');
  const saving = useSaving();
  const addresses = to.split(/[\s,;]+/u).filter((one) => one !== '');
  const wanted = addresses.length === 0 ? null : { to: addresses, every };
  const changed = JSON.stringify(wanted) !== JSON.stringify(auditHeads.mail);
  const save = () =>
    saving.save(async () => {
      await withProof(() => calls.settings.setAuditHeads({ version, mail: wanted }));
      await done(
        wanted === null
          ? 'Saved. No more emails are sent.'
          : 'Saved. The first email goes out within 15 minutes.',
        api.settings.key(),
      );
    });
  return (
    <Card title="Proof of the audit log" foot="How to compare it, and what it proves: docs/audit.md.">
      <Stack
        as="form"
        gap="lg"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>
          Someone with full access to the database could rewrite the audit log so that it looks intact. To
          prevent this, Bylaw sends the number and hash of every log’s last record off this machine. An export
          that does not match them was changed.
        </p>
        <Status heads={auditHeads} mailIsSetUp={mail !== null} />
        <Textarea
          label="Email them to"
          description="One address per line, five at most. Choose mailboxes that no one who runs this server can change, for example, the auditor’s. If empty: no one."
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
          <p className="muted">The public key they are signed with. Have the recipient note it once.</p>
          <CopyValue value={auditHeads.key} name="the public key" />
        </div>
        <SaveBar saving={saving} changed={changed}>
          Save
        </SaveBar>
      </Stack>
    </Card>
  );
}

/** The file is written at least daily, so an older one is late. Milliseconds. */
const FILE_IS_LATE = 26 * 3_600_000;

function Status({
  heads: { mail, mailedAt, failed, file },
  mailIsSetUp,
}: {
  heads: Heads;
  mailIsSetUp: boolean;
}) {
  const late =
    file !== null &&
    (file.writtenAt === null || serverNow().getTime() - new Date(file.writtenAt).getTime() > FILE_IS_LATE);
  if (mail === null && file === null)
    return (
      <Notice mark="info">
        Nothing is sent automatically yet. Enter an address here, have the server write a file
        (BYLAW_AUDIT_HEADS_FILE), or send the audit log to a sink.
      </Notice>
    );
  return (
    <>
      {mail === null ? null : failed !== null ? (
        <Notice mark="fail">The last email was not sent. {failed} Bylaw tries again every hour.</Notice>
      ) : !mailIsSetUp ? (
        <Notice mark="fail">Addresses are set, but mail is not set up, so nothing is sent.</Notice>
      ) : (
        <p>
          {mailedAt === null ? (
            'No email has been sent yet.'
          ) : (
            <>
              Last mail: <When at={mailedAt} inline />.
            </>
          )}
        </p>
      )}
      {file === null ? null : late ? (
        <Notice mark="fail">
          <span className="wraps">{file.path}</span>{' '}
          {file.writtenAt === null
            ? 'does not exist: nothing has been written yet, or writing failed.'
            : 'has not been written for more than a day.'}{' '}
          Look at the server’s own log.
        </Notice>
      ) : (
        <p>
          File: <span className="wraps">{file.path}</span>, last written{' '}
          {file.writtenAt === null ? 'never' : <When at={file.writtenAt} inline />}.
        </p>
      )}
    </>
  );
}
