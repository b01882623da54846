/** The forms of a report. */
export const FORMATS = ['html', 'pdf', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];
export type Paper = 'a4' | 'us-letter';
