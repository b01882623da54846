import type { Outlier } from './baseline.ts';
import type { Sample } from './words.ts';

/**
 * Values in an alert that may identify a person: of its first event, of its group, and the person of an outlier day.
 */
export function namedInAlert(
  { sample, outlier }: { readonly sample: Sample; readonly outlier: Outlier | null },
  group: string,
): string[] {
  const values: unknown = JSON.parse(group);
  return [...Object.values(sample), ...(Array.isArray(values) ? values : []), outlier?.person].filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
}
