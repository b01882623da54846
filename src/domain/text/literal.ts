/** Escapes a text for use in a regular expression. */
export const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
