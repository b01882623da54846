import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { checkedWords, dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere, useMay, useSession } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { today } from '../../ui/time.ts';
import type { Control } from '../controls/words.ts';
import classes from './paths.module.css';

type Step = Control['remediation']['steps'][number];
type Path = NonNullable<Step['path']>;
type Report = Path['reports'][number];

/**
 * A menu path, when it was last checked, reports since then, and a form to report that it changed. Reports and
 * corrections of this step are visible to every client of the workspace.
 */
export function PathLine({ step }: { step: Step }) {
  const mayReport = useMay('deployment.work');
  const answers = useSession().may('workspace.settings', null);
  const [reporting, setReporting] = useState(false);
  const [answering, setAnswering] = useState<Report | null>(null);
  if (step.where === null) return null;
  const { corrected, reports } = step.path ?? { corrected: null, reports: [] };
  const now = corrected?.path ?? step.where;
  return (
    <div className={classes.path}>
      <p>
        <strong>{now}</strong>
        {step.link === null ? null : (
          <>
            {' '}
            <a href={step.link} target="_blank" rel="noreferrer">
              Open {new URL(step.link).host}
            </a>
          </>
        )}
      </p>
      <p>
        {corrected === null
          ? step.checked === null
            ? 'Menu path not verified against the vendor’s page.'
            : `Menu path ${checkedWords(step.checked, today())}.`
          : `Corrected by an Owner ${dayWords(corrected.on)}. Before: ${step.where}.`}{' '}
        {mayReport ? (
          <button type="button" className={classes.linkLike} onClick={() => setReporting(true)}>
            Path has changed?
          </button>
        ) : null}
      </p>
      {reports.map((report) => (
        <p key={report.id} className={classes.reported}>
          Reported {dayWords(report.on)} as changed: {report.saw}{' '}
          {answers ? (
            <button type="button" className={classes.linkLike} onClick={() => setAnswering(report)}>
              Answer
            </button>
          ) : null}
        </p>
      ))}
      {reporting ? <ReportDialog path={step.where} onClose={() => setReporting(false)} /> : null}
      {answering === null ? null : (
        <AnswerDialog path={step.where} report={answering} onClose={() => setAnswering(null)} />
      )}
    </div>
  );
}

function ReportDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields(
    { saw: '' },
    { saw: (value) => (value.trim().length < 3 ? 'Say what you saw instead.' : null) },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="The menu path has changed"
      submit="Report it"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.paths.report({ client: slug, path, saw: fields.values.saw.trim() });
        await done('Reported. Every client of the workspace sees it on this step.');
        return true;
      }}
    >
      <p>
        Bylaw says: <strong>{path}</strong>
      </p>
      <Textarea
        label="What you saw instead"
        description="Technicians of other clients will see this, so do not name clients or people."
        autosize
        minRows={2}
        maxLength={1000}
        data-autofocus
        {...fields.text('saw')}
      />
    </FormDialog>
  );
}

function AnswerDialog({ path, report, onClose }: { path: string; report: Report; onClose: () => void }) {
  const fields = useFields(
    { corrected: path, note: '' },
    {
      note: (value, all) =>
        value.trim() === '' && (all.corrected.trim() === '' || all.corrected.trim() === path)
          ? 'Change the path above, or say why it is correct.'
          : null,
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Answer the report of a changed path"
      submit="Answer for every client"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const corrected = fields.values.corrected.trim();
        const note = fields.values.note.trim();
        await calls.paths.answer({
          report: report.id,
          version: report.version,
          ...(corrected === '' || corrected === path ? {} : { corrected }),
          ...(note === '' ? {} : { note }),
        });
        await done(
          corrected === path || corrected === ''
            ? 'The path does not change, and the report is closed.'
            : 'Corrected. Every client sees the new path.',
        );
        return true;
      }}
    >
      <p>
        Reported {dayWords(report.on)}: {report.saw}
      </p>
      <TextInput
        label="The path as it is now"
        description="If the report is wrong, leave the path unchanged and say why below."
        maxLength={500}
        data-autofocus
        {...fields.text('corrected')}
      />
      <Textarea label="Note" autosize minRows={2} maxLength={1000} {...fields.text('note')} />
    </FormDialog>
  );
}
