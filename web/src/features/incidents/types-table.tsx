import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { TypeDialog } from './type-dialog.tsx';
import type { Types } from './words.ts';

type Line = Types['types'][number];

/** Every type of incident with the signs that identify it; a client's own types can be changed here. */
export function TypesTable({ slug, mayLead }: { slug: string; mayLead: boolean }) {
  const load = useQuery(api.incidents.types.queryOptions({ input: { client: slug } }));
  const [open, setOpen] = useState<Line | 'new' | null>(null);
  const remove = useMutation(
    api.incidents.ownTypes.remove.mutationOptions({
      onSuccess: () =>
        done('Removed. Existing incidents of this type stay as they are.', api.incidents.key()),
      onError: failed,
    }),
  );
  const { mutate } = remove;
  const columns = useMemo(
    () =>
      columnsOf(
        mayLead
          ? {
              change: setOpen,
              remove: ({ id, own }) => mutate({ client: slug, incidentType: id, version: own?.version ?? 0 }),
            }
          : null,
      ),
    [mayLead, slug, mutate],
  );
  if (load.data === undefined) return <LoadFailed load={load} what="The types could not be loaded." />;
  return (
    <Stack>
      {mayLead ? (
        <div className="gutter">
          <Button onClick={() => setOpen('new')}>Define a type…</Button>
        </div>
      ) : null}
      <DataTable
        label="Incident types"
        rows={load.data.types}
        columns={columns}
        rowId={(row) => row.id}
        empty={null}
      />
      {open === null ? null : (
        <TypeDialog
          slug={slug}
          who={load.data.who}
          line={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </Stack>
  );
}

interface Acts {
  readonly change: (line: Line) => void;
  readonly remove: (line: Line) => void;
}

function columnsOf(acts: Acts | null): readonly Column<Line>[] {
  const columns: readonly Column<Line>[] = [
    {
      id: 'title',
      header: 'Type',
      cell: (row) => <RowTitle detail={row.story}>{row.title}</RowTitle>,
    },
    {
      id: 'criteria',
      header: 'It applies if',
      width: '38%',
      from: 760,
      cell: (row) => (
        <Stack as="ul" gap="2xs" bullets>
          {row.criteria.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </Stack>
      ),
    },
    {
      id: 'severity',
      header: 'Severity',
      evident: true,
      width: '8rem',
      cell: (row) => (
        <>
          <Severity level={row.severity} />
          <span className="second">{count(row.steps, 'step')}</span>
        </>
      ),
    },
  ];
  if (acts === null) return columns;
  return [
    ...columns,
    {
      id: 'acts',
      header: 'Defined here',
      width: '12rem',
      cell: (row) =>
        row.own === null ? (
          <span className="muted">No</span>
        ) : (
          <Row gap="xs">
            <Button size="xs" onClick={() => acts.change(row)}>
              Change…<span className="hidden-text"> {row.title}</span>
            </Button>
            <Button size="xs" onClick={() => acts.remove(row)}>
              Remove<span className="hidden-text"> {row.title}</span>
            </Button>
          </Row>
        ),
    },
  ];
}
// Guide: G7.2-00
