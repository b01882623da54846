/** Parses a list written as text: `a, b, c`. */
export function list(text: string): readonly string[] {
  return text.split(', ');
}
