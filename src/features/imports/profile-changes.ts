import { type Profile, profileSchema } from '#domain/model/profile.ts';
import { fieldWords } from '#domain/model/row-keys.ts';
import { isSame } from './plan.ts';

/** Fields of a profile that a file changes. Name and the day of decisions are never taken from files. */
export function profileChanges(
  stored: unknown,
  brought: Profile,
): { readonly field: string; readonly before: string; readonly after: string }[] {
  const now = new Map(Object.entries(profileSchema.parse(stored)));
  const next = new Map(Object.entries(withoutName(brought)));
  return [...new Set([...now.keys(), ...next.keys()])]
    .filter((field) => field !== 'name' && field !== 'asOf')
    .filter((field) => !isSame(now.get(field) ?? null, next.get(field) ?? null))
    .map((field) => ({
      field: fieldWords(field),
      before: plain(now.get(field)),
      after: plain(next.get(field)),
    }));
}

/** The profile to store if a person adopts the one among the files. */
export function takenOver(stored: unknown, brought: Profile): Profile {
  return { ...withoutName(brought), name: profileSchema.parse(stored).name };
}

function withoutName({ name: _, asOf: __, ...rest }: Profile): Omit<Profile, 'name' | 'asOf'> {
  return rest;
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return 'not stated';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, inner]) => `${fieldWords(key).toLowerCase()} ${plain(inner)}`)
      .join('; ');
  return String(value);
}
