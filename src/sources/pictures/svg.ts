import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import { ImportProblem } from '../exports/file-kind.ts';

/** Maximum shapes drawn once every reference is followed. */
const MAX_DRAWN = 20_000;
const MAX_DEPTH = 200;
/** Elements that must be rasterized first or that refer to other files. */
const UNPRINTABLE = new Set(['filter', 'image', 'feImage', 'foreignObject', 'script', 'iframe']);

/**
 * Rejects a drawing whose references expand exponentially: ten lines that each use the next twice draw a thousand
 * shapes, thirty draw a billion. Throws an ImportProblem.
 */
export function checkSvg(text: string): void {
  // Document types are meant for other programs.
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new ImportProblem(
      'The logo holds a document type or entity definition. Save it as plain SVG, or as PNG.',
    );
  const root = rootOf(text);
  const elements = [...root.getElementsByTagName('*'), root];
  const strange = elements.find(({ localName }) => UNPRINTABLE.has(localName ?? ''));
  if (strange !== undefined)
    throw new ImportProblem(
      `The logo holds a part of the kind “${strange.localName}”, which reports cannot print. Save it as plain SVG without effects and embedded pictures, or as PNG.`,
    );
  const byId = new Map(
    elements.flatMap((one) => (one.hasAttribute('id') ? [[one.getAttribute('id'), one]] : [])),
  );
  const ofClass = classReferences(elements);
  const drawn = new Map<Element, number>();
  const count = (element: Element, depth: number): number => {
    const known = drawn.get(element);
    if (known !== undefined) return known;
    // Infinite while being counted, which detects cycles.
    drawn.set(element, Number.POSITIVE_INFINITY);
    if (depth > MAX_DEPTH) throw unfolds();
    let all = 1;
    for (const id of referencesOf(element, ofClass)) {
      const target = byId.get(id);
      if (target !== undefined) all += count(target, depth + 1);
    }
    for (const child of element.childNodes)
      if (child.nodeType === child.ELEMENT_NODE) all += count(child as Element, depth + 1);
    if (all > MAX_DRAWN) throw unfolds();
    drawn.set(element, all);
    return all;
  };
  count(root, 0);
}

function rootOf(text: string): Element {
  try {
    const { documentElement } = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
      text.replace(/^\uFEFF/, '').trimStart(),
      'image/svg+xml',
    );
    if (documentElement !== null) return documentElement;
  } catch {
    // Reported below.
  }
  throw new ImportProblem('The logo is not a readable SVG. Save it again, or save it as PNG.');
}

/** Ids that an element refers to for drawing, by attribute or by class. */
function referencesOf(element: Element, ofClass: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  for (const { name, value } of element.attributes) {
    if (/(^|:)href$/.test(name)) {
      if (!value.trim().startsWith('#'))
        throw new ImportProblem(
          'The logo refers to something outside itself. Save it as plain SVG, or as PNG.',
        );
      found.push(value.trim().slice(1));
    } else if (name === 'class') {
      for (const one of value.split(/\s+/)) found.push(...(ofClass.get(one) ?? []));
    } else found.push(...urlsIn(value));
  }
  return found;
}

/** References in the embedded style sheets, by class. */
function classReferences(elements: readonly Element[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { localName, textContent } of elements) {
    if (localName !== 'style') continue;
    for (const rule of (textContent ?? '').split('}')) {
      const at = rule.indexOf('{');
      const ids = urlsIn(rule.slice(at + 1));
      if (ids.length === 0) continue;
      for (const selector of rule.slice(0, at).split(',')) {
        const name = /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1];
        if (name === undefined)
          throw new ImportProblem(
            'The style sheet of the logo refers to other parts in a way that cannot be followed. Save it as plain SVG, or as PNG.',
          );
        found.set(name, [...(found.get(name) ?? []), ...ids]);
      }
    }
  }
  return found;
}

function urlsIn(value: string): string[] {
  return [...value.matchAll(/url\(\s*["']?#([^"')\s]+)/gi)].map(([, id = '']) => id);
}

function unfolds(): ImportProblem {
  return new ImportProblem(
    `The logo draws more than ${MAX_DRAWN} shapes, or refers to itself. Save it as plain SVG with its shapes combined, or as PNG.`,
  );
}
