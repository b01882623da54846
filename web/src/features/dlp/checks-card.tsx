import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { SURFACE_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import { VERDICT_WORDS } from '../../../../src/domain/dlp/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { inferenceHookRoute } from './routes.tsx';

type Check = Awaited<ReturnType<typeof client.dlp.checks>>['items'][number];
type Verdict = NonNullable<Check['verdict']>;

const PAGE = 25;
const VERDICTS = Object.entries(VERDICT_WORDS).map(([value, label]) => ({ value, label }));
const verdictOf = (text: string | undefined) =>
  VERDICTS.find(({ value }) => value === text)?.value as Verdict | undefined;

/** What the guards decided, newest first, and what a reference stands for. */
export function ChecksCard() {
  const { slug } = useClientHere();
  const search = inferenceHookRoute.useSearch();
  const { set } = useListSearch(search);
  const [typed, setTyped] = useState(search.reference ?? '');
  const verdict = verdictOf(search.verdict);
  const list = useInfiniteQuery(
    api.dlp.checks.infiniteOptions({
      input: (cursor: string | undefined) => ({
        client: slug,
        limit: PAGE,
        ...(search.reference === undefined ? {} : { reference: search.reference }),
        ...(verdict === undefined ? {} : { verdict }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = search.reference !== undefined || verdict !== undefined;
  return (
    <Card title="Decisions" flush>
      <Stack inset>
        <Columns min="14rem" gap="md">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              set({ reference: typed.trim() === '' ? undefined : typed.trim() });
            }}
          >
            <TextInput
              label="Look up a reference"
              description="As the person was shown it. Press Enter to look it up."
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </form>
          <NativeSelect
            label="Decision"
            description="Show only these"
            data={[{ value: '', label: 'All' }, ...VERDICTS]}
            value={verdict ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              set({ verdict: value === '' ? undefined : value });
            }}
          />
        </Columns>
        <LoadFailed load={list} what="The decisions could not be loaded." />
        {list.isSuccess && rows.length === 0 ? (
          <p role="status">
            {narrowed
              ? 'There is no such decision. It may be older than activities are kept.'
              : 'Nothing was decided yet.'}
          </p>
        ) : null}
      </Stack>
      {rows.length === 0 ? null : (
        <PlainTable
          label="Decisions"
          folds
          rows={rows}
          rowId={({ reference }) => reference}
          columns={[
            { head: 'Reference', cell: (row) => <Reference slug={slug} row={row} /> },
            {
              head: 'Decision',
              cell: (row) => (row.verdict === null ? 'Of a newer version' : VERDICT_WORDS[row.verdict]),
            },
            { head: 'Why', cell: whyWords },
            { head: 'Who', cell: ({ person }) => person?.name ?? 'Not reported' },
            {
              head: 'Where',
              cell: ({ surface }) => (surface === null ? 'Removed' : wordsIn(SURFACE_WORDS, surface)),
            },
            { head: 'When', cell: ({ at }) => <When at={at} /> },
          ]}
        />
      )}
      {list.hasNextPage ? (
        <Stack inset>
          <Row>
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show older
            </Button>
          </Row>
        </Stack>
      ) : null}
    </Card>
  );
}

function Reference({ slug, row: { reference, seq } }: { slug: string; row: Check }) {
  if (seq === null) return <span className="mono">{reference}</span>;
  return (
    <Link className="mono" to="/c/$client/activity" params={{ client: slug }} search={{ panel: seq }}>
      {reference}
    </Link>
  );
}

/** What it rests on. The content itself is stored nowhere. */
function whyWords({ found, because }: Check): string {
  if (found.length > 0) return found.map(({ title, hits }) => `${title} (${hits})`).join(', ');
  return because === 'unfinished' ? 'It could not be checked in time' : 'Nothing found';
}
