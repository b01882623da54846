import type { EvaluationState } from '#domain/decide/context.ts';
import { isKind } from '#domain/model/kinds.ts';
import type { Evidence } from '#domain/model/reading.ts';

export interface PersonEvidence {
  readonly kind: string;
  readonly file: string;
  readonly row: number | null;
  readonly observedOn: string;
  readonly says: string;
  /** SHA-256 of the file, if it is a stored reading. */
  readonly sha256: string | null;
}

/** Evidence with the SHA-256 of its file. */
export function evidenceOf(shared: EvaluationState, one: Evidence): PersonEvidence {
  const reading = isKind(one.kind)
    ? shared
        .history(one.kind)
        .findLast((candidate) => candidate.file === one.file && candidate.observedOn === one.observedOn)
    : undefined;
  return {
    kind: one.kind,
    file: one.file,
    row: one.row ?? null,
    observedOn: one.observedOn,
    says: one.says,
    sha256: reading?.sha256 ?? null,
  };
}
