import type { ZipEntry } from './zip.ts';

const BOOK = 'xl/workbook.xml';
const LINKS = 'xl/_rels/workbook.xml.rels';
const SHEET = /<(?:[\w-]+:)?sheet\s[^<>]*>/g;
const LINK = /<(?:[\w-]+:)?Relationship\s[^<>]*>/g;

/** The names of the parts that hold the sheets of a workbook, in the order of the sheets. */
export async function sheetParts(entries: readonly ZipEntry[]): Promise<readonly string[]> {
  const textOf = async (name: string) =>
    (await entries.find((entry) => entry.name === name)?.read())?.toString('utf8') ?? '';
  const targets = new Map(
    [...(await textOf(LINKS)).matchAll(LINK)].map(([tag]) => [
      attributeOf(tag, 'Id'),
      attributeOf(tag, 'Target'),
    ]),
  );
  return [...(await textOf(BOOK)).matchAll(SHEET)].map(([tag]) => {
    const target = targets.get(attributeOf(tag, '[\\w-]+:id')) ?? '';
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  });
}

/** The value of an attribute; empty: the tag has none of that name. */
function attributeOf(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found?.[1] ?? found?.[2] ?? '';
}
