import type { ReactNode } from 'react';
import { VERDICT_WORDS } from '../../../../src/domain/dlp/words.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { When } from '../../ui/when.tsx';
import type { Hook } from './hook-page.tsx';
import { refusalWords } from './words.ts';

/** What a guard decided in recent days, and what it did not check. */
export function CountsCard({
  data: { checks, refused, days },
  what,
  untaken,
  foot,
}: {
  data: Pick<Hook, 'checks' | 'refused' | 'days'>;
  /** What the guard checks, as a heading: "Prompts". */
  what: string;
  /** Label for those that were not checked. */
  untaken: string;
  foot?: ReactNode;
}) {
  return (
    <Card title={`The last ${days} days`} flush foot={foot}>
      <PlainTable
        label={`Decisions of the last ${days} days`}
        rows={checks}
        rowId={({ verdict }) => verdict}
        columns={[
          { head: 'Decision', cell: ({ verdict }) => VERDICT_WORDS[verdict] },
          { head: what, align: 'end', cell: ({ checks: made }) => made },
          { head: 'Last', cell: ({ last }) => <When at={last} none="never" /> },
        ]}
      />
      {refused.length === 0 ? null : (
        <PlainTable
          label={untaken}
          rows={refused}
          rowId={({ reason }) => reason}
          columns={[
            { head: untaken, cell: ({ reason }) => refusalWords(reason) },
            { head: 'Number', align: 'end', cell: ({ calls }) => calls },
            { head: 'Last', cell: ({ last }) => <When at={last} /> },
          ]}
        />
      )}
    </Card>
  );
}
