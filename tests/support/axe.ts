import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** `colors`: only the rules that ask for a color; every other asks only what is where. */
type Asked = 'all' | 'colors';

/**
 * What axe finds, by every rule that it does not call experimental, size of targets included; or by those of colors
 * alone. It is put into a page once, and names no selectors: a run is asked for hundreds of times, and both took half of it.
 *
 * Contrast took nine tenths of what is left, and says the same of each row of a list and of the menu of every page. So
 * one text is measured of all with the same ink and letters on the same ground, unless one has passed in this browser.
 */
export async function accessibilityFaults(page: Page, asked: Asked = 'all'): Promise<string[]> {
  return (await accessibility(page, asked)).faults;
}

/** The same, and what axe cannot decide: a text that something lies over, in each place that it is. */
export async function accessibility(
  page: Page,
  asked: Asked = 'all',
): Promise<{ readonly faults: string[]; readonly undecided: string[] }> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(SOURCE);
  const known = passedIn(page.context().browser());
  const { faults, undecided, passed } = await page.evaluate<Found>(
    `(${IN_PAGE})(${JSON.stringify(asked)}, ${JSON.stringify([...known])})`,
  );
  for (const one of passed) known.add(one);
  return { faults: faults.map(inWords), undecided: undecided.map(inWords) };
}

function inWords({ id, html }: Fault): string {
  return `${id}: ${html.map((text) => text.slice(0, 300)).join(' | ')}`;
}

interface Fault {
  readonly id: string;
  readonly html: readonly string[];
}

interface Found {
  readonly faults: readonly Fault[];
  readonly undecided: readonly Fault[];
  /** Looks of texts whose contrast is enough. */
  readonly passed: readonly string[];
}

const passedLooks = new WeakMap<Browser, Set<string>>();

function passedIn(browser: Browser | null): Set<string> {
  const known = (browser === null ? undefined : passedLooks.get(browser)) ?? new Set();
  if (browser !== null) passedLooks.set(browser, known);
  return known;
}

/* In the page's own words: the types of a browser are no business of the tests. */
const IN_PAGE = `async (asked, passedBefore) => {
  const hash = (text) => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    return (one >>> 0).toString(36) + (other >>> 0).toString(36);
  };
  const NOTHING = { group: '', ground: '' };
  const grounds = new Map();
  /** What is behind and over the texts of an element: the nearest opaque ground and all that lies on it, and what is done to both. */
  const behind = (element) => {
    if (element === null) return NOTHING;
    const known = grounds.get(element);
    if (known !== undefined) return known;
    const above = behind(element.parentElement);
    const style = getComputedStyle(element);
    const of = (name) => style.getPropertyValue(name);
    const group = [of('opacity'), of('filter'), of('mix-blend-mode')].join();
    const own = [of('background-color'), of('background-image'), of('background-clip')].join();
    const who = element.tagName + '.' + element.getAttribute('class');
    const aside = /absolute|fixed|sticky/.test(of('position')) ? of('position') : '';
    const clear = own === 'rgba(0, 0, 0, 0),none,border-box' && aside === '';
    const opaque = /^rgb\\(.*\\),none,border-box$/.test(own);
    const here = {
      group: group === '1,none,normal' ? above.group : above.group + group + who,
      ground: clear ? above.ground : (opaque ? '' : above.ground) + own + aside + who,
    };
    grounds.set(element, here);
    return here;
  };
  const looks = new Map();
  const lookOf = (element) => {
    const known = looks.get(element);
    if (known !== undefined) return known;
    const { group, ground } = behind(element);
    const style = getComputedStyle(element);
    const ink = ['color', 'font-size', 'font-weight', 'text-shadow', 'visibility'].map((name) => style.getPropertyValue(name));
    const look = hash([element.tagName, group, ground, ...ink].join('|'));
    looks.set(element, look);
    return look;
  };

  /** Whether there is a text of its own to look at: most elements have none, and a look is the dearest thing to ask. */
  const hasText = (element) => {
    if (/^(input|select|textarea)$/i.test(element.tagName)) return true;
    for (let node = element.firstChild; node !== null; node = node.nextSibling)
      if (node.nodeType === Node.TEXT_NODE && node.data.trim() !== '') return true;
    return false;
  };

  const contrast = axe._audit.rules.find(({ id }) => id === 'color-contrast');
  contrast.everyText ??= contrast.matches;
  const passed = new Set(passedBefore);
  /** Texts that are measured, by their looks. */
  const measured = new Map();
  contrast.matches = (element, ...more) => {
    if (!hasText(element)) return false;
    const look = lookOf(element);
    if (passed.has(look) || measured.has(look) || !contrast.everyText(element, ...more)) return false;
    measured.set(look, element);
    return true;
  };
  const found = await axe.run({
    resultTypes: ['violations', 'incomplete'], selectors: false, elementRef: true, preload: { assets: ['media'] },
    ...(asked === 'colors'
      ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
      : { rules: { 'target-size': { enabled: true } } }),
  });
  const looksIn = (results) => results.filter(({ id }) => id === 'color-contrast')
    .flatMap(({ nodes }) => nodes.map(({ element }) => lookOf(element)));
  const failed = new Set(looksIn(found.violations));
  let open = new Set(looksIn(found.incomplete));
  // What lies over one text, so that it cannot be measured, may leave another one of its look free.
  if ([...looks].some(([element, look]) => open.has(look) && measured.get(look) !== element)) {
    contrast.matches = (element, ...more) =>
      hasText(element) && open.has(lookOf(element)) && measured.get(lookOf(element)) !== element && contrast.everyText(element, ...more);
    const others = await axe.run({
      resultTypes: ['violations', 'passes'], selectors: false, elementRef: true, preload: false,
      runOnly: { type: 'rule', values: ['color-contrast'] },
    });
    found.violations.push(...others.violations);
    for (const look of looksIn(others.violations)) failed.add(look);
    open = open.difference(new Set(looksIn([...others.violations, ...others.passes])));
  }
  // What a modal dialog, a message or the bar of the console covers now is free once they are closed or the page is
  // scrolled: how much of a target they leave to be seen is not its size.
  const modal = document.querySelector('[aria-modal="true"]');
  const covers = [...document.querySelectorAll('header, section[aria-label="Messages"] > *')];
  const aside = (element) => {
    if (modal !== null && !modal.contains(element)) return true;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return covers.some((cover) => {
      const one = cover.getBoundingClientRect();
      return !cover.contains(element) && left < one.right && right > one.left && top < one.bottom && bottom > one.top;
    });
  };
  const within = ({ id, nodes }) => ({ id, nodes: nodes.filter(({ element }) => id !== 'target-size' || !aside(element)) });
  const named = ({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) });
  const ofOpen = ({ id, nodes }) => ({ id, nodes: nodes.filter(({ element }) => id !== 'color-contrast' || open.has(lookOf(element))) });
  return {
    faults: found.violations.map(within).filter(({ nodes }) => nodes.length > 0).map(named),
    undecided: found.incomplete.map(ofOpen).filter(({ nodes }) => nodes.length > 0).map(named),
    passed: [...measured.keys()].filter((look) => !open.has(look) && !failed.has(look)),
  };
}`;
