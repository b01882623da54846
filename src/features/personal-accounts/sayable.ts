/** What a person can say became of an account. */
export const SAYABLE = ['migrating', 'said_closed', 'open'] as const;
