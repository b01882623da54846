import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';

/**
 * Where a form is, which determines how it is left: a dialog by Escape, a panel by a change of its search parameter.
 */
export type Place = 'dialog' | 'panel' | 'page';

interface Form {
  readonly place: Place;
  readonly isUnsaved: () => boolean;
  /** Also true while it is being saved, because saving may fail. */
  readonly isEntered: () => boolean;
  /** Called when the person chose to leave without saving. */
  left: boolean;
}

/** Mounted forms. */
const forms = new Set<Form>();
/** Asks whether to leave without saving; null until the dialog is loaded, and in the gallery. */
let ask: (() => Promise<boolean>) | null = null;
let isAsking = false;

/** Registers who asks: `shell/leave-dialog.tsx`. */
export function askWith(asks: (() => Promise<boolean>) | null): void {
  ask = asks;
}

/** Place of the forms within. */
const PlaceContext = createContext<Place>('page');
export const FormPlace = PlaceContext.Provider;
/** Forms within the nearest `Steady`. */
const AroundContext = createContext<Set<Form> | null>(null);

interface Options {
  /** Overrides the place given by the context. */
  readonly place?: Place;
  /** Whether there is input, even while it is being saved: a surrounding `Steady` then preserves it. */
  readonly isEntered?: () => boolean;
}

/**
 * Asks before a form with unsaved input is left: by Escape, a close button, Back, a link or closing the tab.
 *
 * @param isUnsaved Called when the form is about to be left; false while it is being saved and afterwards.
 * @returns Runs what closes the form, at once or after the person agreed.
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
 * Renders forms from stored data, and freezes them while there is input: what someone else stored meanwhile does not
 * replace it. The server refuses to overwrite that.
 */
export function Steady<Stored>({ of, children }: { of: Stored; children: (stored: Stored) => ReactNode }) {
  const [around] = useState(() => new Set<Form>());
  const [shown, setShown] = useState(of);
  const kept = [...around].some((form) => form.isEntered());
  if (!kept && shown !== of) setShown(of);
  return <AroundContext value={around}>{children(kept ? shown : of)}</AroundContext>;
}

/** Runs what closes a panel, at once or after the person agreed to leave its forms. */
export function leavePanel(close: () => void): void {
  void mayLeave(({ place }) => place === 'panel').then((may) => {
    if (may) close();
  });
}

/** Forms with unsaved input that nobody agreed to leave. */
export function unsaved(wanted: (form: Form) => boolean): Form[] {
  return [...forms].filter((form) => {
    const is = form.isUnsaved();
    if (!is) form.left = false;
    return is && !form.left && wanted(form);
  });
}

/** Asks if one of these forms has unsaved input. One question at a time: a second one is refused. */
export async function mayLeave(wanted: (form: Form) => boolean): Promise<boolean> {
  const open = unsaved(wanted);
  if (open.length === 0 || ask === null) return true;
  if (isAsking) return false;
  isAsking = true;
  const leave = await ask().finally(() => {
    isAsking = false;
  });
  if (!leave) return false;
  // Closing them may change the URL next, which must not ask again.
  for (const form of open) form.left = true;
  return true;
}
