import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';

/** Where a form is, which decides what leaves it: a dialog closes at Escape, a panel with its part of the address. */
export type Place = 'dialog' | 'panel' | 'page';

interface Form {
  readonly place: Place;
  readonly isUnsaved: () => boolean;
  /** Also while it is being saved, which may fail. */
  readonly isEntered: () => boolean;
  /** The person chose to leave it without saving. */
  left: boolean;
}

/** Forms on the page. */
const forms = new Set<Form>();
/** Asks whether to leave without saving; null until the dialog for it is there, and in the gallery. */
let ask: (() => Promise<boolean>) | null = null;
let isAsking = false;

/** Who asks: `shell/leave-dialog.tsx`. */
export function askWith(asks: (() => Promise<boolean>) | null): void {
  ask = asks;
}

/** Forms inside are in this place. */
const PlaceContext = createContext<Place>('page');
export const FormPlace = PlaceContext.Provider;
/** Forms of the nearest `Steady`. */
const AroundContext = createContext<Set<Form> | null>(null);

interface Options {
  /** Where the form is not in the place of what is around it. */
  readonly place?: Place;
  /** Whether something is entered, also while it is being saved: a `Steady` around it keeps it then. */
  readonly isEntered?: () => boolean;
}

/**
 * Asks before a form with input that is not saved is left: by Escape, a close button, Back, a link or closing the tab.
 * @param isUnsaved Asked when the form is about to be left; false while it is being saved, and after that.
 * @returns Runs what closes the form, at once or after the person has agreed.
 */
export function useUnsaved(
  isUnsaved: () => boolean,
  { place, isEntered = isUnsaved }: Options = {},
): (close: () => void) => void {
  const around = useContext(PlaceContext);
  const steady = useContext(AroundContext);
  const latest = useRef({ isUnsaved, isEntered });
  latest.current = { isUnsaved, isEntered };
  const own = useRef<Form | null>(null);
  const here = place ?? around;
  useEffect(() => {
    const form: Form = {
      place: here,
      isUnsaved: () => latest.current.isUnsaved(),
      isEntered: () => latest.current.isEntered(),
      left: false,
    };
    own.current = form;
    forms.add(form);
    steady?.add(form);
    return () => {
      forms.delete(form);
      steady?.delete(form);
    };
  }, [here, steady]);
  return (close) => {
    const form = own.current;
    void mayLeave((one) => one === form).then((may) => {
      if (may) close();
    });
  };
}

/**
 * Draws forms from what is stored, and keeps them as they are while something is entered: what someone else stored
 * meanwhile is not drawn over it. The server refuses what would overwrite that.
 */
export function Steady<Stored>({ of, children }: { of: Stored; children: (stored: Stored) => ReactNode }) {
  const [around] = useState(() => new Set<Form>());
  const [shown, setShown] = useState(of);
  const kept = [...around].some((form) => form.isEntered());
  if (!kept && shown !== of) setShown(of);
  return <AroundContext value={around}>{children(kept ? shown : of)}</AroundContext>;
}

/** Runs what closes a panel, at once or after the person has agreed to leave the forms in it. */
export function leavePanel(close: () => void): void {
  void mayLeave(({ place }) => place === 'panel').then((may) => {
    if (may) close();
  });
}

/** Forms with input that is not saved and that nobody chose to leave. */
export function unsaved(wanted: (form: Form) => boolean): Form[] {
  return [...forms].filter((form) => {
    const is = form.isUnsaved();
    if (!is) form.left = false;
    return is && !form.left && wanted(form);
  });
}

/** Asks where one of these forms has input that is not saved. One question at a time: a second one is refused. */
export async function mayLeave(wanted: (form: Form) => boolean): Promise<boolean> {
  const open = unsaved(wanted);
  if (open.length === 0 || ask === null) return true;
  if (isAsking) return false;
  isAsking = true;
  const leave = await ask().finally(() => {
    isAsking = false;
  });
  if (!leave) return false;
  // What closes them may change the address next, which must not ask again.
  for (const form of open) form.left = true;
  return true;
}
