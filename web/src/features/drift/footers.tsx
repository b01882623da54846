import { DECISION_WORDS, OUTCOME_WORDS } from '../../../../src/domain/drift/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { EvidenceLine } from '../controls/control-parts.tsx';
import type { Closed as ClosedOne, Drift } from './words.ts';

/** What no reading covers, so it is neither drift nor known to match the charter. */
export function NotRead({ drift: { unread, items } }: { drift: Drift }) {
  if (unread.length === 0) return null;
  return (
    <Card title="Cannot be read" aside={`${unread.length}, in addition to ${items.length} that differ`}>
      <Stack as="ul">
        {unread.map((one) => (
          <li key={one.key}>
            <VerdictMark state="cannot_read">{one.label}</VerdictMark>
            <p>{one.why}</p>
            <p className="muted">{one.question}</p>
          </li>
        ))}
      </Stack>
    </Card>
  );
}

/** Decisions whose departure is gone: shown by a later reading, settled by the charter, or still unproven. */
export function Closed({ slug, drift: { history } }: { slug: string; drift: Drift }) {
  const waiting = history.filter(({ outcome }) => outcome === 'unproven');
  const over = history.filter(({ outcome }) => outcome !== 'unproven');
  return (
    <>
      {waiting.length === 0 ? null : (
        <Card title="Waiting for proof" aside={`${waiting.length}`}>
          <List slug={slug} items={waiting} />
        </Card>
      )}
      {over.length === 0 ? null : (
        <Card title="Closed" aside={`${over.length}`}>
          <List slug={slug} items={over} />
        </Card>
      )}
    </>
  );
}

function List({ slug, items }: { slug: string; items: readonly ClosedOne[] }) {
  return (
    <Stack as="ul">
      {items.map((one) => (
        <li key={one.id}>
          <strong>{one.label}</strong>, was {one.seen}.{' '}
          {one.outcome === 'proven' ? (
            <VerdictMark state="pass">{OUTCOME_WORDS.proven}</VerdictMark>
          ) : one.outcome === 'unproven' ? (
            <VerdictMark state="cannot_read">{OUTCOME_WORDS.unproven}</VerdictMark>
          ) : (
            OUTCOME_WORDS[one.outcome]
          )}
          <p>{one.words}</p>
          <p className="muted">
            {DECISION_WORDS[one.decision.decision]}: {one.decision.by}, <When at={one.decision.at} inline />.{' '}
            {one.decision.reason}
          </p>
          {one.proof === null ? null : <EvidenceLine slug={slug} evidence={one.proof} />}
        </li>
      ))}
    </Stack>
  );
}
