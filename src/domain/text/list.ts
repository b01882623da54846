/** The entries of a list that is written as a text: `a, b, c`. */
export function list(text: string): readonly string[] {
  return text.split(', ');
}
