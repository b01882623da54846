import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { verdictWord } from '../../theme/tokens.ts';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import classes from './exceptions.module.css';

interface RequestDialogProps {
  /** The preselected control; empty: none. */
  readonly control: string;
  /** Preselected findings. */
  readonly items: readonly string[];
  readonly onControl: (control: string) => void;
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

type Subject = Awaited<ReturnType<typeof calls.exceptions.subject>>;

/** Requests an exception. Nothing changes before someone with the permission approves it. */
export function RequestDialog({ control, items, onControl, onClose, onDone }: RequestDialogProps) {
  const { slug } = useClientHere();
  const subjects = useQuery(api.exceptions.subjects.queryOptions({ input: { client: slug } }));
  const subject = useQuery({
    ...api.exceptions.subject.queryOptions({ input: { client: slug, control } }),
    enabled: control !== '',
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(items));
  const [whole, setWhole] = useState(false);
  /** The form was submitted with missing values, which the fields point out. */
  const [tried, setTried] = useState(false);
  const fields = useFields(
    { reason: '', owner: '', from: '', until: '' },
    {
      reason: needed('Say why it can be accepted.'),
      owner: needed('Name the person responsible for it.'),
      until: (value) => {
        if (value === '') return 'Choose the date the exception ends.';
        const { today, latest } = subject.data ?? {};
        if (today !== undefined && value < today) return `That day has passed. Today is ${dayWords(today)}.`;
        return latest !== undefined && value > latest ? `${dayWords(latest)} at the latest.` : null;
      },
      from: (value, all) =>
        value !== '' && all.until !== '' && value > all.until ? 'It would start after its last day.' : null,
    },
  );
  const data = control === '' ? undefined : subject.data;
  const listed = data?.items ?? [];
  const keys = listed.map(({ key }) => key).filter((key) => chosen.has(key));
  const covers = whole || (data !== undefined && listed.length === 0) ? null : keys;
  const submit = async () => {
    setTried(true);
    if (data === undefined || !data.acceptable) return false;
    if (!fields.check() || (covers !== null && covers.length === 0)) return false;
    const { reason, owner, from, until } = fields.values;
    const created = await calls.exceptions.request({
      client: slug,
      control,
      items: covers,
      reason: reason.trim(),
      owner: owner.trim(),
      until,
      ...(from === '' ? {} : { from }),
    });
    await done(
      `Requested. ${shortId(control)} does not change until someone approves.`,
      api.exceptions.key(),
    );
    onDone(created.id);
    return false;
  };
  const { until } = fields.values;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Request an exception"
      submit="Request the exception"
      onSubmit={submit}
      load={subjects}
    >
      <Stack>
        <NativeSelect
          label="Control"
          value={control}
          error={tried && control === '' ? 'Choose a control.' : null}
          onChange={(event) => {
            setChosen(new Set());
            onControl(event.currentTarget.value);
          }}
          data={[
            { value: '', label: 'Choose a control that fails or is pending' },
            ...(subjects.data?.items ?? []).map((one) => ({
              value: one.control,
              label: `${shortId(one.control)} ${one.title} (${verdictWord(one.state)})`,
            })),
            ...(data !== undefined && !data.acceptable
              ? [
                  {
                    value: data.control,
                    label: `${shortId(data.control)} ${data.title} (${verdictWord(data.state)})`,
                  },
                ]
              : []),
          ]}
        />
        {subject.error === null || control === '' ? null : (
          <Notice mark="cannot_read">{explainError(subject.error).text}</Notice>
        )}
        {data === undefined ? null : data.acceptable ? (
          <>
            <p>{data.reason}</p>
            <Covers
              subject={data}
              chosen={chosen}
              onChosen={setChosen}
              whole={covers === null}
              error={
                tried && covers?.length === 0 ? 'Choose at least one finding, or the whole control.' : null
              }
              onWhole={setWhole}
            />
            <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
            <TextInput
              label="Owner"
              description="The name of the person responsible."
              maxLength={200}
              {...fields.text('owner')}
            />
            <Columns min="10rem">
              <TextInput
                type="date"
                label="From (optional)"
                description="Today if left empty."
                min={data.today}
                max={data.latest}
                {...fields.text('from')}
              />
              <TextInput
                type="date"
                label="Until"
                description={`The last day it is in effect; ${dayWords(data.latest)} at the latest.`}
                min={data.today}
                max={data.latest}
                {...fields.text('until')}
              />
            </Columns>
            <Second subject={data} owner={fields.values.owner} />
            {until === '' ||
            fields.error('until') !== null ||
            (covers !== null && covers.length === 0) ? null : (
              <Effect control={control} items={covers} until={until} />
            )}
          </>
        ) : (
          <Notice mark="cannot_read">{data.why}</Notice>
        )}
      </Stack>
    </FormDialog>
  );
}

interface CoversProps {
  readonly subject: Subject;
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  readonly whole: boolean;
  readonly onWhole: (whole: boolean) => void;
  readonly error: string | null;
}

function Covers({ subject, chosen, onChosen, whole, onWhole, error }: CoversProps) {
  if (subject.items.length === 0)
    return (
      <p className="muted">
        The control does not list individual findings, so the exception covers all of it.
      </p>
    );
  const toggle = (key: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    onChosen(next);
  };
  return (
    <>
      <Radio.Group
        label="Covers"
        value={whole ? 'whole' : 'some'}
        error={error}
        onChange={(value) => onWhole(value === 'whole')}
      >
        <Row gap="lg">
          <Radio value="some" label="What is chosen below" />
          <Radio value="whole" label="The whole control, whatever it lists later" />
        </Row>
      </Radio.Group>
      {whole ? null : (
        <fieldset className={classes.items}>
          <legend>
            {chosen.size} of {subject.items.length} chosen
          </legend>
          <Checkbox
            label="Everything listed now"
            checked={subject.items.every(({ key }) => chosen.has(key))}
            onChange={(event) =>
              onChosen(new Set(event.currentTarget.checked ? subject.items.map(({ key }) => key) : []))
            }
          />
          {subject.items.map((item) => (
            <Checkbox
              key={item.key}
              checked={chosen.has(item.key)}
              onChange={(event) => toggle(item.key, event.currentTarget.checked)}
              label={
                <>
                  {item.label}
                  <span className="second">
                    {item.detail}
                    {item.coveredUntil === null
                      ? ''
                      : `; already accepted until ${dayWords(item.coveredUntil)}`}
                  </span>
                </>
              }
            />
          ))}
        </fieldset>
      )}
    </>
  );
}

/** Who will have to approve, shown before anything is saved. */
function Second({ subject, owner }: { subject: Subject; owner: string }) {
  const { person } = useSession();
  if (subject.severity !== 'critical')
    return <p className="muted">It takes effect once someone who may approve exceptions approves it.</p>;
  const named = owner.trim() === '' ? 'the owner' : owner.trim();
  return (
    <Notice>
      {shortId(subject.control)} is critical: it takes effect only after approval by a second person, who is
      neither {person.name} nor {named}.
    </Notice>
  );
}

function Effect({ control, items, until }: { control: string; items: string[] | null; until: string }) {
  const { slug } = useClientHere();
  const load = useQuery(
    api.exceptions.preview.queryOptions({ input: { client: slug, control, items, until }, retry: false }),
  );
  if (load.data === undefined && load.error === null) return null;
  return (
    <Notice mark={load.data?.state === 'accepted' ? 'info' : 'pending'}>
      {load.data?.words ?? explainError(load.error).text}
      {load.data?.secondPerson === true ? ' This takes effect once a second person has approved it.' : ''}
    </Notice>
  );
}
