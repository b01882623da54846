import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Incident } from './words.ts';

export function EvidenceCard({ slug, incident: { evidence, wanted } }: { slug: string; incident: Incident }) {
  return (
    <Card title="Collected evidence">
      <Stack gap="md">
        <ul aria-label="Collected">
          {evidence.map((one) => (
            <li key={one.id}>
              {one.sha256 === null ? (
                one.words
              ) : (
                <AppLink href={`/c/${slug}/evidence/${one.sha256}`}>{one.words}</AppLink>
              )}{' '}
              <span className="muted small">
                {one.by}, <When at={one.at} inline />
              </span>
            </li>
          ))}
        </ul>
        <div>
          <h3>What the playbook asks for</h3>
          <ul>
            {wanted.map(({ what, held, blind }) => (
              <li key={what}>
                {what}{' '}
                <span className="muted small">
                  {held ? 'Bylaw collects what it has.' : 'Attach it to a step.'}
                </span>
                {blind === null ? null : <span className="muted small"> {blind}.</span>}
              </li>
            ))}
          </ul>
        </div>
      </Stack>
    </Card>
  );
}

export function CallsCard({ incident: { calls, plan } }: { incident: Incident }) {
  if (calls.length === 0) return null;
  // Only some playbooks have a step that asks whether each write was intended.
  const asks = plan.some(({ entries }) => entries !== null && entries.suggested.length > 0);
  return (
    <Card title="Around the time, in order" aside={count(calls.length, 'event')} flush>
      <PlainTable
        label="Events around that time"
        rows={calls}
        rowId={(row) => `${row.at} ${row.type} ${row.tool ?? ''}`}
        columns={[
          { head: 'When', cell: (row) => <When at={row.at} inline /> },
          { head: 'What', cell: (row) => row.tool ?? row.type },
          { head: 'Connector', cell: (row) => row.connector ?? <span className="muted">None</span> },
          {
            head: 'Effect',
            cell: (row) =>
              row.does === null ? (
                <>
                  <span className="muted">
                    {row.effect === 'unknown' ? 'Not known' : (row.effect ?? 'Not reported')}
                  </span>
                  <span className="second">
                    {row.meant !== null
                      ? `Meant: ${row.meant}`
                      : row.effect === 'unknown' && row.outcome !== 'rejected' && asks && 'Not confirmed'}
                  </span>
                </>
              ) : row.does === 'read' ? (
                'Read'
              ) : (
                <>
                  Write
                  <span className="second">
                    {row.outcome === 'rejected'
                      ? 'Refused'
                      : row.meant === null
                        ? asks && 'Not confirmed'
                        : `Meant: ${row.meant}`}
                  </span>
                </>
              ),
          },
          {
            head: 'Arguments',
            cell: ({ arguments: given }) =>
              given.state === 'kept' ? (
                `Kept, ${count(given.characters ?? 0, 'character')}`
              ) : (
                <span className="muted">
                  Not recorded{given.characters === null ? '' : ` (${count(given.characters, 'byte')})`}
                </span>
              ),
          },
          {
            head: 'Let through by',
            cell: (row) =>
              row.through === null ? (
                <span className="muted">Not reported</span>
              ) : (
                <>
                  {row.approved === 'person'
                    ? 'A person'
                    : row.approved === 'automatic'
                      ? 'Automatically'
                      : 'Not known'}
                  <span className="second">{row.through}</span>
                </>
              ),
          },
        ]}
      />
    </Card>
  );
}
