import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, dayWords, sentence } from '../../../../src/domain/text/words.ts';
import { done, failed, undoable } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import classes from './imports.module.css';
import { useMayStore } from './may-store.ts';

type Reading = Awaited<ReturnType<typeof calls.imports.readings>>['items'][number];

/** Number of files listed at first. */
const INITIAL_FILES = 8;

/** Stored files and which of them are in use; each can be set aside with a reason and put back. */
export function StoredFiles() {
  const { slug } = useClientHere();
  const load = useQuery(api.imports.readings.queryOptions({ input: { client: slug } }));
  const [aside, setAside] = useState<Reading | null>(null);
  if (load.data === undefined) return <LoadFailed load={load} what="The stored files could not be loaded." />;
  const { items } = load.data;
  if (items.length === 0) return null;
  const earlier = items.filter(({ state }) => state === 'earlier');
  const counting = items
    .filter(({ state }) => state === 'counts')
    .toSorted((one, other) => one.kindName.localeCompare(other.kindName));
  const setBack = items.filter(({ state }) => state === 'aside');
  const rivals = items.filter(({ state }) => state === 'contradicted');
  const questioned = items.filter(({ state }) => state === 'questioned');
  return (
    <Card title="Stored files" aside={count(items.length, 'file')} flush>
      {rivals.length === 0 ? null : (
        <div className="pad">
          <Notice mark="cannot_read">
            Which is current? {count(rivals.length, 'file')} of the same kind and day differ, so none of them
            counts. Set the wrong ones aside.
          </Notice>
        </div>
      )}
      {questioned.length === 0 ? null : (
        <div className="pad">
          <Notice mark="cannot_read">
            Is it ours? The newest file of a kind may be of another organization. If it is, set it aside, and
            the one before it counts again. If it is ours, import it once more and choose its kind yourself.
          </Notice>
        </div>
      )}
      {rivals.length + questioned.length + setBack.length === 0 ? null : (
        <Readings
          label="Files to decide on"
          items={[...rivals, ...questioned, ...setBack]}
          onAside={setAside}
        />
      )}
      {counting.length === 0 ? null : (
        <div className={classes.fold}>
          <Fold
            summary={`${count(counting.length, 'file')} that verdicts are based on`}
            open={counting.length <= INITIAL_FILES}
          >
            <Readings label="Files that count" items={counting} onAside={setAside} />
          </Fold>
        </div>
      )}
      {earlier.length === 0 ? null : (
        <div className={classes.fold}>
          <Fold summary={`${count(earlier.length, 'earlier file')} that a newer one replaced`}>
            <Readings label="Earlier files" items={earlier} onAside={setAside} />
          </Fold>
        </div>
      )}
      {aside === null ? null : <SetAside reading={aside} onClose={() => setAside(null)} />}
    </Card>
  );
}

interface ReadingsProps {
  readonly label: string;
  readonly items: readonly Reading[];
  readonly onAside: (reading: Reading) => void;
}

function Readings({ label, items, onAside }: ReadingsProps) {
  const { slug } = useClientHere();
  const mayWrite = useMay('imports.write');
  const may = useMayStore();
  const back = useMutation(
    api.imports.putBack.mutationOptions({
      onSuccess: () => done('The file is put back.', api.key()),
      onError: failed,
    }),
  );
  return (
    <PlainTable
      label={label}
      rows={items}
      rowId={({ id }) => id}
      columns={[
        {
          head: 'File',
          className: `wraps ${classes.stored}`,
          cell: (one) => (
            <>
              {sentence(one.kindName)}
              <span className="second">
                {one.file} · {count(one.rows, 'row')}
              </span>
            </>
          ),
        },
        { head: 'Day', className: 'nowrap', cell: (one) => dayWords(one.observedOn) },
        { head: 'State', cell: (one) => <State reading={one} /> },
        ...(mayWrite
          ? [
              {
                head: 'Change',
                cell: (one: Reading) =>
                  !may(one.kind) ? null : one.aside === null ? (
                    <Button size="xs" aria-label={`Set ${one.file} aside`} onClick={() => onAside(one)}>
                      Set aside…
                    </Button>
                  ) : (
                    <Button
                      size="xs"
                      aria-label={`Put ${one.file} back`}
                      disabled={back.isPending}
                      loading={back.isPending && back.variables.reading === one.id}
                      onClick={() => back.mutate({ client: slug, reading: one.id })}
                    >
                      Put back
                    </Button>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

function State({ reading: { state, aside, why } }: { reading: Reading }) {
  switch (state) {
    case 'counts':
      return 'Counts';
    case 'earlier':
      return <span className="muted">Replaced by a newer one</span>;
    case 'contradicted':
      return <VerdictMark state="cannot_read">Differs from another file of the same day</VerdictMark>;
    case 'questioned':
      return <VerdictMark state="cannot_read">{why ?? 'May be of another organization'}</VerdictMark>;
    case 'aside':
      return (
        <>
          Set aside
          {aside === null ? null : (
            <span className="second">
              {aside.reason} · {aside.by ?? 'Someone'} <When at={aside.at} inline />
            </span>
          )}
        </>
      );
  }
}

function SetAside({ reading, onClose }: { reading: Reading; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why it does not count.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Set ${reading.file} aside`}
      submit="Set aside"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.imports.setAside({ client: slug, reading: reading.id, reason: fields.values.reason });
        await undoable(
          'The file is set aside. Verdicts no longer use it.',
          () => calls.imports.putBack({ client: slug, reading: reading.id }),
          api.key(),
        );
        return true;
      }}
    >
      <Stack gap="lg">
        <p>
          The file stays as evidence, but no verdict is based on it until it is put back. If there is an
          earlier file of this kind, it counts again.
        </p>
        <Textarea label="Why" maxLength={500} autosize minRows={2} {...fields.text('reason')} />
      </Stack>
    </FormDialog>
  );
}
