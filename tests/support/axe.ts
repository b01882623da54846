import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** `colors`: only the rules about color; all others depend only on layout and structure. */
type Asked = 'all' | 'colors';

/**
 * Runs all axe rules that are not experimental, including target size, or only those about colors. axe is injected into
 * a page once, and reports neither selectors nor HTML: runs number in the hundreds, and those took half of the time.
 *
 * Color contrast and target size took nine tenths of the rest, and repeat the same result for each row of a list and
 * for the menu of every page. So of all texts with the same foreground, font and background, only one text, and one
 * link within text, is measured, unless it has already passed in this browser; and of all rows of a page with targets
 * in the same places, only one.
 *
 * `within`: check only the last element that matches a selector, such as a dialog over a page that is checked
 * separately.
 */
export async function accessibilityFaults(
  page: Page,
  asked: Asked = 'all',
  within?: string,
): Promise<string[]> {
  return (await accessibility(page, asked, within)).faults;
}

/** The same, plus what axe cannot decide: text covered by another element, at each of its places. */
export async function accessibility(
  page: Page,
  asked: Asked = 'all',
  within = 'html',
): Promise<{ readonly faults: string[]; readonly undecided: string[] }> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis')))
    await page.evaluate(`${SOURCE}; axe.configure({ noHtml: true })`);
  const known = passedIn(page.context().browser());
  const { faults, undecided, passed } = await page.evaluate<Found>(
    `(${IN_PAGE})(${JSON.stringify(asked)}, ${JSON.stringify([...known])}, ${JSON.stringify(within)})`,
  );
  for (const one of passed) known.add(one);
  return { faults: faults.map(inWords), undecided: undecided.map(inWords) };
}

function inWords({ id, html }: Fault): string {
  return `${id}: ${html.join(' | ')}`;
}

interface Fault {
  readonly id: string;
  readonly html: readonly string[];
}

interface Found {
  readonly faults: readonly Fault[];
  readonly undecided: readonly Fault[];
  /** Color styles already found to have enough contrast. */
  readonly passed: readonly string[];
}

const passedLooks = new WeakMap<Browser, Set<string>>();

function passedIn(browser: Browser | null): Set<string> {
  const known = (browser === null ? undefined : passedLooks.get(browser)) ?? new Set();
  if (browser !== null) passedLooks.set(browser, known);
  return known;
}

