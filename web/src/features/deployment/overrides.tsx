import { Button } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Row } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import classes from './deployment.module.css';
import { DecideDialog, type Decision } from './override-dialogs.tsx';
import type { Override, Task } from './words.ts';

/** Every override a task ever had: who requested it and why, who decided, and whether it is in effect. */
export function Overrides({ task }: { task: Task }) {
  const [deciding, setDeciding] = useState<Decision | null>(null);
  return (
    <Card title="Overrides of the lock" flush aside={count(task.overrides.length, 'on record', 'on record')}>
      <ul className={classes.overrides}>
        {task.overrides.map((one) => (
          <li key={one.id}>
            <strong>{stateWords(one)}</strong>
            <p>
              {one.requested.by} asked, <When at={one.requested.at} inline />: {one.reason}
            </p>
            {one.waitedFor.length === 0 ? null : (
              <p className="muted">Not proven at the time: {one.waitedFor.join('; ')}.</p>
            )}
            {one.decided === null ? null : (
              <p>
                {one.decided.by} {one.state === 'approved' ? 'agreed' : 'refused'},{' '}
                <When at={one.decided.at} inline />
                {one.decided.note === null ? '.' : `: ${one.decided.note}`}
              </p>
            )}
            {one.decidable?.why == null ? null : <p className="muted">{one.decidable.why}</p>}
            {one.decidable?.ok ? (
              <Row gap="md">
                <Button variant="filled" onClick={() => setDeciding({ approve: true, override: one })}>
                  Approve…
                </Button>
                <Button onClick={() => setDeciding({ approve: false, override: one })}>Refuse…</Button>
              </Row>
            ) : null}
          </li>
        ))}
      </ul>
      {deciding === null ? null : <DecideDialog decision={deciding} onClose={() => setDeciding(null)} />}
    </Card>
  );
}

function stateWords({ state, counts }: Override): string {
  switch (state) {
    case 'requested':
      return 'Waiting for a second person';
    case 'refused':
      return 'Refused';
    case 'approved':
      return counts ? 'Currently lifts the lock' : 'Was approved, but no longer unlocks anything';
  }
}
