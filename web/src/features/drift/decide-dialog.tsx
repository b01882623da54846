import { Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { client as calls, queries } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './drift.module.css';
import type { Departure } from './words.ts';

export type Act = 'accept' | 'restore' | 'amend' | 'withdraw';

const WORDS: Readonly<Record<Act, { title: string; submit: string }>> = {
  accept: { title: 'Accept until a day', submit: 'Accept' },
  restore: { title: 'Put back', submit: 'Decide to put it back' },
  amend: { title: 'Change the charter', submit: 'Begin the draft' },
  withdraw: { title: 'Take the decision back', submit: 'Take it back' },
};

interface DecideDialogProps {
  readonly act: Act | null;
  readonly slug: string;
  readonly departure: Departure;
  readonly today: string;
  readonly latest: string;
  readonly onClose: () => void;
}

/** Decides on a departure. Nothing changes in Claude by it; each decision says what has to follow. */
export function DecideDialog({ act, slug, departure: one, today, latest, onClose }: DecideDialogProps) {
  const navigate = useNavigate();
  const dated = act === 'accept' || (act === 'amend' && one.invariant !== null);
  const fields = useFields(
    { reason: '', owner: '', until: '' },
    {
      reason: needed('Say why; it stands on the record.'),
      owner: act === 'accept' ? needed('Name the person who answers for it.') : () => null,
      until: (value) => {
        if (!dated) return null;
        if (value === '') return 'Choose the last day.';
        if (value < today) return `That day is past. Today is ${dayWords(today)}.`;
        return value > latest ? `At the latest ${dayWords(latest)}.` : null;
      },
    },
  );
  if (act === null) return null;
  const asks = act === 'accept' && one.direction === 'wider';
  const submit = async () => {
    if (!fields.check()) return false;
    const { reason, owner, until } = fields.values;
    const wanted = { client: slug, deviation: one.key, observed: one.observed, reason: reason.trim() };
    try {
      switch (act) {
        case 'accept':
          await calls.drift.accept({ ...wanted, until, owner: owner.trim() });
          toast({
            kind: 'done',
            text: asks ? 'Asked for. It departs until somebody approves.' : 'Accepted.',
          });
          return true;
        case 'restore':
          await calls.drift.restore(wanted);
          toast({ kind: 'done', text: 'Decided. It closes once a later reading shows it.' });
          return true;
        case 'amend': {
          const { draft } = await calls.drift.amend({ ...wanted, ...(dated ? { until } : {}) });
          toast({ kind: 'done', text: 'The draft is filled in. It departs until the draft is approved.' });
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
          toast({ kind: 'done', text: 'Taken back. It is to be decided again.' });
          return true;
      }
    } finally {
      // Somebody may have been quicker: the page shows theirs either way.
      await queries.invalidateQueries();
    }
  };
  const submitWord = asks ? 'Ask for it' : WORDS[act].submit;
  return (
    <FormDialog opened onClose={onClose} title={WORDS[act].title} submit={submitWord} onSubmit={submit}>
      <div className={classes.form}>
        <p>
          {one.label}: {one.words}
        </p>
        <Says act={act} departure={one} />
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
        {act === 'accept' ? (
          <TextInput
            label="Owner"
            description="The person who answers for it, by name."
            maxLength={200}
            {...fields.text('owner')}
          />
        ) : null}
        {dated ? (
          <TextInput
            type="date"
            label="Until"
            description={`The last day; at the latest ${dayWords(latest)}. After it, it departs again.`}
            min={today}
            max={latest}
            {...fields.text('until')}
          />
        ) : null}
      </div>
    </FormDialog>
  );
}

/** What follows from a decision, before it is made. */
function Says({ act, departure: one }: { act: Act; departure: Departure }) {
  switch (act) {
    case 'accept':
      return one.direction === 'wider' ? (
        <Notice>
          It becomes an exception for {one.controls.join(' and ')}.{' '}
          {one.secondPerson
            ? 'It counts once a second person approves it, who neither asks for it nor owns it.'
            : 'It counts once it is approved.'}{' '}
          What goes further than now is not covered, and other controls that list it go on failing.
        </Notice>
      ) : (
        <Notice>It lets Claude do less than approved, so nobody else has to agree.</Notice>
      );
    case 'restore':
      return (
        <Notice>
          Bylaw changes nothing in Claude. The steps stand beside the departure; it closes only when a later
          reading shows that it was put back.
        </Notice>
      );
    case 'amend':
      return (
        <Notice>
          A draft of the charter is filled in so that this is no departure. It departs until the draft is
          approved{one.invariant === null ? ' by a second person' : ' by two people, and only until a day'}.
        </Notice>
      );
    case 'withdraw':
      return <p>It is to be decided again. Exceptions that were asked for with it end.</p>;
  }
}
