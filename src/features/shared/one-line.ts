/**
 * Pattern for names, and its error message. Names appear in mails and tables, so line breaks, bidirectional controls
 * and invisible characters are not allowed.
 */
export const inOneLine = [
  /^[^\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]+$/u,
  'Write a name on one line, without control characters.',
] as const;
