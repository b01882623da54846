import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { questionById } from '../../../../src/domain/charter/questions.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './charter.module.css';
import type { Choices, FormField } from './fields.ts';
import { CharterField } from './form-field.tsx';
import { formOf } from './question-form.ts';
import { partsOf, rulesOf, type Values, valueAt, valuesOf } from './values.ts';
import type { Draft, Open } from './words.ts';

/** Open questions of the charter, shown one at a time. `ids`: comma-separated. */
export function AnswerDialog({
  ids,
  into,
  onClose,
}: {
  ids: string;
  /** The draft open on the page; without one, the draft that the server names. */
  into?: Draft;
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  // Questions that have their own page are answered there.
  const questions = ids.split(',').filter((id) => {
    const question = questionById(id);
    return question !== null && question.page === undefined;
  });
  const [at, setAt] = useState(0);
  const load = useQuery({
    ...api.charter.open.queryOptions({ input: { client: slug } }),
    enabled: into === undefined,
    // Questions from a stale cache must not be answered.
    gcTime: 0,
  });
  const open: Open | undefined =
    into === undefined ? load.data : { draft: into, value: into.value, waiting: null };
  const choices = useQuery(api.charter.choices.queryOptions({ input: { client: slug } }));
  const id = questions[at];
  if (id === undefined) return null;
  if (open === undefined || choices.isPending)
    return (
      <FormDialog
        opened
        onClose={onClose}
        title={questionById(id)?.title ?? ''}
        submit="Save"
        onSubmit={async () => false}
      >
        {load.error === null ? (
          <p role="status">Loading.</p>
        ) : (
          <LoadFailed load={load} what="The charter could not be loaded." />
        )}
      </FormDialog>
    );
  return (
    <OneQuestion
      key={id}
      id={id}
      step={questions.length === 1 ? null : `Question ${at + 1} of ${questions.length}`}
      last={at === questions.length - 1}
      shown={open}
      choices={choices.data}
      onClose={onClose}
      onNext={() => setAt(at + 1)}
    />
  );
}

interface OneProps {
  readonly id: string;
  readonly step: string | null;
  readonly last: boolean;
  /** The state in which the question was asked: the server refuses an answer to any other state. */
  readonly shown: Open;
  readonly choices: Choices | undefined;
  readonly onClose: () => void;
  readonly onNext: () => void;
}

function OneQuestion({ id, step, last, shown, choices, onClose, onNext }: OneProps) {
  const [open] = useState(shown);
  const { slug } = useClientHere();
  const question = questionById(id);
  const [form] = useState(() => formOf(id, open.value, choices));
  const fields = useFields<Values>(valuesOf(form, open.value), rulesOf(form));
  const parts = partsOf(form, fields.values, open.value);
  const answered = Object.keys(parts).length > 0;
  const save = async () => {
    if (!fields.check()) return false;
    if (answered) {
      try {
        await calls.charter.answer({
          client: slug,
          draft: open.draft?.id ?? null,
          version: open.draft?.version ?? null,
          parts,
        });
      } finally {
        await queries.invalidateQueries();
      }
      toast({
        kind: 'done',
        text: 'Your answer is in the draft of the charter. It takes effect once it is approved.',
      });
    }
    if (last) return true;
    onNext();
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={question?.title ?? ''}
      submit={submitWords(answered, step !== null, last)}
      onSubmit={save}
    >
      {step === null ? null : <p className="muted">{step}</p>}
      <p>
        {open.draft === null
          ? 'Your answer starts a draft of the charter.'
          : `Your answer goes into the draft “${open.draft.title}”.`}{' '}
        It takes effect once someone who did not work on the draft has approved it.
      </p>
      {open.waiting !== null && form.some(({ path }) => valueAt(open.waiting?.value, path) !== undefined) ? (
        <Notice>
          A draft waiting for approval already answers this:{' '}
          <AppLink href={`/c/${slug}/charter/${open.waiting.id}`}>{open.waiting.title}</AppLink>.
        </Notice>
      ) : null}
      {form.length === 0 ? (
        <p>{nothingToAnswer(id)}</p>
      ) : (
        <div className={classes.fields}>
          {form.map((field: FormField) => (
            <CharterField key={field.key} field={field} fields={fields} choices={choices} />
          ))}
        </div>
      )}
    </FormDialog>
  );
}

/** Action of the button: nothing is saved if nothing was entered. */
function submitWords(answered: boolean, several: boolean, last: boolean): string {
  if (several && !answered) return last ? 'Finish' : 'Skip this question';
  return last ? 'Save in the draft' : 'Save and continue';
}

/** Why a question cannot be answered yet. */
function nothingToAnswer(id: string): string {
  return id === 'enable_on'
    ? 'No report-only policy was imported, so there is none to set a date for. Import the list of Conditional Access policies first.'
    : 'The draft names no connector yet. Approve connectors first, on the Connectors page.';
}
