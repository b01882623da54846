import { ImportProblem } from '../file-kind.ts';
import { LIMITS } from './limits.ts';
import type { ZipEntry } from './zip.ts';

const BOOK = 'xl/workbook.xml';
const LINKS = 'xl/_rels/workbook.xml.rels';
const SHEET = /<(?:[\w-]+:)?sheet\s[^<>]*>/g;
const LINK = /<(?:[\w-]+:)?Relationship\s[^<>]*>/g;

/** Parts that a workbook may refer to: its sheets, and what it has beside them. */
const MAX_LINKS = 10_000;

/** A sheet of a workbook, as the workbook lists it. */
export interface SheetPart {
  /** Name of the part that holds it; empty: the workbook does not say. */
  readonly part: string;
  /** It holds cells; a sheet that is a chart or a dialog does not. */
  readonly hasCells: boolean;
  readonly isHidden: boolean;
}

/**
 * The parts that hold the sheets of a workbook, in the order of the sheets. Throws an ImportProblem where it lists more
 * than the reader can take: its time grows with the square of their number.
 */
export async function sheetParts(entries: readonly ZipEntry[]): Promise<readonly SheetPart[]> {
  const textOf = async (name: string) =>
    (await entries.find((entry) => entry.name === name)?.read())?.toString('utf8') ?? '';
  const links = [...(await textOf(LINKS)).matchAll(LINK)];
  const sheets = [...(await textOf(BOOK)).matchAll(SHEET)];
  if (sheets.length > LIMITS.workbookSheets || links.length > MAX_LINKS)
    throw new ImportProblem(
      `The workbook lists more sheets than Bylaw reads, which is ${LIMITS.workbookSheets}. Export the list as CSV.`,
    );
  const targets = new Map(
    links.map(([tag]) => [
      attributeOf(tag, 'Id'),
      { target: attributeOf(tag, 'Target'), type: attributeOf(tag, 'Type') },
    ]),
  );
  return sheets.map(([tag]) => {
    const { target = '', type = '' } = targets.get(attributeOf(tag, '[\\w-]+:id')) ?? {};
    return {
      part: target === '' ? '' : target.startsWith('/') ? target.slice(1) : `xl/${target}`,
      hasCells: !/\/(?:chart|dialog)sheet$/.test(type),
      isHidden: /hidden/i.test(attributeOf(tag, 'state')),
    };
  });
}

/** The value of an attribute; empty: the tag has none of that name. */
function attributeOf(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found?.[1] ?? found?.[2] ?? '';
}
