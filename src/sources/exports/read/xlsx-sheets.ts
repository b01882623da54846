import { ImportProblem } from '../file-kind.ts';
import { LIMITS } from './limits.ts';
import type { ZipEntry } from './zip.ts';

const BOOK = 'xl/workbook.xml';
const LINKS = 'xl/_rels/workbook.xml.rels';
const SHEET = /<(?:[\w-]+:)?sheet\s[^<>]*>/g;
const LINK = /<(?:[\w-]+:)?Relationship\s[^<>]*>/g;

/** Maximum parts that a workbook may refer to: its sheets and others. */
const MAX_LINKS = 10_000;

/** A sheet as listed by the workbook. */
export interface SheetPart {
  /** Name of the part with its content; empty: not stated. */
  readonly part: string;
  /** Whether it contains cells; charts and dialogs do not. */
  readonly hasCells: boolean;
  readonly isHidden: boolean;
}

/**
 * Parts with the sheets of a workbook, in order of the sheets. Throws an ImportProblem if there are more than the
 * reader can handle, because its time is quadratic in their number.
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

/** Value of an attribute; empty: not present. */
function attributeOf(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found?.[1] ?? found?.[2] ?? '';
}
