import { Button, Textarea } from '@mantine/core';
import { REPORT_KIND_WORDS, REPORT_STATE_WORDS } from '../../../../src/domain/staff/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';
import { Facts } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { rereadIncidents, type StaffReport } from './words.ts';

const SHAPES: Readonly<Record<StaffReport['state'], VerdictState>> = {
  open: 'pending',
  incident: 'accepted',
  closed: 'not_applicable',
};

export function ReportState({ state }: { state: StaffReport['state'] }) {
  return <VerdictMark state={SHAPES[state]}>{REPORT_STATE_WORDS[state]}</VerdictMark>;
}

interface PanelProps {
  readonly slug: string;
  readonly report: StaffReport;
  readonly mayLead: boolean;
  readonly onAct: (act: 'open' | 'close') => void;
  readonly onClose: () => void;
}

/** One report: its text, its author if known, and its outcome. */
export function ReportPanel({ slug, report, mayLead, onAct, onClose }: PanelProps) {
  const { incident, closed } = report;
  const asks = report.kind === 'question';
  return (
    <SidePanel title={REPORT_KIND_WORDS[report.kind]} code={report.reference} onClose={onClose}>
      <Stack>
        <p className="pre wraps">{report.said}</p>
        <Facts
          facts={[
            ...(report.clause === null
              ? []
              : [
                  [
                    'Clause',
                    report.clause.number === null
                      ? 'No longer in the policy in force'
                      : `${report.clause.number} ${report.clause.text}`,
                  ] as const,
                ]),
            ['State', <ReportState key="state" state={report.state} />],
            ['Received', <When key="received" at={report.at} inline />],
            ...(report.kind === 'question' ? [] : [['Happened', report.happened ?? 'Not stated'] as const]),
            ['Wrote', report.address === null ? 'Not verified' : `${report.address}, verified by email`],
            ['Contact they gave', report.contact ?? 'None'],
            ...(incident === null
              ? []
              : [
                  [
                    'Incident',
                    <AppLink key="incident" href={`/c/${slug}/incidents/${incident.id}`}>
                      {incident.code}
                    </AppLink>,
                  ] as const,
                ]),
            ...(closed === null
              ? []
              : [
                  [
                    'Closed',
                    <span key="closed">
                      {closed.by}, <When at={closed.at} inline />: {closed.reason}
                    </span>,
                  ] as const,
                ]),
          ]}
        />
        {report.state === 'open' && mayLead ? (
          <Row>
            <Button variant={asks ? 'default' : 'filled'} onClick={() => onAct('open')}>
              Open an incident…
            </Button>
            <Button variant={asks ? 'filled' : 'default'} onClick={() => onAct('close')}>
              {asks ? 'Close as answered…' : 'Close with a reason…'}
            </Button>
          </Row>
        ) : null}
      </Stack>
    </SidePanel>
  );
}

export function CloseReportDialog({
  slug,
  report,
  onClose,
}: Pick<PanelProps, 'slug' | 'report' | 'onClose'>) {
  const fields = useFields({ reason: '' }, { reason: needed('Briefly say why.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Close report ${report.reference}`}
      submit="Close the report"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.staff.close({
          client: slug,
          staffReport: report.id,
          version: report.version,
          reason: fields.values.reason.trim(),
        });
        await rereadIncidents();
        await done('The report is closed.', api.staff.key());
        return true;
      }}
    >
      <p>
        {report.kind === 'question'
          ? 'Bylaw does not send an answer. Say what you answered and how; the question stays on the list with your note.'
          : 'No incident is opened. The report stays on the list with your reason.'}
      </p>
      <Textarea
        label={report.kind === 'question' ? 'Answer' : 'Reason'}
        autosize
        minRows={2}
        maxLength={2000}
        {...fields.text('reason')}
      />
    </FormDialog>
  );
}
