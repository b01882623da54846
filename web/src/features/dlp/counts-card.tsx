import type { ReactNode } from 'react';
import { VERDICT_WORDS } from '../../../../src/domain/dlp/words.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { When } from '../../ui/when.tsx';
import type { Hook } from './hook-page.tsx';
import { refusalWords } from './words.ts';

/** What a guard decided in the last days, and what it did not look at. */
export function CountsCard({
  data: { checks, refused, days },
  what,
  untaken,
  foot,
}: {
  data: Pick<Hook, 'checks' | 'refused' | 'days'>;
  /** What is decided on: "Prompts". */
  what: string;
  /** What those are called that were not looked at. */
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
