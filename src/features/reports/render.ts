import { FORMATS, type Format, jsonText, type Logo, type Paper } from './formats.ts';
import type { Report } from './model.ts';

export { FORMATS, type Format, type Paper };

export interface RenderOptions {
  readonly paper: Paper;
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
  const logo = options.logo ? { logo: options.logo } : {};
  switch (format) {
    case 'html':
      return new TextEncoder().encode((await import('./html/render.ts')).renderHtml(report, logo));
    case 'pdf':
      return await (await import('./pdf/render.ts')).renderPdf(report, { paper: options.paper, ...logo });
    case 'xlsx':
      return await (await import('./xlsx/render.ts')).renderXlsx(report);
    case 'json':
      return new TextEncoder().encode(jsonText(report));
  }
}
