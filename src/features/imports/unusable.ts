import type { FileReport } from '#sources/exports/file-kind.ts';
import { meantByName, unusableFiles } from '#sources/exports/folder/meant.ts';
import { withPlace } from '#sources/exports/folder/place.ts';
import type { UnusableRecord } from '#store/imports/unusable.ts';
import type { FoundDocuments } from './documents.ts';
import type { DraftFile } from './find.ts';
import type { SourceReport } from './source-report.ts';

/** The unused files of an import, by the kinds that they are or may be, as `assess` reports them for a folder. */
export function unusableOf(
  files: readonly DraftFile[],
  documents: FoundDocuments,
): readonly UnusableRecord[] {
  const reports = files.flatMap(({ reports }) => reports).flatMap((report) => asFolder(report, documents));
  const sha256 = new Map(reports.map((report) => [report.file, report.sha256]));
  return Object.entries(unusableFiles(reports)).flatMap(([kind, unusable]) =>
    unusable.map((one) => ({ ...one, kind, sha256: sha256.get(one.file) ?? '' })),
  );
}

type Unusable = Pick<
  FileReport,
  'file' | 'sha256' | 'outcome' | 'kind' | 'maybe' | 'problem' | 'unreadDay' | 'ofAnotherTime'
>;

function asFolder(report: SourceReport, documents: FoundDocuments): readonly Unusable[] {
  const { file, sha256 } = report;
  const day = 'day' in report && report.day !== undefined ? { unreadDay: report.day } : {};
  if (report.is === 'malformed')
    return [
      {
        file,
        sha256,
        outcome: 'malformed',
        kind: report.kind,
        ...(report.kind === null ? { maybe: meantByName(file) } : {}),
        problem: withPlace(report.problem),
        ...day,
      },
    ];
  if (report.is !== 'not_placed' || documents.isProof(file)) return [];
  // Something that cannot contain a list, such as an image, is of no kind.
  const maybe = report.maybe.length > 0 || !report.askable ? report.maybe : meantByName(file);
  return [
    {
      file,
      sha256,
      outcome: 'not_placed',
      kind: null,
      maybe,
      problem: `${report.why} Import it again and say what it is.`,
      ...(report.ofAnotherTime ? { ofAnotherTime: true } : {}),
      ...day,
    },
  ];
}
