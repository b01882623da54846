/** The same for every way of writing one name: capitals and blanks make no difference. Used for connectors and actions. */
export function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}
