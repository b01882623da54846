import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { addDays } from '../../../../src/domain/model/day.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { about, run } from './acts.ts';
import { type Account, ANSWERS, type Refused, whoWords } from './words.ts';

export interface ActDialogProps {
  readonly rows: readonly Account[];
  readonly today: string;
  readonly onClose: () => void;
  readonly onRefused: (refused: readonly Refused[]) => void;
}

const noteOf = (note: string) => (note.trim() === '' ? {} : { note: note.trim() });

/** Sets the owner and due date of accounts. */
export function AssignDialog({ rows, onClose, onRefused }: ActDialogProps) {
  const { slug } = useClientHere();
  const [only, ...more] = rows;
  const one = more.length === 0 ? only : undefined;
  const fields = useFields(
    { owner: one?.owner ?? '', due: one?.due ?? '', note: '' },
    {
      owner: (value, all) =>
        value.trim() === '' && all.due === '' && all.note.trim() === '' && one === undefined
          ? 'Name an owner, a due date or a note.'
          : null,
    },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const { owner, due, note } = fields.values;
    // For several accounts, an empty field means no change; for a single one, it clears the value.
    const value = (text: string) => (text.trim() !== '' ? text.trim() : one === undefined ? undefined : null);
    onRefused(
      await run(
        calls.personalAccounts.assign({
          ...about(slug, rows),
          owner: value(owner),
          due: value(due),
          ...noteOf(note),
        }),
        'recorded.',
      ),
    );
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title="Owner and due date" submit="Record it" onSubmit={submit}>
      <Stack>
        <p>
          <strong>{whoWords(rows)}</strong>.{' '}
          {one === undefined
            ? 'Anything you leave empty stays as it is.'
            : 'Who takes care of it and by when.'}
        </p>
        <TextInput label="Owner" maxLength={200} {...fields.text('owner')} />
        <TextInput type="date" label="Due" {...fields.text('due')} />
        <Textarea label="Note (optional)" autosize minRows={2} maxLength={2000} {...fields.text('note')} />
      </Stack>
    </FormDialog>
  );
}

const STATEMENTS = {
  migrating: {
    title: 'Mark as migrating',
    says: 'The holder is moving the account into the workspace.',
    done: 'marked as migrating.',
  },
  said_closed: {
    title: 'Mark as closed',
    says: 'It counts as closed once a later Domain memberships report no longer lists it. Until then, it is pending.',
    done: 'marked as closed.',
  },
  open: {
    title: 'Open it again',
    says: 'Everything recorded about it is withdrawn, including an exemption. Messages stay on record.',
    done: 'reopened.',
  },
} as const;
export type StatedState = keyof typeof STATEMENTS;

/** Records what someone knows about accounts. None of it closes an account. */
export function SayDialog({
  state,
  rows,
  onClose,
  onRefused,
}: ActDialogProps & { readonly state: StatedState }) {
  const { slug } = useClientHere();
  const fields = useFields({ note: '' });
  const words = STATEMENTS[state];
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.title}
      submit="Record it"
      onSubmit={async () => {
        onRefused(
          await run(
            calls.personalAccounts.say({ ...about(slug, rows), state, ...noteOf(fields.values.note) }),
            words.done,
          ),
        );
        return true;
      }}
    >
      <Stack>
        <p>
          <strong>{whoWords(rows)}</strong>. {words.says} Nothing changes in Claude.
        </p>
        <Textarea
          label="How you know (optional)"
          autosize
          minRows={2}
          maxLength={2000}
          {...fields.text('note')}
        />
      </Stack>
    </FormDialog>
  );
}

const WORK = [
  { value: '', label: 'Not known' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** Records the holder's answer, which ends the reminders. */
export function AnswerDialog({ rows, onClose, onRefused }: ActDialogProps) {
  const { slug } = useClientHere();
  const fields = useFields(
    { answer: '', work: '', note: '' },
    { answer: needed('Choose the closest match.') },
  );
  const submit = async () => {
    const answer = ANSWERS.find(({ value }) => value === fields.values.answer)?.value;
    if (!fields.check() || answer === undefined) return false;
    const { work, note } = fields.values;
    onRefused(
      await run(
        calls.personalAccounts.answer({
          ...about(slug, rows),
          answer,
          usedForWork: work === '' ? null : work === 'yes',
          ...noteOf(note),
        }),
        'the answer is recorded.',
      ),
    );
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title="Record an answer" submit="Record it" onSubmit={submit}>
      <Stack>
        <p>
          <strong>{whoWords(rows)}</strong>. No more reminders go out after an answer.
        </p>
        <NativeSelect
          label="The holder"
          data={[{ value: '', label: 'Choose an answer' }, ...ANSWERS]}
          {...fields.text('answer')}
        />
        <NativeSelect label="Is it used for work?" data={WORK} {...fields.text('work')} />
        <Textarea label="Note (optional)" autosize minRows={2} maxLength={2000} {...fields.text('note')} />
      </Stack>
    </FormDialog>
  );
}

/** Exempts accounts until a date, with an owner and a reason. */
export function ExemptDialog({ rows, today, onClose, onRefused }: ActDialogProps) {
  const { slug } = useClientHere();
  const fields = useFields(
    { reason: '', owner: '', until: addDays(today, 90) },
    {
      reason: (value) => (value.trim().length < 3 ? 'Briefly say why.' : null),
      owner: needed('Name the person responsible for it.'),
      until: (value) =>
        value === '' ? 'Enter the last day.' : value < today ? 'That day has passed.' : null,
    },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const { reason, owner, until } = fields.values;
    onRefused(
      await run(
        calls.personalAccounts.exempt({
          ...about(slug, rows),
          reason: reason.trim(),
          owner: owner.trim(),
          until,
        }),
        'exempt.',
      ),
    );
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title="Exempt until a date" submit="Exempt" onSubmit={submit}>
      <Stack>
        <p>
          <strong>{whoWords(rows)}</strong>. Until then, the control accepts it; the day after, the account is
          open again. Nothing changes in Claude.
        </p>
        <Textarea label="Reason" autosize minRows={2} maxLength={1000} {...fields.text('reason')} />
        <TextInput label="Who is responsible" maxLength={200} {...fields.text('owner')} />
        <TextInput type="date" label="Last day" min={today} {...fields.text('until')} />
      </Stack>
    </FormDialog>
  );
}
