import { FORMATS, type Format, jsonText, type Logo, type Paper, type Part } from './formats.ts';
import type { Report } from './model.ts';

export { FORMATS, type Format, type Paper };

export interface RenderOptions {
  readonly paper: Paper;
  /** Which file, of PDF and HTML; workbook and JSON hold everything. */
  readonly part: Part;
  /** SHA-256 of the record’s JSON form, which both files name. */
  readonly sha256: string;
  readonly logo?: Logo;
}

/** The format that a file name asks for; null when it asks for none that Bylaw writes. */
export function formatOf(path: string): Format | null {
  const ending = path.toLowerCase().split('.').at(-1);
  return FORMATS.find((format) => format === ending) ?? null;
}

/**
 * One report in one format. The same report gives the same bytes. Each form is loaded when it is asked for, since
 * the compiler of the PDF alone takes longer to load than a small client takes to assess.
 */
export async function render(report: Report, format: Format, options: RenderOptions): Promise<Uint8Array> {
  const { paper, ...file } = options;
  switch (format) {
    case 'html':
      return new TextEncoder().encode((await import('./html/render.ts')).renderHtml(report, file));
    case 'pdf':
      return await (await import('./pdf/render.ts')).renderPdf(report, { paper, ...file });
    case 'xlsx':
      return await (await import('./xlsx/render.ts')).renderXlsx(report);
    case 'json':
      return new TextEncoder().encode(jsonText(report));
  }
}
