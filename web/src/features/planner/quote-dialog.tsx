import { Textarea, TextInput } from '@mantine/core';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { type Offer, PER_WORDS, type Quote } from './words.ts';

/** Parses "12.50", "1,215" or "$10"; null: not an amount. */
function amountOf(text: string): number | null {
  const plain = text.trim().replace(/^\$/, '').replaceAll(',', '');
  return /^\d{1,7}(?:\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

interface QuoteDialogProps {
  readonly offer: Pick<Offer, 'id' | 'name' | 'per' | 'price'>;
  /** The stored quote. */
  readonly quote: Quote | null;
  readonly today: string;
  readonly onClose: () => void;
}

/** Records a quote that the client received, which takes precedence over list prices. */
export function QuoteDialog({ offer, quote, today, onClose }: QuoteDialogProps) {
  const { slug } = useClientHere();
  const fields = useFields(
    {
      amount: quote === null ? '' : quote.usdPerMonth.toFixed(2).replace(/\.00$/, ''),
      on: today,
      note: quote?.note ?? '',
    },
    {
      amount: (value) =>
        amountOf(value) === null ? 'Enter an amount in US dollars, for example 12.50.' : null,
      on: (value) =>
        value === ''
          ? 'Choose the date of the quote.'
          : value > today
            ? `That day is in the future. Today is ${dayWords(today)}.`
            : null,
    },
  );
  const list = offer.price?.from.kind === 'list' ? offer.price : null;
  const submit = async () => {
    if (!fields.check()) return false;
    const note = fields.values.note.trim();
    try {
      await calls.planner.setQuote({
        client: slug,
        purchase: offer.id,
        usdPerMonth: amountOf(fields.values.amount) ?? 0,
        on: fields.values.on,
        note: note === '' ? null : note,
        version: quote?.version ?? 0,
      });
    } finally {
      await queries.invalidateQueries();
    }
    toast({ kind: 'done', text: `The quote for ${offer.name} is used from now on.` });
    return true;
  };
  const remove = async () => {
    try {
      await calls.planner.removeQuote({ client: slug, purchase: offer.id });
      toast({ kind: 'done', text: `The quote for ${offer.name} is removed. It stays in the audit log.` });
      onClose();
    } catch (error) {
      toast({ kind: 'failed', text: error instanceof Error ? error.message : String(error) });
    }
    await queries.invalidateQueries();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Quote for ${offer.name}`}
      submit="Save the quote"
      onSubmit={submit}
    >
      {quote === null ? null : (
        <Notice
          action={
            <ActButton size="xs" act={() => remove()}>
              Remove it
            </ActButton>
          }
        >
          {quote.by} entered ${quote.usdPerMonth}, of {dayWords(quote.on)}. A new quote takes its place; this
          one stays in the audit log.
        </Notice>
      )}
      <TextInput
        label="US dollars each month"
        description={`Before tax, for one ${PER_WORDS[offer.per]}.`}
        inputMode="decimal"
        autoComplete="off"
        {...fields.text('amount')}
      />
      <TextInput type="date" label="Date of the quote" max={today} {...fields.text('on')} />
      <Textarea
        label="Note (optional)"
        description="Who gave it and how long it is valid."
        autosize
        minRows={2}
        maxLength={500}
        {...fields.text('note')}
      />
      {list === null ? null : (
        <p className="muted">
          {list.words}. {list.from.words}.
        </p>
      )}
    </FormDialog>
  );
}
