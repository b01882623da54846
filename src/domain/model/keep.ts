/** Retention in months. At least thirteen, so that a comparison with a year ago is always possible. */
export const KEEP = ['13', '25', '37', '61', 'forever'] as const;
