import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api.ts';
import { type Permission, useSession } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { toast } from '../../ui/toast.tsx';
import classes from './fleet.module.css';
import type { FleetLine } from './words.ts';

interface BulkActionsProps {
  rows: readonly FleetLine[];
  clear: () => void;
}

interface Failure {
  readonly name: string;
  readonly why: string;
}

/** Actions for several clients at once. Each client is handled separately, so one failure does not stop the others. */
export function BulkActions({ rows, clear }: BulkActionsProps) {
  const session = useSession();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const each = async (work: (row: FleetLine) => Promise<unknown>, done: string) => {
    setBusy(true);
    const failed: Failure[] = [];
    for (const row of rows) {
      try {
        await work(row);
      } catch (error) {
        failed.push({ name: row.name, why: explainError(error).text });
      }
    }
    setBusy(false);
    setFailures(failed);
    await queries.invalidateQueries();
    const right = rows.length - failed.length;
    if (right > 0) toast({ kind: 'done', text: `${done} ${right} ${right === 1 ? 'client' : 'clients'}.` });
    if (failed.length === 0) clear();
  };
  const may = (permission: Permission) => rows.every((row) => session.may(permission, row.client));
  const open = () => {
    const blocked = rows.filter((row) => window.open(`/c/${row.client}`, '_blank') === null);
    setFailures(
      blocked.map(({ name }) => ({
        name,
        why: 'The browser blocked the window. Allow pop-ups for this address.',
      })),
    );
  };
  return (
    <>
      {failures.length === 0 ? null : (
        <ul className={classes.failures} role="alert">
          {failures.map(({ name, why }) => (
            <li key={name}>
              <strong>{name}</strong>: {why}
            </li>
          ))}
        </ul>
      )}
      <Button onClick={open}>Open each</Button>
      {may('client.edit') ? (
        <Button
          loading={busy}
          onClick={() =>
            void each((row) => client.controls.refresh({ client: row.client }), 'Re-evaluated for')
          }
        >
          Re-evaluate
        </Button>
      ) : null}
      {may('reports.make') ? (
        <Button
          loading={busy}
          onClick={() =>
            void each((row) => client.reports.make({ client: row.client }), 'Reports created for')
          }
        >
          Create reports
        </Button>
      ) : null}
    </>
  );
}
