/**
 * What the name of something has to match, and what to say otherwise. Names stand in mails and tables: no line breaks,
 * no characters that turn the text around them or cannot be seen.
 */
export const inOneLine = [
  /^[^\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]+$/u,
  'Write a name on one line, without control characters.',
] as const;
