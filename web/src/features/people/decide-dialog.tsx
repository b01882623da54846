import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { decide, type Refused } from './acts.ts';
import { KIND_WORDS, type Kind, type Person, peopleCount } from './words.ts';

interface DecideDialogProps {
  readonly client: string;
  readonly kind: Kind | null;
  readonly rows: readonly Person[];
  readonly onClose: () => void;
  readonly onRefused?: (refused: readonly Refused[]) => void;
}

const VERBS: Readonly<Record<Kind, string>> = {
  same: 'Confirm that it is the same person',
  different: 'Confirm that they are two people',
  shared: 'Mark as a shared mailbox',
  service: 'Mark as a service account',
  guest: 'Mark as a guest',
};

const EFFECTS: Readonly<Record<Kind, string>> = {
  same: 'From now on the account is evaluated with this roster record.',
  different: 'The account will never be matched to this record again, whatever the names are.',
  shared: 'A shared mailbox with a seat fails ACC-08 until the seat is removed or accepted.',
  service: 'A service account with a seat fails ACC-08 until the seat is removed or accepted.',
  guest: 'A guest with a recorded decision may hold a seat.',
};

/** Decides to whom an account belongs, with the reason. Changes nothing in Claude. */
export function DecideDialog({ client, kind, rows, onClose, onRefused }: DecideDialogProps) {
  const pair = kind === 'same' || kind === 'different';
  const fields = useFields(
    { record: '', reason: '' },
    {
      record: (value) => (pair && value === '' ? 'Choose the roster record.' : null),
      ...(pair ? {} : { reason: needed('Say why. The reason stays on the record.') }),
    },
  );
  const [row] = rows;
  if (kind === null || row === undefined) return null;
  const submit = async () => {
    if (!fields.check()) return false;
    const { record, reason } = fields.values;
    const refused = await decide(
      client,
      rows.flatMap(({ key }) =>
        key === null
          ? []
          : [
              {
                kind,
                addresses: pair ? [key, record] : [key],
                ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
              },
            ],
      ),
    );
    onRefused?.(refused);
    fields.reset();
    return true;
  };
  const who = rows.length === 1 ? row.name : peopleCount(rows.length);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={VERBS[kind]}
      submit={`Decide: ${KIND_WORDS[kind]}`}
      onSubmit={submit}
    >
      <Stack>
        <p>
          <strong>{who}</strong>
          {rows.length === 1 && row.account?.address != null ? ` (${row.account.address})` : ''}.{' '}
          {EFFECTS[kind]} Nothing changes in Claude.
        </p>
        {pair ? <RecordSelect client={client} row={row} field={fields.text('record')} /> : null}
        <Textarea
          label={pair ? 'Reason (optional)' : 'Reason'}
          autosize
          minRows={2}
          maxLength={1000}
          {...fields.text('reason')}
        />
      </Stack>
    </FormDialog>
  );
}

interface RecordSelectProps {
  readonly client: string;
  readonly row: Person;
  readonly field: ReturnType<ReturnType<typeof useFields<{ record: string; reason: string }>>['text']>;
}

/** The roster records that resemble the account, then all others on the roster without a seat. */
function RecordSelect({ client, row, field }: RecordSelectProps) {
  const load = useQuery(api.people.list.queryOptions({ input: { client, tab: 'no_seat' } }));
  const option = (record: Person['roster'][number]) =>
    record.key === null
      ? []
      : [
          {
            value: record.key,
            label: [record.name, record.addresses[0], record.department].filter(Boolean).join(', '),
          },
        ];
  const likely = row.roster.flatMap(option);
  const free = (load.data?.items ?? [])
    .flatMap((one) => one.roster)
    .flatMap(option)
    .filter(({ value }) => !likely.some((one) => one.value === value));
  return (
    <NativeSelect
      label="Roster record"
      data={[
        { value: '', label: 'Choose a record' },
        ...(likely.length === 0 ? [] : [{ group: 'Resembles the account', items: likely }]),
        ...(free.length === 0 ? [] : [{ group: 'On the roster, no seat', items: free }]),
      ]}
      {...field}
    />
  );
}
