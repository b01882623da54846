import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';

type Asked = Parameters<typeof calls.conditionalAccess.check>[0];
type Check = Awaited<ReturnType<typeof calls.conditionalAccess.check>>;
type Difference = Check['differences'][number];

/** Compares this page's What If with Microsoft's own for a few people of each outcome; runs on request only. */
export function CheckCard({ asked }: { asked: Asked }) {
  const load = useQuery({
    ...api.conditionalAccess.check.queryOptions({ input: asked }),
    enabled: false,
    retry: false,
  });
  const { data } = load;
  return (
    <Card title="Check against Microsoft’s What If">
      <Stack gap="md">
        <p className="muted">
          Microsoft is asked about this sign-in for up to two people per outcome. This takes a few seconds.
        </p>
        <div>
          <Button loading={load.isFetching} onClick={() => void load.refetch()}>
            Check with Microsoft
          </Button>
        </div>
        <LoadFailed load={load} what="Microsoft could not be asked." />
        {data === undefined || data.why !== null ? null : <Answer check={data} />}
      </Stack>
    </Card>
  );
}

function Answer({ check }: { check: Check }) {
  const { sample, compared, agree, open, differences } = check;
  if (sample.length === 0)
    return (
      <Notice mark="cannot_read">
        No one in the data that was read has an Entra object ID, so Microsoft cannot be asked about anyone.
      </Notice>
    );
  return (
    <div aria-live="polite">
      <Stack gap="md">
        <p>
          <VerdictMark state={differences.length > 0 ? 'fail' : agree > 0 ? 'pass' : 'cannot_read'}>
            {differences.length > 0
              ? `${count(differences.length, 'answer')} of ${compared} differ`
              : agree > 0
                ? `${agree} of ${compared} answers are the same`
                : 'No answer could be compared'}
          </VerdictMark>
          {open === 0
            ? ''
            : ` ${count(open, 'answer')} cannot be compared, because one of the two gives none.`}
        </p>
        <p className="muted">
          Asked about {sample.map(({ person }) => person).join(', ')}, <When at={check.at} inline />.
        </p>
        {differences.length === 0 ? null : (
          <PlainTable
            label="Answers that differ"
            framed
            rows={differences}
            rowId={(row) => `${row.person} ${row.policy}`}
            columns={[
              { head: 'Person', cell: (row) => row.person },
              { head: 'Policy', cell: (row) => row.policy },
              { head: 'Here', cell: (row) => APPLIES[row.ours ?? 'absent'] },
              { head: 'Microsoft', cell: (row) => theirWords(row) },
            ]}
          />
        )}
      </Stack>
    </div>
  );
}

const APPLIES = {
  yes: 'Applies',
  no: 'Does not apply',
  unknown: 'Cannot tell',
  absent: 'Not in the data that was read',
} as const;

function theirWords({ theirs, reason }: Difference): string {
  if (theirs === null) return 'Not named';
  return reason === null ? APPLIES[theirs] : `${APPLIES[theirs]} (${reason})`;
}
// Guide: G6.2-04
