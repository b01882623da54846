import type { Report } from './model.ts';

/** The forms of a report. */
export const FORMATS = ['html', 'pdf', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];
/** The two files that people read of a report: for the board in words, for technicians with everything. */
export const PARTS = ['board', 'appendix'] as const;
export type Part = (typeof PARTS)[number];
export type Paper = 'a4' | 'us-letter';

export interface Logo {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/svg+xml';
  readonly base64: string;
}

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** A report's JSON form: what is kept, what its SHA-256 is of, and what is downloaded. */
export function jsonText(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
