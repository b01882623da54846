import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './planner.module.css';
import { inSentence, KIND_WORDS, KINDS, type Offer } from './words.ts';

interface SetDialogProps {
  /** Example: "Set A". */
  readonly label: string;
  readonly offers: readonly Offer[];
  readonly chosen: readonly string[];
  readonly onClose: () => void;
  readonly onChosen: (ids: readonly string[]) => void;
}

/** Selects the purchases of a set. Those that this client cannot buy stay listed, with the reason. */
export function SetDialog({ label, offers, chosen, onClose, onChosen }: SetDialogProps) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set(chosen));
  const [search, setSearch] = useState('');
  const [refused, setRefused] = useState(false);
  const words = search.trim().toLowerCase();
  const found = offers.filter(({ name }) => name.toLowerCase().includes(words));
  const toggle = (offer: Offer, on: boolean) => {
    const next = new Set(ids);
    // A client has one Claude plan and one Microsoft license, so a new choice replaces the former one.
    if (offer.kind === 'claude' || offer.kind === 'm365')
      for (const other of offers) if (other.kind === offer.kind) next.delete(other.id);
    if (on) next.add(offer.id);
    else next.delete(offer.id);
    setRefused(false);
    setIds(next);
  };
  const submit = async () => {
    if (ids.size === 0) {
      setRefused(true);
      return false;
    }
    onChosen(offers.flatMap(({ id }) => (ids.has(id) ? [id] : [])));
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Purchases of ${inSentence(label)}`}
      submit="Compare"
      onSubmit={submit}
    >
      <TextInput
        label="Search"
        type="search"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={classes.offers}>
        {found.length === 0 ? <p className="muted">No product has this name.</p> : null}
        {KINDS.map((kind) => {
          const list = found.filter((offer) => offer.kind === kind);
          return list.length === 0 ? null : (
            <fieldset key={kind} className={classes.offerGroup}>
              <legend>{KIND_WORDS[kind]}</legend>
              {list.map((offer) => (
                <Checkbox
                  key={offer.id}
                  checked={ids.has(offer.id)}
                  disabled={offer.because !== null && !ids.has(offer.id)}
                  onChange={(event) => toggle(offer, event.currentTarget.checked)}
                  label={
                    <>
                      {offer.name}
                      <span className="second">
                        {offer.because ??
                          (offer.price === null ? 'No price is known; enter a quote.' : priceText(offer))}
                      </span>
                    </>
                  }
                />
              ))}
            </fieldset>
          );
        })}
      </div>
      <p className="muted" role="status">
        {ids.size === 1 ? '1 purchase chosen' : `${ids.size} purchases chosen`}
      </p>
      {refused ? (
        <p role="alert" className="late">
          Choose at least one purchase, or cancel and remove the set.
        </p>
      ) : null}
    </FormDialog>
  );
}

function priceText({ price }: Offer): string {
  return price === null ? '' : `${price.words}. ${price.from.words}`;
}
