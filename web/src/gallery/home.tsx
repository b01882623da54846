import { Button } from '@mantine/core';
import { Card } from '../ui/card.tsx';
import { ConflictNotice } from '../ui/conflict-notice.tsx';
import { Icon } from '../ui/icon.tsx';
import { StateBar } from '../ui/state-bar.tsx';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { OverviewPage } from '../ui/templates/overview-page.tsx';
import { VerdictMark } from '../ui/verdict-mark.tsx';

const COUNTS = {
  fail: 6,
  cannot_read: 4,
  pending: 4,
  accepted: 3,
  policy_only: 5,
  not_licensed: 9,
  not_applicable: 6,
  pass: 47,
};

export function GalleryHome() {
  return (
    <OverviewPage
      title="Alder Society of Landscape Surveyors"
      meta="Claude Team, 64 of 70 seats · Microsoft 365 Business Premium"
      actions={
        <>
          <Button leftSection={<Icon name="print" />}>Board report</Button>
          <Button leftSection={<Icon name="imports" />}>Import files</Button>
        </>
      }
      main={
        <>
          <Card title="Do now" aside="5 of 11 open tasks" flush>
            <ul>
              <li>
                <VerdictMark state="fail">Contain INC-0012</VerdictMark>{' '}
                <Button variant="filled">Open incident</Button>
              </li>
              <li>
                <VerdictMark state="cannot_read">Import a new settings file</VerdictMark>{' '}
                <Button>Import</Button>
              </li>
            </ul>
          </Card>
          <ConflictNotice
            by="Mara Ellingsworth"
            at="2026-11-24T10:04:00Z"
            changes={[
              { name: 'End date', before: 'Jan 31, 2027', after: 'Feb 28, 2027' },
              { name: 'Owner', before: null, after: 'Rafe Lindqvist' },
            ]}
            onKeepMine={() => undefined}
            onTakeTheirs={() => undefined}
          />
          <ErrorState
            what="The controls could not be loaded."
            still="Nothing was changed."
            error={new TypeError('x')}
            onRetry={() => undefined}
          />
          <EmptyState title="No exceptions." action={<Button>Open controls</Button>}>
            An exception accepts a failing control until a date. Open a failing control to request one.
          </EmptyState>
        </>
      }
      side={
        <Card
          title="Current status"
          aside="84 controls"
          foot="No technology can prevent 5 of these; only the policy covers them."
        >
          <StateBar
            counts={COUNTS}
            look="legend"
            link={(state, content) => <a href={`#${state}`}>{content}</a>}
          />
          <StateBar counts={COUNTS} />
        </Card>
      }
    />
  );
}
