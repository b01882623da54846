/** A problem's sentence with its row and column, for people to look up. */
export function withPlace({
  message,
  row,
  column,
}: {
  readonly message: string;
  readonly row: number | null;
  readonly column: string | null;
}): string {
  const place = [row === null ? null : `row ${row}`, column === null ? null : `column “${column}”`]
    .filter((part) => part !== null)
    .join(', ');
  return place === '' ? message : `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${message}`;
}
