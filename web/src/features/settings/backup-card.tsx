import { Button } from '@mantine/core';
import { useState } from 'react';
import { makeFile, queries, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { useSaving } from '../../ui/saving.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import { sizeWords } from '../imports/words.ts';
import classes from './settings.module.css';
import type { Settings } from './settings-page.tsx';

interface Made {
  readonly name: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** Creates and downloads a backup; says what it contains, what it does not, and how to restore it. */
export function BackupCard({ backup }: { backup: Settings['backup'] }) {
  const withProof = useProof();
  const { busy, failure, save } = useSaving();
  const [created, setCreated] = useState<Made | null>(null);
  const make = async () => {
    setCreated(null);
    const from = performance.now();
    await save(async () => {
      const file = await withProof(() => makeFile(routes.backup.make, {}));
      setCreated({ ...file, seconds: Math.max(1, Math.round((performance.now() - from) / 1000)) });
    });
    await queries.invalidateQueries();
  };
  return (
    <Card
      title="Backup"
      aside={
        backup === null ? (
          'None has ever been made'
        ) : (
          <>
            Last: <When at={backup.at} inline />, {sizeWords(backup.bytes)}, by {backup.by}
          </>
        )
      }
    >
      <Stack gap="lg">
        <p>
          A single file with all data for all clients as of one moment, including the audit log and all
          evidence. Keep it where only people who may see every client have access.
        </p>
        <p>
          <strong>It does not include the key file.</strong> Without the key, mail server passwords and
          sign-in secrets are lost after a restore. Copy the key file (<code>secret.key</code> in the data
          directory, unless the server is set to use another place) to somewhere safe once, and again after
          every key rotation.
        </p>
        <div className="muted">
          <p>To restore it, on a machine with Bylaw, into an empty directory:</p>
          <code className={classes.command}>npx bylaw restore BACKUP.tar --data DIRECTORY</code>
          <p>
            Put your copy of the key file there first: it proves that the backup is yours and unchanged. A
            restore ends all sessions, tokens and invitations. Try it once before you need it.
          </p>
          <p>
            For a nightly backup without a browser, use a backup token (your name, Tokens), which can do
            nothing else:
          </p>
          <code className={classes.command}>npx bylaw backup FILE.tar</code>
        </div>
        <p role="alert" className="late">
          {failure === null ? null : `No backup was saved. ${failure}`}
        </p>
        <p role="status">
          {busy
            ? 'The backup is being made and sent. Keep this page open until it is saved.'
            : created === null
              ? ''
              : `${created.name}: ${sizeWords(created.bytes)}, made in ${created.seconds} s. Your browser saves it.`}
        </p>
        <Row gap="md">
          <Button loading={busy} onClick={() => void make()}>
            Make a backup
          </Button>
        </Row>
      </Stack>
    </Card>
  );
}
