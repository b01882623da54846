import { compileRule } from './compile.ts';
import { bylawField, isOwnField } from './fields.ts';
import { modifiersOf } from './modifiers.ts';
import { type Detection, isCorrelation, type SigmaRule, selectionsOf } from './sigma.ts';
import { fieldsShown } from './words.ts';

/** A field in a detection that only a source can fill, with the events it is read from. */
export interface AskedField {
  readonly detection: string;
  readonly field: string;
  /** Types of those events; null: any type, so their fields cannot be checked. */
  readonly types: ReadonlySet<string> | null;
}

/**
 * What detections require of events: the types they name, and the fields that neither every activity has nor Bylaw
 * adds. A detection that names a type or field that no source has would never fire and look as if it found nothing.
 */
export function askedOf(detections: readonly Detection[]): {
  readonly types: readonly { readonly detection: string; readonly type: string }[];
  readonly fields: readonly AskedField[];
  /** Fields under `bylaw.` that Bylaw does not add. */
  readonly unknown: readonly { readonly detection: string; readonly field: string }[];
} {
  const named = detections.flatMap((one) => namedBy(one, detections));
  return {
    types: detections.flatMap((one) =>
      isCorrelation(one)
        ? []
        : [...(compileRule(one).types ?? [])].map((type) => ({ detection: one.bylaw.id, type })),
    ),
    fields: named.filter(({ field }) => !isOwnField(field) && !field.startsWith('bylaw.')),
    unknown: named.filter(({ field }) => field.startsWith('bylaw.') && !bylawField(field)),
  };
}

function namedBy(file: Detection, detections: readonly Detection[]): AskedField[] {
  const { id } = file.bylaw;
  const of = (base: SigmaRule, fields: readonly string[]): AskedField[] => {
    const { types } = compileRule(base);
    return [...new Set(fields)].map((field) => ({ detection: id, field, types }));
  };
  if (!isCorrelation(file))
    return of(file, [...selectedFields(file), ...file.bylaw.group, ...fieldsShown(file)]);
  const { rules, aliases, condition, 'group-by': groups } = file.correlation;
  const shown = [...fieldsShown(file), ...(condition?.field === undefined ? [] : [condition.field])];
  return detections.flatMap((one) => {
    const name = isCorrelation(one) ? undefined : rules.find((key) => key === one.name || key === one.id);
    if (isCorrelation(one) || name === undefined) return [];
    return of(one, [...shown, ...groups.map((key) => aliases[key]?.[name] ?? key)]);
  });
}

/** The fields used in a rule's selections. */
export function selectedFields(rule: SigmaRule): string[] {
  return [...selectionsOf(rule).values()].flatMap((selection) =>
    (Array.isArray(selection) ? selection : [selection]).flatMap((one) =>
      typeof one === 'object' ? Object.entries(one).flatMap(([key, wanted]) => fieldsOf(key, wanted)) : [],
    ),
  );
}

/** With `fieldref`, the values are field names too; a keyword without a field needs none. */
function fieldsOf(key: string, wanted: unknown): string[] {
  const { field, flags } = modifiersOf(key);
  const others = flags.has('fieldref') ? [wanted].flat().map(String) : [];
  return field === '' ? others : [field, ...others];
}
