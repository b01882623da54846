import { FORMATS, type Format, jsonText, type Logo, type Paper, type Part } from './formats.ts';
import type { Report } from './model.ts';

export { FORMATS, type Format, type Paper };

export interface RenderOptions {
  readonly paper: Paper;
  /** Which document, for PDF and HTML; workbook and JSON contain everything. */
  readonly part: Part;
  /** SHA-256 of the record's JSON form, shown in both documents. */
  readonly sha256: string;
  readonly logo?: Logo;
}

/** The format that a file name specifies; null: none that Bylaw writes. */
export function formatOf(path: string): Format | null {
  const ending = path.toLowerCase().split('.').at(-1);
  return FORMATS.find((format) => format === ending) ?? null;
}

/**
 * Renders one report in one format. The same report gives the same bytes. Each format's code is loaded on first use,
 * since the PDF compiler alone takes longer to load than a small client takes to assess.
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
