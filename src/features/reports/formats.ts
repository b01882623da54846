import type { Report } from './model.ts';

/** Formats of a report. */
export const FORMATS = ['html', 'pdf', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];
/** The two documents of a report: for the board in words, and for technicians with every detail. */
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

/** A report as JSON, as it is stored, hashed with SHA-256 and downloaded. */
export function jsonText(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
