import type { Catalogue } from '#domain/model/catalogue.ts';

/** Checks of activity types beyond the schema: duplicate types, fields that a type does not have. */
export function lintActivityTypes(
  { activityTypes, connectors }: Pick<Catalogue, 'activityTypes' | 'connectors'>,
  guide: ReadonlySet<string>,
  say: (file: string, says: string) => void,
): void {
  const seen = new Map<string, string>();
  const known = new Set(connectors.map(({ id }) => id));
  for (const { id, guideRows, types } of activityTypes) {
    const file = `activities/${id}.yaml`;
    for (const row of guideRows) if (!guide.has(row)) say(file, `guide row ${row} does not exist`);
    for (const [name, type] of Object.entries(types)) {
      const other = seen.get(name);
      if (other !== undefined) say(file, `${name} is in ${other}, too`);
      seen.set(name, file);
      if (type.is !== undefined && !known.has(type.is))
        say(file, `${name}: ${type.is} is no connector of the catalogue`);
      if (type.fields === undefined) continue;
      const fields = new Set(type.fields);
      const named = [
        ...(type.connector ?? []),
        ...(type.whom ?? []),
        ...(type.withheld ?? []),
        ...(type.tool === undefined ? [] : [type.tool]),
        ...(type.outcomeField === undefined ? [] : [type.outcomeField]),
      ];
      for (const field of named)
        if (!fields.has(field)) say(file, `${name}: “${field}” is none of its fields`);
    }
  }
}
