import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, api, type client as calls, routes } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, LoadFailed, Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { policyRoute } from './routes.tsx';

type List = Awaited<ReturnType<typeof calls.staff.training.list>>;
type Line = List['items'][number];

const FILES = [
  ['slides', 'en', 'Slides (PDF)'],
  ['docx', 'en', 'Handout (DOCX)'],
  ['pdf', 'en', 'Handout (PDF)'],
  ['slides', 'es', 'Slides in Spanish (PDF)'],
  ['docx', 'es', 'Handout in Spanish (DOCX)'],
  ['pdf', 'es', 'Handout in Spanish (PDF)'],
] as const;

/** Everyone who has Claude, who of them passed the quiz of the training, and the handout. */
export function TrainingTable({ slug }: { slug: string }) {
  const search = policyRoute.useSearch();
  const { set } = useListSearch(search);
  const mayControls = useMay('controls.read');
  const load = useQuery(api.staff.training.list.queryOptions({ input: { client: slug } }));
  const columns = useMemo(() => trainingColumns(load.data?.training.sha256), [load.data?.training.sha256]);
  if (load.data === undefined) return <LoadFailed load={load} what="The list could not be loaded." />;
  const { state, why, of, done, days, training, items } = load.data;
  return (
    <Stack>
      <p>
        {state === 'cannot_read'
          ? null
          : `${done} of ${count(of ?? 0, 'person', 'people')} with Claude passed the quiz in the last ${days} days. `}
        Staff read the training and take its {count(training.questions, 'question')} on their own page, linked
        from the staff page. In-person trainings are recorded separately;{' '}
        {mayControls ? (
          <AppLink href={`/c/${slug}/controls/CLA-OPS-12`}>the control on training</AppLink>
        ) : (
          'the control on training'
        )}{' '}
        includes both.
      </p>
      {state === 'cannot_read' ? (
        <Notice>The number of people who passed cannot be read. {why}</Notice>
      ) : null}
      <Row>
        {FILES.map(([format, language, words]) => (
          <Button
            key={words}
            component="a"
            href={addressOf(routes.staff.handout, { client: slug, format, language })}
            download
          >
            {words}
          </Button>
        ))}
      </Row>
      <DataTable
        label="Who passed the training quiz"
        rows={items}
        columns={columns}
        rowId={(row) => row.address}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title="No one has passed the quiz yet.">
            Everyone who passes it is listed here.
          </EmptyState>
        }
      />
    </Stack>
  );
}

function trainingColumns(sha256: string | undefined): readonly Column<Line>[] {
  return [
    {
      id: 'name',
      header: 'Person',
      sort: (row) => row.name ?? row.address,
      cell: (row) => (
        <RowTitle
          detail={
            row.seat === true ? row.address : row.seat === false ? 'Has no seat' : 'Seat cannot be read'
          }
        >
          {row.name ?? row.address}
        </RowTitle>
      ),
    },
    {
      id: 'state',
      header: 'Quiz',
      width: '30%',
      sort: (row) => row.at ?? '',
      cell: (row) =>
        row.at === null ? (
          <VerdictMark state="pending">Not passed</VerdictMark>
        ) : (
          <>
            <VerdictMark state={row.state === 'passed' ? 'pass' : 'pending'}>
              {row.state === 'passed' ? 'Passed' : 'Passed too long ago'}, <When at={row.at} inline />
            </VerdictMark>
            {row.until === null ? null : (
              <span className="second">
                {row.state === 'passed' ? 'Valid until' : 'Was valid until'} {dayWords(row.until)}
              </span>
            )}
          </>
        ),
    },
    {
      id: 'score',
      header: 'Score',
      width: '20%',
      from: 640,
      sort: (row) => row.right ?? -1,
      cell: (row) =>
        row.right === null ? null : (
          <>
            {row.right} of {row.of}
            {row.sha256 === sha256 ? null : (
              <span className="second">An earlier version of the training</span>
            )}
          </>
        ),
    },
  ];
}
// Guide: G7.3-05
