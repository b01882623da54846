import { Button } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { PersonChange } from '../changes/person-change.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { AgreeDialog } from './dialogs.tsx';
import { MeansList } from './means-list.tsx';
import { PermissionsList } from './permissions-list.tsx';
import { StepForm } from './step-form.tsx';
import { type Field, type Incident, type Step, stepStatus } from './words.ts';

/** The row of the guide whose step adds a pattern for credentials. */
const CREDENTIAL_PATTERN = 'G7.2-16';

interface StepCardProps {
  readonly incident: Incident;
  readonly step: Step;
  readonly number: number;
  /** Initially expanded. */
  readonly opened: boolean;
}

/** One step: what to do and by when, the answers, and the evidence that it worked. */
export function StepCard({ incident, step, number, opened }: StepCardProps) {
  const stand = stepStatus(step);
  return (
    <Card>
      <Fold
        open={opened}
        summary={
          <>
            <span className="medium">
              {number}. {step.title}
            </span>{' '}
            <VerdictMark state={stand.state}>{stand.words}</VerdictMark>
            {step.settled ? null : (
              <span className={step.overdue ? 'late small' : 'muted small'}>
                {' '}
                Due <When at={step.due} inline />
              </span>
            )}
          </>
        }
      >
        <StepBody incident={incident} step={step} />
      </Fold>
    </Card>
  );
}

function StepBody({ incident, step }: Pick<StepCardProps, 'incident' | 'step'>) {
  const { slug } = useClientHere();
  const [changing, setChanging] = useState(false);
  const may = incident.may.lead && incident.state === 'open' && !step.hidden;
  const edits = may && (step.state === 'open' || changing);
  return (
    <Stack gap="md">
      <h2 className="hidden-text">{step.title}</h2>
      <p className="muted small">
        {step.owner === null ? `${step.who}, by the playbook` : step.owner.name}. To be done {step.within} of
        being noticed.
      </p>
      {step.how.length === 0 ? null : (
        <ol aria-label="How">
          {step.how.map((one) => (
            <li key={one.do}>
              {one.link === null ? (
                one.do
              ) : (
                <a href={one.link} target="_blank" rel="noreferrer">
                  {one.do}
                </a>
              )}
              {one.where === null ? null : (
                <span className="muted small">
                  {' '}
                  {one.where}
                  {one.checked === null ? '' : `, as of ${dayWords(one.checked)}`}
                </span>
              )}
              {one.possible === 'yes' ? null : (
                <span className="muted small"> If your license includes it, which is not known.</span>
              )}
            </li>
          ))}
        </ol>
      )}
      {may && step.guide.includes(CREDENTIAL_PATTERN) ? (
        <AppLink href={`/c/${slug}/connectors/data-loss-prevention?incident=${incident.id}`}>
          Add a pattern, and try it on a made-up sample
        </AppLink>
      ) : null}
      <Containments slug={slug} step={step} />
      {step.means === null ? null : <MeansList means={step.means} />}
      {step.permissions === null ? null : (
        <PermissionsList incident={incident} step={step} permissions={step.permissions} />
      )}
      {step.blind === null ? null : <Notice>{step.blind}</Notice>}
      {step.draft === null ? null : (
        <CopyText label="Draft of the notice" text={step.draft}>
          Counsel decides whether it is sent, to whom and how it is worded.
        </CopyText>
      )}
      {step.waits.length === 0 ? null : (
        <Notice mark="pending">Settle first: {step.waits.join('; ')}.</Notice>
      )}
      {step.hidden ? (
        <Notice>Answers are shown only to people working on this incident.</Notice>
      ) : edits ? (
        <StepForm incident={incident} step={step} onDone={() => setChanging(false)} />
      ) : (
        <Answered slug={slug} step={step} />
      )}
      {step.proof === null || step.state !== 'done' ? null : (
        <div>
          <VerdictMark state={stepStatus(step).state}>{stepStatus(step).words}</VerdictMark>
          {step.proof.word === null ? null : (
            <p className="small">It rests on the word of {step.proof.word}.</p>
          )}
          {step.proof.words.map((one) => (
            <p key={one} className="small">
              {one}
            </p>
          ))}
        </div>
      )}
      {step.state === 'open' || step.gaps.length === 0 ? null : (
        <ul aria-label="What is missing">
          {step.gaps.map((gap) => (
            <li key={gap.words}>{gap.words}</li>
          ))}
        </ul>
      )}
      {edits || !may ? null : (
        <ChangeStep incident={incident} step={step} onChange={() => setChanging(true)} />
      )}
    </Stack>
  );
}

