import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { openEverything } from '../support/openings.ts';

/**
 * Whatever opens at a press on the pages of the workspace, on those of a client and in the frame around every page, looked
 * at with axe: in both themes, 1440 px and 320 px wide. A window of 1280 px at 400 % zoom is 320 px of CSS wide.
 */
let here: FilledConsole;
beforeAll(async () => {
  // React's warnings are heard where every page is looked at; here they would take half as long again.
  here = await filledConsole('production');
});
afterAll(() => here.close());

/** Pages that sign somebody out or begin anew. */
const LEFT_OUT = /^\/(start|invite|sign-in|reset|no-such)/;
/** What stands in a page or beside it, so that its buttons can be pressed, too. */
const BESIDE = /[?&](panel|tab|view|show|state)=/;
/** What opens over a page and hides them. */
const OVER = /[?&](open|new|add|edit|answer)=/;

/** The pages whose addresses are wanted, as they are first and with what else stands in them. */
function pages(wanted: (path: string) => boolean): string[] {
  const { first, others } = here.addresses((path) => wanted(path) && !LEFT_OUT.test(path));
  return [...first, ...others.filter((path) => BESIDE.test(path) && !OVER.test(path))];
}

const UNCHANGED = 'nothing was changed or entered yet that it could send';
/**
 * Buttons that cannot be pressed or do nothing that is seen, and why. One that is not here fails the test, and so does one
 * that is here and can be pressed.
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

/** The same of the pages of a client. */
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
