import { renderHtml } from './html/render.ts';
import type { Report } from './model.ts';
import { renderPdf } from './pdf/render.ts';
import { renderXlsx } from './xlsx/render.ts';

export const FORMATS = ['html', 'pdf', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];
export type Paper = 'a4' | 'us-letter';

export interface Logo {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/svg+xml';
  readonly base64: string;
}

export interface RenderOptions {
  readonly paper: Paper;
  readonly logo?: Logo;
}

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** The format that a file name asks for; null when it asks for none that Bylaw writes. */
export function formatOf(path: string): Format | null {
  const ending = path.toLowerCase().split('.').at(-1);
  return FORMATS.find((format) => format === ending) ?? null;
}

/** One report in one format. The same report gives the same bytes. */
export async function render(report: Report, format: Format, options: RenderOptions): Promise<Uint8Array> {
  const logo = options.logo ? { logo: options.logo } : {};
  switch (format) {
    case 'html':
      return new TextEncoder().encode(renderHtml(report, logo));
    case 'pdf':
      return await renderPdf(report, { paper: options.paper, ...logo });
    case 'xlsx':
      return await renderXlsx(report);
    case 'json':
      return new TextEncoder().encode(`${JSON.stringify(report, null, 1)}\n`);
  }
}