/** Changes to external systems that contain the incident: planned here, approved by others, shown by a reading. */
function Containments({ slug, step }: { slug: string; step: Step }) {
  if (!useMay('charter.read')) return null;
  return step.changes.map(({ target, subject }) => (
    <PersonChange key={target} slug={slug} target={target} subject={subject} />
  ));
}

/** The answers, read-only. */
function Answered({ slug, step }: { slug: string; step: Step }) {
  const given = step.fields.filter(({ id }) => step.answers[id] !== undefined);
  return (
    <Stack gap="sm">
      {step.reason === null ? null : <p>Skipped: {step.reason}</p>}
      <Answers fields={given} answers={step.answers} />
      {step.entries === null ? null : step.list.length === 0 ? (
        step.none ? (
          <p>Stated: there is no {step.entries.noun}.</p>
        ) : null
      ) : (
        <ol aria-label={step.entries.noun}>
          {step.list.map((entry, at) => (
            <li key={at}>
              <Answers fields={step.entries?.fields ?? []} answers={entry} />
            </li>
          ))}
        </ol>
      )}
      {step.lessons.map((one) => (
        <p key={one.text}>
          {one.text}{' '}
          {one.draft === null ? null : (
            <AppLink href={`/c/${slug}/charter/${one.draft}`}>Draft of the charter</AppLink>
          )}{' '}
          {one.control === null ? null : (
            <AppLink href={`/c/${slug}/controls/${one.control.replace('CLA-', '')}`}>
              {one.control.replace('CLA-', '')}
            </AppLink>
          )}
        </p>
      ))}
      {step.files.length === 0 ? null : (
        <ul aria-label="Files">
          {step.files.map(({ sha256, name }) => (
            <li key={sha256}>
              <AppLink href={`/c/${slug}/evidence/${sha256}`}>{name}</AppLink>
            </li>
          ))}
        </ul>
      )}
      {step.done === null ? null : (
        <p className="muted small">
          {step.done.by}, <When at={step.done.at} inline />
          {step.took === null ? '' : `, ${step.took} after it was noticed`}
        </p>
      )}
    </Stack>
  );
}

function Answers({
  fields,
  answers,
}: {
  fields: readonly Field[];
  answers: Readonly<Record<string, string>>;
}) {
  return (
    <dl>
      {fields
        .filter(({ id }) => answers[id] !== undefined)
        .map((field) => (
          <div key={field.id}>
            <dt className="muted small">{field.asks}</dt>
            <dd>{shown(field, answers[field.id] ?? '')}</dd>
          </div>
        ))}
    </dl>
  );
}

function shown(field: Field, answer: string): React.ReactNode {
  if (field.kind === 'choice') return field.options.find(({ id }) => id === answer)?.words ?? answer;
  if (field.kind === 'day') return dayWords(answer);
  return field.kind === 'instant' ? <When at={answer} inline /> : answer;
}

interface ChangeProps {
  readonly incident: Incident;
  readonly step: Step;
  readonly onChange: () => void;
}

function ChangeStep({ incident, step, onChange }: ChangeProps) {
  const [agreeing, setAgreeing] = useState(false);
  return (
    <Row gap="sm">
      <Button size="xs" onClick={onChange}>
        Change it<span className="hidden-text">: {step.title}</span>
      </Button>
      {step.state === 'leave_out_asked' && incident.may.close ? (
        <Button size="xs" onClick={() => setAgreeing(true)}>
          Agree to skip it…
        </Button>
      ) : null}
      {agreeing ? <AgreeDialog incident={incident} step={step} onClose={() => setAgreeing(false)} /> : null}
    </Row>
  );
}
