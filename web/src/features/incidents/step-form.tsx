import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { EvidenceField } from '../attestations/evidence-field.tsx';
import { useEvidence } from '../attestations/use-evidence.ts';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';
import { instantOf, localOf } from './moments.ts';
import { type Field, type Incident, rereadIncidents, type Step } from './words.ts';

type Answers = Readonly<Record<string, string>>;
type State = 'open' | 'done' | 'leave_out';
type NewLesson = { readonly text: string; readonly draft: string; readonly control: string };

interface StepFormProps {
  readonly incident: Incident;
  readonly step: Step;
  readonly onDone: () => void;
}

/** The form of one step. Saving leaves the step open; marking it as done requires every answer. */
export function StepForm({ incident, step, onDone }: StepFormProps) {
  const { slug, name } = useClientHere();
  const [answers, setAnswers] = useState<Answers>(step.answers);
  const [list, setList] = useState<readonly Answers[]>(step.list);
  const [none, setNone] = useState(step.none);
  const [owner, setOwner] = useState(ownerValue(step.owner));
  const [reason, setReason] = useState('');
  const [lessons, setLessons] = useState<readonly NewLesson[]>(
    step.lessons.length > 0
      ? step.lessons.map((one) => ({ ...one, draft: one.draft ?? '', control: one.control ?? '' }))
      : [{ text: '', draft: '', control: '' }],
  );
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<State | null>(null);
  const evidence = useEvidence(slug, name);
  const entered = JSON.stringify([answers, list, none, owner, reason, lessons]);
  const [begun] = useState(entered);
  useUnsaved(() => busy === null && (entered !== begun || evidence.entered));
  const save = async (state: State) => {
    if (!evidence.check()) return;
    setBusy(state);
    setFailure(null);
    try {
      await calls.incidents.step({
        client: slug,
        incident: incident.id,
        step: step.id,
        version: step.version,
        state,
        answers,
        files: [...step.files, ...evidence.files].map(({ sha256 }) => sha256),
        ...(owner === ownerValue(step.owner) ? {} : { owner }),
        ...(step.entries === null ? {} : { list: [...list], none }),
        ...(step.kind === 'learn'
          ? {
              lessons: lessons
                .filter(({ text }) => text.trim() !== '')
                .map(({ text, draft, control }) => ({
                  text,
                  draft: draft || null,
                  control: control.trim() === '' ? null : controlId(control),
                })),
            }
          : {}),
        ...(state === 'leave_out' ? { reason } : {}),
      });
      await rereadIncidents();
      toast({ kind: 'done', text: SAVED_MESSAGES[state] });
      onDone();
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(null);
    }
  };
  return (
    <form
      aria-label={step.title}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save('done');
      }}
    >
      <Stack gap="md">
        <Fields fields={step.fields} answers={answers} onChange={setAnswers} />
        {step.entries === null ? null : (
          <Entries step={step} list={list} onChange={setList} none={none} onNone={setNone} />
        )}
        {step.kind === 'learn' ? (
          <Lessons incident={incident} lessons={lessons} onChange={setLessons} />
        ) : null}
        <EvidenceField slug={slug} evidence={evidence} required={step.kind === 'contain'} />
        <OwnerField people={incident.people} value={owner} onChange={setOwner} />
        {step.leaveOut === 'never' ? null : (
          <Textarea
            label="If it is skipped, why?"
            description={
              step.leaveOut === 'second_person' ? 'A second person has to agree.' : 'A reason is enough.'
            }
            autosize
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <p role="alert" className="late">
          {failure}
        </p>
        <Row gap="sm">
          <Button type="submit" variant="filled" loading={busy === 'done'} disabled={busy !== null}>
            Mark as done
          </Button>
          <Button loading={busy === 'open'} disabled={busy !== null} onClick={() => void save('open')}>
            Save for now
          </Button>
          {step.leaveOut === 'never' || reason.trim() === '' ? null : (
            <Button
              loading={busy === 'leave_out'}
              disabled={busy !== null}
              onClick={() => void save('leave_out')}
            >
              Skip the step
            </Button>
          )}
        </Row>
      </Stack>
    </form>
  );
}

const SAVED_MESSAGES = {
  open: 'Saved.',
  done: 'The step is done.',
  leave_out: 'Recorded that the step is skipped.',
} as const;

/** Pages show CLA-CON-09 as CON-09; accept either. */
function controlId(text: string): string {
  const code = text.trim().toUpperCase();
  return code.startsWith('CLA-') ? code : `CLA-${code}`;
}

interface FieldsProps {
  readonly fields: readonly Field[];
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
}

