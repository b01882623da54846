import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { SEVERITY_WORDS } from '../../../../src/domain/labels.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Stack } from '../../ui/layout.tsx';
import type { Types } from './words.ts';

type Line = Types['types'][number];
type Own = NonNullable<Line['own']>['type'];
type Step = Own['steps'][number];

const SEVERITIES: readonly Own['severity'][] = ['critical', 'high', 'medium'];
const KIND_WORDS: Readonly<Record<Step['kind'], string>> = {
  act: 'Something to do',
  contain: 'Something to stop, confirmed by a file',
  decide: 'A decision on record',
};
const EMPTY: Step = { title: '', kind: 'act', how: [], asks: [], who: 'security', hours: 4 };

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

interface Keyed {
  readonly key: number;
  readonly step: Step;
}
let made = 0;
const keyed = (step: Step): Keyed => {
  made += 1;
  return { key: made, step };
};

interface TypeDialogProps {
  readonly slug: string;
  readonly who: Types['who'];
  /** null: a new type. */
  readonly line: Line | null;
  readonly onClose: () => void;
}

/** Defines or changes a type of incident: its signs, its severity and the steps of its playbook. */
export function TypeDialog({ slug, who, line, onClose }: TypeDialogProps) {
  const before = line?.own?.type;
  const [steps, setSteps] = useState<readonly Keyed[]>(() => (before?.steps ?? [EMPTY]).map(keyed));
  const fields = useFields(
    {
      title: before?.title ?? '',
      story: before?.story ?? '',
      severity: (before?.severity ?? 'high') as string,
      criteria: before?.criteria.join('\n') ?? '',
      notifyMembers: before?.notifyMembers ?? true,
    },
    {
      title: needed('Give it a short name.'),
      story: needed('Say what happened.'),
      criteria: needed('Enter at least one sign.'),
    },
  );
  const put = (key: number, part: Partial<Step>) =>
    setSteps((was) => was.map((one) => (one.key === key ? { key, step: { ...one.step, ...part } } : one)));
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={line === null ? 'Define a type of incident' : `Change the type: ${line.title}`}
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { title, story, severity, criteria, notifyMembers } = fields.values;
        const type: Own = {
          title,
          story,
          severity: SEVERITIES.find((one) => one === severity) ?? 'high',
          decides: before?.decides ?? 'governance_owner',
          criteria: linesOf(criteria),
          about: before?.about ?? ['person', 'connector'],
          steps: steps.map(({ step }) => ({ ...step, title: step.title.trim() })),
          notifyMembers,
        };
        if (line?.own == null) await calls.incidents.ownTypes.add({ client: slug, type });
        else
          await calls.incidents.ownTypes.change({
            client: slug,
            incidentType: line.id,
            version: line.own.version,
            type,
          });
        await done('Saved. Open incidents keep the playbook they have.', api.incidents.key());
        return true;
      }}
    >
      <TextInput label="Title" maxLength={120} data-autofocus {...fields.text('title')} />
      <Textarea label="What happens" autosize minRows={2} maxLength={600} {...fields.text('story')} />
      <Textarea
        label="It is of this type if"
        description="One sign per line; any one of them is enough"
        autosize
        minRows={2}
        {...fields.text('criteria')}
      />
      <NativeSelect
        label="Severity"
        data={SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
        {...fields.text('severity')}
      />
      <Stack as="ol" gap="md" divided>
        {steps.map(({ key, step }, at) => (
          <StepFields key={key} number={at + 1} who={who} step={step} put={(part) => put(key, part)}>
            {steps.length === 1 ? null : (
              <div>
                <Button size="xs" onClick={() => setSteps((was) => was.filter((one) => one.key !== key))}>
                  Remove step {at + 1}
                </Button>
              </div>
            )}
          </StepFields>
        ))}
      </Stack>
      <div>
        <Button
          size="xs"
          disabled={steps.length >= 20}
          onClick={() => setSteps((was) => [...was, keyed(EMPTY)])}
        >
          Add a step
        </Button>
      </div>
      <Checkbox
        label="Decide whether members must be notified"
        description="Every type asks for lessons at the end."
        {...fields.box('notifyMembers')}
      />
    </FormDialog>
  );
}

interface StepFieldsProps {
  readonly number: number;
  readonly who: Types['who'];
  readonly step: Step;
  readonly put: (part: Partial<Step>) => void;
  readonly children: ReactNode;
}

function StepFields({ number, who, step, put, children }: StepFieldsProps) {
  return (
    <Stack as="li" gap="sm">
      <TextInput
        label={`Step ${number}`}
        description="What to do, as one sentence"
        required
        minLength={3}
        maxLength={200}
        value={step.title}
        onChange={(event) => put({ title: event.currentTarget.value })}
      />
      <Columns min="9rem">
        <NativeSelect
          label="Kind"
          value={step.kind}
          data={Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }))}
          onChange={(event) => put({ kind: event.currentTarget.value as Step['kind'] })}
        />
        <NativeSelect
          label="Who does it"
          value={step.who}
          data={who.map(({ id, words }) => ({ value: id, label: words }))}
          onChange={(event) => put({ who: event.currentTarget.value as Step['who'] })}
        />
        <TextInput
          type="number"
          label="Due within hours"
          min={1}
          max={8760}
          value={step.hours}
          onChange={(event) => put({ hours: Math.max(1, Math.round(Number(event.currentTarget.value))) })}
        />
      </Columns>
      <Textarea
        label="How (one per line)"
        autosize
        minRows={1}
        defaultValue={step.how.join('\n')}
        onChange={(event) => put({ how: linesOf(event.currentTarget.value) })}
      />
      <Textarea
        label="Questions to answer (one per line)"
        autosize
        minRows={1}
        defaultValue={step.asks.join('\n')}
        onChange={(event) => put({ asks: linesOf(event.currentTarget.value) })}
      />
      {children}
    </Stack>
  );
}
// Guide: G7.2-00
