import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { CHANGE_STATE_WORDS } from '../../../../src/domain/labels.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';

type Change = Awaited<ReturnType<typeof calls.changes.list>>['items'][number];

const OPEN: readonly Change['state'][] = ['planned', 'approved', 'applying', 'waiting'];

interface PlannedChangeProps {
  readonly slug: string;
  /** Id of the target system; `subject` is what changes in it. */
  readonly target: string;
  readonly subject: string;
  /** Label of the button and its dialog. */
  readonly act: string;
  /** An optional part of the intent entered as text: its field name and label. */
  readonly asks?: { readonly name: string; readonly label: string };
  /** What the person planning it has to know, such as what cannot be undone. */
  readonly children: ReactNode;
}

/** One change to an external system: plan it, have a second person approve it, carry it out, and see it verified. */
export function PlannedChange({ slug, target, subject, act, asks, children }: PlannedChangeProps) {
  const mayPlan = useMay('charter.edit');
  const mayRead = useMay('charter.read');
  const [planning, setPlanning] = useState(false);
  const load = useQuery({
    ...api.changes.list.queryOptions({ input: { client: slug, target, subject } }),
    enabled: mayRead,
  });
  const newest = load.data?.items[0];
  if (!mayRead) return null;
  return (
    <Stack gap="xs">
      <LoadFailed load={load} what="What was planned could not be loaded." />
      {newest === undefined ? null : <ChangeState slug={slug} change={newest} />}
      {load.data === undefined || !mayPlan || (newest !== undefined && OPEN.includes(newest.state)) ? null : (
        <div>
          <Button size="xs" onClick={() => setPlanning(true)}>
            {act}…
          </Button>
        </div>
      )}
      {planning ? (
        <PlanDialog
          slug={slug}
          target={target}
          subject={subject}
          act={act}
          {...(asks === undefined ? {} : { asks })}
          onClose={() => setPlanning(false)}
        >
          {children}
        </PlanDialog>
      ) : null}
    </Stack>
  );
}

function PlanDialog({
  slug,
  target,
  subject,
  act,
  asks,
  children,
  onClose,
}: PlannedChangeProps & { readonly onClose: () => void }) {
  const fields = useFields({ reason: '', asked: '' }, { reason: needed('Say why.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${act}: ${subject}`}
      submit="Plan it"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const asked = fields.values.asked.trim();
        await calls.changes.plan({
          client: slug,
          target,
          subject,
          reason: fields.values.reason.trim(),
          ...(asks === undefined || asked === '' ? {} : { intent: { [asks.name]: asked } }),
        });
        await done('Planned. Someone else has to approve it.', api.changes.key());
        return true;
      }}
    >
      {children}
      <Textarea
        label="Reason"
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        {...fields.text('reason')}
      />
      {asks === undefined ? null : (
        <Textarea label={asks.label} autosize minRows={1} maxLength={400} {...fields.text('asked')} />
      )}
    </FormDialog>
  );
}

function ChangeState({ slug, change }: { slug: string; change: Change }) {
  const at = { client: slug, change: change.id, version: change.version };
  const said = (text: string) => ({ onSuccess: () => done(text, api.changes.key()), onError: failed });
  const approve = useMutation(api.changes.approve.mutationOptions(said('It is approved.')));
  const carryOut = useMutation(api.changes.carryOut.mutationOptions(said('Recorded.')));
  const verify = useMutation(api.changes.verify.mutationOptions(said('Checked again.')));
  const withdraw = useMutation(api.changes.withdraw.mutationOptions(said('Withdrawn.')));
  const busy = [approve, carryOut, verify, withdraw].some(({ isPending }) => isPending);
  const { may } = change;
  return (
    <>
      <p>
        <strong>{change.title}</strong>. {CHANGE_STATE_WORDS[change.state]}
        {change.state === 'approved' && !change.writes ? ' Follow the steps, then confirm it here.' : ''}
        <span className="second">
          {change.reason} · {change.planned.by}, <When at={change.planned.at} inline />
          {change.approvals.map((one) => (
            <span key={one.at}>
              {' '}
              · approved by {one.by}, <When at={one.at} inline />
            </span>
          ))}
        </span>
      </p>
      {change.receipt === null ? null : (
        <AppLink href={`/c/${slug}/evidence/${change.receipt}`}>The receipt among the evidence</AppLink>
      )}
      {change.lacks.length === 0 ? null : (
        <Notice mark={change.state === 'applying' ? 'pending' : 'fail'}>{change.lacks.join(' ')}</Notice>
      )}
      {may.why === null || change.state !== 'planned' ? null : <p className="muted">{may.why}</p>}
      <Row gap="xs">
        {may.approve ? (
          <Button
            size="xs"
            disabled={busy}
            loading={approve.isPending}
            onClick={() => approve.mutate({ ...at, plan: change.plan })}
          >
            Approve exactly this change
          </Button>
        ) : null}
        {may.carryOut ? (
          <Button size="xs" disabled={busy} loading={carryOut.isPending} onClick={() => carryOut.mutate(at)}>
            {change.writes ? 'Carry it out now' : 'The steps are done'}
          </Button>
        ) : null}
        {change.state === 'waiting' ? (
          <Button size="xs" disabled={busy} loading={verify.isPending} onClick={() => verify.mutate(at)}>
            Check again
          </Button>
        ) : null}
        {may.withdraw ? (
          <Button
            size="xs"
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
// Guide: G6.6-01
