import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { today } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';

type Change = Awaited<ReturnType<typeof calls.changes.list>>['items'][number];

const TARGET = 'access_exclusion';

/** People temporarily excluded from policies, and the reading that shows that the exclusion has ended. */
export function ExclusionsCard({ slug }: { slug: string }) {
  const edit = useMay('charter.edit');
  const [adding, setAdding] = useState(false);
  const load = useQuery(api.changes.list.queryOptions({ input: { client: slug, target: TARGET } }));
  const items = load.data?.items ?? [];
  const shown = items.filter(
    ({ undoes, undone, ended, applied, state, until }) =>
      undoes === null &&
      !undone &&
      (ended ||
        state === 'approved' ||
        (applied !== null && (state !== 'failed' || (until ?? '') >= today()))),
  );
  return (
    <Card title="Temporary exclusions" flush>
      <Stack gap="sm" className="pad">
        <p className="measure">
          For a vacation or a broken phone: someone enters who, why and until when. The exclusion is removed
          after that day, and the next reading shows it.
        </p>
        <LoadFailed load={load} what="The list of excluded people could not be loaded." />
        {load.data !== undefined && shown.length === 0 ? <p className="muted">No one is excluded.</p> : null}
        {edit ? (
          <Row>
            <Button onClick={() => setAdding(true)}>Exclude someone…</Button>
          </Row>
        ) : null}
      </Stack>
      {shown.length === 0 ? null : (
        <Lines label="Excluded people">
          {shown.map((one) => (
            <Exclusion
              key={one.id}
              slug={slug}
              change={one}
              back={items.find(({ undoes }) => undoes === one.id)}
            />
          ))}
        </Lines>
      )}
      {adding ? <ExclusionDialog slug={slug} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function Exclusion({ slug, change, back }: { slug: string; change: Change; back: Change | undefined }) {
  const settle = (text: string) => () => done(text, api.changes.key(), api.conditionalAccess.key());
  const end = useMutation({
    mutationFn: async () => {
      const planned = await calls.changes.undo({
        client: slug,
        change: change.id,
        reason: 'It is no longer needed',
      });
      if (planned.writes)
        await calls.changes.carryOut({ client: slug, change: planned.id, version: planned.version });
    },
    onSuccess: settle('It is being reversed.'),
    onError: failed,
  });
  const carryOut = useMutation({
    mutationFn: (of: Change) => calls.changes.carryOut({ client: slug, change: of.id, version: of.version }),
    onSuccess: settle('Recorded.'),
    onError: failed,
  });
  const current = back === undefined || ['failed', 'withdrawn'].includes(back.state) ? change : back;
  const lacks = [...change.lacks, ...(back?.lacks ?? [])];
  return (
    <Line head={<h3>{personOf(change)}</h3>}>
      <Stack gap="xs">
        <VerdictMark state={change.ended ? 'fail' : 'pending'}>{stateOf(change, back)}</VerdictMark>
        <p>
          {change.reason}. Entered by {change.planned.by}, until {dayWords(change.until ?? '')}. Excluded from{' '}
          {change.steps.map(({ name }) => `“${name}”`).join(', ')}.
        </p>
        {lacks.map((one) => (
          <p key={one}>{one}</p>
        ))}
        {current.state === 'approved' && !current.writes ? (
          <ul>
            {current.steps.map(({ name, what, body }) => (
              <li key={name}>
                Conditional Access &gt; Policies &gt; “{name}” &gt; Users &gt; Exclude:{' '}
                {what === 'leave_out' ? 'add' : 'remove'} {(body as { person: string }).person}, and save.
              </li>
            ))}
          </ul>
        ) : null}
        <Row>
          {current.may.carryOut ? (
            <Button loading={carryOut.isPending} onClick={() => carryOut.mutate(current)}>
              {current.writes ? 'Carry it out' : 'The steps are done'}
            </Button>
          ) : null}
          {current === change && change.may.undo ? (
            <Button loading={end.isPending} onClick={() => end.mutate()}>
              Reverse now<span className="hidden-text">: {change.title}</span>
            </Button>
          ) : null}
        </Row>
      </Stack>
    </Line>
  );
}

function personOf({ steps, subject }: Change): string {
  return (steps[0]?.body as { person?: string } | undefined)?.person ?? subject;
}

function stateOf(change: Change, back: Change | undefined): string {
  if (change.ended)
    return `It was supposed to end after ${dayWords(change.until ?? '')}, but nothing shows that it did`;
  if (back !== undefined && back.state !== 'failed') return 'Being reversed';
  if (change.state === 'verified') return 'Excluded, as the last reading shows';
  if (change.state === 'failed') return 'Refused';
  return change.state === 'approved' ? 'Not carried out yet' : 'Waiting for a reading that shows it';
}

function ExclusionDialog({ slug, onClose }: { slug: string; onClose: () => void }) {
  const fields = useFields(
    { person: '', reason: '', until: '' },
    {
      person: needed('Enter the person’s address.'),
      reason: needed('Say why.'),
      until: needed('Enter the last day.'),
    },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const { person, reason, until } = fields.values;
    const planned = await calls.changes.plan({
      client: slug,
      target: TARGET,
      subject: person.trim(),
      reason: reason.trim(),
      until,
    });
    if (planned.writes)
      await calls.changes.carryOut({ client: slug, change: planned.id, version: planned.version });
    await done(
      planned.writes ? 'The person is being excluded.' : 'Follow the steps, then confirm it.',
      api.changes.key(),
      api.conditionalAccess.key(),
    );
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title="Exclude someone" submit="Exclude" onSubmit={submit}>
      <Stack>
        <TextInput
          label="Person"
          description="The address they sign in with. They are excluded from every policy from the guide that is on."
          {...fields.text('person')}
        />
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
        <TextInput
          type="date"
          label="Last day"
          description="At most 30 days from today. The exclusion is removed after this day."
          {...fields.text('until')}
        />
      </Stack>
    </FormDialog>
  );
}
