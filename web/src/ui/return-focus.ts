import { useLayoutEffect } from 'react';

/** Dialogs, menus and lists of a field: they leave the page with whatever in them had the focus. */
const PASSING = '[data-portal], [role="menu"], [role="listbox"]';
const OPEN_DIALOG = '[data-portal] [role="dialog"]';
/** When to look whether the focus was lost, in ms: once what follows has its focus, and once a dialog has faded. */
const CHECKS = [50, 400];

let lastOnPage: HTMLElement | null = null;
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && target.closest(PASSING) === null) lastOnPage = target;
});

/**
 * Gives the focus back when a dialog closes: to what opened it, behind a menu to the menu's button, and if that is gone,
 * to the page's heading. Mantine does so only for a dialog that stays mounted while it is closed.
 */
export function useReturnFocus(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return;
    const openers = [document.activeElement, lastOnPage];
    return () => {
      for (const wait of CHECKS) setTimeout(() => giveBack(openers), wait);
    };
  }, [opened]);
}

function giveBack(openers: readonly (Element | null)[]): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const dialog = document.querySelector(OPEN_DIALOG);
  const target = [...openers, document.querySelector('main h1')].find(
    (one) =>
      one instanceof HTMLElement &&
      one !== document.body &&
      one.isConnected &&
      one.checkVisibility() &&
      (dialog === null || one.closest(OPEN_DIALOG) !== null),
  );
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
