import { Button, Modal } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Row } from '../ui/layout.tsx';
import { askWith, mayLeave, type Place, unsaved } from '../ui/unsaved.tsx';

/** The answer to the question that is open. */
let answer: ((leave: boolean) => void) | null = null;

// A dialog behind the question would hear Escape too, and ask again. A dialog that heard it before is refused to ask again.
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

/** What a page shows by its address, beside what is laid over it. */
const PARTS = ['tab', 'view'];
/** What opens a dialog by the address. */
const OPENED_BY = ['open', 'new', 'add', 'edit', 'answer', 'attest', 'start'];

/** Whether a change of the address takes a form in this place off the page. */
function leaves(place: Place, from: Address, to: Address): boolean {
  if (from.pathname !== to.pathname) return true;
  const before = new URLSearchParams(from.search);
  const after = new URLSearchParams(to.search);
  const differs = (name: string) => before.get(name) !== after.get(name);
  if (PARTS.some(differs)) return true;
  if (place === 'page') return false;
  // A dialog is open while its name is in the address; what is chosen in it may change the value.
  return (
    differs('panel') || (place === 'dialog' && OPENED_BY.some((name) => before.has(name) && !after.has(name)))
  );
}

/** Events after which a form may have something to lose. */
const ENTERED = ['input', 'change', 'click', 'drop'];

/** In front of every dialog but the one that says that the session ended. */
const IN_FRONT = 380;

/** The question of every form that is left with input that is not saved. Once in the console. */
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
    // With a blocker every change of the address waits for it, and two that follow each other at once would each begin
    // from the same one. So there is one only while there is something to lose.
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
    // Back is heard by the router first: its blocker is there once something was entered.
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
