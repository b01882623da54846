import type { CDPSession, Page } from 'playwright-core';
import { accessibilityFaults } from './axe.ts';
import { sideways } from './console-browser.ts';
import { follow, settled } from './settled.ts';
import { type Look, look, shownAs, WIDE_LIGHT } from './walk.ts';

/** Result of opening everything that can be opened on pages. */
export interface Openings {
  /** Defects, each with its page and button. */
  readonly faults: string[];
  /** Buttons without a visible effect, and disabled ones, by page and name. */
  readonly unreached: string[];
  /** What opened, by page and button. */
  readonly opened: string[];
}

/**
 * 1440 px and 320 px wide, in both themes. A window of 1280 × 1024 px at 400 % zoom has 320 × 256 CSS pixels, so it is
 * one of the two narrow looks and a phone is the other: the same style rules apply in both. They differ in height,
 * where overlays have to scroll. So all rules are run once per width, and the color rules once per theme and width.
 */
const LOOKS: readonly (Look & { readonly asked: 'all' | 'colors' })[] = [
  { ...WIDE_LIGHT, asked: 'all' },
  { ...WIDE_LIGHT, scheme: 'dark', asked: 'colors' },
  { scheme: 'dark', width: 320, height: 256, zoom: 4, asked: 'all' },
  { scheme: 'light', width: 320, height: 720, zoom: 1, asked: 'colors' },
];

/** Parts that are the same on every page: each is opened once. */
const SHARED =
  /^(Export|Saved views|Copy |Print$|Close the panel|Close$|Help|Back$|Remove the filter|Clear the filter|Dismiss)/;

/** Timeout until a button can be pressed, in milliseconds, generous for a busy machine. */
const PRESSED_MS = 60_000;
/** Timeout until a page shows the effect of a press, in milliseconds; used up only if the press has no effect. */
const LATEST_MS = 120_000;

/**
 * Everything visible that can be pressed; runs in the browser. A button in a table row is identified by its visible
 * text, because its accessible name also contains the row's name. All sort buttons of a table are one kind.
 */
const PRESSED = 'button, [role="button"], [role="tab"]';
const FOUND = `[...document.querySelectorAll('#root :is(${PRESSED})')].map((one) => ({
    name: ((one.closest('thead') ? 'Sort' : one.closest('tr') && one.textContent.trim()) || (one.getAttribute('aria-label') ?? one.textContent)).trim().replace(/\\s+/g, ' '),
    off: one.disabled === true || one.getAttribute('aria-disabled') === 'true' || one.getAttribute('data-disabled') === 'true',
    on: one.getAttribute('aria-pressed') === 'true' || one.getAttribute('aria-selected') === 'true' || one.getAttribute('aria-checked') === 'true',
    framed: one.closest('main, [role="dialog"], aside') === null,
    shown: one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1,
  }))`;
interface Found {
  readonly name: string;
  readonly off: boolean;
  readonly on: boolean;
  /** In the frame around every page. */
  readonly framed: boolean;
  readonly shown: boolean;
}

/** Elements that can overlay a page, excluding those inside a dialog. */
const LAYER = ':is([role="dialog"], [role="menu"], [role="listbox"]):not([role="dialog"] *)';
/** Marks closed overlays, which may remain hidden in the document, and returns how many are open. */
const OPEN = `[...document.querySelectorAll('${LAYER}')].filter((one) => {
  const isOpen = one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height > 1;
  one.toggleAttribute('data-closed', !isOpen);
  return isOpen;
}).length`;
const OPEN_LAYER = `${LAYER}:not([data-closed])`;
/** Role and name of the topmost overlay. */
const NAMED = `(() => {
  const one = [...document.querySelectorAll('${OPEN_LAYER}')].at(-1);
  const by = one?.getAttribute('aria-labelledby') ?? '';
  const label = one?.getAttribute('aria-label') ?? document.getElementById(by)?.textContent ?? '';
  return [one?.getAttribute('role') ?? '', label.trim()];
})()`;

