/** States of an account that a person can record. */
export const SAYABLE = ['migrating', 'said_closed', 'open'] as const;
