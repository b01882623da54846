import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, LoadFailed } from '../../ui/states.tsx';
import { policyRoute } from './routes.tsx';

type List = Awaited<ReturnType<typeof calls.policy.reviews.list>>;
type Use = List['uses'][number];
type Review = List['items'][number];

/** Who reviews Claude's output before which use, and the recorded reviews. */
export function OutputReviews({ slug }: { slug: string }) {
  const search = policyRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.policy.reviews.list.queryOptions({ input: { client: slug } }));
  const [open, setOpen] = useState<Use | 'record' | null>(null);
  if (load.data === undefined) return <LoadFailed load={load} what="The reviews could not be loaded." />;
  const { uses, items, may, today } = load.data;
  const close = () => setOpen(null);
  return (
    <Stack>
      <p>
        The policy requires a qualified person to check what Claude wrote before four kinds of use. Name who
        that is for each one. You can record a review if you want proof of it; no control passes because of
        it.
      </p>
      <Lines label="Who is qualified to check Claude’s texts">
        {uses.map((one) => (
          <Line key={one.use} head={one.words}>
            <Row justify="between">
              <span className={one.people.length === 0 ? 'muted' : undefined}>
                {one.people.length === 0 ? 'No one is named' : one.people.join(', ')}
              </span>
              {may.edit ? (
                <Button size="xs" onClick={() => setOpen(one)}>
                  Change…<span className="hidden-text"> who checks {one.words.toLowerCase()}</span>
                </Button>
              ) : null}
            </Row>
          </Line>
        ))}
      </Lines>
      {may.edit ? (
        <div>
          <Button onClick={() => setOpen('record')}>Record a review…</Button>
        </div>
      ) : null}
      <DataTable
        label="Reviews of Claude’s texts"
        rows={items}
        columns={COLUMNS}
        rowId={(row) => row.id}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={<EmptyState title="No reviews on record.">Every recorded review is kept here.</EmptyState>}
      />
      {open === 'record' ? <RecordDialog slug={slug} uses={uses} today={today} onClose={close} /> : null}
      {open === null || open === 'record' ? null : <ReviewersDialog slug={slug} use={open} onClose={close} />}
    </Stack>
  );
}

function ReviewersDialog({ slug, use, onClose }: { slug: string; use: Use; onClose: () => void }) {
  const fields = useFields({ people: use.people.join('\n') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Who checks: ${use.words}`}
      submit="Save"
      onSubmit={async () => {
        const people = fields.values.people
          .split('\n')
          .map((one) => one.trim())
          .filter((one) => one !== '');
        await calls.policy.setReviewers({ client: slug, use: use.use, people, version: use.version });
        await done('Saved.', api.policy.key());
        return true;
      }}
    >
      <Textarea
        label="Qualified people"
        description="One name or position per line"
        autosize
        minRows={3}
        data-autofocus
        {...fields.text('people')}
      />
    </FormDialog>
  );
}

function RecordDialog({
  slug,
  uses,
  today,
  onClose,
}: {
  slug: string;
  uses: readonly Use[];
  today: string;
  onClose: () => void;
}) {
  const fields = useFields(
    { use: uses[0]?.use ?? '', title: '', reviewer: '', on: today, note: '' },
    {
      title: needed('Say what was reviewed.'),
      reviewer: needed('Name who reviewed it.'),
      on: needed('Enter the date.'),
    },
  );
  const use = uses.find((one) => one.use === fields.values.use);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Record a review"
      submit="Record"
      onSubmit={async () => {
        if (!fields.check() || use === undefined) return false;
        const { title, reviewer, on, note } = fields.values;
        await calls.policy.recordReview({
          client: slug,
          use: use.use,
          title,
          reviewer,
          on,
          ...(note.trim() === '' ? {} : { note }),
        });
        await done('The review is on record.', api.policy.key());
        return true;
      }}
    >
      <NativeSelect
        label="Use"
        data={uses.map((one) => ({ value: one.use, label: one.words }))}
        {...fields.text('use')}
      />
      <TextInput label="What was reviewed" maxLength={300} data-autofocus {...fields.text('title')} />
      <TextInput
        label="Reviewer"
        description={
          use === undefined || use.people.length === 0
            ? 'No one is named as qualified for this use.'
            : `Named for this use: ${use.people.join(', ')}`
        }
        maxLength={200}
        {...fields.text('reviewer')}
      />
      <TextInput type="date" label="Day" max={today} {...fields.text('on')} />
      <Textarea label="Note (optional)" autosize minRows={2} maxLength={2000} {...fields.text('note')} />
    </FormDialog>
  );
}

const COLUMNS: readonly Column<Review>[] = [
  {
    id: 'title',
    header: 'What was reviewed',
    sort: (row) => row.title,
    cell: (row) => <RowTitle detail={row.note ?? row.words}>{row.title}</RowTitle>,
  },
  { id: 'use', header: 'Use', width: '11rem', from: 720, sort: (row) => row.words, cell: (row) => row.words },
  {
    id: 'reviewer',
    header: 'Reviewer',
    width: '30%',
    sort: (row) => row.reviewer,
    cell: (row) => (
      <>
        {row.reviewer}
        {row.named ? null : <span className="second">Not named for this use</span>}
      </>
    ),
  },
  { id: 'on', header: 'Day', width: '8rem', sort: (row) => row.on, cell: (row) => dayWords(row.on) },
];
// Guide: G8-15
