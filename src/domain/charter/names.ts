/** Normalizes a name of a connector or action, so that case and whitespace make no difference. */
export function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** Key of a cell of the matrix, independent of the spelling of its two names. */
export function cellKey(connector: string, action: string): string {
  return `${fold(connector)}\u0000${fold(action)}`;
}
