import { z } from 'zod';
import type { Control } from './catalogue.ts';
import { day } from './day-schema.ts';

/** What a person saw where no source can tell. It expires, at the latest when the control's window ends. */
export const attestationSchema = z.strictObject({
  /** Control id, for example CLA-ACC-12. */
  control: z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/, 'is not a control id, for example CLA-ACC-12'),
  /** yes: what the control asks for was seen to hold; no: it was seen not to hold. */
  holds: z.boolean(),
  seen: day,
  by: z.string().trim().min(1),
  note: z.string().trim().min(1).optional(),
  /** A screenshot or document beside this file, as proof. */
  file: z.string().trim().min(1).optional(),
  expires: day.optional(),
});

export const attestationsSchema = z.strictObject({
  attestations: z
    .array(attestationSchema)
    .nullish()
    .transform((v) => v ?? []),
});

/** An attestation with where it is written. `fileFound` is null when it names no file. */
export type Attestation = z.infer<typeof attestationSchema> & {
  readonly source: string;
  readonly row: number;
  readonly fileFound: boolean | null;
  /** The client's domains when it was recorded; undefined where nothing keeps them, as in a file. */
  readonly domains?: readonly string[];
  /** Why it counts for nothing although it says that the control holds, as a sentence; undefined where it counts. */
  readonly doubt?: string;
};

/** Whether a check of the control asks what a person saw; for any other a statement changes nothing. */
export function takesStatements({ checks }: Pick<Control, 'checks'>): boolean {
  return checks.some(({ reads }) => reads.includes('attestations'));
}
