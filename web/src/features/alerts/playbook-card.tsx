import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { Alert } from './words.ts';

/** The steps of the playbook for an alert, in order. */
export function PlaybookCard({ playbook, guide }: Pick<Alert, 'playbook' | 'guide'>) {
  return (
    <Card title="What to do" {...(guide.length === 0 ? {} : { aside: guideWords(guide) })}>
      {playbook.length === 0 ? (
        <p className="muted">The detection is no longer part of Bylaw, so there are no steps.</p>
      ) : (
        <Stack as="ol" bullets>
          {playbook.map((step) => (
            <li key={step.do}>
              {step.do}
              {step.where === null ? null : <span className="second">{step.where}</span>}
            </li>
          ))}
        </Stack>
      )}
    </Card>
  );
}

function guideWords(rows: readonly string[]): string {
  return `Guide ${[...new Set(rows.map((row) => row.replace(/^G|-\d+$/g, '')))].join(', ')}`;
}
