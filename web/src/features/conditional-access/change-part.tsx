import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ACCESS_PART_WORDS, CHANGE_STATE_WORDS } from '../../../../src/domain/labels.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import { type Access, type PolicyState, type Template, valueWords } from './words.ts';

export type Change = Awaited<ReturnType<typeof calls.changes.list>>['items'][number];

/** The change to one policy: plan it, approve it, carry it out, and the reading that shows its effect. */
export function ChangePart(props: {
  slug: string;
  data: Access;
  template: Template;
  /** Buttons beside the one that plans a change. */
  children: ReactNode;
}) {
  const { slug, data, template } = props;
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
      {newest === undefined ? null : (
        <ChangeLines slug={slug} change={newest} measured={measuredWords(newest.measured)} />
      )}
      <Row>
        {load.data === undefined || open || !edit ? null : (
          <Button onClick={() => setPlanning(true)}>
            Plan a change<span className="hidden-text"> of {template.name}</span>
          </Button>
        )}
        {props.children}
      </Row>
      {planning ? (
        <PlanDialog slug={slug} data={data} template={template} onClose={() => setPlanning(false)} />
      ) : null}
    </Stack>
  );
}

/** All details of one change, and the actions that the viewer may take. */
export function ChangeLines(props: {
  slug: string;
  change: Change;
  /** The measurement shown to the approver; null: nothing was measured. */
  measured: string | null;
}) {
  const { slug, change, measured } = props;
  const at = { client: slug, change: change.id, version: change.version };
  const again = (text: string) => () =>
    done(text, api.changes.key(), api.conditionalAccess.key(), api.microsoftConnector.key());
  const approve = useMutation(
    api.changes.approve.mutationOptions({ onSuccess: again('It is approved.'), onError: failed }),
  );
  const carryOut = useMutation(
    api.changes.carryOut.mutationOptions({ onSuccess: again('Recorded.'), onError: failed }),
  );
  const verify = useMutation(
    api.changes.verify.mutationOptions({ onSuccess: again('Checked again.'), onError: failed }),
  );
  const withdraw = useMutation(
    api.changes.withdraw.mutationOptions({ onSuccess: again('Withdrawn.'), onError: failed }),
  );
  const undo = useMutation({
    mutationFn: async () => {
      const planned = await calls.changes.undo({
        client: slug,
        change: change.id,
        reason: `Reverses: ${change.title}`,
      });
      if (change.atOnce && planned.writes)
        await calls.changes.carryOut({ client: slug, change: planned.id, version: planned.version });
    },
    onSuccess: again(change.atOnce ? 'It is being reversed.' : 'Its reversal is planned.'),
    onError: failed,
  });
  const busy = [approve, carryOut, verify, withdraw, undo].some(({ isPending }) => isPending);
  const { may } = change;
  return (
    <>
      <p>
        <strong>{change.title}</strong>. {CHANGE_STATE_WORDS[change.state]}
        {change.state === 'approved' && !change.writes ? ' Follow the steps, then confirm it here.' : ''}
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
          ...(measured === null ? [] : [['Measured', measured] as const]),
        ]}
      />
      <Before steps={change.steps} />
      {change.lacks.length === 0 ? null : (
        <VerdictMark state={change.state === 'applying' ? 'pending' : 'fail'}>
          {change.state === 'applying'
            ? change.lacks.join(' ')
            : change.state === 'failed'
              ? `Not done. ${change.lacks.join(' ')}`
              : `The last reading does not show it: ${change.lacks.map(lackWords).join(', ')}.`}
        </VerdictMark>
      )}
      {may.why === null || change.state !== 'planned' ? null : <p className="muted">{may.why}</p>}
      <Row>
        {may.approve ? (
          <Button
            variant="filled"
            disabled={busy}
            loading={approve.isPending}
            onClick={() => approve.mutate({ ...at, plan: change.plan })}
          >
            Approve exactly this change
          </Button>
        ) : null}
        {may.carryOut ? (
          <Button
            variant="filled"
            disabled={busy}
            loading={carryOut.isPending}
            onClick={() => carryOut.mutate(at)}
          >
            {change.writes ? 'Carry it out in Entra' : 'The steps are done'}
          </Button>
        ) : null}
        {change.state === 'waiting' ? (
          <Button disabled={busy} loading={verify.isPending} onClick={() => verify.mutate(at)}>
            Check again
          </Button>
        ) : null}
        {may.undo ? (
          <Button disabled={busy} loading={undo.isPending} onClick={() => undo.mutate()}>
            {change.atOnce ? 'Return to report-only' : 'Plan to reverse it'}
          </Button>
        ) : null}
        {may.withdraw ? (
          <Button
            disabled={busy}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ ...at, reason: 'Withdrawn on its page' })}
          >
            Withdraw
          </Button>
        ) : null}
      </Row>
    </>
  );
}

interface PolicyBefore {
  readonly policy?: { readonly name: string; readonly state: PolicyState | null };
  readonly differences?: readonly {
    readonly part: keyof typeof ACCESS_PART_WORDS;
    readonly missing: readonly string[];
    readonly added: readonly string[];
  }[];
}

/** Previous values of the settings that the steps change; no other setting is changed. */
function Before({ steps }: Pick<Change, 'steps'>) {
  const rows = steps.flatMap(({ name, before }) =>
    ((before as PolicyBefore | null)?.differences ?? []).map((one) => ({ name, ...one })),
  );
  if (rows.length === 0) return null;
  return (
    <PlainTable
      label="What it changes"
      rows={rows}
      rowId={(row) => `${row.name} ${row.part}`}
      columns={[
        { head: 'Part', cell: (row) => ACCESS_PART_WORDS[row.part] },
        {
          head: 'Before',
          cell: (row) => row.added.map((value) => valueWords(value, {})).join(', ') || 'nothing',
        },
        {
          head: 'After',
          cell: (row) => row.missing.map((value) => valueWords(value, {})).join(', ') || 'nothing',
        },
      ]}
    />
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
  const unclear = found.unclear
    ? ` ${count(found.unclear, 'sign-in')} did not record the deciding detail.`
    : '';
  return `Of ${count(found.signIns ?? 0, 'sign-in')} it would have ${found.what === 'blocked' ? 'blocked' : 'asked for further proof from'} ${whom}.${unclear}`;
}
