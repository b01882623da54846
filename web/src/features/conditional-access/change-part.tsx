import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ACCESS_PART_WORDS } from '../../../../src/domain/labels.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { type PolicyState, stateWords, type Template } from './words.ts';

type Change = Awaited<ReturnType<typeof calls.changes.list>>['items'][number];

const STATES: Readonly<Record<Change['state'], string>> = {
  planned: 'Planned. Someone else approves it.',
  approved: 'Approved. Follow the steps, then say so here.',
  applying: 'Being carried out.',
  waiting: 'Carried out. Import the policies again: the change counts once they show it.',
  verified: 'In Entra, as the last import shows.',
  failed: 'Refused. Plan it again.',
  withdrawn: 'Withdrawn.',
};

/** The change of one policy: plan it, approve it, carry it out, and what showed that it is there. */
export function ChangePart({ slug, template }: { slug: string; template: Template }) {
  const edit = useMay('charter.edit');
  const [planning, setPlanning] = useState(false);
  const input = { client: slug, subject: template.id };
  const load = useQuery(api.changes.list.queryOptions({ input }));
  const newest = load.data?.items[0];
  const open = newest !== undefined && ['planned', 'approved', 'applying', 'waiting'].includes(newest.state);
  return (
    <Stack gap="md" ruled>
      <h3>Change</h3>
      <LoadFailed load={load} what="The changes of this policy could not be loaded." />
      {newest === undefined ? null : <ChangeLines slug={slug} change={newest} />}
      {load.data === undefined || open || !edit ? null : (
        <Row>
          <Button onClick={() => setPlanning(true)}>
            Plan a change<span className="hidden-text"> of {template.name}</span>
          </Button>
        </Row>
      )}
      {planning ? <PlanDialog slug={slug} template={template} onClose={() => setPlanning(false)} /> : null}
    </Stack>
  );
}

function ChangeLines({ slug, change }: { slug: string; change: Change }) {
  const at = { client: slug, change: change.id, version: change.version };
  const again = (text: string) => () => done(text, api.changes.key(), api.conditionalAccess.key());
  const approve = useMutation(
    api.changes.approve.mutationOptions({ onSuccess: again('It is approved.'), onError: failed }),
  );
  const carryOut = useMutation(
    api.changes.carryOut.mutationOptions({ onSuccess: again('It is noted.'), onError: failed }),
  );
  const verify = useMutation(
    api.changes.verify.mutationOptions({ onSuccess: again('It was looked at.'), onError: failed }),
  );
  const withdraw = useMutation(
    api.changes.withdraw.mutationOptions({ onSuccess: again('It is withdrawn.'), onError: failed }),
  );
  const undo = useMutation(
    api.changes.undo.mutationOptions({ onSuccess: again('Taking it back is planned.'), onError: failed }),
  );
  const busy = [approve, carryOut, verify, withdraw, undo].some(({ isPending }) => isPending);
  const { may } = change;
  return (
    <>
      <p>
        <strong>{change.title}</strong>. {STATES[change.state]}
      </p>
      <Facts
        facts={[
          ['Reason', change.reason],
          [
            'Planned',
            <span key="planned">
              {change.planned.by}, <When at={change.planned.at} inline />
            </span>,
          ],
          ...change.approvals.map(
            (one) =>
              [
                'Approved',
                <span key={one.at}>
                  {one.by}, <When at={one.at} inline />
                </span>,
              ] as const,
          ),
          ...(change.applied === null
            ? []
            : [
                [
                  'Carried out',
                  <span key="applied">
                    {change.applied.by}, <When at={change.applied.at} inline />
                  </span>,
                ] as const,
              ]),
          ...(change.receipt === null
            ? []
            : [
                [
                  'Receipt',
                  <AppLink key="receipt" href={`/c/${slug}/evidence/${change.receipt}`}>
                    Among the evidence
                  </AppLink>,
                ] as const,
              ]),
          ['Measured', measuredWords(change.measured)],
        ]}
      />
      {change.lacks.length === 0 ? null : (
        <VerdictMark state="fail">
          The last import does not show it: {change.lacks.map(lackWords).join(', ')}.
        </VerdictMark>
      )}
      {may.why === null || change.state !== 'planned' ? null : <p className="muted">{may.why}</p>}
      <Row>
        {may.approve ? (
          <Button
            variant="filled"
            disabled={busy}
            onClick={() => approve.mutate({ ...at, plan: change.plan })}
          >
            Approve exactly this
          </Button>
        ) : null}
        {may.carryOut ? (
          <Button variant="filled" disabled={busy} onClick={() => carryOut.mutate(at)}>
            The steps are done
          </Button>
        ) : null}
        {change.state === 'waiting' ? (
          <Button disabled={busy} onClick={() => verify.mutate(at)}>
            Look again
          </Button>
        ) : null}
        {may.undo ? (
          <Button
            disabled={busy}
            onClick={() =>
              undo.mutate({ client: slug, change: change.id, reason: `Takes back: ${change.title}` })
            }
          >
            Plan to take it back
          </Button>
        ) : null}
        {may.withdraw ? (
          <Button disabled={busy} onClick={() => withdraw.mutate({ ...at, reason: 'Withdrawn on its page' })}>
            Withdraw
          </Button>
        ) : null}
      </Row>
    </>
  );
}

