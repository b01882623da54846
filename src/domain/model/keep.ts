/** Months for which something can be kept. Thirteen at least, so that what stood a year ago can always be compared. */
export const KEEP = ['13', '25', '37', '61', 'forever'] as const;
