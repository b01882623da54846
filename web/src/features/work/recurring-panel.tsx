import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { checkedWords, dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { Notice } from '../../ui/states.tsx';
import { today } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { Sources } from '../controls/control-parts.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { ActionsPart } from './actions-part.tsx';
import { RemindButton, Reminded } from './remind.tsx';
import { AREA_WORDS, type ClientWork, type Recurring } from './words.ts';
import classes from './work.module.css';

interface RecurringPanelProps {
  readonly task: Recurring;
  readonly may: ClientWork['may'];
  readonly onOpen: (dialog: 'schedule' | 'done') => void;
  readonly onClose: () => void;
}

/** One recurring task: who does it and when, its steps, the evidence that it is kept up, and its history. */
export function RecurringPanel({ task, may, onOpen, onClose }: RecurringPanelProps) {
  const { slug } = useClientHere();
  const { person } = useSession();
  const undecided = task.active === null;
  return (
    <SidePanel
      title={task.title}
      onClose={onClose}
      actions={
        may.edit ? (
          <>
            <Button variant={undecided ? 'filled' : 'default'} onClick={() => onOpen('schedule')}>
              {undecided ? 'Decide who and when' : 'Change'}
            </Button>
            {task.active === true && task.owner !== null && task.owner.mail !== person.email ? (
              <RemindButton item={`recurring:${task.id}`} owner={task.owner} />
            ) : null}
            <Button variant={undecided ? 'default' : 'filled'} onClick={() => onOpen('done')}>
              Mark as done
            </Button>
          </>
        ) : undefined
      }
    >
      <Stack>
        <p className="reading">{task.why}</p>
        {task.led ? (
          <p>
            You are guided through it question by question under{' '}
            <AppLink href={`/c/${slug}/reviews`}>Reviews</AppLink>.
          </p>
        ) : null}
        {undecided ? (
          <Notice mark="pending">No one has decided who does this here or when.</Notice>
        ) : task.active === false ? (
          <Notice>It is skipped here: {task.reason}</Notice>
        ) : null}
        {task.owner?.access === false ? (
          <Notice mark="fail">{task.owner.name} can no longer open this client. Name someone else.</Notice>
        ) : null}
        <Facts
          facts={[
            [
              'Repeats',
              `${task.every}${task.months === null ? '' : `; the guide says every ${task.everyMonths === 1 ? 'month' : `${task.everyMonths} months`}`}`,
            ],
            ...(task.active === true && task.reason !== null ? [['Because', task.reason] as const] : []),
            ['According to the guide', `${task.who}, about ${task.minutes} minutes`],
            ['Owner', task.owner === null ? 'Unassigned' : ownerWords(task.owner)],
            [
              'Next',
              task.due === null ? (
                'No day'
              ) : (
                <span key="due" className={task.late ? 'late' : undefined}>
                  {task.late ? 'Was due ' : ''}
                  {dayWords(task.due)}
                </span>
              ),
            ],
            ...(task.changed === null
              ? []
              : [
                  [
                    'Set by',
                    <span key="by">
                      {task.changed.by}, <When at={task.changed.at} inline />
                    </span>,
                  ] as const,
                ]),
          ]}
        />
        <Reminded reminded={task.reminded} />
        {task.looser ? (
          <Notice>
            This is less often than the guide says. The controls below still use the guide’s interval unless
            the charter says otherwise.
          </Notice>
        ) : null}
        {task.confirms ? <ActionsPart slug={slug} task={task} /> : null}
        <Proof slug={slug} task={task} />
        <Stack as="section">
          <h3 className="heading">How</h3>
          <Stack as="ol" gap="xs" bullets>
            {task.steps.map((step) => (
              <li key={step.do}>
                {step.do}
                {step.where === null ? null : (
                  <span className="second">
                    {step.where}
                    {step.checked === null ? '' : `, ${checkedWords(step.checked, today())}`}
                  </span>
                )}
              </li>
            ))}
          </Stack>
          {task.sources.length === 0 ? null : <Sources sources={sourcesOf(task)} />}
        </Stack>
        <Records task={task} slug={slug} mayEdit={may.edit} />
      </Stack>
    </SidePanel>
  );
}

function ownerWords({ name, mail }: NonNullable<Recurring['owner']>): string {
  return mail === null || mail === name ? name : `${name} (${mail})`;
}

function sourcesOf({ sources }: Recurring) {
  return sources.map((source) => ({ ...source, host: new URL(source.url).host }));
}

/** The controls behind a task. Recording it as done does not change their verdicts; only evidence does. */
function Proof({ slug, task }: { slug: string; task: Recurring }) {
  return (
    <Stack as="section">
      <h3 className="heading">Evidence that it is done</h3>
      <ul className={classes.list}>
        {task.proof.map(({ control, short, title, state, reason }) => (
          <li key={control}>
            {state === null ? null : <VerdictMark state={state} />}{' '}
            <AppLink href={`/c/${slug}/controls/${short}`}>
              {short} {title}
            </AppLink>
            {reason === null ? null : <span className="second">{reason}</span>}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function Records({ task, slug, mayEdit }: { task: Recurring; slug: string; mayEdit: boolean }) {
  const [taken, setTaken] = useState<Recurring['records'][number] | null>(null);
  return (
    <Stack as="section">
      <h3 className="heading">What was done</h3>
      {task.records.length === 0 ? (
        <p className="muted">Nothing recorded yet.</p>
      ) : (
        <ul className={classes.list}>
          {task.records.map((record) => (
            <li key={record.id} className={classes.record}>
              <span>
                <strong>{dayWords(record.on)}</strong> by {record.by}
                {record.areas.length === 0
                  ? ''
                  : `: ${record.areas.map((area) => AREA_WORDS[area].toLowerCase()).join(', ')}`}
              </span>
              <span className="wraps">{record.note}</span>
              {record.evidence.map(({ sha256, name }) => (
                <AppLink key={sha256} href={`/c/${slug}/evidence/${sha256}`}>
                  {name ?? `${sha256.slice(0, 12)}…`}
                </AppLink>
              ))}
              <span className="muted">{countsWords(task, record)}</span>
              {record.withdrawn !== null || !mayEdit ? null : (
                <div>
                  <Button size="xs" onClick={() => setTaken(record)}>
                    Withdraw<span className="hidden-text"> the record of {dayWords(record.on)}</span>…
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {taken === null ? null : (
        <WithdrawDialog key={taken.id} record={taken} slug={slug} onClose={() => setTaken(null)} />
      )}
    </Stack>
  );
}

function countsWords(
  { review }: Recurring,
  { withdrawn, counts, evidence }: Recurring['records'][number],
): string {
  if (withdrawn !== null) return `Withdrawn by ${withdrawn.by}: ${withdrawn.reason}`;
  if (review === null) return 'On record. The controls above are decided by what is read.';
  if (counts) return 'It counts as a review.';
  return evidence.length === 0
    ? 'It does not count for any control: it has no evidence.'
    : 'It does not count for any control: it does not say what was reviewed.';
}

interface WithdrawDialogProps {
  readonly record: Recurring['records'][number];
  readonly slug: string;
  readonly onClose: () => void;
}

function WithdrawDialog({ record, slug, onClose }: WithdrawDialogProps) {
  const fields = useFields({ reason: '' }, { reason: needed('Briefly say why.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Withdraw a record"
      submit="Withdraw it"
      final
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.work.withdraw({ client: slug, record: record.id, reason: fields.values.reason.trim() });
        await done('Withdrawn. It stays on the record with the reason but no longer counts.');
        return true;
      }}
    >
      <p>
        The record of {dayWords(record.on)} by {record.by}: {record.note}
      </p>
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
    </FormDialog>
  );
}
