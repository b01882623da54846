import { Button } from '@mantine/core';
import { Card, Facts } from '../ui/card.tsx';
import { CopyValue } from '../ui/copy-value.tsx';
import { Diff } from '../ui/diff.tsx';
import { Hash } from '../ui/hash.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { Severity } from '../ui/severity.tsx';
import { DetailPage } from '../ui/templates/detail-page.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { VerdictMark } from '../ui/verdict-mark.tsx';

const SHA = 'e3b98f0a6c1d4b7ea5f20c9d83e617b4fa02d5c81e7b9340d6a1f58c2b7e41c7';

export function GalleryDetail() {
  return (
    <DetailPage
      title="Only current staff hold a seat"
      mark={
        <>
          <VerdictMark state="fail" look="badge" /> <Severity level="critical" /> <code>CLA-ACC-07 v3</code>
        </>
      }
      actions={<Button variant="filled">Start 3 offboardings</Button>}
      reason={() => '3 of 64 members have left the Society and still hold a Claude seat.'}
      work={() => (
        <>
          <Card title="What we observed" aside="Members file today, 08:40" flush>
            <PlainTable
              label="What we observed"
              rows={[['Tobin Achterberg', 'Oct 12']] as const}
              rowId={([name]) => name}
              columns={[
                { head: 'Person', cell: ([name]) => name },
                { head: 'Left, by roster', align: 'end', cell: ([, day]) => day },
              ]}
            />
          </Card>
          <Card title="What changed" flush>
            <Diff
              label="What changed"
              changes={[
                { name: 'Role', before: 'User', after: 'Admin' },
                { name: 'Seat', before: null, after: 'Standard' },
                { name: 'Group', before: 'Board', after: null },
                { name: 'Name', before: 'Wren', after: 'Wren', same: true },
              ]}
            />
          </Card>
          <CopyValue name="the token" value="bylaw_ingest_2f7bcb4f9be8" />
        </>
      )}
      evidence={() => (
        <>
          <Card title="Evidence">
            <Timeline
              label="Evidence"
              items={[
                {
                  id: 'a',
                  state: 'fail',
                  title: 'Fail: 3 people',
                  detail: 'Members file, 64 rows',
                  at: '2026-11-24T08:40:00Z',
                  by: 'Dana Whitlock',
                  aside: <Hash sha={SHA} />,
                },
                {
                  id: 'b',
                  state: null,
                  title: 'Roster imported',
                  at: '2026-11-23T17:02:00Z',
                  by: 'Soren Vantongeren',
                  aside: <Hash sha={SHA} />,
                },
                { id: 'c', state: 'pass', title: 'Pass: 62 members', at: '2026-09-14T08:40:00Z' },
              ]}
            />
          </Card>
          <Card>
            <Facts
              facts={[
                ['Area', 'Accounts and sign-in'],
                ['Valid for', '30 days, until Dec 24, 2026'],
                ['Guide', '5.5, 6.6, 7.1'],
              ]}
            />
          </Card>
        </>
      )}
    />
  );
}