function lackWords(what: string): string {
  return what in ACCESS_PART_WORDS
    ? ACCESS_PART_WORDS[what as keyof typeof ACCESS_PART_WORDS].toLowerCase()
    : what;
}

function measuredWords(measured: unknown): string {
  const found = measured as { people?: number; signIns?: number; what?: string; unclear?: number } | null;
  if (typeof found?.people !== 'number')
    return 'Not known: no sign-ins were read, or they do not record what this policy checks.';
  const whom = found.people === 0 ? 'nobody' : count(found.people, 'person', 'people');
  const unclear = found.unclear ? ` ${count(found.unclear, 'sign-in')} did not record what decides.` : '';
  return `Of ${count(found.signIns ?? 0, 'sign-in')} it would have ${found.what === 'blocked' ? 'blocked' : 'asked for another proof from'} ${whom}.${unclear}`;
}

const CHOICES: readonly PolicyState[] = ['enabledForReportingButNotEnforced', 'enabled', 'disabled'];

function PlanDialog(props: { slug: string; template: Template; onClose: () => void }) {
  const { slug, template, onClose } = props;
  const { made } = template;
  const fields = useFields(
    {
      state: (made?.state === 'enabledForReportingButNotEnforced' ? 'enabled' : CHOICES[0]) as string,
      early: '',
      reason: '',
    },
    { reason: needed('Say why.') },
  );
  const early = fields.values.state === 'enabled' && made?.state !== 'enabled';
  const submit = async () => {
    if (!fields.check()) return false;
    const { state, reason } = fields.values;
    await calls.changes.plan({
      client: slug,
      target: 'conditional_access',
      subject: template.id,
      intent: {
        state,
        ...(early && fields.values.early.trim() !== '' ? { early: fields.values.early.trim() } : {}),
      },
      reason: reason.trim(),
    });
    await done('It is planned. Someone else approves it.', api.changes.key());
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title={`Plan: ${template.name}`} submit="Plan it" onSubmit={submit}>
      <Stack>
        <NativeSelect
          label="Bring it to"
          {...fields.text('state')}
          data={(made === null ? CHOICES.slice(0, 1) : CHOICES).map((value) => ({
            value,
            label: stateWords(value),
          }))}
        />
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
        {early ? (
          <Textarea
            label="Why before report-only has ended"
            description="Leave it empty where the day has come."
            autosize
            minRows={1}
            maxLength={400}
            {...fields.text('early')}
          />
        ) : null}
      </Stack>
    </FormDialog>
  );
}
