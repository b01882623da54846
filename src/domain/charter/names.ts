/** The same for every way of writing one name: capitals and blanks make no difference. Used for connectors and actions. */
export function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** A cell of the matrix, the same for every way of writing its two names. */
export function cellKey(connector: string, action: string): string {
  return `${fold(connector)}\u0000${fold(action)}`;
}
