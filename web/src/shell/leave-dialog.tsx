import { Button, Modal } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Row } from '../ui/layout.tsx';
import { askWith, mayLeave, type Place, unsaved } from '../ui/unsaved.tsx';

/** Resolves the open question. */
let answer: ((leave: boolean) => void) | null = null;

// A dialog behind this one would react to Escape too, and ask again. One that reacted first is prevented from asking
// again.
window.addEventListener(
  'keydown',
  (event) => {
    if (answer === null || event.key !== 'Escape') return;
    event.stopImmediatePropagation();
    answer(false);
  },
  { capture: true },
);

interface Address {
  readonly pathname: string;
  readonly search: string;
}

/** The search parameters of a page other than those of overlays. */
const PARTS = ['tab', 'view'];
/** Search parameters that open a dialog. */
const OPENED_BY = ['open', 'new', 'add', 'edit', 'answer', 'attest', 'start'];

/** Whether a change of the URL would remove a form in this place. */
function leaves(place: Place, from: Address, to: Address): boolean {
  if (from.pathname !== to.pathname) return true;
  const before = new URLSearchParams(from.search);
  const after = new URLSearchParams(to.search);
  const differs = (name: string) => before.get(name) !== after.get(name);
  if (PARTS.some(differs)) return true;
  if (place === 'page') return false;
  // A dialog is open while its parameter is present; choices within it may change the value.
  return (
    differs('panel') || (place === 'dialog' && OPENED_BY.some((name) => before.has(name) && !after.has(name)))
  );
}

/** Events after which a form may have unsaved input. */
const ENTERED = ['input', 'change', 'click', 'drop'];

/** Above every dialog except the one for an expired session. */
const IN_FRONT = 380;

/** The question before leaving any form with unsaved input. Mounted once in the console. */
export function LeaveDialog() {
  const { history } = useRouter();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    askWith(() => {
      setOpened(true);
      return new Promise<boolean>((resolve) => {
        answer = (leave) => {
          answer = null;
          setOpened(false);
          resolve(leave);
        };
      });
    });
    // With a blocker, every change of the URL is asynchronous, and two consecutive ones would both start from the same
    // URL. So it only exists while there is unsaved input.
    let unblock: (() => void) | null = null;
    const follow = () => {
      const isUnsaved = unsaved(() => true).length > 0;
      if (isUnsaved === (unblock !== null)) return;
      unblock?.();
      unblock = isUnsaved
        ? history.block({
            blockerFn: async ({ currentLocation, nextLocation }) =>
              !(await mayLeave(({ place }) => leaves(place, currentLocation, nextLocation))),
            enableBeforeUnload: false,
          })
        : null;
    };
    const { push, replace } = history;
    history.push = (...to) => {
      follow();
      push(...to);
    };
    history.replace = (...to) => {
      follow();
      replace(...to);
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (unsaved(() => true).length > 0) event.preventDefault();
    };
    // The router handles "back" first, because its blocker was added on the first input.
    const later = () => void setTimeout(follow, 50);
    for (const kind of ENTERED) window.addEventListener(kind, later);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      askWith(null);
      unblock?.();
      Object.assign(history, { push, replace });
      for (const kind of ENTERED) window.removeEventListener(kind, later);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [history]);
  const stay = () => answer?.(false);
  return (
    <Modal
      opened={opened}
      onClose={stay}
      withCloseButton={false}
      closeOnEscape={false}
      zIndex={IN_FRONT}
      title="Leave without saving?"
    >
      <p>What you entered has not been saved.</p>
      <Row gap="sm" justify="end" above="md">
        <Button data-autofocus onClick={stay}>
          Stay
        </Button>
        <Button onClick={() => answer?.(true)}>Leave without saving</Button>
      </Row>
    </Modal>
  );
}
