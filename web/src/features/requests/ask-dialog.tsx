import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DATA_WORDS, WRITES, WRITES_WORDS } from '../../../../src/domain/requests/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useDelayed } from '../../ui/measure.ts';
import { Notice } from '../../ui/states.tsx';
import classes from './requests.module.css';
import type { Mine } from './words.ts';

type Kind = Mine['items'][number]['data'][number];
const OTHER = 'other';
const KINDS = Object.keys(DATA_WORDS) as Kind[];

/** Requests a connector. Existing approvals and requests are shown as soon as the connector is selected. */
export function AskDialog(props: { mine: Mine; department: string; onClose: () => void }) {
  const { mine, onClose } = props;
  const { slug } = useClientHere();
  const [data, setData] = useState<ReadonlySet<Kind>>(new Set());
  const fields = useFields(
    {
      entry: '',
      name: '',
      url: '',
      purpose: '',
      department: props.department,
      people: '',
      writes: '',
      until: '',
      again: false,
    },
    {
      entry: needed('Choose a connector, or another one.'),
      name: (value, all) => (all.entry === OTHER && value.trim() === '' ? 'Enter its name.' : null),
      purpose: needed('Say what it is for.'),
      people: needed('Say who would use it.'),
      writes: needed('Choose one; “not known” is fine.'),
      until: (value) =>
        value === ''
          ? 'Choose the last day you need it.'
          : value < mine.today
            ? `That day has passed. Today is ${dayWords(mine.today)}.`
            : value > mine.latest
              ? `${dayWords(mine.latest)} at the latest.`
              : null,
    },
  );
  const { entry, name, url } = fields.values;
  const other = entry === OTHER;
  const wanted = other ? { name: name.trim() } : { entry };
  const settled = useDelayed(other && name.trim() !== '', 300) || !other;
  const status = useQuery({
    ...api.requests.status.queryOptions({ input: { client: slug, ...wanted }, retry: false }),
    enabled: entry !== '' && settled && (!other || name.trim() !== ''),
  });
  const approved = status.data?.approved != null && status.data.waiting === null;
  const toggle = (kind: Kind, on: boolean) => {
    const next = new Set(data);
    if (on) next.add(kind);
    else next.delete(kind);
    setData(next);
  };
  const submit = async () => {
    if (!fields.check()) return false;
    if (data.size === 0) throw new Error('Choose the kinds of data, or that you do not know.');
    const { purpose, department, people, writes, until, again } = fields.values;
    const created = await calls.requests.ask({
      client: slug,
      ...wanted,
      ...(other && url.trim() !== '' ? { url: url.trim() } : {}),
      purpose: purpose.trim(),
      data: [...data],
      people: people.trim(),
      ...(department.trim() === '' ? {} : { department: department.trim() }),
      writes: WRITES.find((one) => one === writes) ?? 'not_known',
      until,
      again,
    });
    await done(`Requested ${created.name}. Nothing changes until someone decides.`, api.requests.key());
    onClose();
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Request a connector"
      submit="Request the connector"
      onSubmit={submit}
    >
      <Stack>
        <NativeSelect
          label="Connector"
          data={[
            { value: '', label: 'Choose a connector' },
            ...mine.connectors.map((one) => ({ value: one.id, label: one.name })),
            { value: OTHER, label: 'Another one' },
          ]}
          {...fields.text('entry')}
        />
        {other ? (
          <>
            <TextInput label="Name" maxLength={200} {...fields.text('name')} />
            <TextInput
              label="Address of the server (optional)"
              description="https://… without a password or key; none is needed here."
              maxLength={500}
              {...fields.text('url')}
            />
          </>
        ) : null}
        {status.data?.words == null ? null : (
          <Notice mark={status.data.waiting === null ? 'info' : 'pending'}>{status.data.words}</Notice>
        )}
        {approved ? (
          <Checkbox
            label="Request it again anyway: for longer, or for something else"
            {...fields.box('again')}
          />
        ) : null}
        <Textarea label="What it is for" autosize minRows={2} maxLength={2000} {...fields.text('purpose')} />
        <fieldset className={classes.kinds}>
          <legend>Kinds of data</legend>
          {KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={DATA_WORDS[kind]}
              checked={data.has(kind)}
              onChange={(event) => toggle(kind, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
        <NativeSelect
          label="What Claude would do there"
          data={[
            { value: '', label: 'Choose one' },
            ...WRITES.map((value) => ({ value, label: WRITES_WORDS[value] })),
          ]}
          {...fields.text('writes')}
        />
        <TextInput
          label="Department (optional)"
          description="If another department has already requested it, yours is added to the same request."
          maxLength={120}
          {...fields.text('department')}
        />
        <TextInput
          label="Who would use it"
          description="A team, or names."
          maxLength={300}
          {...fields.text('people')}
        />
        <TextInput
          type="date"
          label="Until"
          description={`The last day you need it; ${dayWords(mine.latest)} at the latest.`}
          min={mine.today}
          max={mine.latest}
          {...fields.text('until')}
        />
      </Stack>
    </FormDialog>
  );
}