const STATE = `[location.href, document.getElementById('root').innerHTML].join('\\n')`;
/**
 * The snapshot before a press is kept in the page itself: it is large, and would otherwise be transferred several
 * times.
 */
const KEEP_STATE = `globalThis.wasPrinted = false; globalThis.stateBefore = ${STATE}; undefined`;
const HAS_CHANGED = `globalThis.wasPrinted === true || globalThis.stateBefore !== ${STATE}`;

/** The message that a refused press leaves at the foot of the page covers other buttons. */
const CLOSE_MESSAGES = `document.querySelectorAll('section[aria-label="Messages"] button').forEach((one) => one.click())`;

/** A name without the part specific to its row: "Revoke Cowork" and "Revoke Archive" are one kind. */
export function kindOf(name: string): string {
  return name
    .replace(/[“"][^”"]*[”"]/gu, '')
    .replace(/:.*| (of|for|from|as|to|in) .*/u, '')
    .replace(/\d[\d,.]*/gu, '#')
    .trim();
}

function keyOf(route: string, { name, framed }: Found): string {
  return framed || SHARED.test(name) ? kindOf(name) : `${route} › ${kindOf(name)}`;
}

/** The route of a URL, without the values of its parameters. */
function routeOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://here');
  const route = pathname
    .replace(/^\/c\/[\w-]+/, '/c/$')
    .replace(/\/([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|[\w-]{40,})(?=\/|$)/g, '/$');
  const tab = searchParams.get('tab') ?? searchParams.get('view');
  return tab === null ? route : `${route} ${tab}`;
}

/**
 * Presses each kind of button on these pages once, and checks whatever opens (a dialog, a menu, a list of options) with
 * axe, at both widths and in both themes. Nothing is changed: requests that would change something are refused before
 * they reach the server. Buttons inside a dialog are checked but not pressed, and links are not followed.
 */
export async function openEverything(page: Page, paths: readonly string[]): Promise<Openings> {
  const found: Openings = { faults: [], unreached: [], opened: [] };
  const devtools = await page.context().newCDPSession(page);
  const walker = new Walker(page, devtools, found);
  await walker.begin();
  for (const path of paths) await walker.visit(path);
  await page.unroute('**/api/**');
  await devtools.detach();
  return found;
}

class Walker {
  readonly #page: Page;
  readonly #devtools: CDPSession;
  readonly #found: Openings;
  /** Kinds of buttons already pressed, by route. */
  readonly #pressed = new Set<string>();
  /** Kinds of overlays already checked. */
  readonly #looked = new Set<string>();
  #acted = false;

  constructor(page: Page, devtools: CDPSession, found: Openings) {
    this.#page = page;
    this.#devtools = devtools;
    this.#found = found;
  }

  async begin(): Promise<void> {
    const refusal = JSON.stringify({ code: 'CONFLICT', status: 409, message: 'Refused by the test.' });
    await this.#page.route('**/api/**', (route) => {
      // An idle page sends no requests, so pressing "Retry" may produce the same response as before.
      this.#acted = true;
      if (route.request().method() === 'GET') return route.fallback();
      return route.fulfill({ status: 409, contentType: 'application/json', body: refusal });
    });
    this.#page.on('download', (download) => {
      this.#acted = true;
      void download.cancel();
    });
    // A file chooser or a print dialog counts as an effect.
    this.#page.on('filechooser', () => {
      this.#acted = true;
    });
    await this.#page.addInitScript(
      `globalThis.print = () => { globalThis.wasPrinted = true; };
       navigator.clipboard.writeText = async () => { globalThis.wasPrinted = true; };`,
    );
    await look(this.#page, this.#devtools, WIDE_LIGHT);
  }

  /** Presses the remaining buttons one by one, since each press may have changed the page. */
  async visit(path: string): Promise<void> {
    const page = this.#page;
    const route = routeOf(path);
    try {
      await this.#goTo(path);
      await page.evaluate(CLOSE_MESSAGES);
      for (;;) {
        const buttons = await page.evaluate<Found[]>(FOUND);
        const at = buttons.findIndex(
          (one) => one.shown && one.name !== '' && !one.on && !this.#pressed.has(keyOf(route, one)),
        );
        const button = buttons[at];
        if (button === undefined) return;
        const key = keyOf(route, button);
        this.#pressed.add(key);
        if (button.off) this.#found.unreached.push(`${key} (disabled)`);
        else await this.#press(path, route, key, at);
      }
    } catch (error) {
      this.#found.faults.push(
        `${path}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      );
    }
  }

  async #press(path: string, route: string, key: string, at: number, isAgain = false): Promise<void> {
    const page = this.#page;
    this.#acted = false;
    await page.evaluate(KEEP_STATE);
    try {
      await page.locator('#root').locator(PRESSED).nth(at).click({ timeout: PRESSED_MS });
    } catch {
      await this.#back(path);
      // Data that arrived in the meantime may have moved it.
      const buttons = await page.evaluate<Found[]>(FOUND);
      const now = buttons.findIndex((one) => one.shown && !one.off && keyOf(route, one) === key);
      if (now >= 0 && !isAgain) return this.#press(path, route, key, now, true);
      this.#found.unreached.push(`${key} (could not be pressed)`);
      return;
    }
    const result = await this.#result();
    if (result === 'nothing') this.#found.unreached.push(key);
    if (result === 'over') await this.#lookAt(key);
    await this.#back(path);
  }

  /** Reloads the page if a press navigated away or left something open. */
  async #back(path: string): Promise<void> {
    const page = this.#page;
    for (let tries = 0; tries < 6 && (await this.#open()) > 0; tries += 1) {
      if (tries % 2 === 0) await page.keyboard.press('Escape');
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await page.evaluate(CLOSE_MESSAGES);
    const here = new URL(page.url());
    if ((await this.#open()) > 0) {
      await page.goto(path);
      await settled(page);
    } else if (`${here.pathname}${here.search}` !== path) await this.#goTo(path);
  }

  /** Discards what a press entered in a form, such as an added line. */
  async #goTo(path: string): Promise<void> {
    const page = this.#page;
    await follow(page, path);
    const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
    if (!(await leave.isVisible())) return;
    await leave.getByRole('button', { name: 'Leave without saving' }).click();
    await leave.waitFor({ state: 'hidden' });
    await settled(page);
  }

  #open(): Promise<number> {
    return this.#page.evaluate<number>(OPEN);
  }

  /** Polls for the effect of a press until one is visible. */
  async #result(): Promise<'over' | 'elsewhere' | 'nothing'> {
    const page = this.#page;
    const until = Date.now() + LATEST_MS;
    for (;;) {
      if ((await this.#open()) > 0) {
        await settled(page);
        return 'over';
      }
      if ((await page.evaluate<boolean>(HAS_CHANGED)) || this.#acted) {
        await settled(page);
        return (await this.#open()) > 0 ? 'over' : 'elsewhere';
      }
      if (Date.now() > until) return 'nothing';
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #lookAt(key: string): Promise<void> {
    const page = this.#page;
    const [role = '', title = ''] = await page.evaluate<string[]>(NAMED);
    this.#found.opened.push(key);
    const kind = role === 'dialog' ? `dialog ${kindOf(title)}` : `${role} ${key.replace(/^.* › /u, '')}`;
    if (this.#looked.has(kind)) return;
    this.#looked.add(kind);
    for (const { asked, ...one } of LOOKS) {
      await shownAs(page, this.#devtools, one);
      const where = `${key}: ${one.scheme} ${one.width}×${one.height}`;
      if ((await this.#open()) === 0) {
        // A menu closes when the window is resized.
        if (role === 'dialog') this.#found.faults.push(`${where}: it closed by itself`);
        break;
      }
      const wider = await sideways(page);
      if (wider > 0) this.#found.faults.push(`${where}: ${wider} px wider than the window`);
      for (const fault of await accessibilityFaults(page, asked, OPEN_LAYER))
        this.#found.faults.push(`${where}: ${fault}`);
    }
    await shownAs(page, this.#devtools, WIDE_LIGHT);
  }
}