/* A string, because the tests are compiled without the DOM types. */
const IN_PAGE = `async (asked, passedBefore, part) => {
  const root = part === 'html' ? document : [...document.querySelectorAll(part)].at(-1) ?? document;
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
  /**
   * What lies behind and over the text of an element: the nearest opaque background, everything on top of it, and the
   * effects applied to them.
   */
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

  /** Whether the element itself contains text: most do not, and computing styles is the most expensive step. */
  const hasText = (element) => {
    if (/^(input|select|textarea)$/i.test(element.tagName)) return true;
    for (let node = element.firstChild; node !== null; node = node.nextSibling)
      if (node.nodeType === Node.TEXT_NODE && node.data.trim() !== '') return true;
    return false;
  };
  /** Style key of a link within text: its own style and that of its ancestors up to the block of the text. */
  const linkLook = (link) => {
    const looks = [];
    for (let one = link; one !== null; one = one.parentElement) {
      const style = getComputedStyle(one);
      const marks = ['text-decoration', 'font-style', 'border-bottom'].map((name) => style.getPropertyValue(name));
      looks.push(one.getAttribute('class'), lookOf(one), ...marks);
      if (one !== link && style.getPropertyValue('display') !== 'inline') break;
    }
    return hash(looks.join('|'));
  };
  /** For rules whose result depends only on style: the style key; null: nothing to check. */
  const LOOKS = {
    'color-contrast': (element) => hasText(element) ? lookOf(element) : null,
    'link-in-text-block': linkLook,
  };
  const lookFor = (id, element) => {
    const look = LOOKS[id](element);
    return look === null ? null : id + ' ' + look;
  };

  const ruleOf = (id) => {
    const rule = axe._audit.rules.find((one) => one.id === id);
    rule.everyOne ??= rule.matches;
    return rule;
  };
  const passed = new Set(passedBefore);
  /** Elements to measure, by style key, and below the style keys of the other elements that they represent. */
  const measured = new Map();
  const alike = new Map();
  for (const id of Object.keys(LOOKS)) {
    const rule = ruleOf(id);
    rule.matches = (element, ...more) => {
      const look = lookFor(id, element);
      if (look === null || passed.has(look)) return false;
      if (measured.has(look)) {
        alike.set(element, look);
        return false;
      }
      if (!rule.everyOne(element, ...more)) return false;
      measured.set(look, element);
      return true;
    };
  }

  /** Positions and sizes of a row's targets, and the distance to neighboring rows. */
  const shapes = new Map();
  const shapeOf = (row) => {
    const known = shapes.get(row);
    if (known !== undefined) return known;
    const box = row.getBoundingClientRect();
    const gap = (other) => {
      if (other === null) return 'none';
      const { left, top, right, bottom } = other.getBoundingClientRect();
      return [left - box.right, top - box.bottom, box.left - right, box.top - bottom].map(Math.round).join();
    };
    const targets = [...row.querySelectorAll('a, button, input, select, textarea, summary, [tabindex], [role]')].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [one.tagName, one.getAttribute('class'), ...[x - box.x, y - box.y, width, height].map(Math.round)].join();
    });
    const shape = [row.tagName, row.getAttribute('class'), row.parentElement.getAttribute('class'), Math.round(box.width),
      Math.round(box.height), gap(row.previousElementSibling), gap(row.nextElementSibling), ...targets].join('|');
    shapes.set(row, shape);
    return shape;
  };
  const rowOf = (element) => {
    let row = null;
    for (let one = element.closest('tr, li'); one !== null; one = one.parentElement.closest('tr, li')) row = one;
    return row;
  };
  /** One row that is measured for all rows of the same shape. */
  const rows = new Map();
  const size = ruleOf('target-size');
  size.matches = (element, ...more) => {
    const row = rowOf(element);
    if (row === null) return size.everyOne(element, ...more);
    const shape = shapeOf(row);
    if (!rows.has(shape)) rows.set(shape, row);
    return rows.get(shape) === row && size.everyOne(element, ...more);
  };

  const found = await axe.run(root, {
    resultTypes: ['violations', 'incomplete'], selectors: false, elementRef: true, preload: { assets: ['media'] },
    ...(asked === 'colors'
      ? { runOnly: { type: 'rule', values: Object.keys(LOOKS) } }
      : { rules: { 'target-size': { enabled: true } } }),
  });
  const looksIn = (results) => results.filter(({ id }) => id in LOOKS)
    .flatMap(({ id, nodes }) => nodes.map(({ element }) => lookFor(id, element)));
  const failed = new Set(looksIn(found.violations));
  let open = new Set(looksIn(found.incomplete));
  // An element may be covered, and so not measurable, while another one with the same style is not.
  if ([...alike.values()].some((look) => open.has(look))) {
    for (const id of Object.keys(LOOKS)) {
      const rule = ruleOf(id);
      rule.matches = (element, ...more) => open.has(alike.get(element)) && rule.everyOne(element, ...more);
    }
    const others = await axe.run(root, {
      resultTypes: ['violations', 'passes'], selectors: false, elementRef: true, preload: false,
      runOnly: { type: 'rule', values: Object.keys(LOOKS) },
    });
    found.violations.push(...others.violations);
    for (const look of looksIn(others.violations)) failed.add(look);
    open = open.difference(new Set(looksIn([...others.violations, ...others.passes])));
  }
  // Whatever a modal dialog, a message or the console's bar covers now becomes visible once it is closed or the page is
  // scrolled, so the visible part of a target is not its size.
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
  const named = ({ id, nodes }) => ({ id, html: nodes.map(({ element }) => element.outerHTML.slice(0, 300)) });
  const ofOpen = ({ id, nodes }) => ({ id, nodes: nodes.filter(({ element }) => !(id in LOOKS) || open.has(lookFor(id, element))) });
  return {
    faults: found.violations.map(within).filter(({ nodes }) => nodes.length > 0).map(named),
    undecided: found.incomplete.map(ofOpen).filter(({ nodes }) => nodes.length > 0).map(named),
    passed: [...measured.keys()].filter((look) => !open.has(look) && !failed.has(look)),
  };
}`;
