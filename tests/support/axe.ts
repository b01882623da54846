import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

/** `colors`: only the rules that ask for a color; every other asks only what is where. */
type Asked = 'all' | 'colors';

/**
 * What axe finds, by every rule that it does not call experimental, size of targets included; or by those of colors
 * alone. It is put into a page once, and names no selectors: a run is asked for hundreds of times, and both took half of it.
 *
 * Contrast takes nine tenths of what is left, and says the same of each row of a list and of the menu of every page. So
 * a text is measured unless one has passed in this browser with the same ink and letters on the same ground.
 */
export async function accessibilityFaults(page: Page, asked: Asked = 'all'): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  const known = passedIn(page.context().browser());
  const { faults, passed } = await page.evaluate<Found>(
    `(${IN_PAGE})(${JSON.stringify(asked)}, ${JSON.stringify([...known])})`,
  );
  for (const one of passed) known.add(one);
  return faults.map(({ id, html }) => `${id}: ${html.map((text) => text.slice(0, 300)).join(' | ')}`);
}

interface Found {
  readonly faults: readonly { readonly id: string; readonly html: readonly string[] }[];
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
  const known = new Set(passedBefore);
  const looks = new Map();
  const hash = (text) => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    return (one >>> 0).toString(36) + (other >>> 0).toString(36);
  };
  const FORM = new Set(['INPUT', 'SELECT', 'TEXTAREA']);
  const hasText = (element) => FORM.has(element.tagName) ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  const NOTHING = { group: '', ground: '' };
  /** What is behind and over the texts of an element: the nearest opaque ground and all that lies on it, and what is done to both. */
  const behind = (element, style, above) => {
    const of = (name) => style.getPropertyValue(name);
    const group = [of('opacity'), of('filter'), of('mix-blend-mode')].join();
    const own = [of('background-color'), of('background-image'), of('background-clip')].join();
    const who = element.tagName + '.' + element.getAttribute('class');
    const aside = /absolute|fixed|sticky/.test(of('position')) ? of('position') : '';
    const clear = own === 'rgba(0, 0, 0, 0),none,border-box' && aside === '';
    const opaque = /^rgb\\(.*\\),none,border-box$/.test(own);
    return {
      group: group === '1,none,normal' ? above.group : above.group + group + who,
      ground: clear ? above.ground : (opaque ? '' : above.ground) + own + aside + who,
    };
  };
  /** Gives whether everything in an element has passed before, and adds the largest such elements to those left out. */
  const leftOut = [];
  const visit = (element, above) => {
    const style = getComputedStyle(element);
    const here = behind(element, style, above);
    const ink = ['color', 'font-size', 'font-weight', 'text-shadow', 'visibility'].map((name) => style.getPropertyValue(name));
    const look = hash([element.tagName, here.group, here.ground, ...ink].join('|'));
    looks.set(element, look);
    const children = [...element.children].map((child) => [child, visit(child, here)]);
    const whole = (known.has(look) || !hasText(element)) && children.every(([, passed]) => passed);
    if (!whole) leftOut.push(...children.filter(([, passed]) => passed).map(([child]) => child));
    return whole;
  };
  const contrast = visit(document.documentElement, NOTHING) ? { violations: [], passes: [] } : await axe.run({ include: [document], exclude: leftOut }, {
    resultTypes: ['violations', 'passes'], selectors: false, elementRef: true, preload: false,
    runOnly: { type: 'rule', values: ['color-contrast'] },
  });
  const rest = await axe.run({ resultTypes: ['violations'], selectors: false, preload: { assets: ['media'] },
    ...(asked === 'colors'
      ? { runOnly: { type: 'rule', values: ['link-in-text-block'] } }
      : { rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: false } } }),
  });
  return {
    faults: [...contrast.violations, ...rest.violations].map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) })),
    passed: contrast.passes.flatMap(({ nodes }) => nodes.map(({ element }) => looks.get(element)).filter(Boolean)),
  };
}`;
