import { createHash } from 'node:crypto';
import { localTime } from '#domain/model/local-time.ts';
import type { Reading } from '#domain/model/reading.ts';
import { LOOK_UP_FILE, type LookUp } from '#sources/dns/lookup.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';

/** A live look-up as a reading of its own day, and its line among the files that were read. */
export function liveDns(found: LookUp, zone: string): { reading: Reading<'dns'>; file: FileReport } {
  const observedOn = localTime(found.at, zone)?.day ?? found.at.slice(0, 10);
  const sha256 = createHash('sha256').update(JSON.stringify(found.rows)).digest('hex');
  return {
    reading: {
      kind: 'dns',
      file: LOOK_UP_FILE,
      sha256,
      provenance: 'api',
      observedOn,
      dateFrom: 'content',
      rows: found.rows,
      complete: true,
      mappedByHand: false,
    },
    file: {
      file: LOOK_UP_FILE,
      bytes: 0,
      sha256,
      outcome: 'taken',
      kind: 'dns',
      observedOn,
      dateFrom: 'content',
      rows: found.rows.length,
      mapping: [],
      unmapped: [],
      notes: [],
      problem: null,
    },
  };
}
