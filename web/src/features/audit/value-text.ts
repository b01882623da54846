/** A value of a record in readable form; the export has the exact value. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'Not set';
  if (value === true) return 'Yes';
  if (value === false) return 'No';
  if (value === '') return 'Empty text';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.length === 0) return 'Empty list';
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(', ');
  return JSON.stringify(value, null, 1);
}