function Fields({ fields, answers, onChange }: FieldsProps) {
  return fields
    .filter(({ when }) => when === null || when.is.includes(answers[when.field] ?? ''))
    .map((field) => (
      <FieldInput
        key={field.id}
        field={field}
        value={answers[field.id] ?? ''}
        onChange={(value) => onChange({ ...answers, [field.id]: value })}
      />
    ));
}

function FieldInput({
  field,
  value,
  onChange,
}: {
  field: Field;
  value: string;
  onChange: (value: string) => void;
}) {
  const { timezone } = useClientHere();
  const label = field.required ? field.asks : `${field.asks} (optional)`;
  switch (field.kind) {
    case 'choice':
      return (
        <NativeSelect
          label={label}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={[
            { value: '', label: 'Choose…' },
            ...field.options.map(({ id, words }) => ({ value: id, label: words })),
          ]}
        />
      );
    case 'day':
      return (
        <TextInput
          type="date"
          label={label}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'instant':
      return (
        <TextInput
          type="datetime-local"
          label={label}
          value={value === '' ? '' : localOf(value, timezone)}
          onChange={(event) =>
            onChange(event.currentTarget.value === '' ? '' : instantOf(event.currentTarget.value, timezone))
          }
        />
      );
    case 'fingerprint':
      return (
        <TextInput
          label={label}
          description="A hash in hexadecimal, such as SHA-256. Never the credential itself."
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'text':
      return (
        <Textarea
          label={label}
          autosize
          maxLength={4000}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

interface EntriesProps {
  readonly step: Step;
  readonly list: readonly Answers[];
  readonly onChange: (list: readonly Answers[]) => void;
  readonly none: boolean;
  readonly onNone: (none: boolean) => void;
}

function Entries({ step, list, onChange, none, onNone }: EntriesProps) {
  const { entries } = step;
  if (entries === null) return null;
  return (
    <Stack gap="md">
      {list.map((entry, at) => (
        <fieldset key={at}>
          <legend>
            {at + 1}. {entries.noun}
          </legend>
          <Stack gap="sm">
            <Fields
              fields={entries.fields}
              answers={entry}
              onChange={(next) => onChange(list.map((one, index) => (index === at ? next : one)))}
            />
            <Row>
              <Button size="xs" onClick={() => onChange(list.filter((_, index) => index !== at))}>
                Remove
              </Button>
            </Row>
          </Stack>
        </fieldset>
      ))}
      <Row gap="md">
        <Button size="xs" onClick={() => onChange([...list, {}])}>
          Add a {entries.noun}
        </Button>
        {list.length === 0 && entries.suggested.length > 0 ? (
          <Button size="xs" onClick={() => onChange(entries.suggested)}>
            Start with {count(entries.suggested.length, 'call')} from the log
          </Button>
        ) : null}
        {entries.mayBeNone && list.length === 0 ? (
          <Checkbox
            label={`There is no ${entries.noun}`}
            checked={none}
            onChange={(event) => onNone(event.currentTarget.checked)}
          />
        ) : null}
      </Row>
    </Stack>
  );
}

interface LessonsProps {
  readonly incident: Incident;
  readonly lessons: readonly NewLesson[];
  readonly onChange: (lessons: readonly NewLesson[]) => void;
}

/** Each lesson leads to a draft of the charter or to a control with an owner. */
function Lessons({ incident, lessons, onChange }: LessonsProps) {
  const change = (at: number, part: Partial<NewLesson>) =>
    onChange(lessons.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <Stack gap="md">
      {lessons.map((lesson, at) => (
        <fieldset key={at}>
          <legend>{at + 1}. lesson</legend>
          <Stack gap="sm">
            <Textarea
              label="What changes"
              autosize
              value={lesson.text}
              onChange={(event) => change(at, { text: event.currentTarget.value })}
            />
            {incident.drafts.length === 0 ? null : (
              <NativeSelect
                label="Draft of the charter"
                value={lesson.draft}
                onChange={(event) => change(at, { draft: event.currentTarget.value })}
                data={[
                  { value: '', label: 'None' },
                  ...incident.drafts.map(({ id, title }) => ({ value: id, label: title })),
                ]}
              />
            )}
            <TextInput
              label="Control that shows it"
              description="Its code, such as CON-09. You can assign it on its page."
              value={lesson.control}
              onChange={(event) => change(at, { control: event.currentTarget.value })}
            />
          </Stack>
        </fieldset>
      ))}
      <Row>
        <Button size="xs" onClick={() => onChange([...lessons, { text: '', draft: '', control: '' }])}>
          Add a lesson
        </Button>
      </Row>
    </Stack>
  );
}
