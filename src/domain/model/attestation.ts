import { z } from 'zod';
import type { Control } from './catalogue.ts';
import { day } from './day-schema.ts';

/** What a person saw that no source can show. It expires when the control's window ends, or earlier. */
export const attestationSchema = z.strictObject({
  /** Control id, for example CLA-ACC-12. */
  control: z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/, 'is not a control id, for example CLA-ACC-12'),
  /** yes: what the control asks for is the case; no: it is not. */
  holds: z.boolean(),
  seen: day,
  by: z.string().trim().min(1),
  note: z.string().trim().min(1).optional(),
  /** A screenshot or document in the same folder, as proof. */
  file: z.string().trim().min(1).optional(),
  expires: day.optional(),
});

export const attestationsSchema = z.strictObject({
  attestations: z
    .array(attestationSchema)
    .nullish()
    .transform((v) => v ?? []),
});

/** An attestation with its location. `fileFound` is null if it names no file. */
export type Attestation = z.infer<typeof attestationSchema> & {
  readonly source: string;
  readonly row: number;
  readonly fileFound: boolean | null;
  /** The client's domains when it was recorded; undefined: not known, as in a file. */
  readonly domains?: readonly string[];
  /** Why it is not valid although it says that the control holds, as a sentence; undefined: it is valid. */
  readonly doubt?: string;
};

/** Whether a check of the control uses attestations; for any other control an attestation has no effect. */
export function takesStatements({ checks }: Pick<Control, 'checks'>): boolean {
  return checks.some(({ reads }) => reads.includes('attestations'));
}
