import { Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { client as calls, queries } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Departure } from './words.ts';

export type Act = 'accept' | 'restore' | 'amend' | 'withdraw';

const WORDS: Readonly<Record<Act, { title: string; submit: string }>> = {
  accept: { title: 'Accept until a date', submit: 'Accept' },
  restore: { title: 'Put back', submit: 'Decide to put it back' },
  amend: { title: 'Change the charter', submit: 'Start the draft' },
  withdraw: { title: 'Withdraw the decision', submit: 'Withdraw it' },
};

/** Recorded reason when a decision is undone from its message. */
const UNDONE = 'Undone right after it was decided.';

type Decided = Awaited<ReturnType<typeof calls.drift.restore>>;

interface DecideDialogProps {
  readonly act: Act | null;
  readonly slug: string;
  readonly departure: Departure;
  readonly today: string;
  readonly latest: string;
  readonly onClose: () => void;
}

/** Decides on a departure. This changes nothing in Claude; each decision says what has to follow. */
export function DecideDialog({ act, slug, departure: one, today, latest, onClose }: DecideDialogProps) {
  const navigate = useNavigate();
  const dated = act === 'accept' || (act === 'amend' && one.invariant !== null);
  const fields = useFields(
    { reason: '', owner: '', until: '' },
    {
      reason: needed('Say why. The reason stays on the record.'),
      owner: act === 'accept' ? needed('Name the person responsible for it.') : () => null,
      until: (value) => {
        if (!dated) return null;
        if (value === '') return 'Choose the last day.';
        if (value < today) return `That day has passed. Today is ${dayWords(today)}.`;
        return value > latest ? `${dayWords(latest)} at the latest.` : null;
      },
    },
  );
  const mayWithdraw = useMay('exceptions.request');
  if (act === null) return null;
  const asks = act === 'accept' && one.direction === 'wider';
  /** Shows what was decided, with an undo for those who may withdraw it. */
  const said = (text: string, { key, decision }: Decided) => {
    if (!mayWithdraw || decision === null) return toast({ kind: 'done', text });
    const undo = () =>
      calls.drift
        .withdraw({ client: slug, deviation: key, version: decision.version, reason: UNDONE })
        .then(() => done('Undone.'), failed);
    toast({ kind: 'done', text, undo: () => void undo() });
  };
  const submit = async () => {
    if (!fields.check()) return false;
    const { reason, owner, until } = fields.values;
    const wanted = { client: slug, deviation: one.key, observed: one.observed, reason: reason.trim() };
    try {
      switch (act) {
        case 'accept':
          said(
            asks ? 'Requested. It stays drift until someone approves.' : 'Accepted.',
            await calls.drift.accept({ ...wanted, until, owner: owner.trim() }),
          );
          return true;
        case 'restore':
          said(
            'Decided. It stays listed under Work until a later import shows the change.',
            await calls.drift.restore({
              ...wanted,
              owner: owner.trim() === '' ? null : owner.trim(),
              due: until === '' ? null : until,
            }),
          );
          return true;
        case 'amend': {
          const { draft } = await calls.drift.amend({ ...wanted, ...(dated ? { until } : {}) });
          toast({
            kind: 'done',
            text: 'The draft is filled in. It stays drift until the draft is approved.',
          });
          void navigate({ to: `/c/${slug}/charter/${draft}` as '/' });
          return true;
        }
        case 'withdraw':
          await calls.drift.withdraw({
            client: slug,
            deviation: one.key,
            version: one.decision?.version ?? 1,
            reason: reason.trim(),
          });
          toast({ kind: 'done', text: 'Withdrawn. It needs a new decision.' });
          return true;
      }
    } finally {
      // Someone else may have decided first; either way the page shows the decision that was made.
      await queries.invalidateQueries();
    }
  };
  const submitWord = asks ? 'Request the exception' : WORDS[act].submit;
  return (
    <FormDialog opened onClose={onClose} title={WORDS[act].title} submit={submitWord} onSubmit={submit}>
      <Stack>
        <p>
          {one.label}: {one.words}
        </p>
        <Says act={act} departure={one} />
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
        {act === 'accept' ? (
          <TextInput
            label="Owner"
            description="The name of the person responsible."
            maxLength={200}
            {...fields.text('owner')}
          />
        ) : null}
        {act === 'restore' ? (
          <>
            <TextInput
              label="Owner (optional)"
              description="Who puts it back: the address of someone with access, or any other person’s name. If empty: you."
              maxLength={300}
              {...fields.text('owner')}
            />
            <TextInput type="date" label="Due (optional)" min={today} {...fields.text('until')} />
          </>
        ) : null}
        {dated ? (
          <TextInput
            type="date"
            label="Until"
            description={`The last day; ${dayWords(latest)} at the latest. After that it is drift again.`}
            min={today}
            max={latest}
            {...fields.text('until')}
          />
        ) : null}
      </Stack>
    </FormDialog>
  );
}

/** The consequences of a decision, shown before it is made. */
function Says({ act, departure: one }: { act: Act; departure: Departure }) {
  switch (act) {
    case 'accept':
      return one.direction === 'wider' ? (
        <Notice>
          It becomes an exception for {one.controls.join(' and ')}.{' '}
          {one.secondPerson
            ? 'It takes effect once a second person, who neither requested nor owns it, approves it.'
            : 'It takes effect once it is approved.'}{' '}
          Nothing beyond its current state is covered, and other controls that list it keep failing.
        </Notice>
      ) : (
        <Notice>It lets Claude do less than approved, so no one else has to approve it.</Notice>
      );
    case 'restore':
      return (
        <Notice>
          Bylaw changes nothing in Claude. The steps are shown with the drift; it closes only when a later
          import shows that it was reverted.
        </Notice>
      );
    case 'amend':
      return (
        <Notice>
          A draft of the charter is filled in so that this is no longer drift. It stays drift until the draft
          is approved{one.invariant === null ? ' by a second person' : ' by two people, and only until a day'}
          .
        </Notice>
      );
    case 'withdraw':
      return <p>It will need a new decision. Exceptions requested with it end.</p>;
  }
}
