import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { openEverything } from '../support/openings.ts';

/**
 * Presses every button on the pages of the workspace, of a client, and in the frame around them, and checks what opens
 * with axe, in both themes and at 1440 and 320 CSS px. A 1280 px window at 400 % zoom is 320 CSS px wide.
 */
let here: FilledConsole;
beforeAll(async () => {
  // A production build: every-page.test.ts already covers React's warnings, which would take half as long again here.
  here = await filledConsole('production');
});
afterAll(() => here.close());

/** Pages that sign someone out or start over. */
const LEFT_OUT = /^\/(start|invite|sign-in|reset|no-such)/;
/** States shown within or beside a page, so that their buttons are pressed, too. */
const PAGE_STATES = /[?&](panel|tab|view|show|state)=/;
/** States that cover the page, and so its buttons. */
const OVER = /[?&](open|new|add|edit|answer)=/;

/** Pages with a wanted URL, in their first state and in the other states within them. */
function pages(wanted: (path: string) => boolean): string[] {
  const { first, others } = here.addresses((path) => wanted(path) && !LEFT_OUT.test(path));
  return [...first, ...others.filter((path) => PAGE_STATES.test(path) && !OVER.test(path))];
}

const UNCHANGED = 'nothing was changed or entered yet that it could send';
/**
 * Buttons that are disabled or have no visible effect, and why. The list must be exact: a missing entry fails the test,
 * and so does one whose button can be pressed.
 */
const UNREACHED: Readonly<Record<string, string>> = {
  '/me › Save (disabled)': UNCHANGED,
  '/me › Confirm (disabled)': UNCHANGED,
  '/me › Save reminders (disabled)': UNCHANGED,
  '/baselines/$/apply › Read the rows (disabled)': UNCHANGED,
  '/baselines/$/apply › Preview (disabled)': UNCHANGED,
  '/baselines/$ template › Save (disabled)': UNCHANGED,
  '/settings › Save name (disabled)': UNCHANGED,
  '/settings › Set up mail (disabled)': UNCHANGED,
  '/settings › Save (disabled)': UNCHANGED,
  '/settings › Set up the channel (disabled)': UNCHANGED,
};

/** The same for a client's pages. */
const UNREACHED_OF_CLIENT: Readonly<Record<string, string>> = {
  '/c/$/settings › Save profile (disabled)': UNCHANGED,
  '/c/$/settings › Save (disabled)': UNCHANGED,
  '/c/$/connectors/data-loss-prevention › Add the pattern (disabled)': UNCHANGED,
  '/c/$/connectors/data-loss-prevention › Try it (disabled)': UNCHANGED,
  '/c/$/connectors/data-loss-prevention › Save (disabled)': UNCHANGED,
  '/c/$/connectors/requests/$ › Save the answers (disabled)': UNCHANGED,
};

test('every dialog, menu and panel of a client can be opened, and axe finds nothing in it', async () => {
  const page = await here.open(here.bylaw.owner);
  const { faults, unreached, opened } = await openEverything(
    page,
    pages((path) => path.startsWith('/c/')),
  );
  expect(faults).toEqual([]);
  expect(unreached.toSorted()).toEqual(Object.keys(UNREACHED_OF_CLIENT).toSorted());
  expect(opened.length).toBeGreaterThan(180);
  await page.context().close();
}, 3_600_000);

test('every dialog, menu and panel of the workspace can be opened, and axe finds nothing in it', async () => {
  const page = await here.open(here.bylaw.owner);
  const { faults, unreached, opened } = await openEverything(
    page,
    pages((path) => !path.startsWith('/c/')),
  );
  expect(faults).toEqual([]);
  expect(unreached.toSorted()).toEqual(Object.keys(UNREACHED).toSorted());
  expect(opened.length).toBeGreaterThan(45);
  await page.context().close();
}, 1_800_000);
