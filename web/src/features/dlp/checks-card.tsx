import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { SURFACE_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import {
  ACCOUNT_WORDS,
  JUDGMENT_WORDS,
  PURVIEW_WORDS,
  VERDICT_WORDS,
} from '../../../../src/domain/dlp/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Check = Awaited<ReturnType<typeof client.dlp.checks>>['items'][number];
type Verdict = NonNullable<Check['verdict']>;

const PAGE = 25;
const VERDICTS = Object.entries(VERDICT_WORDS).map(([value, label]) => ({ value, label }));
const verdictOf = (text: string | undefined) =>
  VERDICTS.find(({ value }) => value === text)?.value as Verdict | undefined;

interface ChecksCardProps {
  guard: 'inference_hook' | 'icap';
  /** Search parameters of the page. */
  search: { reference?: string | undefined; verdict?: string | undefined };
}

/** Decisions of a guard, newest first, and the lookup of a reference. */
export function ChecksCard({ guard, search }: ChecksCardProps) {
  const { slug } = useClientHere();
  const { set } = useListSearch(search);
  const mayJudge = useMay('detections.edit');
  const [typed, setTyped] = useState(search.reference ?? '');
  const verdict = verdictOf(search.verdict);
  const list = useInfiniteQuery(
    api.dlp.checks.infiniteOptions({
      input: (cursor: string | undefined) => ({
        client: slug,
        guard,
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
      <Stack inset="tall">
        <Columns min="14rem" gap="md">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              set({ reference: typed.trim() === '' ? undefined : typed.trim() });
            }}
          >
            <TextInput
              label="Look up a reference"
              description="As shown to the person. Press Enter to look it up."
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
              ? 'There is no such decision. It may be older than the retention period for activities.'
              : 'No decisions yet.'}
          </p>
        ) : null}
      </Stack>
      {rows.length === 0 ? null : (
        <PlainTable
          label="Decisions"
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
              cell: ({ surface, account }) => whereWords(surface, account),
            },
            { head: 'When', cell: ({ at }) => <When at={at} /> },
            { head: 'Judgment', cell: (row) => <Judgment slug={slug} row={row} mayJudge={mayJudge} /> },
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

function whereWords(surface: Check['surface'], account: Check['account']): string {
  if (surface === null) return 'Removed';
  const place = wordsIn(SURFACE_WORDS, surface);
  return account === null ? place : `${place}. ${ACCOUNT_WORDS[account]}`;
}

function Reference({ slug, row: { reference, seq } }: { slug: string; row: Check }) {
  if (seq === null) return <span className="mono">{reference}</span>;
  return (
    <Link className="mono" to="/c/$client/activity" params={{ client: slug }} search={{ panel: seq }}>
      {reference}
    </Link>
  );
}

/** A person's judgment of an alarm, or the question that asks for it. */
function Judgment({ slug, row, mayJudge }: { slug: string; row: Check; mayJudge: boolean }) {
  const { reference, verdict, judged } = row;
  const act = useMutation(
    api.dlp.judge.mutationOptions({
      onSuccess: () => done('Your answer is kept with the decision.', api.dlp.key()),
      onError: failed,
    }),
  );
  if (judged !== null) return `${JUDGMENT_WORDS[judged.as]}, says ${judged.by}`;
  if (verdict !== 'denied' && verdict !== 'flagged') return null;
  if (!mayJudge) return 'No answer yet';
  const say = (as: 'right' | 'false_alarm') => act.mutate({ client: slug, check: reference, as });
  return (
    <Row gap="xs">
      <Button
        size="xs"
        aria-label={`Right: ${reference}`}
        loading={act.isPending && act.variables.as === 'right'}
        disabled={act.isPending}
        onClick={() => say('right')}
      >
        Right
      </Button>
      <Button
        size="xs"
        aria-label={`False alarm: ${reference}`}
        loading={act.isPending && act.variables.as === 'false_alarm'}
        disabled={act.isPending}
        onClick={() => say('false_alarm')}
      >
        False alarm
      </Button>
    </Row>
  );
}

/** Why it was decided, with the clause of the policy. The checked content itself is never stored. */
function whyWords({ found, because, clauses, unread, purview }: Check): string {
  const pictures = unread === null || unread === 0 ? '' : `. ${count(unread, 'file')} not read`;
  const second = purview === null ? '' : `. Purview: ${PURVIEW_WORDS[purview]}`;
  if (found.length === 0)
    return `${because === 'unfinished' ? 'Not all of it could be checked' : 'Nothing found'}${pictures}${second}`;
  const policy = clauses.map(({ number, title }) => (number === null ? title : `clause ${number}, ${title}`));
  return `${found.map(({ title, hits }) => `${title} (${hits})`).join(', ')}. Against the policy: ${policy.join('; ')}`;
}
