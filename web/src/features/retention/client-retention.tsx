import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { KeepForm } from './keep-form.tsx';
import { keepOf } from './words.ts';

type Retention = Awaited<ReturnType<typeof calls.retention.show>>;

/** How long this client's readings and reports are kept, what was removed last, and its legal hold. */
export function ClientRetention() {
  const { slug } = useClientHere();
  const load = useQuery(api.retention.show.queryOptions({ input: { client: slug } }));
  if (load.error !== null)
    return (
      <Card title="How long things are kept">
        <LoadFailed load={load} what="The settings of retention" />
      </Card>
    );
  if (load.data === undefined) return null;
  return <Shown retention={load.data} slug={slug} />;
}

function Shown({ retention, slug }: { retention: Retention; slug: string }) {
  const { workspace, hold, last, can } = retention;
  const keepingOf = ({ readings, reports }: { readings: string; reports: string }) => ({
    readings: readings === 'workspace' ? workspace.readings : keepOf(readings),
    reports: reports === 'workspace' ? workspace.reports : keepOf(reports),
  });
  const own = (text: string) => (text === 'workspace' ? text : keepOf(text));
  return (
    <Card title="How long things are kept" aside={hold === null ? undefined : 'Legal hold'}>
      <Stack gap="lg">
        {hold === null ? null : (
          <Notice mark="pending">
            Legal hold: nothing belonging to this client is removed by age. {hold.reason} ({hold.by},{' '}
            <When at={hold.at} inline />
            {hold.owner === null ? null : `; ${hold.owner} is responsible for it`}
            {hold.until === null ? null : `; until ${dayWords(hold.until)}`})
          </Notice>
        )}
        <KeepForm
          stored={retention}
          valuesOf={({ own: { readings, reports } }) => ({ readings, reports })}
          keepingOf={keepingOf}
          workspace={workspace}
          preview={({ readings, reports }) =>
            calls.retention.preview({ client: slug, readings: own(readings), reports: own(reports) })
          }
          save={({ readings, reports }, version) =>
            calls.retention.change({ client: slug, version, readings: own(readings), reports: own(reports) })
          }
          mayChange={can.change}
        />
        {last === null ? null : <Last last={last} slug={slug} />}
        <Hold retention={retention} slug={slug} />
      </Stack>
    </Card>
  );
}

function Last({ last, slug }: { last: NonNullable<Retention['last']>; slug: string }) {
  const maySee = useMay('audit.read');
  const record = `record ${last.record} of the audit log`;
  return (
    <p className="muted">
      Last removed on {dayWords(last.on)}: {count(last.readings, 'reading')}, {count(last.files, 'file')},{' '}
      {count(last.reports, 'report')} (
      {maySee ? <Link to={`/c/${slug}/audit` as '/'}>{record}</Link> : record}).
    </p>
  );
}

function Hold({ retention: { hold, can }, slug }: { retention: Retention; slug: string }) {
  const [open, setOpen] = useState(false);
  const fields = useFields(
    { reason: '', owner: '', until: '' },
    { reason: needed('Say why. The reason is recorded in the audit log.') },
  );
  const on = hold !== null;
  if (on ? !can.change : !can.hold) return null;
  const save = async () => {
    if (!fields.check()) return false;
    const input = { client: slug, reason: fields.values.reason.trim() };
    const { owner, until } = fields.values;
    await (on
      ? calls.retention.release(input)
      : calls.retention.hold({ ...input, owner: owner.trim() || null, until: until || null }));
    await queries.invalidateQueries({ queryKey: api.retention.key() });
    fields.reset({ reason: '', owner: '', until: '' });
    toast({ kind: 'done', text: on ? 'The legal hold has ended.' : 'The legal hold is on.' });
    return true;
  };
  return (
    <Stack ruled>
      <p className="muted">
        {on
          ? 'When the hold ends, anything past its retention time is removed at the next daily run.'
          : 'A legal hold stops every removal by age, for a dispute or an inquiry, until it is ended.'}
      </p>
      <Row gap="md">
        <Button onClick={() => setOpen(true)}>{on ? 'End the legal hold…' : 'Put on legal hold…'}</Button>
      </Row>
      <FormDialog
        opened={open}
        onClose={() => setOpen(false)}
        title={on ? 'End the legal hold' : 'Put on legal hold'}
        submit={on ? 'End the hold' : 'Put on hold'}
        onSubmit={save}
      >
        <p>
          {on
            ? 'Anything past its retention time is removed at the next daily run and can be restored only from a backup.'
            : 'Nothing belonging to this client is removed by age until someone ends the hold.'}
        </p>
        <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
        {on ? null : (
          <>
            <TextInput label="Who is responsible" {...fields.text('owner')} />
            <TextInput
              label="Last day"
              description="If empty: until someone ends it."
              type="date"
              {...fields.text('until')}
            />
          </>
        )}
      </FormDialog>
    </Stack>
  );
}
