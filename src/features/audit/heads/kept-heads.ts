import { createHash } from 'node:crypto';
import { z } from 'zod';
import { momentWords } from '#domain/text/moments.ts';
import { dayWords } from '#domain/text/words.ts';
import { STAMP_PROBLEMS, type StampProblem } from '#domain/time-stamps/stamp.ts';
import type { Services } from '../../context.ts';
import { checkStamp, stampOf } from '../../time-stamps/index.ts';
import { headOf, type KeptHead } from './head.ts';

/** The time stamp (RFC 3161) of the heads in the lines right before it, as a line beside them. */
const stampSchema = z.object({
  format: z.literal('bylaw-audit-heads-stamp/1'),
  /** How many lines it covers. */
  lines: z.number().int().min(1).max(1_000_000),
  /** The authority's answer (DER), in base64. */
  token: z.base64().max(200_000),
});

/** What says that it is a time stamp of heads, of whatever version. */
const claimsStamp = z.looseObject({ format: z.string().startsWith('bylaw-audit-heads-stamp/') });

/** How a line of Bylaw's own begins, a head or a time stamp. */
const BEGINS = '{"format":"bylaw-audit-head';

/**
 * Tolerated difference between a head and its time stamp: that between the clocks of server and authority, plus a
 * minute.
 */
const MAX_CLOCK_SKEW_MS = 11 * 60_000;

/** SHA-256 of lines as they are written, each with its end. */
function hashOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`, 'utf8');
  return hash.digest('hex');
}

/** What an authority said of lines that are about to leave. */
export interface StampedLines {
  /** The line that goes behind them; null: they leave without a time stamp. */
  readonly line: string | null;
  /** For the audit log; null: no authority is named. */
  readonly record:
    | { readonly at: string; readonly authority: string }
    | { readonly problem: StampProblem }
    | null;
}

/** Asks the authority that is named for a time stamp of lines. One that is away holds nothing up. */
export async function stampLines(services: Services, lines: readonly string[]): Promise<StampedLines> {
  const asked = await stampOf(services, hashOf(lines));
  if (asked === null) return { line: null, record: null };
  const { check, answer } = asked;
  if (!check.proved || answer === null)
    return { line: null, record: { problem: check.proved ? 'away' : check.problem } };
  const stamp: z.infer<typeof stampSchema> = {
    format: 'bylaw-audit-heads-stamp/1',
    lines: lines.length,
    token: Buffer.from(answer).toString('base64'),
  };
  return { line: JSON.stringify(stamp), record: { at: check.at, authority: check.authority } };
}

/** Reads the lines of what someone kept, whatever else is among them. */
export interface KeptReader {
  take(line: string): void;
  /** The heads, with the time stamps that hold; or the first thing that is wrong with a time stamp. */
  end(issuers: string | null): Promise<readonly KeptHead[] | string>;
}

export function keptReader(): KeptReader {
  const kept: { head: Omit<KeptHead, 'stamp'>; text: string; stamp: KeptHead['stamp'] }[] = [];
  const stamps: { readonly end: number; readonly stamp: z.infer<typeof stampSchema> | 'unreadable' }[] = [];
  return {
    take(line) {
      // A line that a full disk cut short stands before the first one that was written after it.
      const from = Math.max(line.indexOf('{'), line.lastIndexOf(BEGINS));
      if (from === -1) return;
      const text = line.slice(from).trim();
      const head = headOf(text);
      if (head !== null) kept.push({ head, text, stamp: null });
      else {
        const stamp = stampIn(text);
        if (stamp !== null) stamps.push({ end: kept.length, stamp });
      }
    },
    async end(issuers) {
      for (const { end, stamp } of stamps) {
        if (stamp === 'unreadable')
          return 'A time stamp of heads cannot be read: its line was changed, or written by a newer Bylaw.';
        // Of lines that were taken out of a longer file nobody can tell whether they are those that were stamped.
        if (stamp.lines > end) return 'A time stamp covers more heads than are here: give the whole file.';
        const covered = kept.slice(end - stamp.lines, end);
        const check = await checkStamp(Buffer.from(stamp.token, 'base64'), {
          sha256: hashOf(covered.map(({ text }) => text)),
          ...(issuers === null ? {} : { issuers }),
        });
        const noted = dayWords(covered.at(-1)?.head.at ?? '');
        if (!check.proved)
          return check.problem === 'other_file'
            ? `The heads that were kept on ${noted} are not those that were stamped: a line was changed, added or removed.`
            : `The time stamp of the heads that were kept on ${noted} does not hold: ${STAMP_PROBLEMS[check.problem]}`;
        // A server asks for a time stamp at once: one that came days later is of heads that were made up since.
        const apart = covered.find(
          ({ head }) => Math.abs(Date.parse(head.at) - Date.parse(check.at)) > MAX_CLOCK_SKEW_MS,
        );
        if (apart !== undefined)
          return `The authority stamped the heads that were kept on ${noted} on ${momentWords(check.at, 'UTC')} UTC: they were not there before.`;
        for (const one of covered) one.stamp = check;
      }
      return kept.map(({ head, stamp }) => ({ ...head, stamp }));
    },
  };
}

function stampIn(text: string): z.infer<typeof stampSchema> | 'unreadable' | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!claimsStamp.safeParse(value).success) return null;
  return stampSchema.safeParse(value).data ?? 'unreadable';
}
