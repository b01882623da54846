import { PURVIEW_WORDS } from '../../../../src/domain/dlp/words.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import type { Hook } from './hook-page.tsx';

/** Results of Purview as a second opinion, and how often it did not answer in time. */
export function PurviewCard({ data: { purview } }: { data: Hook }) {
  if (purview.answers.length === 0) return null;
  return (
    <Card title="What Purview said" flush foot="Based on the newest 500 prompts for which Purview was asked.">
      <PlainTable
        label="What Purview said"
        rows={purview.answers}
        rowId={({ answer }) => answer}
        columns={[
          { head: 'Purview', cell: ({ answer }) => PURVIEW_WORDS[answer] },
          { head: 'Prompts', align: 'end', cell: ({ prompts }) => prompts },
        ]}
      />
    </Card>
  );
}
