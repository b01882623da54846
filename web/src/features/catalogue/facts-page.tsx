import { Button, Radio, Textarea, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { FACT_WORDS } from '../../../../src/domain/labels.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useFields } from '../../ui/fields.ts';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { today } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { Sources } from '../controls/control-parts.tsx';
import { factsRoute } from './routes.tsx';
import type { CheckedFact } from './words.ts';

/** Default age in days, since its last check against the vendor's page, from which a fact is listed. */
const USUAL_DAYS = 180;
const AGES = [30, 90, USUAL_DAYS, 365];

function columnsOf(onRenew: ((fact: CheckedFact) => void) | null): readonly Column<CheckedFact>[] {
  return [
    {
      id: 'fact',
      header: 'Fact',
      sort: (row) => row.title,
      cell: (row) => (
        <RowTitle detail={row.vendor}>
          <Link to="/catalogue/$kind/$id" params={{ kind: 'capabilities', id: row.id }}>
            {row.title}
          </Link>
        </RowTitle>
      ),
    },
    {
      id: 'status',
      header: 'Guide and vendor',
      evident: true,
      width: '10rem',
      from: 760,
      sort: (row) => FACT_WORDS[row.status],
      cell: (row) => FACT_WORDS[row.status],
    },
    {
      id: 'checked',
      header: 'Last verified',
      width: '12rem',
      sort: (row) => row.checkedOn,
      cell: (row) => (
        <>
          {dayWords(row.checkedOn)}
          <span className="second">{count(row.ageDays, 'day', 'days')} ago</span>
          {row.renewed?.outcome === 'differs' ? (
            <span className="line">
              <VerdictMark state="fail">Differs since {dayWords(row.renewed.on)}</VerdictMark>
            </span>
          ) : null}
        </>
      ),
    },
    ...(onRenew === null
      ? []
      : [
          {
            id: 'renew',
            header: 'Verify',
            evident: true,
            quiet: true,
            width: '8rem',
            cell: (row: CheckedFact) => (
              <Button size="xs" aria-label={`Verify ${row.title}`} onClick={() => onRenew(row)}>
                Verify…
              </Button>
            ),
          },
        ]),
  ];
}

/** Facts of the catalogue that have not been checked against the vendor's page for long, and their renewal. */
export function FactsPage() {
  const search = factsRoute.useSearch();
  const { set } = useListSearch(search);
  const [open, setOpen] = useState<CheckedFact | null>(null);
  const olderThanDays = search.days ?? USUAL_DAYS;
  const load = useQuery({
    ...api.catalogue.facts.queryOptions({ input: { olderThanDays } }),
    placeholderData: keepPreviousData,
  });
  const { data } = load;
  const may = data?.may.renew === true;
  const columns = useMemo(() => columnsOf(may ? setOpen : null), [may]);
  return (
    <ListPage
      title="Facts to verify"
      load={load}
      meta="What vendors say about their plans and licenses decides which controls apply to a client. Open the vendor’s page, compare, and record the date you checked."
      filters={
        <FilterChips
          filters={[
            {
              id: 'days',
              label: 'Not verified for',
              always: true,
              options: AGES.map((days) => ({ value: String(days), label: `${days} days` })),
              value: String(olderThanDays),
              onChange: (value) => set({ days: value === undefined ? undefined : Number(value) }),
            },
          ]}
          {...(data === undefined ? {} : { count: `${data.total} of ${data.all}` })}
        />
      }
    >
      <DataTable
        label="Facts to verify"
        rows={data?.items}
        columns={columns}
        rowId={(row) => row.id}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title="Nothing to verify.">
            Every fact was compared with the vendor’s page within the last {olderThanDays} days.
          </EmptyState>
        }
      />
      {open === null ? null : <RenewDialog key={open.id} fact={open} onClose={() => setOpen(null)} />}
    </ListPage>
  );
}

function RenewDialog({ fact, onClose }: { fact: CheckedFact; onClose: () => void }) {
  const fields = useFields(
    { checkedOn: today(), outcome: '', note: '' },
    {
      outcome: (value) => (value === '' ? 'Say whether the page still says the same thing.' : null),
      note: (value, all) =>
        all.outcome === 'differs' && value.trim() === '' ? 'Write what the vendor says now.' : null,
    },
  );
  const { outcome, checkedOn, note } = fields.values;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Verify: ${fact.title}`}
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const differs = outcome === 'differs';
        await calls.catalogue.renew({
          capability: fact.id,
          checkedOn,
          outcome: differs ? 'differs' : 'same',
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        });
        await done(
          differs
            ? 'Noted as different. It stays in this list until the catalogue is corrected.'
            : `Verified on ${dayWords(checkedOn)}.`,
          api.catalogue.key(),
        );
        return true;
      }}
    >
      <p>
        Bylaw says, as of {dayWords(fact.vendorAsOf)}: {fact.vendor}
      </p>
      <Sources sources={fact.sources} />
      {fact.renewed === null ? null : (
        <p className="muted">
          {fact.renewed.by} found it {fact.renewed.outcome === 'same' ? 'the same' : 'different'} on{' '}
          {dayWords(fact.renewed.on)}.{fact.renewed.note === null ? '' : ` ${fact.renewed.note}`}
        </p>
      )}
      <Radio.Group
        label="What the page says today"
        value={outcome}
        error={fields.error('outcome')}
        onChange={(value) => fields.set('outcome', value)}
      >
        <Stack gap="lg" above="xs">
          <Radio name="outcome" value="same" label="The same" />
          <Radio name="outcome" value="differs" label="Something else" />
        </Stack>
      </Radio.Group>
      <TextInput type="date" label="Date you looked" max={today()} {...fields.text('checkedOn')} />
      <Textarea
        label={outcome === 'differs' ? 'What it says now' : 'Note'}
        autosize
        minRows={2}
        maxLength={2000}
        {...fields.text('note')}
      />
    </FormDialog>
  );
}
