/** The rule that can be checked while typing; the server checks the others. */
export function passwordRule(value: string): string | null {
  const length = [...value].length;
  if (length === 0) return 'Choose a password of at least 12 characters.';
  return length < 12 ? `${length} of at least 12 characters.` : null;
}
