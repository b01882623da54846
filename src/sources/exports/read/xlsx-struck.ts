import type { ZipEntry } from './zip.ts';

const PREFIX = '(?:[^\\s<>:/]*:)?';
const FONT = new RegExp(`<${PREFIX}font(?=[\\s/>])`);
const STRIKE = new RegExp(`<${PREFIX}strike(?![^<>]*val\\s*=\\s*["'](?:0|false)["'])[\\s/>]`);
const FORMAT = new RegExp(`<${PREFIX}xf(?=[\\s/>])[^<>]*`, 'g');
const STYLES = /(?:^|\/)styles\.xml$/i;

/** Numbers of the cell formats of a workbook whose font is crossed out. */
export async function struckFormats(entries: readonly ZipEntry[]): Promise<ReadonlySet<string>> {
  const part = entries.find(({ name }) => STYLES.test(name));
  if (part === undefined) return new Set();
  const xml = (await part.read()).toString('latin1');
  const fonts = within(xml, 'fonts')
    .split(FONT)
    .slice(1)
    .map((font) => STRIKE.test(font));
  if (!fonts.includes(true)) return new Set();
  const formats = within(xml, 'cellXfs').match(FORMAT) ?? [];
  return new Set(
    formats.flatMap((format, at) => {
      const font = /\sfontId\s*=\s*["'](\d{1,5})["']/.exec(format)?.[1];
      return font !== undefined && fonts[Number(font)] === true ? [String(at)] : [];
    }),
  );
}

/** What is between the tags of an element that occurs once. */
function within(xml: string, element: string): string {
  const start = new RegExp(`<${PREFIX}${element}(?=[\\s>])`).exec(xml);
  const end = new RegExp(`</${PREFIX}${element}\\s*>`).exec(xml);
  return start === null || end === null ? '' : xml.slice(start.index, end.index);
}

/** Counts crossed-out cells, row by row. */
export class StruckRows {
  readonly #formats: ReadonlySet<string>;
  readonly #counts = new Map<number, { all: number; struck: number }>();

  constructor(formats: ReadonlySet<string>) {
    this.#formats = formats;
  }

  add(row: number, format: string | undefined): void {
    if (this.#formats.size === 0) return;
    const counts = this.#counts.get(row) ?? { all: 0, struck: 0 };
    counts.all += 1;
    if (format !== undefined && this.#formats.has(format)) counts.struck += 1;
    this.#counts.set(row, counts);
  }

  /** Numbers of rows (1-based) of which at least half of the cells are crossed out. */
  rows(): readonly number[] {
    return [...this.#counts].flatMap(([row, { all, struck }]) =>
      struck > 0 && struck * 2 >= all ? [row] : [],
    );
  }
}
