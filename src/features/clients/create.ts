import { randomUUID } from 'node:crypto';
import { type Profile, writtenProfileSchema } from '#domain/model/profile.ts';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import type { Tx } from '#store/open.ts';
import { refusalSentence } from '../input-words.ts';
import { badRequest } from '../problems.ts';

export interface NewClient {
  readonly name: string;
  readonly profile: Profile;
  readonly sandbox: boolean;
  readonly now: Date;
}

/** Stores a new client under a short name made of its own. The caller writes the record. */
export async function insertClient(
  tx: Tx,
  { name, profile, sandbox, now }: NewClient,
): Promise<{ readonly id: string; readonly slug: string; readonly version: number }> {
  const id = randomUUID();
  for (;;) {
    const slug = await freeSlug(tx, slugOf(name));
    const added = await tx
      .insertInto('clients')
      .values({
        id,
        slug,
        name,
        profile: JSON.stringify(profile),
        sandbox,
        settings: '{}',
        created_at: now,
      })
      // Somebody else may be taking the same name at this moment; once that is stored, the next one is free.
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added !== undefined) return { id, slug, version: 1 };
  }
}

/** Reads a profile from what a form sent; its problems are said in one sentence. */
export function profileFrom(value: unknown): Profile {
  const parsed = writtenProfileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0];
  throw badRequest(problem === undefined ? 'The profile cannot be used.' : refusalSentence(problem));
}

/** "Alder Society of Landscape Surveyors" → alder-society-of-landscape: what an address can hold and a person can say. */
export function slugOf(name: string): string {
  const words = unicodeForm(name, 'NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(0, 40).replace(/(?<!-)-+$/, '') || 'client';
}

async function freeSlug(tx: Tx, wanted: string): Promise<string> {
  const taken = await tx
    .selectFrom('clients')
    .select('slug')
    .where((eb) => eb.or([eb('slug', '=', wanted), eb('slug', 'like', `${wanted}-%`)]))
    .execute();
  const used = new Set(taken.map(({ slug }) => slug));
  if (!used.has(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!used.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}
